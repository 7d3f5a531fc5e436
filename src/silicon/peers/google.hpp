// autarky: our formulas with the conventions of Google's chiplets cost model.
// SPDX-License-Identifier: Apache-2.0
//
// Source: github.com/google/chiplets-cost-model @2cbd30c (2022), its tests, its baseline inputs and its committed output.
#pragma once

#include <string_view>

namespace autarky::silicon::peers {

/// Gross dies: edge exclusion 3 mm on the circumference, but the whole diameter in the bracket; rounded.
double google_gross_dies(double width_mm, double height_mm, double saw_street_mm);
/// Its "REC" repair term, p = area x density on spares: a number that it adds to the yield, not a probability of shipping.
double google_repair_term(int baseline_units, int spares, double unit_mm2, double defects_per_cm2);

/// Loaded tester and handler rates in USD an hour, times in seconds.
double google_wafer_sort(double rate, double seconds, double insertions, double coverage, double retests, double yield);
double google_final_test(double rate, double seconds, double times, double sort_coverage, double coverage,
                         double retests, double yield);
double google_system_test(double rate, double seconds, double coverage, double yield);

/// The two worked examples of its baseline: one large die with fourteen small ones, or two half-size dies instead.
enum class GoogleOption { chiplet, two_socs };
struct GoogleYear {
    double total_usd = 0.0, unit_usd = 0.0, test_usd = 0.0, scrap_usd = 0.0, material_usd = 0.0;
};
/// `as_published`: test cost is added once a year instead of once a part, and the substrate is counted twice; else both
/// are put right.
GoogleYear google_baseline(GoogleOption option, int year, bool as_published);

} // namespace autarky::silicon::peers

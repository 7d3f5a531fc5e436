// autarky: everything that can be said of one die on one process: counts, fields, yields, bins, cost.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/diagnostics.hpp"
#include "silicon/fields.hpp"
#include "silicon/model_average.hpp"
#include "silicon/packing.hpp"

namespace autarky::silicon {

/// A product cut from the die, best first.
struct BinInput {
    int most_bad = 0;
    double price_usd = 0.0; ///< 0: no price
};

/// Identical units of which some may be bad.
struct UnitsInput {
    int units = 0;
    double unit_area_mm2 = 0.0;
    double uncore_mm2 = 0.0;
    int spares = 0;
    std::vector<BinInput> bins{};
};

/// From a tested die to a shipped part; money in USD.
struct PartInput {
    double sort_test_usd = 0.0; ///< a die
    double sort_coverage = 1.0;
    double dies_per_part = 1.0;
    double package_usd = 0.0;
    double memory_in_package_usd = 0.0;
    double memory_on_board_usd = 0.0;
    double assembly_yield = 1.0;
    double final_test_usd = 0.0;
    double final_coverage = 1.0;
};

/// Cost that does not depend on the number of parts.
struct OneTimeInput {
    double nre_usd = 0.0;                 ///< without masks
    std::optional<double> mask_set_usd{}; ///< needed by respins and mask_life
    double respins = 0.0;
    std::optional<double> mask_life_wafers{};
    std::optional<double> volume{}; ///< parts over which it is spread, discounted
};

/// One die on one process, in the units of the field. What is not given is left out of the results.
struct DieInput {
    std::string name;
    DieShape die;
    WaferShape wafer;
    FieldShape field;
    std::optional<double> density_per_cm2{};
    double clustering = 3.0;
    double layers = 10.0; ///< critical layers of Bose-Einstein; the density is spread over them
    double critical_share = 1.0;
    double line_yield = 1.0, systematic_yield = 1.0, parametric_yield = 1.0;
    std::optional<UnitsInput> units{};
    std::optional<double> wafer_price_usd{};
    double site_premium = 0.0; ///< on the wafer price
    std::optional<PartInput> part{};
    std::optional<OneTimeInput> one_time{};

    [[nodiscard]] double area_mm2() const { return die.width_mm * die.height_mm; }
};

/// Whole dies a wafer under each convention.
struct GrossDies {
    double area_bound = 0.0, closed_form = 0.0;
    int die_centred = 0, street_centred = 0, corner_centred = 0;
    Packing optimised{};
};

struct FieldResult {
    FieldFit fit{};
    int shots = 0;
    FieldGain gain{};
    int high_na_dies = 0; ///< dies in the 26 x 16.5 mm half field
};

struct BinResult {
    int most_bad = 0;
    double share = 0.0;
    double price_usd = 0.0;
    double cost_usd = 0.0; ///< by value; 0 without prices
};

/// Yields of a die that reached the end of the line are multiplied by line, systematic and parametric yield.
struct YieldResult {
    double mean_faults = 0.0;
    std::array<double, n_yield_models> by_model{}; ///< random defects only
    double average = 0.0;                          ///< of the models, all equally believed
    double harvested = 0.0;                        ///< random defects only; the negative binomial without units
    double other = 1.0;                            ///< line x systematic x parametric
    std::vector<BinResult> bins{};
};

/// USD.
struct CostResult {
    double die = 0.0;           ///< a fully good die
    double harvested_die = 0.0; ///< a die that ships, spares used
    double wafer = 0.0;         ///< with mask replacement
    std::optional<double> known_good_die{}, part{}, escapes{}, nre_per_part{}, total{};
};

struct DieResult {
    DieInput input;
    GrossDies gross{};
    FieldResult field{};
    std::optional<YieldResult> yields{};
    std::optional<double> good_dies{}, harvested_dies{}; ///< a wafer, optimised packing
    std::optional<CostResult> cost{};
};

/// Collects everything that makes no sense, each finding with the field's name (that of the command's option).
void check(const DieInput& input, Diagnostics& diagnostics);

/// The study. Domain: an input without errors.
DieResult study(const DieInput& input);

/// Cost in USD of one good die, of a shipped part when `part` is given, with one-time cost when a volume is, at another
/// defect density; spares used when `harvested`. The one path that solving and spreads take.
double cost_at(const DieResult& result, double density_per_cm2, double wafer_price_usd, bool harvested);

} // namespace autarky::silicon

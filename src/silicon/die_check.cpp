// autarky: what makes no sense in the description of a die, in words.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "silicon/die_study.hpp"

namespace autarky::silicon {
namespace {

/// Findings about one die.
class Checker {
public:
    Checker(const DieInput& input, Diagnostics& diagnostics) : input_(input), diagnostics_(diagnostics) {}

    void all() {
        const bool sizes = wafer_and_die();
        process();
        units();
        money();
        if (sizes) fit();
    }

private:
    void error(std::string code, std::string message, std::string hint = {}) {
        const std::string prefix = input_.name.empty() ? "" : input_.name + ": ";
        diagnostics_.error({}, std::move(code), prefix + std::move(message), std::move(hint));
    }
    bool must(bool good, std::string_view field, double value, std::string_view what, std::string hint = {}) {
        if (good && std::isfinite(value)) return true;
        error("E0205", fmt::format("{} is {:g}, but must be {}", field, value, what), std::move(hint));
        return false;
    }
    bool positive(std::string_view field, double value, std::string_view unit) {
        return must(value > 0.0, field, value, fmt::format("positive ({})", unit));
    }
    bool not_negative(std::string_view field, double value, std::string_view unit) {
        return must(value >= 0.0, field, value, fmt::format("zero or more ({})", unit));
    }
    void fraction(std::string_view field, double value) {
        must(value >= 0.0 && value <= 1.0, field, value, "within 0 and 1", "85 % may be written 0.85 or \"85 %\"");
    }
    void share(std::string_view field, double value) {
        must(value > 0.0 && value <= 1.0, field, value, "above 0 and at most 1",
             "85 % may be written 0.85 or \"85 %\"");
    }

    bool wafer_and_die() {
        bool good = positive("width", input_.die.width_mm, "mm");
        good &= positive("height", input_.die.height_mm, "mm");
        good &= not_negative("scribe", input_.die.scribe_mm, "mm");
        good &= positive("wafer", input_.wafer.diameter_mm, "mm");
        good &= not_negative("edge", input_.wafer.edge_exclusion_mm, "mm");
        good &= not_negative("notch", input_.wafer.notch_keepout_mm, "mm");
        good &= positive("field", std::min(input_.field.width_mm, input_.field.height_mm), "mm");
        if (!good) return false;
        if (input_.wafer.usable_radius_mm() <= 0.0) {
            error("E0401", fmt::format("edge of {:g} mm leaves nothing of a wafer of {:g} mm",
                                       input_.wafer.edge_exclusion_mm, input_.wafer.diameter_mm));
            return false;
        }
        if (input_.wafer.notch_keepout_mm >= input_.wafer.diameter_mm) {
            error("E0401", fmt::format("notch of {:g} mm is as large as the wafer", input_.wafer.notch_keepout_mm));
            return false;
        }
        // beyond this the search over grid positions would take minutes
        constexpr double most_rows = 6000.0;
        constexpr double most_dies = 5e6;
        const double rows = input_.wafer.diameter_mm / std::min(input_.die.pitch_x_mm(), input_.die.pitch_y_mm());
        const double dies = 0.7854 * input_.wafer.diameter_mm * input_.wafer.diameter_mm / input_.area_mm2();
        if (rows > most_rows || dies > most_dies) {
            error("E0401",
                  fmt::format("die of {:g} x {:g} mm is too small: {:.3g} dies a wafer", input_.die.width_mm,
                              input_.die.height_mm, dies),
                  "a wafer may hold up to 5 million dies in up to 6000 rows");
            return false;
        }
        const double smaller = std::min(input_.die.width_mm, input_.die.height_mm);
        if (input_.die.scribe_mm > smaller)
            error("E0401",
                  fmt::format("scribe of {:g} mm is wider than the die ({:g} mm)", input_.die.scribe_mm, smaller),
                  "streets are 0.05 to 0.2 mm wide");
        return true;
    }

    void process() {
        if (input_.density_per_cm2) not_negative("d0", *input_.density_per_cm2, "defects per cm^2");
        positive("alpha", input_.clustering, "clustering; 2 to 10 is usual");
        positive("layers", input_.layers, "critical layers");
        share("critical-share", input_.critical_share);
        share("line-yield", input_.line_yield);
        share("systematic-yield", input_.systematic_yield);
        share("parametric-yield", input_.parametric_yield);
    }

    void units() {
        if (!input_.units) return;
        const UnitsInput& units = *input_.units;
        const bool counted = must(units.units >= 1, "units", units.units, "at least 1");
        must(units.units <= 10'000, "units", units.units, "at most 10000");
        positive("unit-area", units.unit_area_mm2, "mm^2");
        not_negative("uncore", units.uncore_mm2, "mm^2");
        must(units.spares >= 0, "spares", units.spares, "zero or more");
        if (counted && units.spares > units.units)
            error("E0401", fmt::format("spares ({}) are more than units ({})", units.spares, units.units));
        const double sum = units.uncore_mm2 + units.units * units.unit_area_mm2;
        const double area = input_.area_mm2();
        if (sum > area * (1.0 + 1e-6))
            error("E0401", fmt::format("uncore and units take {:g} mm^2, the die has {:g} mm^2", sum, area),
                  "lower unit-area, units or uncore");
        int before = -1;
        for (const auto& bin : units.bins) {
            if (bin.most_bad <= before || bin.most_bad > units.units)
                error("E0401", fmt::format("bin with at most {} bad units must come after {} and fit {} units",
                                           bin.most_bad, before, units.units));
            not_negative("bin price", bin.price_usd, "USD");
            before = bin.most_bad;
        }
    }

    void money() {
        if (input_.wafer_price_usd) positive("wafer-price", *input_.wafer_price_usd, "USD");
        must(input_.site_premium > -1.0, "premium", input_.site_premium, "above -1", "10 % is 0.1 or \"10 %\"");
        if (input_.part) part(*input_.part);
        if (input_.one_time) one_time(*input_.one_time);
    }
    void part(const PartInput& part) {
        not_negative("sort-test", part.sort_test_usd, "USD a die");
        fraction("sort-coverage", part.sort_coverage);
        must(part.dies_per_part >= 1.0, "dies-per-part", part.dies_per_part, "at least 1");
        not_negative("package", part.package_usd, "USD");
        not_negative("memory-in-package", part.memory_in_package_usd, "USD");
        not_negative("memory-on-board", part.memory_on_board_usd, "USD");
        share("assembly-yield", part.assembly_yield);
        not_negative("final-test", part.final_test_usd, "USD a part");
        fraction("final-coverage", part.final_coverage);
    }
    void one_time(const OneTimeInput& one_time) {
        not_negative("nre", one_time.nre_usd, "USD");
        not_negative("respins", one_time.respins, "mask sets");
        if (one_time.mask_set_usd) positive("mask-set", *one_time.mask_set_usd, "USD");
        if (one_time.mask_life_wafers) positive("mask-life", *one_time.mask_life_wafers, "wafers");
        if (one_time.volume) positive("volume", *one_time.volume, "parts");
        if (!one_time.mask_set_usd && (one_time.respins > 0.0 || one_time.mask_life_wafers))
            error("E0302", "mask-set is missing: respins and mask-life need the price of a mask set",
                  "e.g. --mask-set \"18.1 MUSD\" for a 5 nm process");
    }

    void fit() {
        const double diagonal = std::hypot(input_.die.width_mm, input_.die.height_mm);
        const double usable = 2.0 * input_.wafer.usable_radius_mm();
        if (diagonal > usable) {
            error("E0401",
                  fmt::format("die of {:g} x {:g} mm is larger than the wafer: its diagonal is {:.5g} mm, {:.5g} mm "
                              "more than the usable diameter of {:g} mm",
                              input_.die.width_mm, input_.die.height_mm, diagonal, diagonal - usable, usable));
            return;
        }
        const FieldFit fit = fit_field(input_.die, input_.field);
        if (fit.dies() > 0) return;
        std::string excess;
        if (fit.excess_width_mm > 0.0) excess += fmt::format("{:.3g} mm too wide", fit.excess_width_mm);
        if (fit.excess_height_mm > 0.0)
            excess += fmt::format("{}{:.3g} mm too high", excess.empty() ? "" : " and ", fit.excess_height_mm);
        error("E0402",
              fmt::format("die of {:g} x {:g} mm fits no field of {:g} x {:g} mm: it is {}{}", input_.die.width_mm,
                          input_.die.height_mm, input_.field.width_mm, input_.field.height_mm, excess,
                          fit.field_turned ? " with the field turned" : ""),
              fmt::format("its area of {:g} mm^2 is {} the field's {:g} mm^2, but the sides count", input_.area_mm2(),
                          input_.area_mm2() <= input_.field.area_mm2() ? "within" : "above", input_.field.area_mm2()));
    }

    const DieInput& input_;
    Diagnostics& diagnostics_;
};

} // namespace

void check(const DieInput& input, Diagnostics& diagnostics) { Checker(input, diagnostics).all(); }

} // namespace autarky::silicon

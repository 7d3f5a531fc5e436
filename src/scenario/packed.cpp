// autarky: packs the dies of a scenario once.
// SPDX-License-Identifier: Apache-2.0
#include "scenario/packed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "input/central.hpp"
#include "scenario/computed.hpp"
#include "silicon/fields.hpp"
#include "silicon/on_process.hpp"

namespace autarky {
namespace {

using namespace scenario;

class Packer {
public:
    Packer(Scenario<Uncertain>& scenario, const Inputs& inputs, Diagnostics& diagnostics)
        : scenario_(scenario), inputs_(inputs), diagnostics_(diagnostics) {}

    void run() {
        for (std::size_t i = 0; i < scenario_.chip.size(); ++i)
            check_units(i);
        auto packed = std::make_shared<PackedDies>();
        for (const auto& allocation : scenario_.allocation.rows)
            packed->rows.push_back(pack(allocation));
        if (!diagnostics_.has_errors()) scenario_.packed = std::move(packed);
    }

private:
    [[nodiscard]] const Input& row(Uncertain leaf) const { return inputs_.rows[static_cast<std::size_t>(leaf.input)]; }
    template <class Q> [[nodiscard]] double middle(const Q& quantity) const {
        return central_value(row(quantity.raw()).distribution);
    }
    template <class Q> [[nodiscard]] silicon::SideRange side(const Q& quantity) const {
        const auto [low, high] = central_range(row(quantity.raw()).distribution);
        return {low, middle(quantity), high};
    }

    void check_units(std::size_t i) {
        const auto& chip = scenario_.chip[i];
        const auto& name = scenario_.chip.names[i];
        const auto& place = row(chip.unit_area.raw()).origin;
        const auto error = [&](std::string_view key, const std::string& trouble) {
            diagnostics_.error(place, "E0401", fmt::format("chip.{}.{}: {}", name, key, trouble));
        };
        if (chip.units < 0) error("units", fmt::format("{} is negative", chip.units));
        if (chip.spare_units < 0) error("spare_units", fmt::format("{} is negative", chip.spare_units));
        if (chip.lesser_spare_units < 0)
            error("lesser_spare_units", fmt::format("{} is negative", chip.lesser_spare_units));
        if (chip.spare_units > std::max(chip.units, 0))
            error("spare_units", fmt::format("{} spares are more than {} units", chip.spare_units, chip.units));
        if (chip.lesser_spare_units > std::max(chip.units, 0))
            error("lesser_spare_units",
                  fmt::format("{} spares are more than {} units", chip.lesser_spare_units, chip.units));
        if (chip.lesser_spare_units > 0 && chip.lesser_spare_units <= chip.spare_units)
            error("lesser_spare_units",
                  fmt::format("{} is not more than spare_units ({})", chip.lesser_spare_units, chip.spare_units));
        const double area = middle(chip.width) * middle(chip.height);
        const double units = middle(chip.unit_area) * chip.units;
        if (units > area)
            error("unit_area", fmt::format("the units take {:.4g} mm^2, the die has {:.4g} mm^2", units, area));
        else if (chip.units > 0 && units <= 0.0)
            error("unit_area", "the units need an area");
    }

    /// A chip made at several sites gets a finding once.
    bool is_news(const std::string& what) { return told_.insert(what).second; }

    void check_harvest(const foundry::Allocation<Uncertain>& allocation) {
        const auto& chip = scenario_.chip[allocation.chip];
        if (chip.units <= 0 || (chip.spare_units <= 0 && chip.lesser_spare_units <= 0)) return;
        const auto& site = scenario_.site[allocation.site];
        const auto& process = scenario_.process[site.process];
        const auto refuse = [&](std::string_view key, silicon::YieldModel model) {
            const auto& name = scenario_.process.names[static_cast<std::size_t>(site.process.index)];
            if (silicon::can_harvest(model) || !is_news(fmt::format("{}.{}", name, key))) return;
            diagnostics_.error(row(chip.unit_area.raw()).origin, "E0402",
                               fmt::format("process.{}.{}: {} says nothing of partly good dies, which chip.{} ships",
                                           name, key, silicon::yield_model_names[static_cast<std::size_t>(model)],
                                           scenario_.chip.names[static_cast<std::size_t>(allocation.chip.index)]),
                               "negative_binomial, poisson, seeds and bose_einstein do");
        };
        refuse("yield_model", process.yield_model);
        const auto& weight = row(process.other_yield_weight).distribution;
        if (weight.family != Family::constant || central_value(weight) > 0.0)
            refuse("other_yield_model", process.other_yield_model);
    }

    PackedDie pack(const foundry::Allocation<Uncertain>& allocation) {
        const auto& chip = scenario_.chip[allocation.chip];
        const auto& process = scenario_.process[scenario_.site[allocation.site].process];
        const auto width = side(chip.width);
        const auto height = side(chip.height);
        const silicon::WaferShape wafer{middle(process.wafer_diameter), middle(process.edge_exclusion), 0.0};
        const double scribe = middle(process.scribe);
        const silicon::DieShape die{width.median_mm, height.median_mm, scribe};
        PackedDie packed;
        check_harvest(allocation);
        const auto fit = silicon::fit_field(die, silicon::full_field);
        if (fit.dies() == 0) {
            const auto& name = scenario_.chip.names[static_cast<std::size_t>(allocation.chip.index)];
            const bool wide = fit.excess_width_mm > 0.0;
            diagnostics_.error(row((wide ? chip.width : chip.height).raw()).origin, "E0402",
                               fmt::format("chip.{}.{}: a die of {:.4g} x {:.4g} mm fits no field of 26 x 33 mm", name,
                                           wide ? "width" : "height", die.width_mm, die.height_mm),
                               fmt::format("it is {:.3g} mm too wide and {:.3g} mm too high", fit.excess_width_mm,
                                           fit.excess_height_mm));
            return packed;
        }
        const auto sizes = sizes_of(allocation, width, height, scribe);
        packed.is_uncertain = sizes.size() > 1;
        warn_of_field(allocation, sizes);
        packed.scale = silicon::packing_scale(die, sizes, wafer);
        if (packed.scale.dies_at_median == 0) {
            const auto& name = scenario_.chip.names[static_cast<std::size_t>(allocation.chip.index)];
            diagnostics_.error(row(chip.width.raw()).origin, "E0402",
                               fmt::format("chip.{}.width: no whole die of {:.4g} x {:.4g} mm fits its wafer", name,
                                           die.width_mm, die.height_mm));
        }
        warn_of_price(allocation, packed.scale.dies_at_median);
        return packed;
    }

    /// The dies over whose range the residual is measured; sides that follow from an area move along with it.
    [[nodiscard]] std::vector<silicon::DieShape> sizes_of(const foundry::Allocation<Uncertain>& allocation,
                                                          const silicon::SideRange& width,
                                                          const silicon::SideRange& height, double scribe) const {
        constexpr int steps = 5;
        if (scenario_.computed)
            for (const auto& from : scenario_.computed->rows)
                if (static_cast<int>(from.chip) == allocation.chip.index && (from.width || from.height))
                    return computed_sizes(from, from.width ? height : width, scribe, steps);
        return silicon::die_grid(width, height, scribe, steps);
    }
    static std::vector<silicon::DieShape> computed_sizes(const ComputedChip& from, const silicon::SideRange& typed,
                                                         double scribe, int steps) {
        const silicon::SideRange area{from.area_low_mm2, 0.0, from.area_high_mm2};
        const bool both = from.width && from.height;
        std::vector<silicon::DieShape> out;
        // a "die" of the typed side and the area stands for each pair of the two
        for (const auto& pair : silicon::die_grid(both ? silicon::SideRange{1, 1, 1} : typed, area, scribe, steps)) {
            foundry::Chip<double> chip;
            chip.width = chip.height = Length<double>(pair.width_mm);
            compute_sides(from, Area<double>(pair.height_mm), chip);
            out.push_back({chip.width.raw(), chip.height.raw(), scribe});
        }
        return out;
    }

    /// A die that fits the field at its median may not do so over its whole range.
    void warn_of_field(const foundry::Allocation<Uncertain>& allocation, const std::vector<silicon::DieShape>& sizes) {
        const auto fits = [](const silicon::DieShape& die) {
            return silicon::fit_field(die, silicon::full_field).dies() > 0;
        };
        const auto misfit = std::ranges::find_if_not(sizes, fits);
        const auto& name = scenario_.chip.names[static_cast<std::size_t>(allocation.chip.index)];
        if (misfit == sizes.end() || !is_news(name + " field")) return;
        const auto& chip = scenario_.chip[allocation.chip];
        const Input& width = row(chip.width.raw());
        const bool is_wide = width.distribution.family != Family::constant;
        diagnostics_.warning(
            (is_wide ? width : row(chip.height.raw())).origin, "W0313",
            fmt::format("chip.{}: dies of {:.4g} x {:.4g} mm, inside the 5 to 95 % range, fit no field "
                        "of 26 x 33 mm",
                        name, misfit->width_mm, misfit->height_mm),
            "their futures count dies that no scanner exposes; narrow the range");
    }

    /// Dies of a lesser product pay for the wafer first; at a high price they would pay for more than all of it.
    void warn_of_price(const foundry::Allocation<Uncertain>& allocation, int gross) {
        const auto& chip = scenario_.chip[allocation.chip];
        const auto& process = scenario_.process[scenario_.site[allocation.site].process];
        if (chip.units <= 0 || chip.lesser_spare_units <= 0 || gross <= 0) return;
        const double cut = middle(process.wafer_price) / gross;
        const double price = middle(chip.lesser_price);
        const auto& name = scenario_.chip.names[static_cast<std::size_t>(allocation.chip.index)];
        if (!(price > cut) || !is_news(name)) return;
        diagnostics_.warning(
            row(chip.lesser_price.raw()).origin, "W0311",
            fmt::format("chip.{}.lesser_price: {:.0f} USD is more than the {:.0f} USD that a die costs "
                        "to make",
                        name, price, cut),
            "where such dies are many, the chip itself gets a cost near or below zero");
    }

    Scenario<Uncertain>& scenario_;
    const Inputs& inputs_;
    Diagnostics& diagnostics_;
    std::set<std::string> told_;
};

} // namespace

void prepare_packed(Scenario<Uncertain>& scenario, const Inputs& inputs, Diagnostics& diagnostics) {
    Packer(scenario, inputs, diagnostics).run();
}

} // namespace autarky

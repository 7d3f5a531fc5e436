// autarky: a line: one chip made at one site, its yield, cost, and wafers and dies on their way.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "model/site_state.hpp"
#include "scenario/packed.hpp"
#include "silicon/cost.hpp"
#include "silicon/harvest.hpp"
#include "silicon/packing_scale.hpp"

namespace autarky::model {

/// One chip at one site.
template <class R> struct Line {
    using ChipsPerWafer = QuantityIn<"chip/wafer", R>;

    std::size_t chip = 0, site = 0;
    R share{}, least_share{}; ///< of the chip's wafers: planned, and to stay qualified
    R line_yield{}, yield{};  ///< yield: dies that pass sort, of all
    R passing{};              ///< of those, the chips that pass final test
    R lesser_share{};         ///< dies sold as the lesser product, of all
    DiesPerWafer<R> gross{};
    DieCost<R> good_die_cost{}, sort_test{};
    ChipCost<R> unit_cost{}, variable_cost{}, assembly_cost{}, memory_cost{};
    Wafers<R> started{}, finished{}, scrapped{};
    Dies<R> good{}, bad{}, lesser{}, assembled{};
    Dies<R> bank{}; ///< good dies that wait for a back end
    Chips<R> shipped{}, failed{};
    foundry::Pipeline<Wafers<R>, R> fab;
    foundry::Pipeline<Dies<R>, R> assembly;

    void reset(const Scenario<R>& s, std::size_t row) {
        const auto& allocation = s.allocation[row];
        chip = static_cast<std::size_t>(allocation.chip.index);
        site = static_cast<std::size_t>(allocation.site.index);
        const auto& c = s.chip[chip];
        const auto& process = s.process[s.site[site].process];
        R planned(0.0);
        for (const auto& other : s.allocation.rows)
            if (other.chip.index == allocation.chip.index) planned += other.share;
        share = ratio(allocation.share, planned, R(0.0));
        least_share = min(allocation.least_share, share);
        const silicon::PackingScale closed_form;
        gross =
            silicon::gross_dies_scaled(c.width, c.height, process.wafer_diameter, process.edge_exclusion,
                                       process.scribe, s.packed == nullptr ? closed_form : s.packed->rows[row].scale);
        prepare_harvest(c);
        perfect_sort_ = !some(c.sort_coverage < R(1.0));
        lesser_share = R(0.0);
        lesser = Dies<R>{};
        line_yield = process.line_yield;
        surviving_ = passing = c.assembly_yield * c.final_test_yield;
        fab.reset(foundry::FractionalLag<R>(process.cycle_time));
        assembly.reset(foundry::FractionalLag<R>(c.assembly_time));
        started = finished = scrapped = Wafers<R>{};
        bank = Dies<R>{};
    }

    /// Yield and cost of this quarter.
    void price(const Scenario<R>& s, const SiteState<R>& state, const silicon::MemoryPrice<R>& memory_price) {
        const auto& c = s.chip[chip];
        const auto& process = s.process[s.site[site].process];
        const Area<R> critical = c.width * c.height * c.critical_area;
        const DefectDensity<R> density =
            process.learning_law == silicon::LearningLaw::gompertz
                ? silicon::defect_density_gompertz(process, critical, state.age, state.lessons) + state.excess
                : state.density;
        const R random =
            shipping_ ? harvested(c, process, density, *shipping_) : silicon::random_yield(process, critical, density);
        const R working = silicon::compound_yield(R(1.0), R(1.0), process.parametric_yield, random);
        yield = working;
        if (!perfect_sort_) {
            yield = silicon::passing_share(working, c.sort_coverage);
            passing = surviving_ * (R(1.0) - silicon::escape_share(working, c.sort_coverage));
        }
        const WaferPrice<R> masks = silicon::mask_replacement_per_wafer(process.mask_set, process.mask_life);
        WaferPrice<R> finished_wafer = (state.price + masks) / line_yield;
        if (lesser_) {
            lesser_share = process.parametric_yield * harvested(c, process, density, *lesser_);
            // What slips through the sort is packaged, not sold: the sort finds the same share of every kind of bad die.
            if (!perfect_sort_) lesser_share *= ratio(R(1.0) - yield, R(1.0) - working, R(1.0));
            finished_wafer -= gross * (c.lesser_price * lesser_share);
        }
        good_die_cost = silicon::good_die_cost(WaferPrice<R>(finished_wafer), gross, yield);
        sort_test = silicon::sort_test_cost(c.tester_rate, c.sort_time);
        silicon::PartInputs<R> part;
        // A die is sorted whether good or not.
        part.known_good_die = good_die_cost + sort_test / yield;
        part.dies_per_part = silicon::DiesPerChip<R>(R(1.0));
        part.package = c.package;
        part.final_test = silicon::final_test_cost(c.tester_rate, c.final_test_time);
        // DRAM beside the chip belongs to the device; what is in the package comes with the chip and is lost with it.
        memory_cost = c.memory_overhead;
        if (c.memory_in_package)
            memory_cost += silicon::memory_cost(silicon::MemoryPerChip<R>(c.memory.raw()),
                                                silicon::MemoryPrice<R>(memory_price * c.memory_premium));
        (c.memory_in_package ? part.memory_in_package : part.memory_on_board) = memory_cost;
        part.passing = passing;
        unit_cost = silicon::part_cost(part);
        assembly_cost = part.package + part.final_test;
        // What a chip costs beyond its wafer: what is left to pay when the wafer is paid anyway.
        const ChipsPerWafer chips = chips_per_started_wafer();
        variable_cost = max(unit_cost - ChipCost<R>(state.price / chips), ChipCost<R>{});
    }

    [[nodiscard]] ChipsPerWafer chips_per_started_wafer() const {
        const auto chips = ChipsPerWafer((gross.raw() * yield) * (line_yield * passing));
        return max(chips, ChipsPerWafer(R(1e-9))); // keeps the division finite where nothing is good
    }
    [[nodiscard]] Chips<R> chips_in_progress() const {
        return fab.in_progress() * chips_per_started_wafer() + Chips<R>(dies_in_progress().raw() * passing);
    }
    /// Good dies in assembly, or waiting for it.
    [[nodiscard]] Dies<R> dies_in_progress() const { return assembly.in_progress() + bank; }

    /// One quarter passes in the fab; its good dies wait for the back end.
    void finish_wafers() {
        const Wafers<R> left = fab.advance(started);
        finished = left * line_yield;
        scrapped = left - finished;
        const Dies<R> dies = finished * gross;
        good = dies * yield;
        lesser = dies * lesser_share;
        bad = dies - good - lesser;
        bank += good;
    }
    /// One quarter passes in assembly, which takes that share of the dies that wait.
    void assemble(const R& taken_share) {
        const Dies<R> taken = bank * taken_share;
        bank -= taken;
        assembled = assembly.advance(taken);
        shipped = Chips<R>(assembled.raw() * passing);
        failed = Chips<R>(assembled.raw() * (R(1.0) - passing));
    }

private:
    /// The tables depend on counts only; they are kept from one trajectory to the next.
    void prepare_harvest(const foundry::Chip<R>& c) {
        const bool asks = c.units > 0 && (c.spare_units > 0 || c.lesser_spare_units > 0);
        if (!asks || shipping_) return;
        shipping_.emplace(c.units, 0, c.spare_units);
        if (c.lesser_spare_units > c.spare_units) lesser_.emplace(c.units, c.spare_units + 1, c.lesser_spare_units);
    }
    /// Share of dies whose bad units are within the table's range, under the process's yield model.
    static R harvested(const foundry::Chip<R>& c, const silicon::Process<R>& process, const DefectDensity<R>& density,
                       const silicon::OccupancyTable& table) {
        const Area<R> unit = c.unit_area * c.critical_area;
        const Area<R> uncore = max(c.width * c.height * c.critical_area - unit * R(c.units), Area<R>{});
        return silicon::harvested_yield(process, uncore, unit, density, table);
    }

    R surviving_{}; ///< of working dies, through assembly and final test
    bool perfect_sort_ = true;
    std::optional<silicon::OccupancyTable> shipping_, lesser_;
};

} // namespace autarky::model

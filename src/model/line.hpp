// autarky: a site in a quarter, and a line: one chip made at one site.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "model/timeline.hpp"
#include "scenario/packed.hpp"
#include "silicon/cost.hpp"
#include "silicon/harvest.hpp"
#include "silicon/on_process.hpp"
#include "silicon/packing_scale.hpp"

namespace autarky::model {

inline constexpr Formula available_formula{"foundry.wafers_available", "Wafers available to the buyer",
                                           "(capacity (1 - reserved) + own paths)(1 - loss) x quarter", "Autarky"};

/// What a site can do in a quarter, and what it has done so far.
template <class R> struct SiteState {
    Wafers<R> available{}, minimum{}, others{};
    Wafers<R> started{}, unmet{}, paid{}, finished{};
    Wafers<R> taught{}; ///< finished wafers of everybody, up to the last quarter
    WaferPrice<R> price{}, market_price{};
    DefectDensity<R> density{}; ///< that learning and excursions leave
    DefectDensity<R> excess{};  ///< of it, that of the site's own excursion
    Duration<R> age{};          ///< of the process since learning_start
    Wafers<R> lessons{};        ///< wafers that taught it

    [[nodiscard]] Wafers<R> room() const { return max(available - started, Wafers<R>{}); }

    void open(const Scenario<R>& s, std::size_t index, const Timeline& time, std::size_t q,
              const std::vector<R>& event_loss, const R& price_factor, const Wafers<R>& learned_elsewhere) {
        const auto& site = s.site[index];
        const auto& process = s.process[site.process];
        const double t = time.middle(q);
        const auto quarter = quantity<R>(quarter_years, "year"_u);
        started = unmet = paid = finished = Wafers<R>{};

        R loss(0.0);
        for (std::size_t e = 0; e < s.event.size(); ++e)
            if (s.event[e].kind == foundry::EventKind::supply_loss && s.event[e].location == site.location)
                loss = max(loss, event_loss[e]);
        const R working = R(1.0) - loss;
        const WaferRate<R> capacity = site.capacity.at(t);
        WaferRate<R> own_path{}, paid_path{};
        for (const auto& path : s.path.rows) {
            if (!path.taken || static_cast<std::size_t>(path.site.index) != index) continue;
            const R ready = path.decision.year + path.lead_time.raw();
            const R open_share = clamp((R(time.end(q)) - ready) / R(quarter_years), R(0.0), R(1.0));
            own_path += path.capacity * open_share;
            paid_path += path.capacity * (open_share * path.own_share);
        }
        available = named(available_formula,
                          Wafers<R>((capacity * (R(1.0) - site.reserved_share) + own_path) * quarter * working),
                          arg("capacity", capacity), arg("reserved by others", site.reserved_share),
                          arg("own paths", own_path), arg("lost to events", loss));
        others = capacity * quarter * (site.reserved_share * site.others_utilisation * working);
        minimum = Wafers<R>{};
        for (const auto& contract : s.contract.rows)
            if (static_cast<std::size_t>(contract.site.index) == index) minimum += contract.minimum.at(t) * quarter;

        market_price = silicon::wafer_price(process.wafer_price, site.premium, price_factor);
        const R own_wafers =
            min(ratio(paid_path, capacity * (R(1.0) - site.reserved_share) + own_path, R(0.0)), R(1.0));
        price = market_price * (R(1.0) - own_wafers * (R(1.0) - own_price_share(s, index, site.cash_cost_share)));
        age = Duration<R>(R(t) - process.learning_start.year);
        lessons = taught + learned_elsewhere;
        density = silicon::defect_density(process, age, lessons);
        excess = DefectDensity<R>{};
        if (!silicon::some(site.excursion_jump > DefectDensity<R>{})) return;
        excess = silicon::excursion(site.excursion_jump, site.excursion_recovery,
                                    Duration<R>(R(t) - site.excursion_start.year));
        density += excess;
    }

private:
    /// Price of a wafer on capacity that the buyer paid for, as a share of the market price.
    static R own_price_share(const Scenario<R>& s, std::size_t index, const R& cash_cost_share) {
        R share(1.0);
        for (const auto& path : s.path.rows)
            if (path.taken && static_cast<std::size_t>(path.site.index) == index)
                share = min(cash_cost_share * (R(1.0) + path.fee), R(1.0));
        return share;
    }
};

/// One chip at one site.
template <class R> struct Line {
    using ChipsPerWafer = QuantityIn<"chip/wafer", R>;

    std::size_t chip = 0, site = 0;
    R share{};
    R line_yield{}, yield{}; ///< yield: dies that pass sort, of all
    R passing{};             ///< of those, the chips that pass final test
    R lesser_share{};        ///< dies sold as the lesser product, of all
    DiesPerWafer<R> gross{};
    DieCost<R> good_die_cost{}, sort_test{};
    ChipCost<R> unit_cost{}, assembly_cost{}, memory_cost{};
    Wafers<R> started{}, finished{}, scrapped{};
    Dies<R> good{}, bad{}, lesser{}, assembled{};
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
        const silicon::PackingScale closed_form;
        gross =
            silicon::gross_dies_scaled(c.width, c.height, process.wafer_diameter, process.edge_exclusion,
                                       process.scribe, s.packed == nullptr ? closed_form : s.packed->rows[row].scale);
        prepare_harvest(c);
        perfect_sort_ = !silicon::some(c.sort_coverage < R(1.0));
        lesser_share = R(0.0);
        lesser = Dies<R>{};
        line_yield = process.line_yield;
        surviving_ = passing = c.assembly_yield * c.final_test_yield;
        fab.reset(foundry::FractionalLag<R>(process.cycle_time));
        assembly.reset(foundry::FractionalLag<R>(c.assembly_time));
        started = finished = scrapped = Wafers<R>{};
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
        memory_cost = silicon::memory_cost(silicon::MemoryPerChip<R>(c.memory.raw()),
                                           silicon::MemoryPrice<R>(memory_price * c.memory_premium)) +
                      c.memory_overhead;
        (c.memory_in_package ? part.memory_in_package : part.memory_on_board) = memory_cost;
        part.passing = passing;
        unit_cost = silicon::part_cost(part);
        assembly_cost = part.package + part.final_test;
    }

    [[nodiscard]] ChipsPerWafer chips_per_started_wafer() const {
        const auto chips = ChipsPerWafer((gross.raw() * yield) * (line_yield * passing));
        return max(chips, ChipsPerWafer(R(1e-9))); // keeps the division finite where nothing is good
    }
    [[nodiscard]] Chips<R> chips_in_progress() const {
        return fab.in_progress() * chips_per_started_wafer() + Chips<R>(assembly.in_progress().raw() * passing);
    }

    /// One quarter passes on the line.
    void advance() {
        const Wafers<R> left = fab.advance(started);
        finished = left * line_yield;
        scrapped = left - finished;
        const Dies<R> dies = finished * gross;
        good = dies * yield;
        lesser = dies * lesser_share;
        bad = dies - good - lesser;
        assembled = assembly.advance(good);
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

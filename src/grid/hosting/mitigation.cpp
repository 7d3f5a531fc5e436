// autarky: the cheapest way to make an overloaded street fit again.
// SPDX-License-Identifier: Apache-2.0
#include "grid/hosting/mitigation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "core/finance.hpp"

namespace autarky::grid {
namespace {

constexpr std::size_t placements = Lanes::width;
constexpr double storage_efficiency = 0.88;
constexpr double spread_jitter_h = 4.0;

double recovery(const UpgradeCosts& costs, double life_years) {
    return capital_recovery<double>(PerYear<double>(costs.rate), Duration<double>(life_years)).raw();
}

/// Standard rating `steps` above `kva`, or 0 when the list ends.
double larger(const UpgradeCosts& costs, double kva, int steps) {
    double rating = kva;
    for (const auto& point : costs.unit_usd)
        if (point.first > rating * 1.001 && steps-- > 0) rating = point.first;
    return steps > 0 ? 0.0 : rating;
}

/// Battery that keeps a placement's load under `limit_kva`; reduces the load in place. Nothing when the day is too full
/// to charge it again.
struct Battery {
    double kwh = 0.0, kw = 0.0;
    bool enough = true;
};
Battery shave(StreetLoad& load, double limit_kva) {
    Battery out;
    load.peak_kva = 0.0;
    for (std::size_t kind = 0; kind < kinds_of_day; ++kind) {
        double* day = load.kva.data() + kind * steps_a_day;
        double above = 0.0, room = 0.0;
        for (std::size_t i = 0; i < steps_a_day; ++i) {
            const double over = day[i] - limit_kva;
            (over > 0.0 ? above : room) += std::fabs(over) * step_h;
            out.kw = std::max(out.kw, over);
        }
        out.enough &= above / storage_efficiency <= room;
        out.kwh = std::max(out.kwh, above);
        const double fill = room > 0.0 ? std::min(above / storage_efficiency / room, 1.0) : 0.0;
        for (std::size_t i = 0; i < steps_a_day; ++i) {
            const double over = day[i] - limit_kva;
            day[i] -= over > 0.0 ? over : fill * over;
            load.peak_kva = std::max(load.peak_kva, day[i]);
        }
    }
    constexpr double depth = 0.9;
    out.kwh /= depth;
    return out;
}

class Search {
public:
    Search(const StreetCatalogue& catalogue, const UnitType& type, const Behind& behind, const HostingLimits& limits,
           double timer_share, double price_factor, std::uint64_t seed)
        : type_(type),
          behind_(behind),
          limits_(limits),
          costs_(catalogue.regions.at(type.region).costs),
          price_factor_(price_factor),
          timers_(timer_share > 0.0),
          street_(catalogue.street(type, seed, timer_share)),
          spread_(spread_street(catalogue, timer_share, seed)) {
        for (std::size_t i = 0; i < placements; ++i) {
            drawn_.push_back(street_.draw(i, behind.cars));
            if (timers_) drawn_spread_.push_back(spread_.draw(i, behind.cars));
        }
    }

    Mitigation run() {
        Mitigation out;
        std::vector<Remedy> all;
        for (const Works works :
             {Works::none, Works::larger_unit, Works::two_sizes_larger, Works::parallel_unit, Works::new_station})
            for (const bool managed : {false, true})
                for (const bool spread : {false, true})
                    for (const bool storage : {false, true}) {
                        if ((spread && (!timers_ || managed)) || (managed && behind_.cars == 0)) continue;
                        Remedy remedy;
                        remedy.works = works, remedy.managed = managed, remedy.spread_timers = spread,
                        remedy.storage = storage;
                        if (price(remedy)) all.push_back(remedy);
                    }
        std::ranges::stable_sort(all, {}, &Remedy::annualised_usd);
        for (Remedy& remedy : all) {
            judge(remedy);
            out.trail.push_back(remedy);
            if (remedy.clears) break;
        }
        out.needed = !out.trail.front().clears;
        if (out.trail.back().clears) out.chosen = &out.trail.back();
        return out;
    }

private:
    Street spread_street(const StreetCatalogue& catalogue, double timer_share, std::uint64_t seed) const {
        Charging cars = catalogue.charging.at(catalogue.regions.at(type_.region).charging);
        cars.timer_share = timer_share;
        cars.timer_jitter_h = spread_jitter_h;
        return {type_, catalogue.climates.at(type_.climate), std::move(cars), catalogue.robots.at("home"), seed};
    }
    /// Loads of the eight placements under a remedy, before its storage.
    [[nodiscard]] std::vector<StreetLoad> loads(const Remedy& remedy) const {
        Behind behind = behind_;
        behind.managed_share = remedy.managed ? 1.0 : behind_.managed_share;
        std::vector<StreetLoad> out;
        for (std::size_t i = 0; i < placements; ++i)
            out.push_back((remedy.spread_timers ? spread_ : street_)
                              .load(behind, (remedy.spread_timers ? drawn_spread_ : drawn_)[i]));
        return out;
    }
    /// Fills in rating, storage and cost; false when there is no such thing.
    bool price(Remedy& remedy) const {
        const double now = type_.rating_kva;
        double works_usd = 0.0;
        remedy.rating_kva = now;
        switch (remedy.works) {
        case Works::none: break;
        case Works::larger_unit:
        case Works::two_sizes_larger: {
            const double rating = larger(costs_, now, remedy.works == Works::larger_unit ? 1 : 2);
            if (rating <= 0.0) return false;
            remedy.rating_kva = rating;
            works_usd = between(costs_.unit_usd, rating);
            break;
        }
        case Works::parallel_unit:
            remedy.rating_kva = 2.0 * now;
            works_usd = between(costs_.unit_usd, now) * 1.3; // a second place for it
            break;
        case Works::new_station:
            remedy.rating_kva = 2.0 * now; // half of the homes move to a unit of their own
            works_usd = costs_.new_station_usd + between(costs_.unit_usd, now);
            break;
        }
        works_usd *= price_factor_;
        if (remedy.storage) {
            bool enough = true;
            for (StreetLoad& load : loads(remedy)) {
                const Battery battery = shave(load, limits_.rating_pu * remedy.rating_kva);
                remedy.storage_kwh = std::max(remedy.storage_kwh, battery.kwh);
                remedy.storage_kw = std::max(remedy.storage_kw, battery.kw);
                enough &= battery.enough;
            }
            if (!enough || remedy.storage_kwh <= 0.0) return false;
        }
        constexpr double storage_life_years = 15.0;
        const double storage_usd = remedy.storage_kwh * costs_.storage_usd_a_kwh;
        remedy.capex_usd = works_usd + storage_usd;
        remedy.yearly_usd = remedy.managed ? behind_.cars * costs_.managed_usd_a_car_year : 0.0;
        constexpr double message_usd_a_car_year = 5.0;
        if (remedy.spread_timers) remedy.yearly_usd += behind_.cars * message_usd_a_car_year;
        remedy.annualised_usd = works_usd * recovery(costs_, costs_.life_years) +
                                storage_usd * recovery(costs_, storage_life_years) + remedy.yearly_usd;
        return true;
    }
    void judge(Remedy& remedy) const {
        std::vector<StreetLoad> placed = loads(remedy);
        double peak = 0.0;
        for (StreetLoad& load : placed) {
            if (remedy.storage) shave(load, limits_.rating_pu * remedy.rating_kva);
            peak = std::max(peak, load.peak_kva);
        }
        if (peak > limits_.rating_pu * remedy.rating_kva * (1.0 + 1e-9)) {
            remedy.first_violation = "rating";
            return;
        }
        std::vector<Lanes> pu;
        std::array<double, placements> values{};
        for (std::size_t i = 0; i < placed.front().kva.size(); ++i) {
            for (std::size_t lane = 0; lane < placements; ++lane)
                values[lane] = placed[lane].kva[i] / remedy.rating_kva;
            pu.push_back(Lanes::load(values.data()));
        }
        const Iec60076<Lanes> unit = in_lanes(type_.heat);
        const AgedYear<Lanes> year = aged_year(unit, type_.paper, street_.plan(), pu);
        const auto highest = [](const Lanes& x) {
            const auto all = x.array();
            return *std::ranges::max_element(all);
        };
        if (highest(year.highest_hot_spot_c) > limits_.hot_spot_c ||
            highest(year.highest_top_oil_c) > limits_.top_oil_c)
            remedy.first_violation = "heat";
        else if (highest(year.equivalent_factor) > limits_.ageing)
            remedy.first_violation = "ageing";
        else
            remedy.clears = true;
    }

    const UnitType& type_;
    Behind behind_;
    HostingLimits limits_;
    const UpgradeCosts& costs_;
    double price_factor_;
    bool timers_;
    Street street_, spread_;
    std::vector<Drawn> drawn_, drawn_spread_;
};

} // namespace

std::string_view name_of(Works works) {
    switch (works) {
    case Works::none: return "no works";
    case Works::larger_unit: return "larger unit";
    case Works::two_sizes_larger: return "unit two sizes larger";
    case Works::parallel_unit: return "parallel unit";
    case Works::new_station: return "new station";
    }
    return {};
}

std::string Remedy::text() const {
    std::string out;
    const auto add = [&out](std::string_view part) { out.append(out.empty() ? "" : " + ").append(part); };
    if (works != Works::none) add(fmt::format("{} ({:g} kVA)", name_of(works), rating_kva));
    if (managed) add("managed charging");
    if (spread_timers) add("spread timers");
    if (storage) add(fmt::format("storage {:.0f} kWh, {:.0f} kW", storage_kwh, storage_kw));
    return out.empty() ? "nothing" : out;
}

Mitigation cheapest_remedy(const StreetCatalogue& catalogue, const UnitType& type, const Behind& behind,
                           const HostingLimits& limits, double timer_share, double price_factor, std::uint64_t seed) {
    return Search(catalogue, type, behind, limits, timer_share, price_factor, seed).run();
}

} // namespace autarky::grid

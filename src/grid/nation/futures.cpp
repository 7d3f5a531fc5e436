// autarky: when the grid binds before chips do: a fan of futures of one region.
// SPDX-License-Identifier: Apache-2.0
#include "grid/nation/futures.hpp"

#include <algorithm>
#include <array>

#include "grid/region/replacement.hpp"
#include "grid/street/luck.hpp"

namespace autarky::grid {
namespace {

constexpr int first_year = 2027, last_year = 2045;
constexpr double quarters_a_year = 4.0;
constexpr double queue_that_binds = 0.02;

double median(std::vector<double>& values, double q = 0.5) {
    if (values.empty()) return 0.0;
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(q * static_cast<double>(values.size() - 1));
    std::ranges::nth_element(values, at);
    return *at;
}

/// One year of one future, as it ended.
struct Ended {
    double fleet = 0.0, queue = 0.0, waiting = 0.0, shadow = 0.0, deployable = 0.0;
    int binding = 0; ///< 0 demand, 1 chips, 2 grid
};

struct Future {
    std::array<Ended, last_year - first_year + 1> years;
    double first_grid = 0.0; ///< decimal year, 0: never
    bool before_chips = false;
};

Future run(const OverloadTables& overload, const FutureRanges& r, const Luck& luck, std::uint64_t number) {
    std::uint64_t purpose = 0;
    const auto draw = [&](const Band& band) {
        return band.low + (band.high - band.low) * luck.uniform(number, ++purpose);
    };
    const double saturation = draw(r.saturation), midpoint = draw(r.midpoint_year), width = draw(r.width_years);
    double chips_a_year = draw(r.chips_first_year);
    const double chips_growth = draw(r.chips_growth), chips_most = draw(r.chips_most);
    double ordered_a_year = draw(r.ordered_share) * r.units;
    const double supply_growth = draw(r.supply_growth), crews = draw(r.crews_over_supply), lead = draw(r.lead_quarters);
    const double clustering = draw(r.clustering), managed = draw(r.managed), margin = draw(r.margin_usd);
    const Curve<double> curve = overload.over.along_first<double>({managed, clustering});
    const Curve<double> one_too_many = overload.waiting.along_first<double>({managed, clustering});
    const double present = curve.at(0.0);
    const double places = r.units * r.places_a_unit;

    Future out;
    Pipeline<double> pipeline;
    double chips = 0.0;
    for (int quarter = 0; quarter < (last_year - first_year + 1) * 4; ++quarter) {
        const double date = first_year + (quarter + 1) / quarters_a_year;
        const double demand = saturation / (1.0 + exp(-(date - midpoint) / width));
        const double supplied = std::min(demand * places, chips + chips_a_year / quarters_a_year);
        const bool chips_bind = supplied < demand * places;
        const double wanted = supplied / places;
        const double needing = (curve.at(wanted) - present) * r.units;
        pipeline = pipeline.after(
            needing, {ordered_a_year / quarters_a_year, crews * ordered_a_year / quarters_a_year, stage_shares(lead)});
        const double upgraded = present + pipeline.installed / r.units;
        const double waits =
            needing > 0.0 ? std::min(one_too_many.at(wanted) * pipeline.waiting / needing, wanted) : 0.0;
        const bool grid_binds = waits > queue_that_binds * wanted;
        // Chips that wait for a street are made all the same; the fleet on the road lacks them.
        chips = supplied;
        if (grid_binds && out.first_grid == 0.0) out.first_grid = date;
        out.before_chips |= grid_binds && !chips_bind;
        if (quarter % 4 == 3) {
            Ended& year = out.years[static_cast<std::size_t>(quarter / 4)];
            year.fleet = (wanted - waits) * places;
            year.queue = waits * places;
            year.waiting = pipeline.waiting;
            year.deployable = deployable_penetration<double>(curve, upgraded) * places;
            year.binding = grid_binds ? 2 : chips_bind ? 1 : 0;
            year.shadow = shadow_price<double>(waits * places, pipeline.waiting, margin);
            chips_a_year = std::min(chips_a_year * (1.0 + chips_growth), chips_most);
            ordered_a_year *= 1.0 + supply_growth;
        }
    }
    return out;
}

} // namespace

FutureRanges ranges_of(std::string_view region) {
    FutureRanges ranges;
    if (region == "europe") ranges.units = 2.23e6, ranges.places_a_unit = 114.0, ranges.ordered_share = {0.006, 0.02};
    return ranges;
}

Futures drawn_futures(const OverloadTables& overload, const FutureRanges& ranges, int n, std::uint64_t seed) {
    const Luck luck(seed);
    std::vector<Future> all;
    for (int i = 0; i < n; ++i)
        all.push_back(run(overload, ranges, luck, static_cast<std::uint64_t>(i)));
    Futures out;
    const double share = 1.0 / n;
    std::vector<double> firsts;
    for (const Future& f : all) {
        out.ever_before_chips += f.before_chips ? share : 0.0;
        out.ever += f.first_grid > 0.0 ? share : 0.0;
        if (f.first_grid > 0.0) firsts.push_back(f.first_grid);
    }
    out.first_median_year = median(firsts);
    for (std::size_t y = 0; y < all.front().years.size(); ++y) {
        FutureYear year;
        year.year = first_year + static_cast<int>(y);
        std::vector<double> fleet, queue, waiting, shadow, deployable;
        for (const Future& f : all) {
            const Ended& e = f.years[y];
            year.demand_binds += e.binding == 0 ? share : 0.0;
            year.chips_bind += e.binding == 1 ? share : 0.0;
            year.grid_binds += e.binding == 2 ? share : 0.0;
            fleet.push_back(e.fleet), queue.push_back(e.queue), waiting.push_back(e.waiting);
            deployable.push_back(e.deployable);
            if (e.binding == 2) shadow.push_back(e.shadow);
        }
        year.fleet = median(fleet);
        year.queue_high = median(queue, 0.95);
        year.queue = median(queue);
        year.waiting_units = median(waiting);
        year.deployable = median(deployable);
        year.shadow_price_usd = median(shadow);
        out.years.push_back(year);
    }
    return out;
}

} // namespace autarky::grid

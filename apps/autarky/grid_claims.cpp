// autarky: `grid claims`: the essay's statements about the grid, recomputed.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "autarky/grid_options.hpp"
#include "autarky/output.hpp"
#include "grid/hosting.hpp"
#include "grid/published.hpp"

namespace autarky::cli {
namespace {

using namespace autarky::grid;

/// Whether `cars` cars and as many robots overheat a unit with `homes` homes: share of placements, and their hot spots.
EssayCheck overheats(const StreetCatalogue& streets, const char* name, double homes, int cars, std::uint64_t seed) {
    UnitType unit = *streets.unit(name);
    unit.homes = homes;
    const Street street = streets.street(unit, seed);
    constexpr std::uint64_t placements = 16;
    int over = 0;
    double hottest = 0.0, peak = 0.0;
    for (std::uint64_t p = 0; p < placements; ++p) {
        const StreetLoad load = street.load({homes, cars, cars, 1.0, 0.0}, p);
        const double hot = aged_year_of(unit, street.plan(), load).highest_hot_spot_c;
        over += hot > 120.0 ? 1 : 0;
        hottest = std::max(hottest, hot);
        peak = std::max(peak, load.peak_kva / unit.rating_kva);
    }
    return {
        fmt::format("{} cars and {} robots overheat {} with {:g} homes", cars, cars, name, homes),
        fmt::format("hot spot above 120 C in {} of {} placements, at most {:.0f} C, load up to {:.2f} of the rating",
                    over, placements, hottest, peak),
        over == 0                              ? "false"
        : over == static_cast<int>(placements) ? "holds"
                                               : "depends"};
}

} // namespace

Exit grid_claims(const GridOptions& o) {
    const StreetCatalogue streets = grid_streets();
    std::vector<EssayCheck> checks = essay_arithmetic();
    for (const double homes : {50.0, 100.0, 200.0})
        for (const char* name : {"eu-station-250", "eu-station-400", "eu-station-630"})
            checks.push_back(overheats(streets, name, homes, 20, o.seed));
    checks.push_back(overheats(streets, "us-pole-25", 5.0, 2, o.seed));
    checks.push_back(overheats(streets, "us-pole-25", 5.0, 5, o.seed));
    checks.push_back(overheats(streets, "us-pad-50", 8.0, 8, o.seed));
    checks.push_back(overheats(streets, "us-pad-100", 12.0, 12, o.seed));
    if (o.json) {
        auto out = nlohmann::ordered_json::array();
        for (const EssayCheck& c : checks)
            out.push_back({{"statement", c.statement}, {"computed", c.computed}, {"verdict", c.verdict}});
        print(out.dump(2) + "\n");
        return Exit::ok;
    }
    for (const EssayCheck& c : checks)
        print(fmt::format("{}\n    {}\n    {}\n", c.statement, c.computed, c.verdict));
    return Exit::ok;
}

} // namespace autarky::cli

// autarky: judges the essay's streets by the street simulation.
// SPDX-License-Identifier: Apache-2.0
#include "grid/hosting/essay_streets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "grid/hosting/hosting.hpp"

namespace autarky::grid {
namespace {

/// Power of a car's charger at home, kW: three phases of 16 A in Europe (IEC 61851 mode 3), 48 A at 240 V in America (SAE J1772).
constexpr double european_car_kw = 11.0, american_car_kw = 11.5;

/// A street whose cars all charge at once with full power from 18 to 22 h on every day: the worst case, not a likely one.
StreetLoad all_at_once(const Street& street, double homes, int cars, int robots, double car_kw) {
    constexpr double robot_kw = 0.5; // working estimate of a charger of a household robot
    StreetLoad load = street.load({homes, 0, 0, 1.0, 0.0}, 0);
    for (std::size_t i = 0; i < load.kva.size(); ++i) {
        const double hour = static_cast<double>(i % steps_a_day) * step_h;
        if (hour >= 18.0 && hour < 22.0) load.kva[i] += cars * car_kw + robots * robot_kw;
        load.peak_kva = std::max(load.peak_kva, load.kva[i]);
    }
    return load;
}

/// Whether `cars` cars and as many robots overheat a unit with `homes` homes, as they charge and at worst.
EssayCheck overheats(const StreetCatalogue& streets, const char* name, double homes, int cars, double car_kw,
                     std::uint64_t seed) {
    UnitType unit = *streets.unit(name);
    unit.homes = homes;
    const Street street = streets.street(unit, seed);
    constexpr std::uint64_t placements = 16;
    const double highest_c = HostingLimits{}.hot_spot_c;
    int over = 0;
    double hottest = 0.0, peak = 0.0;
    for (std::uint64_t p = 0; p < placements; ++p) {
        const StreetLoad load = street.load({homes, cars, cars, 1.0, 0.0}, p);
        const double hot = aged_year_of(unit, street.plan(), load).highest_hot_spot_c;
        over += hot > highest_c ? 1 : 0;
        hottest = std::max(hottest, hot);
        peak = std::max(peak, load.peak_kva / unit.rating_kva);
    }
    const StreetLoad worst = all_at_once(street, homes, cars, cars, car_kw);
    const double worst_hot = aged_year_of(unit, street.plan(), worst).highest_hot_spot_c;
    const bool always = over == static_cast<int>(placements);
    return {fmt::format("{} cars and {} robots overheat {} with {:g} homes", cars, cars, name, homes),
            fmt::format("as they charge: hot spot above {:g} C in {} of {} placements, up to {:.0f} C at {:.2f} of the "
                        "rating; all at once "
                        "at {:g} kW from 18 to 22 h: {:.0f} C at {:.2f}",
                        highest_c, over, placements, hottest, peak, car_kw, worst_hot,
                        worst.peak_kva / unit.rating_kva),
            always                  ? "holds"
            : over > 0              ? "depends"
            : worst_hot > highest_c ? "only if all charge at once"
                                    : "false"};
}

struct StreetCase {
    const char* unit;
    double homes;
    int cars;
};

/// The essay's "10 to 20 cars" behind "50 to 200 homes": European stations as they are and a small one, American units.
constexpr std::array european_cases{StreetCase{"eu-station-160", 50.0, 10},  StreetCase{"eu-station-160", 50.0, 20},
                                    StreetCase{"eu-station-250", 50.0, 20},  StreetCase{"eu-station-400", 50.0, 20},
                                    StreetCase{"eu-station-630", 50.0, 20},  StreetCase{"eu-station-250", 100.0, 20},
                                    StreetCase{"eu-station-400", 100.0, 20}, StreetCase{"eu-station-630", 100.0, 20},
                                    StreetCase{"eu-station-250", 200.0, 10}, StreetCase{"eu-station-250", 200.0, 20},
                                    StreetCase{"eu-station-400", 200.0, 20}, StreetCase{"eu-station-630", 200.0, 20}};
constexpr std::array american_cases{StreetCase{"us-pole-25", 5.0, 2}, StreetCase{"us-pole-25", 5.0, 5},
                                    StreetCase{"us-pad-50", 8.0, 8}, StreetCase{"us-pad-100", 12.0, 12}};

/// Judges the cases one by one; returns how many overheat in some placement, and how many only when all charge at once.
std::pair<int, int> judge(const StreetCatalogue& streets, std::span<const StreetCase> cases, double car_kw,
                          std::uint64_t seed, std::vector<EssayCheck>& checks) {
    int charging = 0, at_once = 0;
    for (const StreetCase& one : cases) {
        checks.push_back(overheats(streets, one.unit, one.homes, one.cars, car_kw, seed));
        const std::string& verdict = checks.back().verdict;
        charging += verdict == "holds" || verdict == "depends" ? 1 : 0;
        at_once += verdict == "only if all charge at once" ? 1 : 0;
    }
    return {charging, at_once};
}

} // namespace

std::vector<EssayCheck> essay_streets(const StreetCatalogue& streets, std::uint64_t seed) {
    std::vector<EssayCheck> checks;
    const auto [european, european_at_once] = judge(streets, european_cases, european_car_kw, seed, checks);
    const auto [american, american_at_once] = judge(streets, american_cases, american_car_kw, seed, checks);
    checks.push_back(
        {"so: 10 to 20 cars overheat a transformer of 50 to 200 homes",
         fmt::format(
             "European stations: {} of {} as cars charge, {} more if all charge at once; American units have 1 to "
             "12 homes, and 2 to 12 cars overheat {} of {} as they charge, {} more at once",
             european, european_cases.size(), european_at_once, american, american_cases.size(), american_at_once),
         std::string(european == 0 ? "false in Europe unless all charge at once behind a small unit"
                                   : "depends on the size of the station in Europe") +
             (american > 0 ? "; in America far fewer cars do it" : "; in America fewer cars do not do it either")});
    return checks;
}

} // namespace autarky::grid

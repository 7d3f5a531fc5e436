// autarky: finds the street or the feeder that is asked about, and refuses what it has no use for.
// SPDX-License-Identifier: Apache-2.0
#include "answers/grid/place.hpp"

#include <fmt/format.h>

#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include "answers/grid/feeder.hpp"
#include "core/refuse.hpp"

namespace autarky::answers {
namespace {

struct Only {
    std::string_view field;
    bool is_given;
};

void refuse_given(const std::vector<Only>& others, const std::string& name, std::string_view is_a,
                  std::string_view hint) {
    Diagnostics findings;
    for (const auto& other : others)
        if (other.is_given)
            findings.error_in(other.field, "E0506", fmt::format("it changes nothing at the {} {}", is_a, name),
                              std::string(hint));
    if (findings.has_errors()) throw InputError{std::move(findings)};
}

} // namespace

std::optional<FeederPlace> feeder_place(const Catalogue& catalogue, const grid::StreetCatalogue& streets,
                                        const PlaceChoice& choice, const Watch& watch) {
    if (streets.unit(choice.street) != nullptr) return std::nullopt;
    const auto file = feeder_path(catalogue, choice.street);
    if (file.empty()) return std::nullopt;
    refuse_given({{"homes", choice.homes.has_value()},
                  {"hot_spot", choice.hot_spot.has_value()},
                  {"ageing", choice.ageing.has_value()}},
                 choice.street, "feeder", "cars stand at its loads, and its limits are rating, voltage and line");
    const auto region = choice.region.value_or(GridRegion::europe);
    const auto* usual = streets.unit(region == GridRegion::us ? "us-pole-25" : "eu-station-400");
    FeederPlace out{file, region, choice.a_load.value_or(2), streets.street(*usual, choice.seed, choice.timers),
                    nullptr};
    Diagnostics findings;
    out.feeder =
        grid::hosted_feeder(file_text(file, "street"), file, choice.frequency.value_or(50.0), out.habits, findings);
    watch.settle(findings);
    return out;
}

grid::UnitType street_place(const Catalogue& catalogue, const grid::StreetCatalogue& streets,
                            const PlaceChoice& choice) {
    const auto* found = streets.unit(choice.street);
    if (found == nullptr) {
        const auto feeders = catalogue.feeders();
        std::vector<std::string_view> names(feeders.begin(), feeders.end());
        for (const auto& unit : streets.units)
            names.emplace_back(unit.name);
        const auto suggestion = did_you_mean(choice.street, names);
        refuse_field("street", "E0505", fmt::format("there is no street or feeder '{}'", choice.street),
                     suggestion.empty()
                         ? fmt::format("{}, ... or a file that ends in .json", streets.units.front().name)
                         : suggestion);
    }
    refuse_given({{"region", choice.region.has_value()},
                  {"a_load", choice.a_load.has_value()},
                  {"frequency", choice.frequency.has_value()}},
                 choice.street, "street", "only a feeder has use for it");
    auto unit = *found;
    unit.homes = choice.homes.value_or(unit.homes);
    unit.limit_pu = choice.limit.value_or(unit.limit_pu);
    return unit;
}

int most_cars(const grid::UnitType& unit) { return static_cast<int>(std::floor(unit.homes * unit.cars_a_home + 1e-9)); }

grid::HostingLimits limits_of(const PlaceChoice& choice, double rating_pu) {
    grid::HostingLimits limits;
    limits.rating_pu = choice.limit.value_or(rating_pu);
    limits.hot_spot_c = choice.hot_spot.value_or(limits.hot_spot_c);
    limits.ageing = choice.ageing.value_or(limits.ageing);
    return limits;
}

void check_devices(const PlaceChoice& choice, int most) {
    if (!choice.devices || *choice.devices <= most) return;
    refuse_field("devices", "E0504",
                 fmt::format("{} devices: the homes of {} have room for 0 to {}", *choice.devices, choice.street, most),
                 fmt::format("{} changes a street, {} a feeder", field_mark("homes"), field_mark("a_load")));
}

} // namespace autarky::answers

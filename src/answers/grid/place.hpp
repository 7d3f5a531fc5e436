// autarky: where devices are to stand: a street or a feeder, its limits and habits, as the questions about both ask for them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "answers/catalogue.hpp"
#include "answers/grid/nation.hpp"
#include "answers/watch.hpp"
#include "core/describe_plain.hpp"
#include "grid/hosting/feeder_places.hpp"
#include "grid/hosting/hosting.hpp"
#include "grid/street/street_catalogue.hpp"

namespace autarky::answers {

/// The fields that `host` and `fix` begin with. What only a street or only a feeder has is refused at the other.
struct PlaceChoice {
    std::string street; ///< or a feeder, of the catalogue or a file
    std::optional<int> devices;
    std::optional<double> homes, limit, hot_spot, ageing, frequency;
    double timers = 0.0;
    std::optional<GridRegion> region;
    std::optional<int> a_load;
    std::uint64_t seed = 1;
};

/// Those fields, for the description of a question that inherits them.
constexpr auto place_fields() {
    using P = PlaceChoice;
    return fields(
        asked("street", &P::street, "A street of the catalogue, or a feeder: of the catalogue or power-grid-model JSON")
            .positional("STREET")
            .required(),
        asked("devices", &P::devices, "1"_u, "Judge this number of devices").from_to(0, 1e6).as("N"),
        asked("homes", &P::homes, "home"_u, "Street: homes behind the unit").from_to(0, 1000).otherwise("its usual"),
        asked("limit", &P::limit, "1"_u, "Highest load over rating")
            .from_to(0.1, 5)
            .as("PU")
            .otherwise("the street's; feeder: 1"),
        asked("hot_spot", &P::hot_spot, unit_named("degC"), "Street: highest hot spot of the transformer")
            .from_to(60, 200)
            .as("CELSIUS")
            .otherwise("120"),
        asked("ageing", &P::ageing, "1"_u, "Street: years of life that a year may take")
            .from_to(0.01, 1000)
            .as("X")
            .otherwise("1"),
        asked("timers", &P::timers, "1"_u, "Share of cars on a timer at 23 h", Range::fraction).as("SHARE"),
        asked("region", &P::region, "Feeder: whose habits and prices").otherwise("europe"),
        asked("a_load", &P::a_load, "1"_u, "Feeder: cars at one load at most").from_to(1, 20).otherwise("2"),
        asked("frequency", &P::frequency, unit_named("Hz"), "Feeder: of its currents").from_to(1, 1000).otherwise("50"),
        asked("seed", &P::seed, "1"_u, "Seed of all luck"));
}

/// A feeder ready to take cars, and the street whose habits its homes have.
struct FeederPlace {
    std::string file;
    GridRegion region = GridRegion::europe;
    int a_load = 2;
    grid::Street habits;
    std::unique_ptr<grid::HostedFeeder> feeder;
    [[nodiscard]] int most_cars() const { return static_cast<int>(feeder->n_homes()) * a_load; }
};

/// The feeder that the choice names; no value when it is a street. Throws InputError.
std::optional<FeederPlace> feeder_place(const Catalogue& catalogue, const grid::StreetCatalogue& streets,
                                        const PlaceChoice& choice, const Watch& watch);
/// The street's unit, with the homes and the limit of the choice. Throws InputError.
grid::UnitType street_place(const Catalogue& catalogue, const grid::StreetCatalogue& streets,
                            const PlaceChoice& choice);
/// Cars for which a unit's homes have room.
int most_cars(const grid::UnitType& unit);

/// Limits of the choice, else the usual ones; `rating_pu` is the place's own.
grid::HostingLimits limits_of(const PlaceChoice& choice, double rating_pu);
/// Refuses more devices than there are places: a mistake of the question, not a result.
void check_devices(const PlaceChoice& choice, int most);

} // namespace autarky::answers

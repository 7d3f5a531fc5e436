// autarky: the day of the year that heats a street's transformer most, quarter of an hour by quarter of an hour.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "core/describe_plain.hpp"
#include "grid/hosting/hosting.hpp"

namespace autarky::grid {

/// The day with the highest hot spot of one placement; series by quarter of an hour from midnight.
struct WorstDay {
    int devices = 0;
    int day_of_year = 1;
    std::vector<double> homes_pu, load_pu; ///< over the rating: without devices, and with them
    std::vector<double> ambient_c, top_oil_c, hot_spot_c;
    double highest_load_pu = 0.0, highest_hot_spot_c = 0.0;
};
constexpr auto describe(Type<WorstDay> /*type*/) {
    using D = WorstDay;
    constexpr auto celsius = unit_named("degC");
    return fields(
        item("devices", &D::devices, "1"_u, "Devices behind the transformer"),
        item("day_of_year", &D::day_of_year, "1"_u, "Which day it is, from 1"),
        item("highest_load_pu", &D::highest_load_pu, "1"_u, "Highest load of that day over the rating"),
        item("highest_hot_spot_c", &D::highest_hot_spot_c, celsius, "Highest hot spot, of the year too"),
        item("homes_pu", &D::homes_pu, "1"_u, "Load of the homes alone over the rating, by quarter of an hour"),
        item("load_pu", &D::load_pu, "1"_u, "Load with the devices over the rating"),
        item("ambient_c", &D::ambient_c, celsius, "Air around the transformer"),
        item("top_oil_c", &D::top_oil_c, celsius, "Top oil"),
        item("hot_spot_c", &D::hot_spot_c, celsius, "Hot spot of the winding"));
}

/// Of the placement with that many devices: its year is run step by step, as hosting capacities are.
WorstDay worst_day(const Street& street, HostedDevice device, int devices, std::uint64_t placement);

} // namespace autarky::grid

// autarky: the catalogue of streets: units, homes, climates, charging, regions, costs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/diagnostics.hpp"
#include "grid/street/street.hpp"

namespace autarky::grid {

/// Points of a curve, first ascending.
using Points = std::vector<std::pair<double, double>>;
/// Straight lines between points, held outside them.
double between(const Points& points, double x);

struct CatalogueSource {
    std::string title, date, grade;
};

/// What it costs to help a street of a region, in real USD of 2025.
struct UpgradeCosts {
    double life_years = 40.0, rate = 0.05;
    Points unit_usd; ///< installed cost by rating in kVA
    double new_station_usd = 0.0;
    double managed_usd_a_car_year = 0.0;
    double storage_usd_a_kwh = 0.0;
    double line_usd_a_m = 0.0;
    std::vector<double> price_factor; ///< low, middle, high
};

struct StreetRegion {
    std::string charging;
    double homes = 0.0;
    Points utilisation; ///< quantiles of present peak over rating
    UpgradeCosts costs;
};

struct StreetCatalogue {
    std::map<std::string, CatalogueSource> sources;
    std::map<std::string, std::pair<std::string, std::string>> cited; ///< "unit.us-pole-25" -> source id, note
    std::map<std::string, Climate> climates;
    std::map<std::string, HomeLoad> homes;
    std::map<std::string, Charging> charging;
    std::map<std::string, RobotUse> robots;
    std::vector<UnitType> units; ///< in the order of the file
    std::map<std::string, StreetRegion> regions;

    [[nodiscard]] const UnitType* unit(std::string_view name) const;
    [[nodiscard]] std::vector<UnitType> units_of(std::string_view region) const;
    /// A street of this unit type with its region's charging.
    [[nodiscard]] Street street(const UnitType& type, std::uint64_t seed, double timer_share = 0.0) const;
};

/// Reads catalogue/grid/streets.toml; everything that is wrong goes into `findings` with its place.
StreetCatalogue read_street_catalogue(const std::string& text, const std::string& file, Diagnostics& findings);

} // namespace autarky::grid

// autarky: the stored overload and ageing surfaces against the street simulation that made them.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "grid/nation/overload_surface.hpp"
#include "grid/region/overload_curve.hpp"
#include "grid/street/luck.hpp"
#include "stored_surfaces.hpp"
#include "streets.hpp"

using namespace autarky;
using namespace autarky::grid;
using autarky::test::Point;
using autarky::test::random_point;
using autarky::test::stored_tables;
using autarky::test::streets;

namespace {

/// Largest distance of the model's line at small fleets, where the quarterly model is for most of its years. Units break
/// one by one as the managed share grows, so a sample of 400 has steps of 1/400 that no table follows.
double farthest_of_small(const std::string& region, std::uint64_t points) {
    const OverloadModel model(streets(), region, surface_units, 1);
    const double station = region == "us" ? 0.0 : 1.0;
    const Luck luck(7);
    double most = 0.0;
    for (std::uint64_t i = 0; i < points; ++i) {
        auto [p, managed, rho] = random_point(luck, i);
        p *= 0.1;
        const OverloadShares found = model.shares(p, managed, rho);
        const Overload<double> line = OverloadCurve<double>(overload_streets(), managed, rho, station, station).at(p);
        most = std::max(most, std::fabs(line.over - found.over));
        most = std::max(most, std::fabs(line.waiting - found.waiting));
    }
    MESSAGE(region, ": farthest below a tenth of all places ", most);
    return most;
}

/// Largest distance of the stored surfaces, and of the line that the quarterly model cuts from them, to the simulation at
/// random points off the table.
void check_surface(const std::string& region, std::uint64_t points) {
    const OverloadTables tables = stored_tables(region);
    const OverloadModel model(streets(), region, surface_units, 1);
    const double station = region == "us" ? 0.0 : 1.0;
    const Luck luck(20261124);
    double over = 0.0, waiting = 0.0, line_over = 0.0, line_waiting = 0.0;
    const auto widen = [](double& most, double a, double b) { most = std::max(most, std::fabs(a - b)); };
    for (std::uint64_t i = 0; i < points; ++i) {
        const auto [p, managed, rho] = random_point(luck, i);
        const OverloadShares found = model.shares(p, managed, rho);
        widen(over, found.over, tables.over.at<double>({p, managed, rho}));
        widen(waiting, found.waiting, tables.waiting.at<double>({p, managed, rho}));
        const Overload<double> line = OverloadCurve<double>(overload_streets(), managed, rho, station, station).at(p);
        widen(line_over, found.over, line.over);
        widen(line_waiting, found.waiting, line.waiting);
    }
    CHECK(std::fabs(model.share(0.2, 0.3, 0.08) - tables.over.at<double>({0.2, 0.3, 0.08})) < 1e-6); // six digits
    CHECK(model.places_a_unit() == doctest::Approx(tables.places_a_unit).epsilon(1e-5));
    CHECK(model.homes_a_unit() == doctest::Approx(tables.homes_a_unit).epsilon(1e-5));
    CHECK(model.car_w() == doctest::Approx(tables.car_w).epsilon(1e-5));
    MESSAGE(region, ": farthest units ", over, ", places ", waiting, "; of the model's line ", line_over, ", ",
            line_waiting, "; stated ", tables.over.stated_error);
    CHECK(over <= tables.over.stated_error);
    CHECK(waiting <= tables.waiting.stated_error);
    CHECK(line_over <= tables.over.stated_error);
    CHECK(line_waiting <= tables.waiting.stated_error);
}

/// The same for the life that the devices take, whose years are dear: ten managed shares, five points each.
void check_ageing(const std::string& region) {
    const OverloadTables tables = stored_tables(region);
    const OverloadModel model(streets(), region, surface_units, 1);
    const double station = region == "us" ? 0.0 : 1.0;
    const Luck luck(1892);
    double table = 0.0, line = 0.0, largest = 0.0;
    for (std::uint64_t m = 0; m < 10; ++m) {
        const double managed = luck.uniform(m, 1);
        const auto aged = model.ageing(managed);
        for (std::uint64_t i = 0; i < 5; ++i) {
            const auto [p, unused, rho] = random_point(luck, 100 + 5 * m + i);
            const double found = model.mean_ageing(aged, p, rho);
            CHECK(found >= 0.0);
            largest = std::max(largest, found);
            table = std::max(table, std::fabs(found - tables.ageing.at<double>({p, managed, rho})));
            const OverloadCurve<double> curve(overload_streets(), managed, rho, station, station);
            line = std::max(line, std::fabs(found - curve.ageing_at(p)));
        }
    }
    MESSAGE(region, ": ageing up to ", largest, "; farthest of the table ", table, ", of the model's line ", line);
    CHECK(largest > 0.0002); // there is something to compare
    CHECK(table <= tables.ageing.stated_error);
    CHECK(line <= tables.ageing.stated_error);
}

} // namespace

TEST_CASE("the ageing surfaces are what a year in the streets shows, at 50 random points") {
    check_ageing("us");
    check_ageing("europe");
}

TEST_CASE("the American overload surfaces are what streets show, at 50 random points") { check_surface("us", 50); }
TEST_CASE("the European overload surfaces are what streets show, at 50 random points") { check_surface("europe", 50); }

TEST_CASE("the model's line is near the streets for small fleets too") {
    CHECK(farthest_of_small("us", 50) < 0.002);
    CHECK(farthest_of_small("europe", 50) < 0.002);
}

TEST_CASE("a device that draws more than the study's car counts for as many cars as its energy") {
    // The quarterly model turns power into cars by energy. With the same chargers a car of more energy charges longer, so
    // its unit is not overloaded by fewer of them; counting its energy is on the safe side, by this much.
    for (const char* region : {"us", "europe"}) {
        StreetCatalogue hungry = streets();
        constexpr double size = 1.25;
        for (auto& [name, charging] : hungry.charging)
            charging.kwh_a_day *= size;
        const OverloadModel larger(hungry, region, surface_units, 1), usual(streets(), region, surface_units, 1);
        double most = 0.0, least = 0.0;
        for (double p = 0.05; p <= 0.8; p += 0.05) {
            const double counted = usual.share(p * size, 0.2, 0.1), is = larger.share(p, 0.2, 0.1);
            most = std::max(most, counted - is), least = std::min(least, counted - is);
        }
        MESSAGE(std::string(region), ": counted less simulated ", least, " to ", most);
        CHECK(least > -0.03);
        CHECK(most < 0.08);
    }
}

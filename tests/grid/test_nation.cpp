// autarky: tests of remedies and of the country.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "grid/hosting/mitigation.hpp"
#include "grid/nation/nation.hpp"
#include "grid/nation/published.hpp"
#include "streets.hpp"

using namespace autarky;
using namespace autarky::grid;
using autarky::test::streets;

TEST_CASE("the cheapest remedy clears, and nothing cheaper on its trail does") {
    const UnitType& type = *streets().unit("us-pole-25");
    HostingLimits limits;
    limits.rating_pu = 1.25;
    const Mitigation m = cheapest_remedy(streets(), type, {type.homes, 6, 0, 1.0, 0.0}, limits, 0.0, 1.0, 1);
    CHECK(m.needed);
    REQUIRE(m.chosen);
    for (const Remedy& r : m.trail)
        if (&r != m.chosen) {
            CHECK_FALSE(r.clears);
            CHECK_FALSE(r.first_violation.empty());
            CHECK(r.annualised_usd <= m.chosen->annualised_usd);
        }
    CHECK(m.trail.front().text() == "nothing");
}

TEST_CASE("a street within its limits needs nothing, and that costs nothing") {
    const UnitType& type = *streets().unit("eu-station-400");
    const Mitigation m = cheapest_remedy(streets(), type, {type.homes, 5, 0, 1.0, 0.0}, {}, 0.0, 1.0, 1);
    CHECK_FALSE(m.needed);
    REQUIRE(m.chosen);
    CHECK(m.chosen->annualised_usd == 0.0);
}

TEST_CASE("the sample has the utilisation that was measured") {
    const auto types = streets().units_of("us");
    const StreetRegion& us = streets().regions.at("us");
    std::vector<double> found;
    for (std::size_t i = 0; i < 4000; ++i) {
        const SampledUnit u = sampled_unit(types, us, 1, i, 4000);
        const UnitType& t = types[u.type];
        const double spread = t.home.peak_one_kw - t.home.peak_many_kw;
        const double peak = u.homes * u.base_scale * (t.home.peak_many_kw + spread / std::sqrt(u.homes));
        found.push_back(peak / t.home.power_factor / t.rating_kva);
        CHECK(u.places >= 1);
    }
    std::ranges::sort(found);
    // PNNL taxonomy, 7,479 units: quartiles and tail of planning load over rating.
    CHECK(found[1000] == doctest::Approx(0.25).epsilon(0.03));
    CHECK(found[2000] == doctest::Approx(0.41).epsilon(0.03));
    CHECK(found[3600] == doctest::Approx(0.66).epsilon(0.03));
}

TEST_CASE("a country is the same for any number of threads, and managing helps it") {
    NationStudy study;
    study.region = "us";
    study.units = 800;
    study.penetrations = {0.0, 0.25, 0.5, 1.0};
    study.threads = 1;
    const NationResult one = study_nation(streets(), study);
    study.threads = 2;
    const NationResult two = study_nation(streets(), study);
    REQUIRE(one.rows.size() == 4);
    for (std::size_t k = 0; k < 4; ++k) {
        CHECK(one.rows[k].needs == two.rows[k].needs);
        CHECK(one.rows[k].mean_ageing == two.rows[k].mean_ageing);
        CHECK(one.rows[k].system_kw_a_car == two.rows[k].system_kw_a_car);
    }
    for (std::size_t k = 1; k < 4; ++k)
        CHECK(one.rows[k].over_limit >= one.rows[k - 1].over_limit);
    CHECK(one.rows[0].over_rating < 0.04); // PNNL: 2 % of units are above their rating today
    // The system's peak grows by less a car than the streets' own peaks, and by more than the average.
    CHECK(one.rows[3].system_kw_a_car < one.rows[3].added_kw_a_car);
    CHECK(one.rows[3].average_kw_a_car == doctest::Approx(9.9 / 24).epsilon(0.06));
    study.managed_share = 1.0;
    const NationResult managed = study_nation(streets(), study);
    CHECK(managed.rows[3].needs < one.rows[3].needs);
}

TEST_CASE("what a penetration shows is the same alone and among others, some of which leave streets as they are") {
    NationStudy study;
    study.region = "us";
    study.units = 400;
    study.robots_a_home = 0.5;
    study.penetrations = {0.0, 0.02, 0.04, 0.3, 0.3, 0.1}; // few devices more, none, fewer
    const NationResult together = study_nation(streets(), study);
    REQUIRE(together.rows.size() == 6);
    for (const NationRow& row : together.rows) {
        CAPTURE(row.penetration);
        study.penetrations = {row.penetration};
        const NationRow alone = study_nation(streets(), study).rows.front();
        CHECK(alone.cars == row.cars);
        CHECK(alone.robots == row.robots);
        CHECK(alone.peak_kw_a_unit == row.peak_kw_a_unit);
        CHECK(alone.hot_120 == row.hot_120);
        CHECK(alone.mean_ageing == row.mean_ageing);
        CHECK(alone.needs == row.needs);
    }
}

TEST_CASE("a country that is stopped is a sample that is spread over all of its streets") {
    NationStudy study;
    study.region = "us";
    study.units = 800;
    study.penetrations = {0.0, 1.0};
    const NationResult whole = study_nation(streets(), study);
    const NationResult half =
        study_nation(streets(), study, [](std::uint64_t done, std::uint64_t) { return done >= 400; });
    CHECK(whole.sampled == 800);
    REQUIRE(half.sampled >= 400);
    REQUIRE(half.sampled < 500); // the groups at hand are finished
    REQUIRE(half.rows.size() == 2);
    // of 400 drawn at random the mean number of homes would be off by some 4 % at one error; of units spread by size, far less
    CHECK(half.homes_a_unit == doctest::Approx(whole.homes_a_unit).epsilon(0.03));
    for (std::size_t k = 0; k < 2; ++k)
        CHECK(std::abs(half.rows[k].needs - whole.rows[k].needs) <= 3.0 * half.rows[k].share_error + 1e-12);
    const NationResult none = study_nation(streets(), study, [](std::uint64_t, std::uint64_t) { return true; });
    CHECK(none.sampled > 0);
    CHECK(none.sampled <= 16 * study.threads); // a group each
}

TEST_CASE("the essay's hundred million devices cost what the line between the rows around them says") {
    NationResult result;
    result.homes = 140e6, result.units = 49e6;
    NationRow row;
    row.cost_usd[0] = 5e9, row.cost_usd[2] = 20e9;
    result.rows.push_back(row);
    row.cars = 200e6, row.added_kw_a_car = 4.0, row.cost_usd[0] = 105e9, row.cost_usd[2] = 420e9;
    result.rows.push_back(row);
    NationStudy study;
    study.region = "us";
    const auto found = compared_with_studies(result, study);
    REQUIRE(found.size() == 6);
    // Half of 200 million: half of what is added, above what today needs.
    CHECK(found[0].ours_low == doctest::Approx(50.0));
    CHECK(found[0].ours_high == doctest::Approx(200.0));
    CHECK(found[0].verdict == "overlaps (nobody managed)");
    result.rows.back().cars = 90e6; // fewer than the essay's: it says nothing rather than guess
    CHECK(compared_with_studies(result, study).size() == 5);
    study.region = "europe";
    CHECK(compared_with_studies(result, study).empty());
}

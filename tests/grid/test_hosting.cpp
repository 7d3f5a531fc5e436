// autarky: tests of hosting capacity.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>

#include "grid/hosting/feeder_places.hpp"
#include "grid/hosting/feeder_remedy.hpp"
#include "grid/hosting/hosting.hpp"
#include "grid/hosting/worst_day.hpp"
#include "streets.hpp"

using namespace autarky;
using namespace autarky::grid;
using autarky::test::streets;
using autarky::test::text_of;

namespace {
HostingLimits limits_of(const UnitType& type) {
    HostingLimits limits;
    limits.rating_pu = type.limit_pu;
    return limits;
}
HostingResult host(const char* name, double managed = 0.0, double timers = 0.0) {
    const UnitType& type = *streets().unit(name);
    return host_street(streets().street(type, 1, timers), limits_of(type), {true, false, managed}, 16);
}
const Street& european_habits() {
    static const Street habits = streets().street(*streets().unit("eu-station-400"), 1);
    return habits;
}
HostingResult host_file(const std::string& file, const FeederHosting& how) {
    Diagnostics findings;
    const auto feeder = hosted_feeder(text_of(file), file, 50.0, european_habits(), findings);
    REQUIRE(feeder);
    const HostingResult out = host_feeder(*feeder, european_habits(), {}, how, file, findings);
    CHECK_FALSE(findings.has_errors());
    return out;
}
} // namespace

TEST_CASE("hosting that is stopped is that of the placements that were looked at") {
    const UnitType& type = *streets().unit("us-pole-25");
    const Street street = streets().street(type, 1, 0.0);
    const auto whole = host_street(street, limits_of(type), {true, false, 0.0}, 16);
    const auto half = host_street(street, limits_of(type), {true, false, 0.0}, 160,
                                  [](std::uint64_t done, std::uint64_t) { return done >= 16; });
    CHECK(whole.placements == 16);
    CHECK(half.placements == 16);
    for (std::size_t i = 0; i < whole.criteria.size(); ++i)
        CHECK(half.criteria[i].carried == whole.criteria[i].carried);
}

TEST_CASE("the hottest day of a street is that of the year that its hosting is judged by") {
    const UnitType& type = *streets().unit("us-pole-25");
    const Street street = streets().street(type, 1, 0.0);
    constexpr int cars = 2;
    const WorstDay day = worst_day(street, {true, false, 0.0}, cars, 3);
    const Behind behind{type.homes, cars, 0, 1.0, 0.0};
    const StreetLoad load = street.load(behind, 3);
    CHECK(day.highest_hot_spot_c ==
          doctest::Approx(aged_year_of(type, street.plan(), load).highest_hot_spot_c).epsilon(1e-12));
    for (const auto* series : {&day.homes_pu, &day.load_pu, &day.ambient_c, &day.top_oil_c, &day.hot_spot_c})
        REQUIRE(series->size() == steps_a_day);
    CHECK(*std::ranges::max_element(day.hot_spot_c) == day.highest_hot_spot_c);
    CHECK(day.highest_load_pu <= load.peak_kva / type.rating_kva * (1.0 + 1e-12));
    for (std::size_t step = 0; step < steps_a_day; ++step) {
        CHECK(day.load_pu[step] >= day.homes_pu[step] - 1e-12); // cars take power, they give none
        CHECK(day.hot_spot_c[step] >= day.top_oil_c[step] - 1e-9);
    }
    const WorstDay none = worst_day(street, {true, false, 0.0}, 0, 3);
    CHECK(none.load_pu == none.homes_pu);
    CHECK(none.highest_hot_spot_c <= day.highest_hot_spot_c);
}

TEST_CASE("a European station carries tens of cars, an American pole unit a handful") {
    const HostingResult eu = host("eu-station-400");
    const HostingResult us = host("us-pole-25");
    CHECK(eu.any().first() > 20); // the essay's 10 to 20 cars do not overheat a 400 kVA station of 120 homes
    CHECK(us.any().quantile(0.5) < 9);
    CHECK(us.any().first() <= us.any().quantile(0.5));
    CHECK(us.any().quantile(0.5) <= us.any().all());
}

TEST_CASE("managing helps every placement, timers that start together hurt") {
    const HostingResult plain = host("us-pad-50");
    const HostingResult managed = host("us-pad-50", 1.0);
    const HostingResult timers = host("us-pad-50", 0.0, 1.0);
    CHECK(managed.criteria[0].quantile(0.5) > plain.criteria[0].quantile(0.5));
    CHECK(timers.criteria[0].quantile(0.5) < plain.criteria[0].quantile(0.5));
    CHECK(plain.criteria[0].carried.size() == 16);
    CHECK(plain.binding.size() == 16);
}

TEST_CASE("any criterion carries no more than each alone, and a wider limit no less") {
    const UnitType& type = *streets().unit("us-pole-15");
    const Street street = streets().street(type, 3);
    HostingLimits tight = limits_of(type), wide = tight;
    wide.rating_pu *= 1.3, wide.ageing = 3.0, wide.hot_spot_c = 140.0;
    const auto a = host_street(street, tight, {}, 16), b = host_street(street, wide, {}, 16);
    for (std::size_t i = 0; i < a.criteria.size(); ++i) {
        CHECK(a.any().quantile(0.5) <= a.criteria[i].quantile(0.5));
        for (std::size_t k = 0; k < 16; ++k)
            CHECK(a.criteria[i].carried[k] <= b.criteria[i].carried[k]);
    }
}

TEST_CASE("a feeder is stopped by voltage, line or its transformer, over placements") {
    if (!power_flow_available()) return;
    const std::string file = std::string(AUTARKY_SOURCE_DIR) + "/catalogue/grid/feeders/kerber_dorfnetz.json";
    const HostingResult r = host_file(file, {10, 2, 6, 0.0, 1});
    CHECK(r.most == 114);
    CHECK(r.any().first() <= r.any().all());
    CHECK(r.criteria[0].quantile(0.5) < r.most); // 57 homes of 6 kW already load the unit to 88 %
}

TEST_CASE("managed cars fill a feeder's night, so it carries more of them") {
    if (!power_flow_available()) return;
    const std::string file = std::string(AUTARKY_SOURCE_DIR) + "/catalogue/grid/feeders/kerber_dorfnetz.json";
    const HostingResult plain = host_file(file, {10, 2, 6, 0.0, 1});
    const HostingResult managed = host_file(file, {10, 2, 6, 1.0, 1});
    CHECK(managed.any().first() > plain.any().first());
    CHECK(managed.any().quantile(0.5) >= plain.any().quantile(0.5));
}

TEST_CASE("a feeder's cheapest remedy carries the cars in every placement, and nothing cheaper does") {
    if (!power_flow_available()) return;
    const std::string text = text_of(std::string(AUTARKY_SOURCE_DIR) + "/catalogue/grid/feeders/kerber_dorfnetz.json");
    const UpgradeCosts& costs = streets().regions.at("europe").costs;
    Diagnostics findings;
    const auto feeder = hosted_feeder(text, "kerber", 50.0, european_habits(), findings);
    REQUIRE(feeder);
    const FeederMitigation found =
        cheapest_feeder_remedy(*feeder, european_habits(), {}, {4, 2, 6, 0.0, 1}, 110, costs, 1.0, "kerber", findings);
    CHECK_FALSE(findings.has_errors());
    CHECK(found.needed);
    REQUIRE(found.cleared());
    CHECK(found.trail.front().text() == "nothing");
    CHECK(found.trail.back().first >= 110);
    for (std::size_t i = 0; i + 1 < found.trail.size(); ++i) {
        CHECK_FALSE(found.trail[i].clears);
        CHECK(found.trail[i].annualised_usd <= found.trail.back().annualised_usd);
    }
}

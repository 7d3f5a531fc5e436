// autarky: the overload surfaces, the pipeline, storage.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "grid/feeder/picture.hpp"
#include "grid/nation/overload_surface.hpp"
#include "grid/nation/published.hpp"
#include "grid/region/ledger.hpp"
#include "grid/region/overload_curve.hpp"
#include "grid/region/replacement.hpp"
#include "grid/region/storage.hpp"
#include "grid/street/luck.hpp"
#include "stored_surfaces.hpp"
#include "streets.hpp"

using namespace autarky;
using namespace autarky::grid;
using autarky::test::random_point;
using autarky::test::stored_tables;

TEST_CASE("the model's line is the same in all readings, mixes both kinds of street and holds beyond its end") {
    const OverloadStreets& both = overload_streets();
    const Luck luck(3);
    for (std::uint64_t i = 0; i < 20; ++i) {
        const auto [p, managed, rho] = random_point(luck, i);
        const double units = 0.1 * luck.uniform(i, 4), places = luck.uniform(i, 5);
        const OverloadCurve<double> curve(both, managed, rho, units, places);
        const Overload<double> scalar = curve.at(p);
        const Overload<Lanes> lanes =
            OverloadCurve<Lanes>(both, Lanes(managed), Lanes(rho), Lanes(units), Lanes(places)).at(Lanes(p));
        CHECK(lanes.over[5] == scalar.over);
        CHECK(lanes.waiting[2] == scalar.waiting);
        const Overload<Traced> traced =
            OverloadCurve<Traced>(both, Traced(managed), Traced(rho), Traced(units), Traced(places)).at(Traced(p));
        CHECK(traced.over.value == scalar.over);
        CHECK(traced.waiting.value == scalar.waiting);
        const double pole = OverloadCurve<double>(both, managed, rho, 0.0, 0.0).at(p).over;
        const double station = OverloadCurve<double>(both, managed, rho, 1.0, 1.0).at(p).over;
        CHECK(scalar.over == doctest::Approx((1.0 - units) * pole + units * station).epsilon(1e-9));
        CHECK(curve.at(7.0).over == curve.at(1.0).over);
        CHECK(curve.at(0.0).over == 0.0);
        CHECK(curve.at(-1.0).waiting == 0.0);
    }
}

TEST_CASE("overload grows with the fleet, falls with managing, and written surfaces read back") {
    for (const char* region : {"us", "europe"}) {
        const OverloadTables tables = stored_tables(region);
        for (const Surface* s : {&tables.over, &tables.waiting})
            for (double p = 0.05; p <= 1.0; p += 0.05) {
                CHECK(s->at<double>({p, 0.0, 0.1}) >= s->at<double>({p - 0.05, 0.0, 0.1}) - 1e-12);
                CHECK(s->at<double>({p, 0.9, 0.1}) <= s->at<double>({p, 0.2, 0.1}) + 1e-12);
            }
        Diagnostics findings;
        const auto again = read_tables(written_tables(tables, "again"), "x", findings);
        REQUIRE(again);
        CHECK(again->over.values() == tables.over.values());
        CHECK(again->waiting.values() == tables.waiting.values());
        CHECK(again->over.stated_error == tables.over.stated_error);
    }
    Diagnostics findings;
    CHECK_FALSE(read_tables("axis = []\n", "x.toml", findings));
    CHECK(findings.items()[0].message == "this is no overload surface: 0 axes want 1 values of 'over', there are 0");
}

TEST_CASE("the pipeline loses no transformer, and what it installs never exceeds what crews can do") {
    Pipeline<double> p;
    const Supply<double> supply{50.0, 30.0, stage_shares(6.0)};
    double ordered = 0.0;
    for (int quarter = 0; quarter < 60; ++quarter) {
        double before = p.installed + p.store;
        for (const double stage : p.on_order)
            before += stage;
        const Pipeline<double> next = p.after(400.0 + 10.0 * quarter, supply);
        double after = next.installed + next.store;
        for (const double stage : next.on_order)
            after += stage;
        CHECK(after >= before - 1e-9);
        CHECK(after - before <= supply.ordered + 1e-9);
        CHECK(next.installed - p.installed <= supply.crews + 1e-9);
        CHECK(next.store >= -1e-9);
        ordered += after - before;
        p = next;
    }
    double all = p.installed + p.store;
    for (const double stage : p.on_order)
        all += stage;
    CHECK(all == doctest::Approx(ordered).epsilon(1e-12));
}

TEST_CASE("an order arrives after its lead time on average, also when that is under a year") {
    for (const double lead : {8.0, 5.0, 4.0, 3.0, 2.0, 1.0, 0.5, 0.0}) {
        CAPTURE(lead);
        Pipeline<double> p;
        const StageShares<double> stages = stage_shares(lead);
        p = p.after(100.0, {100.0, 0.0, stages}); // an order of 100 and nobody to install it
        double mean = 0.0, before = p.store;      // what passed every stage is there at once
        for (int quarter = 1; quarter < 400; ++quarter) {
            p = p.after(0.0, {0.0, 0.0, stages});
            mean += quarter * (p.store - before) / 100.0;
            before = p.store;
        }
        CHECK(before == doctest::Approx(100.0).epsilon(1e-9));
        CHECK(mean == doctest::Approx(lead).epsilon(1e-6));
    }
}

TEST_CASE("the pipeline of a year and more is the plain one: nothing passes over a stage") {
    for (const double lead : {4.0, 4.5, 8.0, 40.0}) {
        CHECK(stage_shares(lead).passing == 0.0);
        CHECK(stage_shares(lead).leaving == std::min(4.0 / lead, 1.0));
    }
}

TEST_CASE("the last unit that waits is exchanged when it is made, or when crews get to it") {
    Pipeline<double> p;
    CHECK(years_to_ready(p, 20.0, 1'000.0, 1.5) == 0.0);
    p.waiting = 100.0;
    p.on_order = {10.0, 10.0, 10.0, 10.0};
    CHECK(years_to_ready(p, 20.0, 1'000.0, 1.5) == doctest::Approx(1.5 + 60.0 / 20.0)); // 60 are not ordered yet
    CHECK(years_to_ready(p, 20.0, 10.0, 1.5) == doctest::Approx(100.0 / 10.0));
    p.on_order[0] = 200.0; // all are on their way, the last was ordered today
    CHECK(years_to_ready(p, 20.0, 1'000.0, 1.5) == doctest::Approx(1.5));
    p.store = 100.0; // all are there
    CHECK(years_to_ready(p, 20.0, 1'000.0, 1.5) == doctest::Approx(0.1));
    Pipeline<Lanes> wide;
    wide.waiting = Lanes(100.0);
    CHECK(years_to_ready(wide, Lanes(20.0), Lanes(1'000.0), Lanes(1.5))[3] == 6.5);
}

TEST_CASE("where nothing is made or installed, a unit that waits is never exchanged: no number stands for that") {
    Pipeline<double> p{};
    CHECK(years_to_ready(p, 0.0, 0.0, 1.5) == 0.0); // none waits
    p.waiting = 10.0;
    CHECK(std::isnan(years_to_ready(p, 20.0, 0.0, 1.5)));
    CHECK(std::isnan(years_to_ready(p, 0.0, 100.0, 1.5)));
    p.store = 10.0; // nothing need be made for it
    CHECK(years_to_ready(p, 0.0, 100.0, 1.5) == doctest::Approx(0.1));
}

TEST_CASE("storage frees at most what it was bought for, from the next quarter on, and is bought once") {
    grid::Storage<double> storage;
    const auto units = [](double n) { return Units<double>(n); };
    storage.advance(units(100.0), 0.6);
    CHECK(storage.freed.raw() == 0.0);
    CHECK(storage.bought.raw() == doctest::Approx(60.0));
    storage.advance(units(150.0), 0.6);
    CHECK(storage.freed.raw() == doctest::Approx(60.0));
    CHECK(storage.bought.raw() == doctest::Approx(30.0));
    storage.advance(units(40.0), 0.6); // units were exchanged: it moves on and waits for the next street
    CHECK(storage.freed.raw() == doctest::Approx(40.0));
    CHECK(storage.bought.raw() == 0.0);
    CHECK(storage.devices.raw() == doctest::Approx(90.0));
}

TEST_CASE("only the chip and the use that it induces are its own") {
    // 250 W for one hour of driving, 60 W watching for three, 5 W else, 90 %: (250 + 180 + 100)/900 kWh
    const auto ledger = car_ledger<double>({250.0, 1.0, 60.0, 3.0, 5.0, 0.9}, 50.0, 4.0, 0.18);
    CHECK(ledger.chip == doctest::Approx(0.530 / 0.9).epsilon(1e-12));
    CHECK(ledger.counted() == doctest::Approx(0.530 / 0.9 + 0.72).epsilon(1e-12));
    CHECK(ledger.total() - ledger.counted() == doctest::Approx(9.0));
}

TEST_CASE("pictures are whole SVG documents") {
    const std::string picture = drawn({"a < b", "x", "y", {{"line", {{0, 0}, {1, 2}}, false}}, true, false});
    CHECK(picture.starts_with("<svg"));
    CHECK(picture.ends_with("</svg>\n"));
    CHECK(picture.find("a &lt; b") != std::string::npos);
    FlowResult empty;
    CHECK(drawn_feeder(empty, 0, {}).ends_with("</svg>\n"));
}

TEST_CASE("a feeder's picture has a legend, the fullest branch, open branches dashed and dead nodes hollow") {
    // Three nodes in a row, the second branch open: 130 % on the first, nothing beyond it.
    FlowResult result;
    result.components.push_back({"node", {1, 2, 3}, {{"energized", 1, {1, 1, 0}}, {"u_pu", 1, {1.0, 0.97, 0.0}}}});
    result.components.push_back(
        {"line", {7, 8}, {{"p_from", 1, {1e3, 0}}, {"p_to", 1, {-9e2, 0}}, {"loading", 1, {1.3, 0}}}});
    FeederFacts facts;
    facts.branches = {{7, 1, 2, false}, {8, 2, 3, true}};
    facts.dead_nodes = {3};
    facts.source_node = 1;
    const std::string picture = drawn_feeder(result, 0, facts);
    CHECK(picture.find("at most 130 % (branch 7); lowest voltage 0.970 pu (node 2)") != std::string::npos);
    CHECK(picture.find("<title>branch 7: 130.0 %") != std::string::npos);
    CHECK(picture.find("font-weight=\"bold\">branch 7: 130.0 %</text>") !=
          std::string::npos); // written where it stands
    CHECK(picture.find("font-weight=\"bold\">branch 8") == std::string::npos);
    CHECK(picture.find("branch 8: open") != std::string::npos);
    CHECK(picture.find("node 3: dead") != std::string::npos);
    CHECK(picture.find("open, or closes a mesh") != std::string::npos);
    // The overloaded branch is as red as the legend says, so that colour stands twice.
    const std::string red = "#c8261a";
    CHECK(picture.find(red) != picture.rfind(red));
}

TEST_CASE("a year of hours has an axis of days, and a picture says what it is of") {
    Diagram diagram{"t", "hour", "°C", {{"line", {{0.0, 1.0}, {8760.0, 2.0}}, false}}, true, true, "a < b"};
    const std::string year = drawn(diagram);
    CHECK(year.find(">day<") != std::string::npos);
    CHECK(year.find(">hour<") == std::string::npos);
    for (const char* tick : {">0<", ">100<", ">300<"})
        CHECK(year.find(tick) != std::string::npos);
    CHECK(year.find("a &lt; b · autarky ") != std::string::npos);
}

TEST_CASE("names of many lines go on in a second row, and the diagram begins below them") {
    Diagram diagram{"t", "hour", "°C", {}, true, true};
    for (int i = 0; i < 8; ++i)
        diagram.lines.push_back({"a line with a rather long name", {{0.0, 1.0}, {48.0, 2.0}}, i == 7});
    const std::string picture = drawn(diagram);
    CHECK(picture.find("y=\"61.0\" >a line") != std::string::npos);
    CHECK(picture.find("stroke-dasharray") != std::string::npos);
    for (const char* tick : {">0<", ">6<", ">24<", ">48<"}) // hours as on a clock
        CHECK(picture.find(tick) != std::string::npos);
}

TEST_CASE("the essay's arithmetic is done again") {
    const auto checks = essay_arithmetic();
    REQUIRE(checks.size() == 5);
    CHECK(checks[0].computed == "30.0 GW, 262.8 TWh a year, 6.8 % of US end use");
    CHECK(checks[1].verdict == "order right, number off");
}

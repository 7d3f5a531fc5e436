// autarky: the overload surfaces against the street simulation that made them, the pipeline, the futures.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "grid/futures.hpp"
#include "grid/ledger.hpp"
#include "grid/luck.hpp"
#include "grid/overload_surface.hpp"
#include "grid/picture.hpp"
#include "grid/published.hpp"
#include "grid/replacement.hpp"
#include "streets.hpp"

using namespace autarky;
using namespace autarky::grid;
using autarky::test::streets;
using autarky::test::text_of;

namespace {

Surface stored(const std::string& region) {
    Diagnostics findings;
    const std::string file = std::string(AUTARKY_SOURCE_DIR) + "/catalogue/grid/overload_" + region + ".toml";
    const auto surface = read_surface(text_of(file), file, findings);
    REQUIRE(surface);
    return *surface;
}

/// Largest distance of the stored surface to the simulation at random points off its table.
double farthest(const std::string& region, std::uint64_t points) {
    const Surface surface = stored(region);
    const OverloadModel model(streets(), region, surface_units, 1);
    const Luck luck(20261124);
    double most = 0.0;
    for (std::uint64_t i = 0; i < points; ++i) {
        const double p = luck.uniform(i, 1), managed = luck.uniform(i, 2), rho = 0.4 * luck.uniform(i, 3);
        most = std::max(most, std::fabs(model.share(p, managed, rho) - surface.at<double>({p, managed, rho})));
    }
    CHECK(std::fabs(model.share(0.25, 0.3, 0.08) - surface.at<double>({0.25, 0.3, 0.08})) < 1e-6); // six printed digits
    MESSAGE(region, ": farthest ", most, " of stated ", surface.stated_error);
    CHECK(most <= surface.stated_error);
    return most;
}

} // namespace

TEST_CASE("the American overload surface is what streets show, at 50 random points") { farthest("us", 50); }
TEST_CASE("the European overload surface is what streets show") { farthest("europe", 4); }

TEST_CASE("overload grows with the fleet, falls with managing, and a written surface reads back") {
    for (const char* region : {"us", "europe"}) {
        const Surface s = stored(region);
        for (double p = 0.05; p <= 1.0; p += 0.05) {
            CHECK(s.at<double>({p, 0.0, 0.1}) >= s.at<double>({p - 0.05, 0.0, 0.1}) - 1e-12);
            CHECK(s.at<double>({p, 0.9, 0.1}) <= s.at<double>({p, 0.2, 0.1}) + 1e-12);
        }
        Diagnostics findings;
        const auto again = read_surface(written_surface(s, "again"), "x", findings);
        REQUIRE(again);
        CHECK(again->values() == s.values());
        CHECK(again->stated_error == s.stated_error);
    }
    Diagnostics findings;
    CHECK_FALSE(read_surface("axis = []\n", "x.toml", findings));
    CHECK(findings.items()[0].message == "this is no surface: 0 axes want 1 values, there are 0");
}

TEST_CASE("the pipeline loses no transformer, and what it installs never exceeds what crews can do") {
    Pipeline<double> p;
    const Supply<double> supply{50.0, 30.0, 6.0};
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

TEST_CASE("an order arrives after its lead time on average") {
    Pipeline<double> p;
    p.on_order[0] = 100.0;
    double mean = 0.0, before = 0.0;
    for (int quarter = 1; quarter < 400; ++quarter) {
        p = p.after(0.0, {0.0, 0.0, 8.0});
        mean += quarter * (p.store - before) / 100.0;
        before = p.store;
    }
    CHECK(before == doctest::Approx(100.0).epsilon(1e-9));
    CHECK(mean == doctest::Approx(8.0).epsilon(1e-6)); // four stages of two quarters
}

TEST_CASE("the deployable penetration is where the curve meets what is installed, in every reading") {
    const Surface s = stored("us");
    const Curve<double> curve = s.along_first<double>({0.0, 0.1});
    const double p = deployable_penetration<double>(curve, 0.1);
    CHECK(curve.at(p) == doctest::Approx(0.1).epsilon(1e-6));
    CHECK(deployable_penetration<double>(curve, 2.0) == 1.0);
    const Curve<Lanes> wide = s.along_first<Lanes>({Lanes(0.0), Lanes(0.1)});
    CHECK(deployable_penetration<Lanes>(wide, Lanes(0.1))[3] == p);
    CHECK(shadow_price<double>(curve, 0.3, 5.2, 2000.0, false) == 0.0);
    // One unit in a curve of slope m frees places/m devices.
    const double slope = (curve.at(0.301) - curve.at(0.299)) / 0.002;
    CHECK(shadow_price<double>(curve, 0.3, 5.2, 2000.0, true) == doctest::Approx(2000.0 * 5.2 / slope).epsilon(1e-9));
    CHECK(waiting_share(curve, 0.2, 1.0) == 0.0);
    CHECK(waiting_share(curve, 0.4, 0.05) > 0.0);
    CHECK(waiting_share(curve, 0.4, 0.05) < 0.4 - deployable_penetration<double>(curve, 0.05));
}

TEST_CASE("managing takes the grid out of the way in nearly all futures") {
    const Surface s = stored("us");
    FutureRanges ranges;
    const Futures plain = drawn_futures(s, ranges, 400, 1);
    ranges.managed = {0.5, 0.9};
    const Futures managed = drawn_futures(s, ranges, 400, 1);
    CHECK(plain.ever > managed.ever);
    CHECK(plain.ever_before_chips <= plain.ever);
    for (const FutureYear& y : plain.years)
        CHECK(y.demand_binds + y.chips_bind + y.grid_binds == doctest::Approx(1.0));
}

TEST_CASE("only the chip and the use that it induces are its own") {
    // 250 W for one hour of driving, 60 W watching for three, 5 W else, 90 %: (250 + 180 + 100)/900 kWh
    const auto ledger = car_ledger<double>({250.0, 1.0, 60.0, 3.0, 5.0, 0.9}, 50.0, 4.0, 0.18);
    CHECK(ledger.chip == doctest::Approx(0.530 / 0.9).epsilon(1e-12));
    CHECK(ledger.counted() == doctest::Approx(0.530 / 0.9 + 0.72).epsilon(1e-12));
    CHECK(ledger.total() - ledger.counted() == doctest::Approx(9.0));
}

TEST_CASE("pictures are whole SVG documents") {
    const std::string picture = drawn({"a < b", "x", "y", {{"line", {{0, 0}, {1, 2}}}}});
    CHECK(picture.starts_with("<svg"));
    CHECK(picture.ends_with("</svg>\n"));
    CHECK(picture.find("a &lt; b") != std::string::npos);
    FlowResult empty;
    CHECK(drawn_feeder(empty, 0, {}, 1).ends_with("</svg>\n"));
}

TEST_CASE("the essay's arithmetic is done again") {
    const auto checks = essay_arithmetic();
    REQUIRE(checks.size() == 5);
    CHECK(checks[0].computed == "30.0 GW, 262.8 TWh a year, 6.8 % of US end use");
    CHECK(checks[1].verdict == "order right, number off");
}

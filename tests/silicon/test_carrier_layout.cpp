// autarky: carriers on panels and wafers, exposures of an interposer, and what both do to a package.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/carrier_layout.hpp"

#include <cmath>
#include <string>

#include <doctest/doctest.h>

#include "silicon/package_study.hpp"

using namespace autarky;
using namespace autarky::silicon;

namespace {

/// Two dies of 13 x 16.4 mm on an interposer.
PackageInput two_dies() {
    PackageInput in;
    in.kind = PackageKind::interposer;
    PlacedDie placed;
    placed.count = 2;
    placed.die.die = {13.0, 16.4, 0.1};
    placed.die.density_per_cm2 = 0.1;
    placed.die.wafer_price_usd = 20'000.0;
    in.dies.push_back(placed);
    return in;
}

std::string trouble(const PackageInput& in) {
    Diagnostics findings;
    check(in, findings);
    return findings.empty() ? std::string{} : findings.items().front().field + ": " + findings.items().front().message;
}

} // namespace

TEST_CASE("carriers on a panel: what pencil and paper give") {
    // 490 x 495 mm without the rim: eight of 60.1 and eight of 55.1
    CHECK(carriers_on({510.0, 515.0}, {60.0, 55.0, 0.1}) == 64);
    // turned they are better: 100 x 30 on 110 x 95 is three upright, and three columns of none turned; 30 x 100 has none
    CHECK(carriers_on({110.0, 95.0, 0.0}, {100.0, 30.0, 0.0}) == 3);
    CHECK(carriers_on({95.0, 110.0, 0.0}, {100.0, 30.0, 0.0}) == 3);
    CHECK(carriers_on({600.0, 600.0, 0.0}, {200.0, 300.0, 0.0}) == 6); // to the last digit
    CHECK(carriers_on({600.0, 600.0, 0.0}, {601.0, 10.0, 0.0}) == 0);
}

TEST_CASE("an interposer takes as many exposures as fields cover it") {
    CHECK(stitching_of(26.0, 33.0, full_field).exposures() == 1);
    CHECK(stitching_of(33.0, 26.0, full_field).seams() == 0);
    const auto two = stitching_of(51.0, 33.0, full_field);
    CHECK(two.exposures() == 2);
    CHECK(two.seams() == 1);
    const auto six = stitching_of(60.0, 55.0, full_field); // 3 x 2, or 2 x 3 turned
    CHECK(six.exposures() == 6);
    CHECK(six.seams() == 7);
}

TEST_CASE("sides, panels and seams change the package as they must") {
    const auto square = study(two_dies());
    REQUIRE(square.carrier);
    CHECK_FALSE(square.carrier->is_counted);
    CHECK(square.carrier->width_mm == doctest::Approx(std::sqrt(2.0 * 13.0 * 16.4 * 1.1)));
    auto sided = two_dies();
    sided.carrier.width_mm = 28.0;
    sided.carrier.height_mm = 18.0;
    const auto counted = study(sided);
    CHECK(counted.carrier->on_one == optimised_packing({28.0, 18.0, 0.1}, WaferShape{}).dies);
    CHECK(counted.carrier->stitching.exposures() == 1); // 18 x 28 fits 26 x 33
    // the same carrier on a panel that holds twice as many at the same price costs less
    sided.carrier.price_usd = 1937.0;
    auto panel = sided;
    panel.carrier.panel = PanelShape{510.0, 515.0};
    const auto on_panel = study(panel);
    CHECK(on_panel.carrier->on_one > 2.0 * counted.carrier->on_one);
    CHECK(on_panel.package.packaged.raw_package.raw() < counted.package.packaged.raw_package.raw());
    CHECK(on_panel.package.packaged.raw_dies.raw() == counted.package.packaged.raw_dies.raw());
    // a stitched one: each seam multiplies the carrier's yield
    auto wide = two_dies();
    wide.carrier.width_mm = 52.0;
    wide.carrier.height_mm = 33.0;
    const double free_seam = study(wide).package.total();
    wide.carrier.seam_yield = 1.0;
    CHECK(study(wide).package.total() == free_seam);
    wide.carrier.seam_yield = 0.9;
    CHECK(study(wide).package.total() > free_seam);
}

TEST_CASE("carriers that cannot be are refused") {
    auto in = two_dies();
    in.carrier.width_mm = in.carrier.height_mm = 20.0;
    CHECK(trouble(in) == "carrier: 20 x 20 mm have no room for 426 mm^2 of dies");
    in.carrier.width_mm = 400.0;
    CHECK(trouble(in) == "carrier: no carrier of 400 x 20 mm fits a 300 mm wafer");
    in = two_dies();
    in.carrier.panel = PanelShape{510.0, 515.0};
    CHECK(trouble(in) == "carrier_price: a panel of carriers has no usual price");
    in.carrier.price_usd = 3000.0;
    CHECK(trouble(in).empty());
    in.carrier.panel->edge_mm = 255.0;
    CHECK(trouble(in) == "panel_edge: 255 mm leave nothing of the panel");
    in = two_dies();
    in.carrier.seam_yield = 0.9;
    CHECK(trouble(in) == "seam_yield: it changes nothing: an interposer of 21.66 x 21.66 mm fits one field");
    in.kind = PackageKind::fan_out;
    CHECK(trouble(in) == "seam_yield: it changes nothing but interposer packages");
    in = two_dies();
    in.kind = PackageKind::organic;
    in.carrier.width_mm = in.carrier.height_mm = 30.0;
    CHECK(trouble(in) == "carrier: it changes nothing but fan-out and interposer packages");
}

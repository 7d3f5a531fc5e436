// autarky: numbers as people read them.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <limits>

#include "core/units.hpp"
#include "show/figure_text.hpp"

using namespace autarky;
using namespace autarky::show;

TEST_CASE("a figure has the digits that were asked for, commas, and no zeros for show") {
    CHECK(figure(12345.678, 3) == "12,346");
    CHECK(figure(1234567.0, 3) == "1,234,567");
    CHECK(figure(0.0123456, 3) == "0.0123");
    CHECK(figure(2.0, 4) == "2");
    CHECK(figure(2.5, 4) == "2.5");
    CHECK(figure(-987.654, 4) == "-987.7");
    CHECK(figure(0.0, 3) == "0");
    CHECK(figure(3.4e-7, 2) == "3.4e-07");
    CHECK(figure(std::numeric_limits<double>::quiet_NaN()) == "-");
    CHECK(signed_figure(1.5) == "+1.5");
    CHECK(signed_figure(-1.5) == "-1.5");
    CHECK(fixed(-0.001, 1) == "0.0");
    CHECK(fixed(1234.5, 1) == "1,234.5");
}

TEST_CASE("a share never rounds to all or nothing when it is neither") {
    CHECK(share_text(0.5) == "50 %");
    CHECK(share_text(1.0) == "100 %");
    CHECK(share_text(0.0) == "0 %");
    CHECK(share_text(0.996) == "99.6 %");
    CHECK(share_text(0.99999) == "over 99.9 %");
    CHECK(share_text(0.00001) == "under 0.1 %");
}

TEST_CASE("a quantity gets a unit that fits its size") {
    CHECK(quantity_text(1.25e9, units::money) == "1.25 BUSD");
    CHECK(quantity_text(-3.0e6, units::money) == "-3 MUSD");
    CHECK(quantity_text(212.0, {.money = 1, .die = -1}) == "212 USD/die");
    CHECK(quantity_text(0.0012, {.length = -2}) == "0.12 1/cm^2");
    CHECK(quantity_text(0.5, units::time) == "6 month");
    CHECK(quantity_text(1500.0 * units::watt, units::power) == "1.5 kW");
    CHECK(quantity_text(0.09, {.time = -1}) == "9 %/year");
    CHECK(quantity_text(0.25, {}) == "0.25");
    CHECK(quantity_text(2028.3, {}) == "2028.30 (2028Q2)");
    CHECK(signed_money(1.5e9) == "+1.5 BUSD");
    CHECK(signed_money(-1.5e9) == "-1.5 BUSD");
    CHECK(signed_money(0.0) == "0 USD");
    CHECK(money(1.5e9) == "1.5 BUSD");
    CHECK(money(-2e3) == "-2 kUSD");
    CHECK(money(123456.0, 4) == "123.5 kUSD");
    CHECK(money(0.0) == "0 USD");
}

TEST_CASE("a dimension without a usual unit is spelled out and reads back to the same dimension") {
    const Dim odd{.money = 2, .length = -1, .worker = 1};
    const auto unit = display_unit(odd, 1.0);
    CHECK(unit.name == "USD^2*worker/mm");
    CHECK(unit.factor == 1.0);
    CHECK(parse_unit(unit.name).unit.dim == odd);
}

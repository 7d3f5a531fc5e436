// autarky: tests of merchant quotes.
// SPDX-License-Identifier: Apache-2.0
#include "market/quote.hpp"

#include <doctest/doctest.h>

using namespace autarky;
using namespace autarky::market;

namespace {

Merchant<double> merchant() {
    Merchant<double> m{};
    m.list_price = quantity(1000.0, "USD/chip"_u);
    m.unit_cost = quantity(250.0, "USD/chip"_u);
    m.price_date = {2026.0};
    m.generation_price = 1.25;
    m.cadence = quantity(3.0, "year"_u);
    m.price_decline = quantity(10.0, "%/year"_u);
    m.cost_decline = quantity(8.0, "%/year"_u);
    m.volume_discount = 0.1;
    m.discount_reference = quantity(100'000.0, "chip/year"_u);
    m.minimum_margin = 0.4;
    m.response = 0.5;
    return m;
}

/// Quote of generation k at an age.
Quote<double> quote_of(const Merchant<double>& m, double k, double age, double volume, double lost) {
    const PriceFall<double> fall(m);
    return listed(m, list_price(m, fall, k, age), merchant_cost(m, fall, k, age), quantity(volume, "chip/year"_u),
                  lost);
}
/// Quote at a date within the first generation.
Quote<double> quote_at(const Merchant<double>& m, double t, double volume, double lost) {
    return quote_of(m, 0.0, t - m.price_date.year, volume, lost);
}

double price(const Merchant<double>& m, double t, double volume, double lost) {
    return quote_at(m, t, volume, lost).price.in("USD/chip"_u);
}

} // namespace

TEST_CASE("the list price declines by the year and a tenfold volume earns one step of discount") {
    CHECK(price(merchant(), 2026.0, 0.0, 0.0) == doctest::Approx(1000.0));
    CHECK(price(merchant(), 2028.0, 0.0, 0.0) == doctest::Approx(810.0));
    CHECK(price(merchant(), 2026.0, 1e6, 0.0) == doctest::Approx(900.0));
    CHECK(price(merchant(), 2026.0, 1e6, 0.2) == doctest::Approx(810.0));
}

TEST_CASE("no quote falls below cost at the minimum margin") {
    auto m = merchant();
    m.price_decline = quantity(40.0, "%/year"_u);
    const auto q = quote_at(m, 2031.0, 1e7, 0.5);
    CHECK(q.price.in("USD/chip"_u) == doctest::Approx(250.0 * 0.65908152 / 0.6).epsilon(1e-7)); // 0.92^5 = 0.6590815232
    CHECK(q.price.in("USD/chip"_u) == doctest::Approx(q.floor.in("USD/chip"_u)));
}

TEST_CASE("a credible own chip moves the price toward its cost, never below the floor") {
    const auto q = quote_at(merchant(), 2026.0, 0.0, 0.0);
    const auto at = [&](double own, double credible) {
        return bargained_price(q, quantity(own, "USD/chip"_u), 0.5, credible).in("USD/chip"_u);
    };
    CHECK(at(500.0, 0.0) == doctest::Approx(1000.0));
    CHECK(at(500.0, 1.0) == doctest::Approx(750.0));
    CHECK(at(100.0, 1.0) == doctest::Approx(0.5 * (1000.0 + 250.0 / 0.6)));
    CHECK(at(2000.0, 1.0) == doctest::Approx(1000.0));
}

TEST_CASE("a further generation starts at its own price and cost and declines from there") {
    const auto m = merchant();
    const auto second = quote_of(m, 1.0, 0.0, 0.0, 0.0);
    CHECK(second.list.in("USD/chip"_u) == doctest::Approx(1250.0));
    CHECK(second.cost.in("USD/chip"_u) == doctest::Approx(312.5));
    CHECK(quote_of(m, 2.0, 1.0, 0.0, 0.0).list.in("USD/chip"_u) == doctest::Approx(1000.0 * 1.25 * 1.25 * 0.9));
}

TEST_CASE("a rival's limit pulls the price down by the conduct, never below the floor") {
    const auto q = quote_at(merchant(), 2026.0, 0.0, 0.0);
    const auto at = [&](double limit, double conduct) {
        return pressed_price(q, quantity(limit, "USD/chip"_u), conduct).in("USD/chip"_u);
    };
    CHECK(at(800.0, 0.0) == doctest::Approx(1000.0));
    CHECK(at(800.0, 0.5) == doctest::Approx(900.0));
    CHECK(at(800.0, 1.0) == doctest::Approx(800.0));
    CHECK(at(100.0, 1.0) == doctest::Approx(250.0 / 0.6)); // the floor
    CHECK(at(1'500.0, 1.0) == doctest::Approx(1000.0));    // a dearer rival presses nobody
}

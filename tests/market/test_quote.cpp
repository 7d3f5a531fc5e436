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
    m.work = 1.0;
    m.price_decline = quantity(10.0, "%/year"_u);
    m.cost_decline = quantity(8.0, "%/year"_u);
    m.volume_discount = 0.1;
    m.discount_reference = quantity(100'000.0, "chip/year"_u);
    m.minimum_margin = 0.4;
    m.response = 0.5;
    return m;
}

/// Quote at a date, after the merchant's yearly declines.
Quote<double> quote_at(const Merchant<double>& m, double t, double volume, double lost) {
    const Duration<double> age(t - m.price_date.year);
    return quote(m, growth(PerYear<double>(-m.price_decline.raw()), age),
                 growth(PerYear<double>(-m.cost_decline.raw()), age), quantity(volume, "chip/year"_u), lost);
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

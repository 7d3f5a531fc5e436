// autarky: discounting, annuities, hazards.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>

#include "core/finance.hpp"

using namespace autarky;

TEST_CASE("the capital recovery factor is that of the tables, and 1/n without interest") {
    // Source: standard annuity formula; PyPSA 1.3 `annuity(0.08, 10)` prints 0.14902948869707536.
    CHECK(capital_recovery(quantity(8.0, "%/year"_u), quantity(10.0, "year"_u)).raw() ==
          doctest::Approx(0.14902948869707536).epsilon(1e-12));
    CHECK(capital_recovery(quantity(0.0, "%/year"_u), quantity(10.0, "year"_u)).raw() == 0.1);
}

TEST_CASE("an annuity repays what it was lent") {
    const auto rate = quantity(7.0, "%/year"_u);
    const double payment = capital_recovery(rate, quantity(5.0, "year"_u)).raw();
    double value = 0.0;
    for (int year = 1; year <= 5; ++year)
        value += payment * discount_factor(rate, quantity(static_cast<double>(year), "year"_u));
    CHECK(value == doctest::Approx(1.0).epsilon(1e-12));
}

TEST_CASE("growth undoes discounting") {
    const auto rate = quantity(9.0, "%/year"_u);
    const auto time = quantity(3.25, "year"_u);
    CHECK(growth(rate, time) * discount_factor(rate, time) == doctest::Approx(1.0).epsilon(1e-14));
}

TEST_CASE("the real rate is Fisher's") {
    // 1.08 / 1.025 - 1 = 0.053658536585...
    CHECK(real_rate(0.08, 0.025) == doctest::Approx(0.055 / 1.025).epsilon(1e-12));
}

TEST_CASE("an event of constant hazard waits by the exponential distribution, and for ever without hazard") {
    CHECK(time_to_event(quantity(10.0, "%/year"_u), 1.0 - std::exp(-1.0)).raw() ==
          doctest::Approx(10.0).epsilon(1e-12));
    CHECK(time_to_event(quantity(0.0, "%/year"_u), 0.5).raw() == 1e4);
    CHECK(time_to_event(quantity(1.0, "%/year"_u), 1.0).raw() == 1e4);
    CHECK(time_to_event(quantity(1.0, "%/year"_u), 0.0).raw() == 0.0);
}

TEST_CASE("intervals overlap by their common part") {
    CHECK(overlap(1.0, 4.0, 3.0, 9.0) == 1.0);
    CHECK(overlap(1.0, 2.0, 3.0, 9.0) == 0.0);
    CHECK(overlap(1.0, 9.0, 3.0, 4.0) == 1.0);
}

// autarky: tests of Bass diffusion.
// SPDX-License-Identifier: Apache-2.0
#include "market/diffusion.hpp"

#include <doctest/doctest.h>

using namespace autarky;
using namespace autarky::market;

namespace {
PerYear<double> rate(double x) { return quantity(x, "1/year"_u); }
double share(double p, double q, double years) { return bass_share(rate(p), rate(q), quantity(years, "year"_u)); }
} // namespace

TEST_CASE("the adopted share reproduces Bass's closed form") {
    CHECK(share(0.03, 0.38, 5.0) == doctest::Approx(0.3311986424913736).epsilon(1e-12));
    CHECK(share(0.03, 0.38, 10.0) == doctest::Approx(0.8128032212213462).epsilon(1e-12));
    CHECK(share(0.003, 0.4, 10.0) == doctest::Approx(0.291469350081858).epsilon(1e-12));
    CHECK(share(0.016, 0.304, 5.0) == doctest::Approx(0.165032650328195).epsilon(1e-12));
    CHECK(share(0.03, 0.38, 0.0) == doctest::Approx(0.0));
}

TEST_CASE("small steps of the quarterly form converge to the closed form") {
    const auto adopted_after = [](double years, int steps) {
        auto adopted = quantity(0.0, "unit"_u);
        const auto all = quantity(1e6, "unit"_u);
        for (int i = 0; i < steps; ++i)
            adopted += bass_adoptions(rate(0.03), rate(0.38), adopted, all, quantity(years / steps, "year"_u));
        return adopted / all;
    };
    const double exact = share(0.03, 0.38, 10.0);
    const double coarse = adopted_after(10.0, 40) - exact;
    const double fine = adopted_after(10.0, 400) - exact;
    // Euler's error is of first order: ten times the steps, a tenth of the error (to 20 %).
    CHECK(fine / coarse == doctest::Approx(0.1).epsilon(0.02));
    CHECK(fine < 0.0);
}

TEST_CASE("nobody adopts beyond the potential, and a vanished potential stops adoption") {
    const auto units = [](double x) { return quantity(x, "unit"_u); };
    const auto dt = quantity(0.25, "year"_u);
    CHECK(bass_adoptions(rate(0.03), rate(0.38), units(100.0), units(50.0), dt).in("unit"_u) == 0.0);
    CHECK(bass_adoptions(rate(0.03), rate(0.38), units(0.0), units(0.0), dt).in("unit"_u) == 0.0);
    CHECK(bass_adoptions(rate(9.0), rate(9.0), units(0.0), units(50.0), dt).in("unit"_u) <= 50.0);
}

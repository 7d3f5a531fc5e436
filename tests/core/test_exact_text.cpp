// autarky: a number as text keeps all its bits and follows no locale.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cstdlib>
#include <limits>

#include "core/exact_text.hpp"

using autarky::exact_text;

TEST_CASE("a number as text is C's hexadecimal form, and reads back to the same bits") {
    CHECK(exact_text(1.0) == "0x1p+0");
    CHECK(exact_text(-1.5) == "-0x1.8p+0");
    CHECK(exact_text(0.0) == "0x0p+0");
    CHECK(exact_text(-0.0) == "-0x0p+0");
    using Limits = std::numeric_limits<double>;
    for (const double x : {0.1, -1.0 / 3.0, 6.02214076e23, Limits::min(), Limits::denorm_min(), Limits::max()})
        CHECK(std::strtod(exact_text(x).c_str(), nullptr) == x); // the tests run in the C locale
    CHECK(exact_text(Limits::infinity()) == "inf");
}

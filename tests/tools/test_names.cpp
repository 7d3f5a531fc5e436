// autarky: test cases whose names are hard to pass through a test runner.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

TEST_CASE("a name with a comma, a colon: and an asterisk * is found") { CHECK(1 + 1 == 2); }
TEST_CASE("a name with \"quotes\", $dollar, [brackets] and 5 % is found") { CHECK(1 + 1 == 2); }
TEST_CASE("an interval (0, 1] and a second one [0; 1) are found") { CHECK(1 + 1 == 2); }
TEST_CASE("a back\\slash and ]=] are found") { CHECK(1 + 1 == 2); }

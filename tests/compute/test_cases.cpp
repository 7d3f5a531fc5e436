// autarky: the published cases of validation/compute all pass.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "compute/cases.hpp"

using namespace autarky;

TEST_CASE("every row of validation/compute passes") {
    const auto rows = case_table(AUTARKY_SOURCE_DIR "/validation/compute/cases.csv", compute::case_quantity);
    CHECK(rows.size() > 100);
    for (const auto& row : rows)
        CHECK_MESSAGE(row.pass, row.name, ": expected ", row.expected, ", got ", row.got, " ", row.note);
}

// autarky: every published case of validation/grid comes out.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "grid/cases.hpp"

using namespace autarky;

TEST_CASE("every published case of heat, ageing and diversity comes out") {
    const auto rows = case_table(std::string(AUTARKY_SOURCE_DIR) + "/validation/grid/cases.csv", grid::case_quantity);
    CHECK(rows.size() >= 50);
    for (const ValidationCase& row : rows) {
        CAPTURE(row.name);
        CAPTURE(row.expected);
        CAPTURE(row.got);
        CHECK(row.pass);
    }
    CHECK_THROWS_AS(grid::case_quantity("nothing", CaseInputs("a=1")), CaseError);
}

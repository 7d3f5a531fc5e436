// autarky: the street catalogue for tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "grid/street/street_catalogue.hpp"
#include "table.hpp"

namespace autarky::test {

inline const grid::StreetCatalogue& streets() {
    static const grid::StreetCatalogue catalogue = [] {
        Diagnostics findings;
        const std::string file = std::string(AUTARKY_SOURCE_DIR) + "/catalogue/grid/streets.toml";
        auto read = grid::read_street_catalogue(text_of(file), "streets.toml", findings);
        INFO(findings.render());
        REQUIRE(findings.empty());
        return read;
    }();
    return catalogue;
}

} // namespace autarky::test

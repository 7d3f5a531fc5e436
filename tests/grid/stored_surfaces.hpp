// autarky: the stored surfaces of both regions, and points between their nodes, for tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

#include "grid/nation/overload_surface.hpp"
#include "grid/street/luck.hpp"
#include "streets.hpp"

namespace autarky::test {

inline grid::OverloadTables stored_tables(const std::string& region) {
    Diagnostics findings;
    const std::string file = std::string(AUTARKY_SOURCE_DIR) + "/catalogue/grid/overload_" + region + ".toml";
    const auto tables = grid::read_tables(text_of(file), file, findings);
    REQUIRE(tables);
    return *tables;
}

/// A point of both surfaces off their tables.
struct Point {
    double penetration, managed, clustering;
};
inline Point random_point(const grid::Luck& luck, std::uint64_t i) {
    return {luck.uniform(i, 1), luck.uniform(i, 2), 0.4 * luck.uniform(i, 3)};
}

} // namespace autarky::test

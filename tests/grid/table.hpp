// autarky: reads a table of numbers for a test.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace autarky::test {

inline std::string text_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    REQUIRE_MESSAGE(in.good(), "cannot read ", path);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

/// Columns by header name; cells that are no numbers become 0.
inline std::map<std::string, std::vector<double>> table_of(const std::string& path) {
    std::istringstream in(text_of(path));
    std::string line;
    std::vector<std::string> header;
    std::map<std::string, std::vector<double>> columns;
    while (std::getline(in, line)) {
        std::istringstream cells(line);
        std::string cell;
        std::size_t i = 0;
        const bool first = header.empty();
        while (std::getline(cells, cell, ',')) {
            if (!cell.empty() && cell.back() == '\r') cell.pop_back();
            if (first)
                header.push_back(cell);
            else if (i < header.size())
                columns[header[i++]].push_back(std::strtod(cell.c_str(), nullptr));
        }
    }
    return columns;
}

} // namespace autarky::test

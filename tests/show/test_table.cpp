// autarky: tables fit the page that they are written on.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "show/table.hpp"

namespace autarky::show {
namespace {

std::size_t widest_line(std::string_view text) {
    std::size_t widest = 0;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        widest = std::max(widest, cells(text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return widest;
}

std::vector<ColumnGroup> wide_table() {
    std::vector<ColumnGroup> groups{{"", "", {{"", {"2026Q4", "2027Q4"}, true, false}}}};
    for (int i = 0; i < 6; ++i)
        groups.push_back(
            {"a title of a group", "USD", {{"5 %", {"1,234", "5"}}, {"50 %", {"12,345", "6"}}, {"95 %", {"9", "8"}}}});
    return groups;
}

TEST_CASE("a table that is too wide is broken, each part with the labels, and nothing is lost") {
    for (const std::size_t width : {60, 80, 100, 140}) {
        const auto text = table_text({width, false, false}, wide_table());
        CHECK(widest_line(text) <= width);
        std::size_t n = 0;
        for (std::size_t at = 0; (at = text.find("12,345", at)) != std::string::npos; ++at)
            ++n;
        CHECK(n == 6);
    }
    CHECK(widest_line(table_text({80, false, true}, wide_table())) > 80);
}

TEST_CASE("a text column of a table without labels is cut until it fits") {
    const std::string name(90, 'x');
    const std::vector<ColumnGroup> groups{
        {"share", "", {{"", {"12 %"}}}}, {"input", "", {{"", {name}, true, false}}}, {"USD", "", {{"", {"+1.2"}}}}};
    const auto text = table_text({60, false, false}, groups);
    CHECK(widest_line(text) <= 60);
    CHECK(text.find("…") != std::string::npos);
}

} // namespace
} // namespace autarky::show

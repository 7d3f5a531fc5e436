// autarky: lines and cells of a table as text, each with its place.
// SPDX-License-Identifier: Apache-2.0
#include "compute/network/csv.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace autarky::compute {
namespace {

bool continues_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return !continues_code_point(c); }));
}

std::size_t blank_at_end(std::string_view text) {
    for (std::size_t n = 1; n <= std::min<std::size_t>(3, text.size()); ++n)
        if (blank_at_start(text.substr(text.size() - n)) == n) return n;
    return 0;
}

/// What parts the cells, by the first line that is no comment.
char separator_of(std::string_view text) {
    while (!text.empty()) {
        const auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        const auto begin = line.find_first_not_of(" \t\r");
        if (begin == std::string_view::npos || line[begin] == '#') continue;
        for (const char c : {',', ';', '\t'})
            if (line.find(c, begin) != std::string_view::npos) return c;
        return ',';
    }
    return ',';
}

/// One cell from `at` on; moves `at` behind its separator, or behind the end.
Cell next_cell(std::string_view line, char separator, std::size_t& at, bool& unclosed) {
    for (auto blank = blank_at_start(line.substr(at)); blank > 0; blank = blank_at_start(line.substr(at))) {
        if (line[at] == separator) break; // an empty cell before a tab
        at += blank;
    }
    const std::size_t begin = at;
    std::size_t end = 0;
    Cell cell;
    if (at < line.size() && line[at] == '"') {
        const auto quote = line.find('"', at + 1);
        unclosed = quote == std::string_view::npos;
        end = unclosed ? line.size() : quote;
        cell.text = line.substr(begin + 1, end - begin - 1);
        at = std::min(line.find(separator, end), line.size());
    } else {
        at = std::min(line.find(separator, at), line.size());
        end = at;
        while (const auto blank = blank_at_end(line.substr(begin, end - begin)))
            end -= blank;
        cell.text = line.substr(begin, end - begin);
    }
    cell.column = code_points(line.substr(0, begin)) + 1;
    cell.length = std::max<std::size_t>(1, code_points(cell.text));
    ++at;
    return cell;
}

} // namespace

std::size_t blank_at_start(std::string_view text) {
    constexpr std::array<std::string_view, 9> blanks{
        " ", "\t", "\r", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x87", "\xE2\x80\x8B", "\xE3\x80\x80", "\xEF\xBB\xBF"};
    for (const auto blank : blanks)
        if (text.starts_with(blank)) return blank.size();
    return 0;
}

std::vector<Line> read_csv(std::string_view text, const std::string& file, Diagnostics& diagnostics) {
    std::vector<Line> lines;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const char separator = separator_of(text);
    for (std::size_t number = 1; !text.empty(); ++number) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto content = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        Line line{number, {}};
        bool unclosed = false;
        for (std::size_t at = 0; at < content.size() && !unclosed;) {
            line.cells.push_back(next_cell(content, separator, at, unclosed));
            if (unclosed) {
                const auto& cell = line.cells.back();
                diagnostics.error({file, number, cell.column, 1}, "E0701", "this quote is not closed");
            }
        }
        while (!line.cells.empty() && line.cells.back().text.empty())
            line.cells.pop_back();
        if (unclosed || line.cells.empty() || line.cells.front().text.starts_with('#')) continue;
        lines.push_back(std::move(line));
    }
    return lines;
}

} // namespace autarky::compute

// autarky: paths into a scenario.
// SPDX-License-Identifier: Apache-2.0
#include "input/path.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/calendar.hpp"

namespace autarky::scenario {

std::optional<Path> parse_path(std::string_view text) {
    constexpr std::size_t deepest = 8;
    Path path;
    if (!text.empty() && text.back() == ']') {
        const auto open = text.rfind('[');
        if (open == std::string_view::npos || open + 2 >= text.size()) return std::nullopt;
        path.knot = std::string(text.substr(open + 1, text.size() - open - 2));
        text = text.substr(0, open);
    }
    for (;;) {
        const auto dot = text.find('.');
        const auto key = text.substr(0, dot);
        if (key.empty() || key.find_first_of("[] \t\"'={}") != std::string_view::npos) return std::nullopt;
        path.keys.emplace_back(key);
        if (path.keys.size() > deepest) return std::nullopt;
        if (dot == std::string_view::npos) return path;
        text.remove_prefix(dot + 1);
    }
}

const Node* find_path(const Node& root, const Path& path) {
    const Node* node = &root;
    for (const auto& key : path.keys) {
        node = node->is_table() ? node->find(key) : nullptr;
        if (node == nullptr) return nullptr;
    }
    return node;
}

namespace {

std::string date_of(const Node& knot) {
    if (!knot.is_array() || knot.items.empty()) return {};
    return knot.items[0].kind == NodeKind::integer ? fmt::format("{}", knot.items[0].integer) : knot.items[0].text;
}

void set_knot(Node& root, const Path& path, const Place& place, Node value, const Texts& texts,
              Diagnostics& diagnostics) {
    const auto name = fmt::format("{}", fmt::join(path.keys, "."));
    const auto date = parse_date(path.knot);
    if (!date) {
        diagnostics.error(texts.origin(place), "E0210", fmt::format("{}: '{}' is no date", name, path.knot),
                          "write 2026, 2026Q2, 2026-04 or 2026-04-15");
        return;
    }
    auto* series = const_cast<Node*>(find_path(root, path));
    if (series != nullptr && series->is_table()) series = series->find("series");
    if (series == nullptr || !series->is_array()) {
        diagnostics.error(texts.origin(place), "E0304", fmt::format("{} is no series with knots", name),
                          "set the whole series, or leave out the brackets");
        return;
    }
    Node knot;
    knot.kind = NodeKind::array;
    knot.place = place;
    knot.citation = value.citation;
    Node when;
    when.kind = NodeKind::text;
    when.text = path.knot;
    when.place = place;
    knot.items.push_back(std::move(when));
    const int citation = value.citation;
    knot.items.push_back(std::move(value));
    if (citation >= 0) { // its own source, whatever the series cites
        Node source;
        source.kind = NodeKind::text;
        source.text = texts.citations[static_cast<std::size_t>(citation)].source;
        source.place = texts.citations[static_cast<std::size_t>(citation)].place;
        knot.items.push_back(std::move(source));
    }
    auto at = series->items.begin();
    while (at != series->items.end() && parse_date(date_of(*at)).value_or(0.0) < *date)
        ++at;
    if (at != series->items.end() && parse_date(date_of(*at)) == date)
        *at = std::move(knot);
    else
        series->items.insert(at, std::move(knot));
}

} // namespace

bool names_unread_value(const Node& root, std::string_view text, const Diagnostics& diagnostics) {
    const auto path = parse_path(text);
    return diagnostics.has_errors() && path && find_path(root, *path) != nullptr;
}

void set_path(Node& root, const Path& path, const Place& place, Node value, const Texts& texts,
              Diagnostics& diagnostics) {
    if (!path.knot.empty()) {
        set_knot(root, path, place, std::move(value), texts, diagnostics);
        return;
    }
    Node nested = std::move(value);
    for (auto key = path.keys.rbegin(); key != path.keys.rend(); ++key) {
        Node table;
        table.place = place;
        table.citation = nested.citation;
        table.members.push_back({*key, place, std::move(nested)});
        nested = std::move(table);
    }
    // A path goes through values only to their remarks: "process.sf2.wafer_price.source".
    overlay(root, std::move(nested));
}

bool fits_pattern(std::string_view pattern, std::string_view text) {
    std::size_t p = 0, t = 0, star = std::string_view::npos, resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = t;
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

} // namespace autarky::scenario

// autarky: reads a `--set`.
// SPDX-License-Identifier: Apache-2.0
#include "input/set_argument.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

#include "input/sources.hpp"
#include "input/toml.hpp"

namespace autarky::scenario {
namespace {

bool is_number(std::string text) {
    std::erase(text, '_');
    const std::size_t start = !text.empty() && text[0] == '+' ? 1 : 0;
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data() + start, text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() &&
           text.find_first_of("0123456789") != std::string::npos;
}

bool is_toml_value(std::string_view text) {
    if (text.empty()) return false;
    const bool opens = std::string_view("{[\"'").find(text[0]) != std::string_view::npos;
    return opens || text == "true" || text == "false" || is_number(std::string(text));
}

void cite_everything(Node& node, int citation) {
    node.citation = citation;
    for (auto& member : node.members)
        cite_everything(member.value, citation);
    for (auto& item : node.items)
        cite_everything(item, citation);
}

} // namespace

std::optional<SetArgument> read_set_argument(const std::string& argument, std::size_t number, Texts& texts,
                                             Diagnostics& diagnostics) {
    const int text =
        texts.add({fmt::format("--set #{}", number), argument, "."}); // files are relative to the working directory
    const auto& name = texts.texts.back().name;
    diagnostics.remember_source(name, argument);
    const auto equals = argument.find('=');
    if (equals == std::string::npos) {
        diagnostics.error({name, 1, 1, std::max<std::size_t>(code_points(argument), 1)}, "E0501",
                          "a setting is path=value", "--set \"process.sf2.wafer_price=17_000 USD/wafer\"");
        return std::nullopt;
    }
    auto key = std::string_view(argument).substr(0, equals);
    while (!key.empty() && key.back() == ' ')
        key.remove_suffix(1);
    auto path = parse_path(key);
    const Place place{text, 1, 1, static_cast<std::uint32_t>(std::max<std::size_t>(code_points(key), 1))};
    if (!path) {
        diagnostics.error(texts.origin(place), "E0501", fmt::format("'{}' is no path", key),
                          "a path is table.row.key, such as process.sf2.wafer_price");
        return std::nullopt;
    }
    auto start = std::min(argument.find_first_not_of(' ', equals + 1), argument.size());
    auto end = argument.find_last_not_of(" \t\r\n");
    end = end == std::string::npos || end < start ? start : end + 1;
    const auto written = std::string_view(argument).substr(start, end - start);
    Node value;
    if (is_toml_value(written)) {
        // The path is blanked out, so that every place inside the value stays what it is in the argument.
        texts.texts.back().content = "v" + std::string(equals - 1, ' ') + argument.substr(equals);
        auto root = read_toml(texts, text, diagnostics);
        texts.texts.back().content = argument;
        Node* read = root ? root->find("v") : nullptr;
        if (read == nullptr) return std::nullopt;
        value = std::move(*read);
    } else {
        value.kind = NodeKind::text;
        value.text = std::string(written);
        value.place = {text, 1,
                       static_cast<std::uint32_t>(code_points(std::string_view(argument).substr(0, start))) + 1,
                       static_cast<std::uint32_t>(std::max<std::size_t>(code_points(written), 1))};
    }
    texts.citations.push_back({std::string(set_source), place});
    cite_everything(value, static_cast<int>(texts.citations.size()) - 1);
    return SetArgument{std::move(*path), place, std::move(value)};
}

} // namespace autarky::scenario

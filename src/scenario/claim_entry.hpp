// autarky: an entry of [[claim]] or [[observation]], with the checks that both share.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "input/path.hpp"
#include "input/quantity_text.hpp"
#include "input/suggest.hpp"
#include "scenario/read_claims.hpp"

namespace autarky::scenario {

/// One entry of a list of tables, with the checks that both kinds share.
class Entry {
public:
    Entry(const Node& node, std::string path, std::vector<std::string_view> keys, ClaimContext& context)
        : node_(node), path_(std::move(path)), context_(context) {
        for (const auto& member : node.members)
            if (std::find(keys.begin(), keys.end(), member.key) == keys.end())
                error(member.place, "E0301", fmt::format("unknown key '{}' in {}", member.key, path_),
                      suggestion(member.key, keys, context_.diagnostics));
    }

    void error(const Place& place, const char* code, std::string message, std::string hint = {}) {
        context_.diagnostics.error(context_.texts.origin(place), code, std::move(message), std::move(hint));
    }
    [[nodiscard]] const Node* find(std::string_view key) const { return node_.find(key); }
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] const Place& place() const { return node_.place; }

    std::string text(std::string_view key, bool is_required) {
        const Node* value = node_.find(key);
        if (value == nullptr) {
            if (is_required) error(node_.place, "E0302", fmt::format("{} needs '{}'", path_, key));
            return {};
        }
        if (value->is_text()) return value->text;
        if (value->kind == NodeKind::date) return value->text;
        if (value->kind == NodeKind::integer) return fmt::format("{}", value->integer);
        if (value->kind == NodeKind::real) return fmt::format("{}", value->real);
        error(value->place, "E0207", fmt::format("{}: '{}' needs a text, not {}", path_, key, kind_name(value->kind)));
        return {};
    }
    template <class Enum> Enum choice(std::string_view key, Enum otherwise) {
        const Node* value = node_.find(key);
        if (value == nullptr) return otherwise;
        const auto names = choices(Type<Enum>{});
        const auto found = std::find(names.begin(), names.end(), value->text);
        if (value->is_text() && found != names.end()) return static_cast<Enum>(found - names.begin());
        auto hint = did_you_mean(value->text, {names.begin(), names.end()});
        if (hint.empty()) hint = fmt::format("choices are {}", fmt::join(names, ", "));
        error(value->place, "E0211", fmt::format("{}: '{}' is no choice for '{}'", path_, value->text, key),
              std::move(hint));
        return otherwise;
    }
    std::optional<IntervalText> interval(std::string_view key, const Expected* expected) {
        const Node* value = node_.find(key);
        if (value == nullptr) return std::nullopt;
        auto outcome = read_interval(text(key, false), expected, context_.prices);
        if (const auto* trouble = std::get_if<TextError>(&outcome)) {
            const auto place =
                value->is_text() ? place_inside(context_.texts, *value, trouble->at, trouble->length) : value->place;
            error(place, trouble->code.c_str(), fmt::format("{}: {}", path_, trouble->message), trouble->hint);
            return std::nullopt;
        }
        return std::get<IntervalText>(outcome);
    }
    int source() {
        const Node* value = node_.find("source");
        if (value != nullptr && value->is_text())
            return context_.sources.cite(value->text, value->place, path_, context_.inputs.sources);
        if (value != nullptr) {
            error(value->place, "E0207",
                  fmt::format("{}: 'source' needs a text, not {}", path_, kind_name(value->kind)));
        } else if (node_.citation >= 0) { // of the command line
            const auto& citation = context_.texts.citations[static_cast<std::size_t>(node_.citation)];
            return context_.sources.cite(citation.source, citation.place, path_, context_.inputs.sources);
        } else {
            error(node_.place, "E0302", fmt::format("{} needs 'source'", path_), "who stated it");
        }
        return -1;
    }

private:
    const Node& node_;
    std::string path_;
    ClaimContext& context_;
};

/// Expectation for a stated value of a metric; the unit text lives in the metric.
Expected expected_of(const KnownMetric& metric);

/// The tables of a list; null, with a finding where it is something else.
const std::vector<Node>* entries(const Node& root, std::string_view key, ClaimContext& context);

/// Finds the metric, or reports that there is none.
const KnownMetric* known_metric(Entry& entry, const std::string& id, ClaimContext& context,
                                std::string_view key = "metric");

/// Whether `id` is a metric of rows, such as "foundry.line_yield.ai5.home", some of which take no part.
bool names_absent_rows(const std::string& id, const ClaimContext& context);

/// Whether a row such as "process.sf2" takes part.
bool has_row(const std::string& name, const Reader& reader);

} // namespace autarky::scenario

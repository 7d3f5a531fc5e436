// autarky: what the entries of claims and observations share.
// SPDX-License-Identifier: Apache-2.0
#include "scenario/claim_entry.hpp"

namespace autarky::scenario {
namespace {

/// Whether an id is of a metric's pattern, any row of a table standing for its name in angle brackets.
bool fits(std::string_view id, std::string_view pattern, const Reader& reader) {
    const auto open = pattern.find('<'), close = pattern.find('>');
    if (open == std::string_view::npos || close == std::string_view::npos) return id == pattern;
    if (!id.starts_with(pattern.substr(0, open))) return false;
    const auto table = pattern.substr(open + 1, close - open - 1), after = pattern.substr(close + 1);
    id.remove_prefix(open);
    const auto begins_with_row_of = [&](std::string_view name) {
        const auto* rows = reader.rows_of(std::string(name));
        return rows != nullptr && std::any_of(rows->begin(), rows->end(), [&](const std::string& row) {
                   return id.starts_with(row) && fits(id.substr(row.size()), after, reader);
               });
    };
    if (table == "programme") return begins_with_row_of("vehicle") || begins_with_row_of("robot");
    return begins_with_row_of(table);
}

} // namespace

Expected expected_of(const KnownMetric& metric) {
    const auto parsed = parse_unit(metric.unit == "date" ? "year" : metric.unit);
    Expected expected;
    expected.dim = parsed.ok ? parsed.unit.dim : dimensionless;
    expected.unit = metric.unit.empty() ? "1" : metric.unit == "date" ? std::string_view("year") : metric.unit;
    return expected;
}

const std::vector<Node>* entries(const Node& root, std::string_view key, ClaimContext& context) {
    const Node* list = root.find(key);
    if (list == nullptr) return nullptr;
    const bool is_list = list->is_array() && std::all_of(list->items.begin(), list->items.end(),
                                                         [](const Node& item) { return item.is_table(); });
    if (is_list) return &list->items;
    context.diagnostics.error(context.texts.origin(list->place), "E0207",
                              fmt::format("{}: needs a list of tables", key), fmt::format("[[{}]]", key));
    return nullptr;
}

const KnownMetric* known_metric(Entry& entry, const std::string& id, ClaimContext& context, std::string_view key) {
    if (id.empty() || context.metrics.empty()) return nullptr;
    const auto* metric = find_metric(id, context.metrics, context.reader);
    if (metric != nullptr) return metric;
    if (names_unread_value(context.root, id, context.diagnostics)) return nullptr;
    std::vector<std::string_view> names;
    for (const auto& known : context.metrics)
        names.push_back(known.id);
    auto hint = suggestion(id, names, context.diagnostics);
    if (hint.empty()) hint = "'autarky metrics' lists them";
    entry.error(entry.find(key)->place, "E0307", fmt::format("{}: there is no metric '{}'", entry.path(), id),
                std::move(hint));
    return nullptr;
}

const KnownMetric* find_metric(const std::string& id, const std::vector<KnownMetric>& metrics, const Reader& reader) {
    const auto found = std::find_if(metrics.begin(), metrics.end(),
                                    [&](const KnownMetric& metric) { return fits(id, metric.id, reader); });
    return found == metrics.end() ? nullptr : &*found;
}

bool names_absent_rows(const std::string& id, const ClaimContext& context) {
    if (find_metric(id, context.metrics, context.reader) != nullptr) return false;
    return std::any_of(context.metrics.begin(), context.metrics.end(), [&](const KnownMetric& metric) {
        const auto open = metric.id.find('<');
        return open != std::string::npos && id.starts_with(metric.id.substr(0, open));
    });
}

bool has_row(const std::string& name, const Reader& reader) {
    const auto dot = name.find('.');
    const auto* rows = dot == std::string::npos ? nullptr : reader.rows_of(name.substr(0, dot));
    return rows != nullptr && std::find(rows->begin(), rows->end(), name.substr(dot + 1)) != rows->end();
}

} // namespace autarky::scenario

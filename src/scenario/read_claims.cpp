// autarky: claims and observations, read and checked.
// SPDX-License-Identifier: Apache-2.0
#include "scenario/read_claims.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>
#include <variant>

#include "input/grade.hpp"
#include "input/path.hpp"
#include "input/suggest.hpp"

namespace autarky::scenario {
namespace {

constexpr double z95 = 1.6448536269514722; // standard normal quantile at 95 %

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

/// Finds the metric, or reports that there is none.
const KnownMetric* known_metric(Entry& entry, const std::string& id, ClaimContext& context,
                                std::string_view key = "metric") {
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

/// What is taken off the metric, and which futures count; both change nothing without a metric.
void read_conditions(Entry& entry, Claim& claim, const KnownMetric* metric, ClaimContext& context) {
    claim.less = entry.text("less", false);
    claim.given = entry.text("given", false);
    for (const auto* key : {"less", "given"})
        if (const Node* value = entry.find(key); value != nullptr && claim.metric.empty())
            entry.error(value->place, "E0302", fmt::format("{}: '{}' needs 'metric'", entry.path(), key),
                        "without a metric the claim is not judged");
    const auto* less = claim.metric.empty() ? nullptr : known_metric(entry, claim.less, context, "less");
    if (less == nullptr || metric == nullptr || less->unit == metric->unit) return;
    entry.error(
        entry.find("less")->place, "E0204",
        fmt::format("{}: '{}' is in {}, '{}' in {}", entry.path(), claim.less, less->unit, claim.metric, metric->unit),
        "a difference needs two metrics of one unit");
}

Claim read_claim(const Node& node, std::size_t number, ClaimContext& context) {
    const Node* id = node.find("id");
    const auto path =
        id != nullptr && id->is_text() ? fmt::format("claim {}", id->text) : fmt::format("claim #{}", number);
    Entry entry(
        node, path,
        {"id", "text", "metric", "less", "given", "at", "stated", "compare", "tolerance", "section", "why", "source"},
        context);
    Claim claim;
    claim.origin = context.texts.origin(node.place);
    claim.id = entry.text("id", true);
    claim.text = entry.text("text", true);
    claim.metric = entry.text("metric", false);
    claim.section = entry.text("section", false);
    claim.why = entry.text("why", false);
    claim.comparison = entry.choice("compare", Comparison::within);
    claim.source = entry.source();
    if (const auto at = entry.text("at", false); !at.empty()) {
        claim.at = parse_quarter(at);
        if (!claim.at)
            entry.error(entry.find("at")->place, "E0210", fmt::format("{}: '{}' is no quarter", path, at),
                        "at = \"2028Q2\"");
    }
    const auto* metric = known_metric(entry, claim.metric, context);
    read_conditions(entry, claim, metric, context);
    const auto expected = metric != nullptr ? std::optional(expected_of(*metric)) : std::nullopt;
    if (!claim.metric.empty() && entry.find("stated") == nullptr) entry.text("stated", true);
    if (const auto stated = entry.interval("stated", expected ? &*expected : nullptr)) {
        claim.low = stated->low;
        claim.high = stated->high;
        claim.dim = stated->dim;
        claim.unit = stated->unit;
        claim.unit_factor = stated->unit_factor;
        claim.written = entry.text("stated", false);
    }
    const Expected share;
    if (const auto tolerance = entry.interval("tolerance", &share)) claim.tolerance = tolerance->high;
    if (claim.tolerance < 0.0)
        entry.error(entry.find("tolerance")->place, "E0205",
                    fmt::format("{}: the tolerance must not be negative", path));
    if (claim.comparison == Comparison::about && entry.find("tolerance") == nullptr)
        entry.error(node.place, "E0302", fmt::format("{} needs 'tolerance'", path),
                    "compare = \"about\", tolerance = \"10 %\"");
    return claim;
}

Observation read_observation(const Node& node, std::size_t number, ClaimContext& context) {
    const Node* id = node.find("id");
    const auto path = id != nullptr && id->is_text() ? fmt::format("observation {}", id->text)
                                                     : fmt::format("observation #{}", number);
    Entry entry(
        node, path,
        {"id", "date", "of", "metric", "value", "error", "bias", "area", "yield_kind", "grade", "source", "note"},
        context);
    Observation seen;
    seen.origin = context.texts.origin(node.place);
    seen.id = entry.text("id", false);
    seen.of = entry.text("of", false);
    seen.metric = entry.text("metric", true);
    seen.note = entry.text("note", false);
    seen.yield_kind = entry.choice("yield_kind", YieldKind::unknown);
    seen.source = entry.source();
    if (seen.source >= 0) seen.grade = context.inputs.sources[static_cast<std::size_t>(seen.source)].grade;
    if (const Node* grade = entry.find("grade"))
        seen.grade = read_grade(*grade, path, context.texts, context.diagnostics).value_or(seen.grade);
    if (const auto date = entry.text("date", true); !date.empty()) {
        const auto year = parse_date(date);
        if (!year)
            entry.error(entry.find("date")->place, "E0210", fmt::format("{}: '{}' is no date", path, date),
                        "write 2026, \"2026Q2\", \"2026-04\" or \"2026-04-15\"");
        seen.date = year.value_or(0.0);
    }
    std::optional<Expected> expected;
    const auto input = std::find_if(context.inputs.rows.begin(), context.inputs.rows.end(),
                                    [&](const Input& row) { return row.path == seen.metric; });
    if (input != context.inputs.rows.end()) {
        expected = Expected{};
        expected->dim = input->unit == "date" ? units::time : input->dim;
        expected->unit = input->unit == "date" ? std::string_view("year") : std::string_view(input->unit);
    } else if (const auto* metric = known_metric(entry, seen.metric, context)) {
        expected = expected_of(*metric);
    }
    const Expected* wanted = expected ? &*expected : nullptr;
    if (entry.find("value") == nullptr) entry.text("value", true);
    if (const auto value = entry.interval("value", wanted)) {
        seen.value = 0.5 * (value->low + value->high);
        seen.error = (value->high - value->low) / (2.0 * z95);
        seen.dim = value->dim;
        seen.unit = value->unit;
        seen.unit_factor = value->unit_factor;
        seen.written = entry.text("value", false);
        wanted = expected ? wanted : nullptr;
    }
    if (const auto error = entry.interval("error", wanted)) seen.error = error->high;
    if (seen.error < 0.0)
        entry.error(entry.find("error")->place, "E0205", fmt::format("{}: the error must not be negative", path));
    if (const auto bias = entry.interval("bias", wanted)) seen.bias = bias->high;
    Expected area;
    area.dim = units::length * 2;
    area.unit = "mm^2";
    if (const auto stated = entry.interval("area", &area)) {
        seen.area = 0.5 * (stated->low + stated->high);
        if (!(seen.area > 0.0))
            entry.error(entry.find("area")->place, "E0205", fmt::format("{}: the area must be above zero", path));
    }
    return seen;
}

/// Whether a row such as "process.sf2" takes part.
bool has_row(const std::string& name, const Reader& reader) {
    const auto dot = name.find('.');
    const auto* rows = dot == std::string::npos ? nullptr : reader.rows_of(name.substr(0, dot));
    return rows != nullptr && std::find(rows->begin(), rows->end(), name.substr(dot + 1)) != rows->end();
}

/// A condition names an event of the scenario or another claim that has a metric.
void check_given(const std::vector<Claim>& claims, const std::vector<Node>& nodes, ClaimContext& context) {
    for (std::size_t c = 0; c < claims.size(); ++c) {
        const auto& claim = claims[c];
        if (claim.given.empty() || claim.metric.empty()) continue;
        if (claim.given.starts_with(given_event) && has_row(claim.given, context.reader)) continue;
        std::vector<std::string> names;
        for (const auto& other : claims)
            if (other.id != claim.id && !other.metric.empty()) names.push_back(other.id);
        if (std::find(names.begin(), names.end(), claim.given) != names.end()) continue;
        if (const auto* events = context.reader.rows_of("event"))
            for (const auto& event : *events)
                names.push_back(std::string(given_event) + event);
        auto hint = suggestion(claim.given, {names.begin(), names.end()}, context.diagnostics);
        if (hint.empty()) hint = "an event such as event.strait_crisis, or the id of another claim with a metric";
        context.diagnostics.error(
            context.texts.origin(nodes[c].find("given")->place), "E0304",
            fmt::format("claim {}: there is no event or claim '{}' to be given", claim.id, claim.given),
            std::move(hint));
    }
}

} // namespace

const KnownMetric* find_metric(const std::string& id, const std::vector<KnownMetric>& metrics, const Reader& reader) {
    for (const auto& metric : metrics) {
        if (metric.id == id) return &metric;
        const auto open = metric.id.find('<'), close = metric.id.find('>');
        if (open == std::string::npos || close == std::string::npos || close < open) continue;
        const auto before = metric.id.substr(0, open), after = metric.id.substr(close + 1);
        if (id.size() <= before.size() + after.size() || !id.starts_with(before) || !id.ends_with(after)) continue;
        const auto* rows = reader.rows_of(metric.id.substr(open + 1, close - open - 1));
        const auto row = id.substr(before.size(), id.size() - before.size() - after.size());
        if (rows != nullptr && std::find(rows->begin(), rows->end(), row) != rows->end()) return &metric;
    }
    return nullptr;
}

std::vector<Claim> read_claims(const Node& root, ClaimContext context) {
    std::vector<Claim> claims;
    std::set<std::string> ids;
    const auto* list = entries(root, "claim", context);
    if (list == nullptr) return claims;
    for (const auto& node : *list) {
        claims.push_back(read_claim(node, claims.size() + 1, context));
        const auto& claim = claims.back();
        if (!claim.id.empty() && !ids.insert(claim.id).second)
            context.diagnostics.error(claim.origin, "E0102", fmt::format("claim '{}' is given twice", claim.id),
                                      "ids are unique");
    }
    check_given(claims, *list, context);
    return claims;
}

std::vector<Observation> read_observations(const Node& root, ClaimContext context) {
    std::vector<Observation> observations;
    const auto* list = entries(root, "observation", context);
    if (list == nullptr) return observations;
    std::size_t number = 0;
    for (const auto& node : *list) {
        ++number;
        const Node* of = node.find("of");
        const bool is_about_row = of != nullptr && of->is_text();
        if (is_about_row && !has_row(of->text, context.reader)) {
            if (node.place.text >= context.first_scenario_text)
                context.diagnostics.error(context.texts.origin(of->place), "E0304",
                                          fmt::format("observation #{}: there is no row '{}'", number, of->text),
                                          "a row is table.name, such as process.sf2");
            continue;
        }
        observations.push_back(read_observation(node, number, context));
    }
    return observations;
}

} // namespace autarky::scenario

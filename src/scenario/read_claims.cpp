// autarky: claims, read and checked.
// SPDX-License-Identifier: Apache-2.0
#include "scenario/read_claims.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "input/suggest.hpp"
#include "scenario/claim_entry.hpp"

namespace autarky::scenario {
namespace {

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

} // namespace autarky::scenario

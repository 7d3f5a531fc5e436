// autarky: observations, read and checked.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "core/normal_quantiles.hpp"
#include "input/grade.hpp"
#include "scenario/claim_entry.hpp"

namespace autarky::scenario {
namespace {

/// One value, not a band.
std::optional<double> read_single(Entry& entry, std::string_view key, const Expected* expected) {
    const auto stated = entry.interval(key, expected);
    if (!stated) return std::nullopt;
    if (stated->low != stated->high)
        entry.error(entry.find(key)->place, "E0205",
                    fmt::format("{}: '{}' needs one value, not a band", entry.path(), key));
    return stated->high;
}

/// How a report leans on others, and what it says of its value.
void read_report(Entry& entry, Observation& seen, bool is_share) {
    const Expected number;
    seen.trials = read_single(entry, "trials", &number).value_or(0.0);
    seen.correlation = read_single(entry, "correlation", &number).value_or(0.0);
    seen.group = entry.text("group", false);
    const auto wrong = [&](const char* key, std::string message, std::string hint = {}) {
        const Node* at = entry.find(key);
        entry.error(at != nullptr ? at->place : entry.place(), "E0205", fmt::format("{}: {}", entry.path(), message),
                    std::move(hint));
    };
    if (!(seen.correlation >= 0.0 && seen.correlation < 1.0))
        wrong("correlation", "the correlation must be at least 0 and below 1");
    if (seen.group.empty() != (entry.find("correlation") == nullptr))
        wrong(seen.group.empty() ? "correlation" : "group", "'group' and 'correlation' belong together",
              "reports of one group lean on each other to this degree");
    const bool may_lean = seen.says == Says::about || seen.says == Says::relative;
    if (!seen.group.empty() && !may_lean) wrong("group", "only 'about' and 'relative' reports lean on each other");
    if ((seen.says == Says::count) != (seen.trials > 0.0))
        wrong("trials", "'trials' above 0 and says = \"count\" belong together",
              "150 of 13_317: value = 150, trials = 13_317");
    if (seen.says == Says::count && !(seen.value >= 0.0 && seen.value <= seen.trials))
        wrong("value", "a count must lie between 0 and 'trials'");
    if (seen.says == Says::count && !is_share) wrong("metric", "a count needs a metric that is a share");
    if (seen.says == Says::between && seen.low >= seen.high)
        wrong("value", "'between' needs an interval", "value = \"55 to 60 %\"");
    if (seen.says == Says::relative && !(seen.value > 0.0) && seen.watch.empty())
        wrong("value", "a 'relative' report must be above zero");
    if (seen.says == Says::between && !(seen.error > 0.0))
        wrong("value", "'between' needs an 'error': how sure its ends are");
    if (!seen.watch.empty() && seen.ended.empty() && !(seen.error > 0.0))
        wrong("watch", "a reading to watch needs an 'error': that of reports of its kind");
    if (!seen.watch.empty() && !may_lean) wrong("says", "a reading to watch is 'about' or 'relative'");
    if (!seen.watch.empty() && entry.find("value") != nullptr)
        wrong("value", "a reading to watch has no value yet", "leave out 'watch' once it has been read");
    if (seen.watch.empty() && !seen.ended.empty()) wrong("ended", "only a reading to watch can have ended");
}

/// What its value and its error are stated in.
struct StatedIn {
    std::optional<Expected> expected;
    bool is_share = true;
};

/// Finds the metric or input; its unit is that of a reading that has no value to take it from.
StatedIn stated_in(Entry& entry, Observation& seen, ClaimContext& context) {
    StatedIn out;
    const auto& rows = context.inputs.rows;
    const auto input = std::find_if(rows.begin(), rows.end(), [&](const Input& row) {
        return row.path == seen.metric || (row.path.starts_with(seen.metric + "[") && !seen.metric.empty());
    });
    double factor = 1.0;
    if (input != rows.end()) {
        const bool is_date = input->unit == "date";
        out.expected = Expected{};
        out.expected->dim = is_date ? units::time : input->dim;
        out.expected->unit = is_date ? std::string_view("year") : std::string_view(input->unit);
        factor = is_date ? 1.0 : input->unit_factor; // its unit may name a price year
    } else if (const auto* metric = known_metric(entry, seen.metric, context)) {
        out.expected = expected_of(*metric);
        if (const auto parsed = parse_unit(out.expected->unit); parsed.ok) factor = parsed.unit.factor;
    }
    if (!out.expected) return out;
    seen.dim = out.expected->dim;
    seen.unit = out.expected->unit;
    seen.unit_factor = factor;
    out.is_share = seen.dim == dimensionless;
    return out;
}

void read_value(Entry& entry, Observation& seen, const StatedIn& in) {
    const Expected share;
    const Expected* wanted = in.expected ? &*in.expected : nullptr;
    if (entry.find("value") == nullptr && seen.watch.empty()) entry.text("value", true);
    if (const auto value = entry.interval("value", seen.says == Says::count ? &share : wanted)) {
        seen.low = value->low;
        seen.high = value->high;
        seen.value = 0.5 * (value->low + value->high);
        seen.error = (value->high - value->low) / (2.0 * z95);
        seen.dim = value->dim;
        seen.unit = value->unit;
        seen.unit_factor = value->unit_factor;
        seen.written = entry.text("value", false);
    }
    const auto error = read_single(entry, "error", seen.says == Says::relative ? &share : wanted);
    // An interval that says 5 to 95 % is its own error; one in which the truth lies has ends that are sure to some degree.
    seen.error = error.value_or(seen.says == Says::between ? 0.0 : seen.error);
    if (seen.error < 0.0)
        entry.error(entry.find("error")->place, "E0205",
                    fmt::format("{}: the error must not be negative", entry.path()));
    seen.bias = read_single(entry, "bias", wanted).value_or(0.0);
}

std::optional<double> read_date(Entry& entry, std::string_view key, const std::string& written) {
    if (written.empty()) return std::nullopt;
    const auto year = parse_date(written);
    if (!year)
        entry.error(entry.find(key)->place, "E0210", fmt::format("{}: '{}' is no date", entry.path(), written),
                    "write 2026, \"2026Q2\", \"2026-04\" or \"2026-04-15\"");
    return year;
}

/// What it is about, and when it is told.
void read_days(Entry& entry, Observation& seen) {
    const auto date = entry.text("date", true), known = entry.text("known", false);
    seen.date = read_date(entry, "date", date).value_or(0.0);
    seen.known = read_date(entry, "known", known).value_or(seen.date);
    seen.day = known.empty() ? date : known;
}

void read_area(Entry& entry, Observation& seen) {
    for (const auto* key : {"area", "yield_kind"})
        if (const Node* given = entry.find(key); given != nullptr && !seen.metric.starts_with("silicon.yield"))
            entry.error(given->place, "E0205", fmt::format("{}: '{}' belongs to a yield", entry.path(), key),
                        "metric = \"silicon.yield\"");
    Expected area;
    area.dim = units::length * 2;
    area.unit = "mm^2";
    const auto stated = entry.interval("area", &area);
    if (!stated) return;
    seen.area = 0.5 * (stated->low + stated->high);
    if (!(seen.area > 0.0))
        entry.error(entry.find("area")->place, "E0205", fmt::format("{}: the area must be above zero", entry.path()));
}

Observation read_observation(const Node& node, std::size_t number, ClaimContext& context) {
    const Node* id = node.find("id");
    const auto path = id != nullptr && id->is_text() ? fmt::format("observation {}", id->text)
                                                     : fmt::format("observation #{}", number);
    Entry entry(node, path,
                {"id", "date", "known", "of", "metric", "value", "error", "bias", "says", "trials", "group",
                 "correlation", "watch", "ended", "area", "yield_kind", "grade", "source", "note"},
                context);
    Observation seen;
    seen.origin = context.texts.origin(node.place);
    seen.id = entry.text("id", false);
    seen.of = entry.text("of", false);
    seen.metric = entry.text("metric", true);
    seen.note = entry.text("note", false);
    seen.watch = entry.text("watch", false);
    seen.ended = entry.text("ended", false);
    seen.says = entry.choice("says", Says::about);
    seen.yield_kind = entry.choice("yield_kind", YieldKind::unknown);
    seen.source = entry.source();
    if (seen.source >= 0) seen.grade = context.inputs.sources[static_cast<std::size_t>(seen.source)].grade;
    if (const Node* grade = entry.find("grade"))
        seen.grade = read_grade(*grade, path, context.texts, context.diagnostics).value_or(seen.grade);
    read_days(entry, seen);
    const auto in = stated_in(entry, seen, context);
    read_value(entry, seen, in);
    read_report(entry, seen, in.is_share);
    read_area(entry, seen);
    return seen;
}

/// Reports of one group lean on each other to one degree.
void check_group(const std::vector<Observation>& all, ClaimContext& context) {
    const auto& last = all.back();
    if (last.group.empty()) return;
    for (const auto& other : all)
        if (other.group == last.group && other.correlation != last.correlation) {
            context.diagnostics.error(last.origin, "E0205",
                                      fmt::format("observation {}: the group '{}' has two correlations, {:g} and {:g}",
                                                  last.id, last.group, other.correlation, last.correlation),
                                      "one for all of its reports");
            return;
        }
}

/// The last report must differ from those before it: what is told twice would count twice.
void check_said_once(const std::vector<Observation>& all, ClaimContext& context) {
    const auto& last = all.back();
    for (std::size_t i = 0; i + 1 < all.size(); ++i) {
        const auto& other = all[i];
        const bool same_id = !last.id.empty() && last.id == other.id;
        const bool same_report = last.watch.empty() && other.watch.empty() && last.metric == other.metric &&
                                 last.of == other.of && last.date == other.date && last.source == other.source &&
                                 last.value == other.value && last.area == other.area;
        if (!same_id && !same_report) continue;
        context.diagnostics.error(last.origin, "E0102",
                                  fmt::format("observation {}: {}", last.id.empty() ? "without id" : last.id,
                                              same_id ? "this id is given twice" : "the same report is given twice"),
                                  same_id ? "ids are unique"
                                          : "'" + other.id + "' says the same; what is told twice would count twice");
        return;
    }
}

} // namespace

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
        const Node* metric = node.find("metric");
        const bool is_of_catalogue = node.place.text < context.first_scenario_text;
        if (is_of_catalogue && metric != nullptr && names_absent_rows(metric->text, context)) continue;
        observations.push_back(read_observation(node, number, context));
        check_said_once(observations, context);
        check_group(observations, context);
    }
    return observations;
}

} // namespace autarky::scenario

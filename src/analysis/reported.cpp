// autarky: finds what reports are about, and what it is in each future.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/reported.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "analysis/samples.hpp"
#include "show/figure_text.hpp"
#include "silicon/on_process.hpp"

namespace autarky::analysis {
namespace {

constexpr std::string_view yield_metric = "silicon.yield";
constexpr std::string_view process_prefix = "process.";

/// Whether an input with this path prefix rests on the report's own source.
bool is_its_source(const Inputs& inputs, std::string_view prefix, const Observation& seen) {
    // A reading to come is not written yet, and what we assume is no report that somebody could lean on.
    if (!seen.watch.empty() || seen.grade == Grade::assumption) return false;
    return std::any_of(inputs.rows.begin(), inputs.rows.end(), [&](const Input& row) {
        return row.source >= 0 && row.source == seen.source && row.path.starts_with(prefix);
    });
}

/// Whether the report's row is one that its metric is of: process.sf2, or a part of the metric's own name.
bool is_of_its_row(const Observation& seen) {
    if (seen.of.empty() || seen.metric.starts_with(seen.of + ".")) return true;
    const auto row = "." + seen.of.substr(seen.of.find('.') + 1) + ".";
    return (seen.metric + ".").find(row) != std::string::npos;
}

Subject known(const std::string& what) {
    return {Subject::Kind::none, 0, fmt::format("the source of {} itself", what), {}};
}

Subject yield_of_process(const ScenarioModel& model, const Observation& seen) {
    const auto name = seen.of.substr(process_prefix.size());
    const auto& names = model.loaded().scenario.process.names;
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return {Subject::Kind::none, 0, "the scenario does not use this process", {}};
    if (!(seen.area > 0.0)) return {Subject::Kind::none, 0, "a yield without the area of its die says nothing", {}};
    if (is_its_source(model.inputs(), seen.of + ".defect_density", seen) ||
        is_its_source(model.inputs(), seen.of + ".learning", seen))
        return known(seen.of + ".defect_density");
    return {Subject::Kind::yield, static_cast<std::size_t>(found - names.begin()), {}, {}};
}

/// The knots around the report's date and their weights; before the first knot a series says nothing.
Subject input_at(const Inputs& inputs, const std::vector<std::size_t>& rows, const Observation& seen) {
    Subject out{Subject::Kind::input, 0, {}, {}};
    std::vector<std::pair<double, std::size_t>> knots;
    for (const auto row : rows) {
        const auto& input = inputs.rows[row];
        if (is_its_source(inputs, input.path, seen)) return known(input.path);
        const auto open = input.path.find('['); // a knot: grid.us.investment[2025-07]
        const auto date = open == std::string::npos
                              ? std::optional<double>(seen.date)
                              : parse_date(std::string_view(input.path).substr(open + 1, input.path.size() - open - 2));
        knots.emplace_back(date.value_or(seen.date), row);
    }
    const auto after = std::find_if(knots.begin(), knots.end(), [&](const auto& k) { return k.first > seen.date; });
    if (after == knots.begin()) return {Subject::Kind::none, 0, "its date lies before the first knot", {}};
    if (after == knots.end()) {
        out.rows.emplace_back(knots.back().second, 1.0);
        return out;
    }
    const auto before = after - 1;
    const double weight = (seen.date - before->first) / (after->first - before->first);
    out.rows = {{before->second, 1.0 - weight}, {after->second, weight}};
    return out;
}

/// Share of good dies as a report counts them: of a square die of this area, all of it critical, at the process's age alone.
Lanes reported_yield(const Scenario<Lanes>& s, std::size_t process, const Observation& seen) {
    const auto& p = s.process[process];
    const Area<Lanes> area = quantity<Lanes>(seen.area, "mm^2"_u);
    const Duration<Lanes> age(max(Lanes(seen.date) - p.learning_start.year, Lanes(0.0)));
    const auto density = p.learning_law == silicon::LearningLaw::gompertz
                             ? silicon::defect_density_gompertz(p, area, age, Wafers<Lanes>{})
                             : silicon::defect_density(p, age, Wafers<Lanes>{});
    const Lanes random = silicon::random_yield(p, area, density);
    switch (seen.yield_kind) {
    case YieldKind::defect: return random;
    case YieldKind::total: return random * p.parametric_yield * p.line_yield;
    case YieldKind::unknown:
    case YieldKind::parametric: break; // dies that pass sort are what is usually counted
    }
    return random * p.parametric_yield;
}

} // namespace

std::string span_text(const Observation& seen, double low, double high) {
    if (seen.dim == units::time && show::looks_like_a_date(low))
        return fmt::format("{} to {}", quarter_of(low).text(), quarter_of(high).text());
    const bool is_share = seen.unit == "1" && seen.dim == dimensionless;
    const auto one = [&](double value) { return show::figure(value / seen.unit_factor); };
    return fmt::format("{} to {}{}", one(low), one(high), is_share || seen.unit.empty() ? "" : " " + seen.unit);
}

std::string point_text(const Observation& seen, double value) {
    if (seen.dim == units::time && show::looks_like_a_date(value)) return show::date_text(value);
    return fmt::format("{} {}", show::figure(value / seen.unit_factor), seen.unit);
}

Subject subject_of(const ScenarioModel& model, const Observation& seen) {
    if (seen.metric == yield_metric && seen.of.starts_with(process_prefix)) return yield_of_process(model, seen);
    if (!is_of_its_row(seen))
        return {Subject::Kind::none, 0, fmt::format("{} is no metric of {}", seen.metric, seen.of), {}};
    const auto rows = rows_of_path(model.inputs(), seen.metric);
    if (!rows.empty()) return input_at(model.inputs(), rows, seen);
    const auto* metric = model.find(seen.metric);
    if (metric == nullptr) return {Subject::Kind::none, 0, "the scenario has no such input or metric", {}};
    if (metric->count == 1) return {Subject::Kind::column, metric->first, {}, {}};
    const auto quarter = quarter_of(seen.date) - model.loaded().scenario.horizon.start;
    if (quarter < 0 || static_cast<std::size_t>(quarter) >= metric->count)
        return {Subject::Kind::none, 0, "its date lies outside of the horizon", {}};
    return {Subject::Kind::column, metric->first + static_cast<std::size_t>(quarter), {}, {}};
}

FigureReading reading_of(const ScenarioModel& model, const std::vector<Observation>& seen,
                         const std::vector<Subject>& subjects, const std::vector<std::optional<std::size_t>>& quarters,
                         const std::vector<ColumnSpan>& spans, const std::vector<ClaimWindow>& windows) {
    const std::size_t value_so_far = model.find("npv.make_vs_buy")->first;
    std::vector<std::size_t> wanted;
    for (const auto& subject : subjects)
        if (subject.kind == Subject::Kind::column) wanted.push_back(subject.at);
    wanted.push_back(static_cast<std::size_t>(model.verdict_column()));
    for (const auto& quarter : quarters)
        if (quarter) wanted.push_back(value_so_far + *quarter);
    for (const auto& span : spans)
        for (std::size_t k = 0; k < span.count; ++k)
            wanted.push_back(span.first + k);
    FigureReading out;
    auto& columns = out.columns = wanted;
    std::sort(columns.begin(), columns.end());
    columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
    std::vector<std::size_t> places;
    for (const auto column : wanted)
        places.push_back(
            static_cast<std::size_t>(std::lower_bound(columns.begin(), columns.end(), column) - columns.begin()));
    out.figures = subjects.size() + 1 + quarters.size() + spans.size() + windows.size();
    out.read = [seen, subjects, quarters, spans, windows, places](const Scenario<Lanes>& s, const Lanes* inputs,
                                                                  const Lanes* values, Lanes* figures) {
        std::size_t next = 0;
        for (std::size_t k = 0; k < subjects.size(); ++k) {
            const auto& subject = subjects[k];
            for (const auto& [row, weight] : subject.rows)
                figures[k] = figures[k] + inputs[row] * Lanes(weight);
            if (subject.kind == Subject::Kind::yield) figures[k] = reported_yield(s, subject.at, seen[k]);
            if (subject.kind == Subject::Kind::column) figures[k] = values[places[next++]];
        }
        Lanes* behind = figures + subjects.size();
        *behind++ = values[places[next++]];
        for (const auto& quarter : quarters)
            *behind++ = quarter ? values[places[next++]] : Lanes(0.0);
        for (const auto& span : spans) {
            Lanes sum(0.0);
            for (std::size_t k = 0; k < span.count; ++k)
                sum += values[places[next++]];
            *behind++ = sum / Lanes(std::max(1.0, static_cast<double>(span.count)));
        }
        for (const auto& window : windows)
            *behind++ = window.event != nullptr ? happens_in(window, inputs) : Lanes(1.0);
    };
    return out;
}

} // namespace autarky::analysis

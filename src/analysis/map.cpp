// autarky: computes the map of make or buy.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "analysis/samples.hpp"
#include "core/refuse.hpp"
#include "input/central.hpp"
#include "input/suggest.hpp"

namespace autarky::analysis {
namespace {

/// The parts of "PATH=0.3..2.5" or "PATH*0.1..10".
struct AxisText {
    std::string_view path;
    bool is_factor = false;
    std::optional<std::pair<double, double>> range;
};

std::optional<double> number(std::string_view text) {
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

AxisText parts_of(const char* field, std::string_view text) {
    AxisText out;
    const auto at = text.find_first_of("=*");
    out.path = text.substr(0, at);
    if (at == std::string_view::npos) return out;
    out.is_factor = text[at] == '*';
    const auto range = text.substr(at + 1);
    const auto dots = range.find("..");
    const auto low = dots == std::string_view::npos ? std::nullopt : number(range.substr(0, dots));
    const auto high = dots == std::string_view::npos ? std::nullopt : number(range.substr(dots + 2));
    if (!low || !high || !(*low < *high) || (out.is_factor && *low <= 0.0))
        refuse_field(field, "E0504", fmt::format("'{}' is no range of an axis", range),
                     out.is_factor ? "two factors above 0, such as vehicle.cars.volume*0.1..10"
                                   : "two numbers in the input's unit, the smaller first, such as "
                                     "chip.ai5.utilisation_ratio=0.3..2.5");
    out.range = {*low, *high};
    return out;
}

std::vector<double> spaced(double low, double high, std::size_t n, bool is_log) {
    std::vector<double> out(n);
    for (std::size_t i = 0; i < n; ++i) {
        const double share = n > 1 ? static_cast<double>(i) / static_cast<double>(n - 1) : 0.5;
        out[i] = is_log ? low * std::pow(high / low, share) : low + (high - low) * share;
    }
    return out;
}

double central(const Inputs& inputs, std::size_t row) {
    return scenario::central_value(inputs.rows[row].distribution) / inputs.rows[row].unit_factor;
}

std::vector<std::size_t> rows_or_refuse(const char* field, const Inputs& inputs, std::string_view path) {
    auto rows = rows_of_path(inputs, path);
    if (rows.empty())
        refuse_field(field, "E0505", fmt::format("the scenario has no input '{}'", path),
                     did_you_mean(path, paths_of(inputs)));
    if (std::any_of(rows.begin(), rows.end(), [&](std::size_t row) { return inputs.rows[row].is_computed; }))
        refuse_field(field, "E0505", fmt::format("'{}' is computed from other inputs", path),
                     "an axis names an input that is typed in");
    if (inputs.rows[rows.front()].unit == "date")
        refuse_field(field, "E0505", fmt::format("'{}' is a date, which has no scale for an axis", path), "");
    return rows;
}

/// Without a range: a factor from 1/8 to 8 for a series, else the input's own 1 to 99 %.
void span(MapAxis& axis, const AxisText& text, const Inputs& inputs, const std::vector<std::size_t>& rows,
          std::size_t n) {
    axis.is_factor = text.is_factor || (!text.range && rows.size() > 1);
    if (text.range) {
        const auto [low, high] = *text.range;
        axis.is_log = axis.is_factor || (low > 0.0 && high / low >= 20.0);
        axis.at = spaced(low, high, n, axis.is_log);
        return;
    }
    if (axis.is_factor) {
        axis.is_log = true;
        axis.at = spaced(0.125, 8.0, n, true);
        return;
    }
    const auto& row = inputs.rows[rows.front()];
    auto [low, high] = scenario::central_range(row.distribution);
    if (!(low < high)) {
        low *= 0.5;
        high *= 2.0;
    }
    const double rim = 0.25 * (high - low);
    low = std::max(low > 0.0 ? 0.5 * low : low - rim, row.distribution.low);
    high = std::min(high + rim, row.distribution.high);
    axis.at = spaced(low / row.unit_factor, high / row.unit_factor, n, false);
}

MapAxis axis_of(const char* field, const ScenarioModel& model, const Loaded* article, std::string_view asked,
                std::size_t n, std::vector<std::size_t>& rows) {
    const auto text = parts_of(field, asked);
    const auto& inputs = model.inputs();
    rows = rows_or_refuse(field, inputs, text.path);
    MapAxis axis;
    axis.path = std::string(text.path);
    span(axis, text, inputs, rows, n);
    axis.unit = axis.is_factor ? "x" : inputs.rows[rows.front()].unit;
    if (axis.is_factor)
        axis.scenario = 1.0;
    else if (rows.size() == 1)
        axis.scenario = central(inputs, rows.front());
    if (article == nullptr) return axis;
    const auto there = rows_of_path(article->inputs, text.path);
    if (there.empty()) return axis;
    // Of a series the last knot says how the essay's long run compares.
    const double essay = central(article->inputs, there.back()) * article->inputs.rows[there.back()].unit_factor;
    const double here = central(inputs, rows.back()) * inputs.rows[rows.back()].unit_factor;
    if (axis.is_factor) {
        if (here != 0.0) axis.essay = essay / here;
    } else if (there.size() == 1) {
        axis.essay = essay / inputs.rows[rows.front()].unit_factor;
    }
    return axis;
}

InputChange change_of(const MapAxis& axis, const std::vector<std::size_t>& rows, const Inputs& inputs, std::size_t i) {
    const double unit = axis.is_factor ? 1.0 : inputs.rows[rows.front()].unit_factor;
    return {rows, axis.at[i] * unit, axis.is_factor ? InputChange::Kind::multiply : InputChange::Kind::set};
}

/// Where a value crosses 1/2 between two places of an axis, in its own scale.
double crossing(const MapAxis& axis, std::size_t i, double a, double b) {
    const double share = (0.5 - a) / (b - a);
    const double low = axis.at[i];
    const double high = axis.at[i + 1];
    return axis.is_log ? low * std::pow(high / low, share) : low + (high - low) * share;
}

/// The 50 % line through one cell of the grid: marching squares; in a saddle the two crossings of each side are joined.
void add_segments(const MapAnswer& map, std::size_t row, std::size_t column, std::vector<MapSegment>& out) {
    const auto& p = map.p_make;
    const double a = p[row][column], b = p[row][column + 1], c = p[row + 1][column + 1], d = p[row + 1][column];
    std::vector<MapPoint> crossings;
    const auto differ = [](double u, double v) { return (u < 0.5) != (v < 0.5); };
    if (differ(a, b)) crossings.push_back({crossing(map.x, column, a, b), map.y.at[row]});
    if (differ(b, c)) crossings.push_back({map.x.at[column + 1], crossing(map.y, row, b, c)});
    if (differ(d, c)) crossings.push_back({crossing(map.x, column, d, c), map.y.at[row + 1]});
    if (differ(a, d)) crossings.push_back({map.x.at[column], crossing(map.y, row, a, d)});
    for (std::size_t i = 0; i + 1 < crossings.size(); i += 2)
        out.push_back({crossings[i], crossings[i + 1]});
}

void read_probabilities(const std::vector<std::vector<double>>& values, MapAnswer& out) {
    const std::size_t columns = out.x.at.size();
    out.p_make.assign(out.y.at.size(), std::vector<double>(columns, 0.0));
    for (std::size_t c = 0; c < values.size(); ++c) {
        double positive = 0.0;
        double n = 0.0;
        for (const double value : values[c]) {
            if (!std::isfinite(value)) continue;
            n += 1.0;
            positive += value > 0.0 ? 1.0 : 0.0;
        }
        out.failed += values[c].size() - static_cast<std::size_t>(n);
        const double p = n > 0.0 ? positive / n : 0.5;
        out.p_make[c / columns][c % columns] = p;
        out.p_least = std::min(out.p_least, p);
        out.p_most = std::max(out.p_most, p);
        if (n > 0.0) out.largest_error = std::max(out.largest_error, std::max(std::sqrt(p * (1.0 - p) / n), 1.0 / n));
    }
}

} // namespace

MapAnswer map_of(const ScenarioModel& model, const Loaded* article, const MapRequest& question, unsigned threads,
                 const std::function<bool(std::uint64_t, std::uint64_t)>& stop) {
    MapAnswer out;
    out.scenario = model.loaded().name;
    out.variant = model.loaded().variant;
    out.seed = question.seed;
    const auto& s = model.loaded().scenario;
    const std::string x = !question.x.empty() ? question.x : "vehicle." + s.vehicle.names.at(0) + ".volume*0.125..8";
    const std::string y =
        !question.y.empty() ? question.y : "chip." + s.chip.names.at(0) + ".utilisation_ratio=0.3..2.4";
    std::vector<std::size_t> x_rows, y_rows;
    out.x = axis_of("x", model, article, x, question.columns, x_rows);
    out.y = axis_of("y", model, article, y, question.rows, y_rows);
    if (out.x.path == out.y.path)
        refuse_field("y", "E0504", fmt::format("both axes are '{}'", out.x.path), "name another input");
    std::vector<ChangedCase> cases;
    for (std::size_t j = 0; j < out.y.at.size(); ++j)
        for (std::size_t i = 0; i < out.x.at.size(); ++i)
            cases.push_back(
                {{change_of(out.x, x_rows, model.inputs(), i), change_of(out.y, y_rows, model.inputs(), j)}});
    const auto values = values_of_cases(model, cases, question.samples, question.seed, threads, stop);
    out.samples = values.front().size();
    read_probabilities(values, out);
    for (std::size_t j = 0; j + 1 < out.y.at.size(); ++j)
        for (std::size_t i = 0; i + 1 < out.x.at.size(); ++i)
            add_segments(out, j, i, out.even);
    return out;
}

} // namespace autarky::analysis

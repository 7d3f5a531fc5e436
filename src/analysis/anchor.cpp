// autarky: the difference that the buyer's wafers make to yields, future by future.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/anchor.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/estimate.hpp"
#include "analysis/in_turn.hpp"
#include "analysis/samples.hpp"
#include "input/central.hpp"
#include "silicon/yield.hpp"

namespace autarky::analysis {
namespace {

constexpr double months_a_quarter = 3.0;

/// The line that shows a site's yield: of its chips the one with the largest planned share there.
std::size_t line_of(const Scenario<Uncertain>& s, const Inputs& inputs, std::size_t site) {
    std::size_t best = s.allocation.size();
    double most = -1.0;
    for (std::size_t i = 0; i < s.allocation.size(); ++i) {
        if (static_cast<std::size_t>(s.allocation[i].site.index) != site) continue;
        const double share =
            scenario::central_value(inputs.rows[static_cast<std::size_t>(s.allocation[i].share.input)].distribution);
        if (share <= most) continue;
        most = share;
        best = i;
    }
    return best;
}

/// Wafers and yields of one site in both runs, [quarter][future].
struct SiteRuns {
    std::vector<std::vector<double>> wafers, with, without;
    const std::vector<std::size_t>& futures; ///< their numbers
};

std::vector<std::size_t> columns_of(const ScenarioModel& model, const std::vector<std::string>& metrics) {
    std::vector<std::size_t> out;
    for (const auto& metric : metrics)
        for (std::size_t q = 0; q < model.quarters().size(); ++q)
            out.push_back(model.find(metric)->first + q);
    std::sort(out.begin(), out.end());
    return out;
}

/// Ratio of two means, its error from what each future leaves of it.
Estimate ratio_of(const std::vector<double>& above, const std::vector<double>& below,
                  const std::vector<std::size_t>& futures) {
    const double bottom = estimate_of(below).mean, ratio = estimate_of(above).mean / bottom;
    std::vector<double> left(above.size());
    for (std::size_t i = 0; i < left.size(); ++i)
        left[i] = above[i] - ratio * below[i];
    return {ratio, estimate_of(left, futures).error / bottom};
}

/// Thousand wafers a month from the first one to before quarter q; 0 where there is none.
double wafers_until(const SiteRuns& runs, std::size_t q, std::size_t future) {
    double sum = 0.0, months = 0.0;
    for (std::size_t k = 0; k < q; ++k) {
        sum += runs.wafers[k][future];
        if (sum > 0.0) months += months_a_quarter;
    }
    return months > 0.0 ? sum / months / 1e3 : 0.0;
}

AnchorYield yield_at(const SiteRuns& runs, std::size_t q) {
    std::vector<double> gained, wafers;
    for (std::size_t i = 0; i < runs.with[q].size(); ++i) {
        gained.push_back(100.0 * (runs.with[q][i] - runs.without[q][i]));
        wafers.push_back(wafers_until(runs, q, i));
    }
    AnchorYield out;
    out.with = estimate_of(runs.with[q]).mean;
    out.without = estimate_of(runs.without[q]).mean;
    const auto points = estimate_of(gained, runs.futures);
    out.points = points.mean;
    out.points_error = points.error;
    out.wafers = estimate_of(wafers).mean;
    if (!(out.wafers > 0.0)) return out;
    const auto per_thousand = ratio_of(gained, wafers, runs.futures);
    out.per_thousand = per_thousand.mean;
    out.per_thousand_error = per_thousand.error;
    return out;
}

/// A straight line by weighted least squares: its slope with its error, and its value at x.
struct Line {
    double x0 = 0.0, y0 = 0.0, slope = 0.0, error = 0.0;
    [[nodiscard]] double at(double x) const { return y0 + slope * (x - x0); }
};
struct Point {
    double x = 0.0, y = 0.0, error = 1.0;
};
std::optional<Line> line_through(const std::vector<Point>& points) {
    double weight = 0.0, x = 0.0, y = 0.0, xx = 0.0, xy = 0.0;
    for (const auto& p : points) {
        const double w = 1.0 / (p.error * p.error);
        weight += w;
        x += w * p.x;
        y += w * p.y;
    }
    Line out{x / weight, y / weight};
    for (const auto& p : points) {
        const double w = 1.0 / (p.error * p.error);
        xx += w * (p.x - out.x0) * (p.x - out.x0);
        xy += w * (p.x - out.x0) * (p.y - out.y0);
    }
    constexpr std::size_t least = 3;
    if (points.size() < least || !(xx > 0.0)) return std::nullopt;
    out.slope = xy / xx;
    double scatter = 0.0;
    for (const auto& p : points)
        scatter += std::pow((p.y - out.at(p.x)) / p.error, 2.0);
    const double beyond = std::max(1.0, scatter / static_cast<double>(points.size() - 2));
    out.error = std::sqrt(beyond / xx);
    return out;
}

/// The median of an input.
double middle(const Loaded& loaded, int input) {
    return scenario::central_value(loaded.inputs.rows[static_cast<std::size_t>(input)].distribution);
}

} // namespace

AnchorCase anchor(const ScenarioModel& with, const ScenarioModel& without, const std::vector<std::size_t>& sites,
                  std::uint64_t samples, std::uint64_t seed, unsigned threads,
                  const std::function<bool(std::uint64_t done, std::uint64_t of)>& stop) {
    const auto& loaded = with.loaded();
    const auto& s = loaded.scenario;
    const std::size_t quarters = with.quarters().size();
    std::vector<std::string> metrics;
    std::vector<std::string> chips;
    for (const auto site : sites) {
        const auto& chip =
            s.chip.names[static_cast<std::size_t>(s.allocation[line_of(s, loaded.inputs, site)].chip.index)];
        chips.push_back(chip);
        metrics.push_back("foundry.wafers." + s.site.names[site]);
        metrics.push_back("foundry.line_yield." + chip + "." + s.site.names[site]);
    }
    const auto columns = columns_of(with, metrics);
    InTurn turns(stop, 2);
    const auto own = values_of_columns(with, columns, samples, seed, threads, turns.next());
    const auto none =
        values_of_columns(without, columns_of(without, metrics), own.front().size(), seed, threads, turns.next());
    std::vector<std::size_t> good;
    AnchorCase out;
    for (std::size_t i = 0; i < std::min(own.front().size(), none.front().size()); ++i) {
        const auto is_good = [i](const auto& values) {
            return std::all_of(values.begin(), values.end(), [i](const auto& row) { return std::isfinite(row[i]); });
        };
        if (is_good(own) && is_good(none)) good.push_back(i);
    }
    out.samples = good.size();
    out.failed = std::min(own.front().size(), none.front().size()) - good.size();
    if (good.empty()) return out;
    const auto rows_of = [&](const std::vector<std::vector<double>>& values, const std::string& metric) {
        const auto first = static_cast<std::size_t>(
            std::lower_bound(columns.begin(), columns.end(), with.find(metric)->first) - columns.begin());
        std::vector<std::vector<double>> rows(quarters);
        for (std::size_t q = 0; q < quarters; ++q)
            for (const auto i : good)
                rows[q].push_back(values[first + q][i]);
        return rows;
    };
    for (std::size_t k = 0; k < sites.size(); ++k) {
        const auto& site = s.site.names[sites[k]];
        const SiteRuns runs{rows_of(own, "foundry.wafers." + site),
                            rows_of(own, "foundry.line_yield." + chips[k] + "." + site),
                            rows_of(none, "foundry.line_yield." + chips[k] + "." + site), good};
        const auto row = [&](std::size_t q) {
            auto at = yield_at(runs, q);
            at.site = site;
            at.process = s.process.names[static_cast<std::size_t>(s.site[sites[k]].process.index)];
            at.chip = chips[k];
            at.quarter = with.quarters()[q];
            return at;
        };
        AnchorYield most = row(quarters - 1);
        for (std::size_t q = 0; q < quarters; ++q) {
            const auto now = row(q);
            if (now.points > most.points) most = now;
            if (now.quarter.ends_with("Q4")) out.years.push_back(now);
        }
        out.most.push_back(most);
    }
    return out;
}

AnchorFit anchor_fit(const Loaded& loaded, std::size_t row, double wafers_a_year) {
    const auto& process = loaded.scenario.process[row];
    AnchorFit out;
    out.process = loaded.scenario.process.names[row];
    const double floor = middle(loaded, process.defect_density_floor.raw().input);
    const double clustering = middle(loaded, process.clustering.input);
    const double parametric = middle(loaded, process.parametric_yield.input);
    const double per_wafer = middle(loaded, process.learning_per_wafer.raw().input);
    out.in_time = middle(loaded, process.learning_rate.raw().input);
    out.per_kwafer = 1e3 * per_wafer;
    out.wafers = wafers_a_year / 1e3;
    out.scenario = out.in_time + per_wafer * wafers_a_year;
    const auto density = [&](double yield, double area) {
        return silicon::density_from_yield_negative_binomial(yield / parametric, quantity<double>(area, "mm^2"_u),
                                                             clustering);
    };
    std::vector<Point> points;
    std::vector<const Observation*> seen;
    for (const auto& one : loaded.observations)
        if (one.metric == "silicon.yield" && one.of == "process." + out.process && one.area > 0.0 &&
            one.says == Says::about && one.watch.empty())
            seen.push_back(&one);
    std::stable_sort(seen.begin(), seen.end(), [](const auto* a, const auto* b) { return a->date < b->date; });
    for (const auto* one : seen) {
        const double yield = std::clamp(one->value - one->bias, 0.01, 0.99 * parametric);
        const double excess = density(yield, one->area).raw() - floor;
        const double lower = density(std::max(yield - one->error, 0.005), one->area).raw() - floor;
        if (!(excess > 0.0)) continue; // as good as the floor: it says nothing of a rate
        points.push_back({one->date, std::log(excess), std::log(lower / excess)});
    }
    const auto line = line_through(points);
    if (line) {
        out.rate = -line->slope;
        out.rate_error = line->error;
    }
    for (const auto* one : seen) {
        AnchorReport report;
        report.id = one->id;
        report.date = one->day;
        report.source = one->source >= 0 ? loaded.inputs.sources[static_cast<std::size_t>(one->source)].id : "";
        report.reported = one->value - one->bias;
        report.error = one->error;
        report.area = one->area;
        const double excess = line ? std::exp(line->at(one->date)) : 0.0;
        report.fitted =
            line ? parametric * silicon::yield_negative_binomial(quantity<double>(one->area, "mm^2"_u),
                                                                 DefectDensity<double>(floor + excess), clustering)
                 : report.reported;
        report.miss = 100.0 * (report.reported - report.fitted);
        report.is_missed = std::fabs(report.reported - report.fitted) > 2.0 * report.error;
        out.reports.push_back(std::move(report));
    }
    return out;
}

} // namespace autarky::analysis

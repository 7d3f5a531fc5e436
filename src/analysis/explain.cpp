// autarky: explains a result.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/explain.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "analysis/export_reason.hpp"
#include "analysis/reason_tree.hpp"
#include "analysis/traced_case.hpp"
#include "engine/run.hpp"
#include "engine/sampler.hpp"
#include "show/figure_text.hpp"

namespace autarky::analysis {
namespace {

constexpr std::size_t most_levers = 5;
constexpr std::uint64_t seed_of_small_run = 1;

/// Inputs that move the result most. Dates are left out: a tenth of a calendar year means nothing.
std::vector<Lever> levers(const Inputs& inputs, const std::vector<double>& values, const std::vector<double>& gradient,
                          double result) {
    std::vector<Lever> out;
    std::unordered_map<int, std::size_t> of_stream;
    for (std::size_t row = 0; row < inputs.rows.size(); ++row) {
        const auto& input = inputs.rows[row];
        const double elasticity = gradient[row] * values[row] / result;
        if (elasticity == 0.0 || !std::isfinite(elasticity) || input.unit == "date") continue;
        if (input.stream < 0) {
            out.push_back({input.path, elasticity});
            continue;
        }
        const auto [place, is_new] = of_stream.emplace(input.stream, out.size());
        if (is_new) out.push_back({inputs.streams[static_cast<std::size_t>(input.stream)], 0.0});
        out[place->second].elasticity += elasticity;
    }
    const auto n = static_cast<std::ptrdiff_t>(std::min(most_levers, out.size()));
    std::partial_sort(out.begin(), out.begin() + n, out.end(),
                      [](const Lever& a, const Lever& b) { return std::fabs(a.elasticity) > std::fabs(b.elasticity); });
    out.resize(static_cast<std::size_t>(n));
    return out;
}

engine::Statistics sampled(const ScenarioModel& model, std::size_t column, std::uint64_t samples) {
    engine::RunOptions options;
    options.samples = samples;
    options.seed = seed_of_small_run;
    options.columns = {column};
    return engine::summarise(engine::run(model, options)).columns.front();
}

std::string value_text(const MetricColumns& metric, double value) {
    if (metric.info.unit == "year") return show::date_text(value);
    return show::figure(value / metric.info.unit_factor, 4) + (metric.info.unit == "1" ? "" : " " + metric.info.unit);
}

} // namespace

Explanation explain(const ScenarioModel& model, const MetricColumns& metric, std::size_t quarter,
                    const ExplainOptions& options) {
    const std::size_t column = metric.first + (metric.info.quarterly ? quarter : 0);
    const auto medians = engine::Sampler(model.inputs(), seed_of_small_run).medians();
    Explanation out;
    out.metric = &metric;
    out.quarter = metric.info.quarterly ? model.quarters()[quarter] : std::string{};
    out.n_samples = options.samples;
    {
        const TracedCase at_medians(model, medians, Leaves::all);
        const auto result = at_medians.result(column);
        out.exists = std::isfinite(result.value);
        out.value = result.value / metric.info.unit_factor;
        out.text = value_text(metric, result.value);
        if (result.node >= 0) {
            ReasonTree tree(at_medians.tape(), model.inputs(), result.node, result.value);
            out.root = options.depth ? tree.to_depth(*options.depth) : tree.fitting(options.lines);
            add_contexts(out.root, at_medians.tape(), model.inputs(), medians);
            add_export_remarks(out.root, at_medians.tape(), model, medians);
            if (metric.info.unit != "year")
                out.levers = levers(model.inputs(), medians, at_medians.gradient(column), result.value);
        }
        out.root.value = result.value;
        out.root.text = out.text;
        out.is_complete = is_complete(out.root);
    }
    if (options.samples > 0) out.samples = sampled(model, column, options.samples);
    return out;
}

} // namespace autarky::analysis

// autarky: judges claims on sampled futures.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/audit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <thread>

#include "analysis/decider.hpp"
#include "engine/sampler.hpp"
#include "show/figure_text.hpp"

namespace autarky::analysis {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// Columns that a claim looks at: one, or all quarters of which it takes the mean.
struct Look {
    std::size_t first = 0, count = 0;
};

Look look_of(const ScenarioModel& model, const Claim& claim) {
    const auto* metric = claim.metric.empty() ? nullptr : model.find(claim.metric);
    if (metric == nullptr) return {};
    if (!claim.at || metric->count == 1) return {metric->first, metric->count};
    const auto found = std::find(model.quarters().begin(), model.quarters().end(), claim.at->text());
    if (found == model.quarters().end()) return {};
    return {metric->first + static_cast<std::size_t>(found - model.quarters().begin()), 1};
}

/// Values of all claims in all samples, and the scores that made them.
struct Futures {
    std::vector<std::vector<double>> values; ///< [claim][sample], base units
    std::vector<std::vector<float>> scores;  ///< [stream][sample]
};

/// Evaluates every sample once. Each sample has its own place, so threads do not change anything.
Futures sample_futures(const ScenarioModel& model, const engine::Sampler& sampler, const std::vector<Look>& looks,
                       const AuditOptions& options) {
    const auto n = static_cast<std::size_t>(options.samples);
    Futures out;
    out.values.assign(looks.size(), std::vector<double>(n));
    out.scores.assign(sampler.n_streams(), std::vector<float>(n));
    std::atomic<std::size_t> next{0};
    const std::size_t n_chunks = (n + engine::chunk_size - 1) / engine::chunk_size;
    const auto work = [&] {
        const auto evaluator = model.evaluator();
        std::vector<Lanes> inputs(sampler.n_inputs());
        std::vector<Lanes> columns(model.columns().size());
        engine::Draws draws;
        sampler.write_constants(inputs.data());
        for (std::size_t chunk = next++; chunk < n_chunks; chunk = next++) {
            sampler.draw(chunk, draws);
            const std::size_t start = chunk * engine::chunk_size;
            for (std::size_t s = 0; s < out.scores.size(); ++s)
                for (std::size_t i = 0; i < engine::chunk_size && start + i < n; ++i)
                    out.scores[s][start + i] = static_cast<float>(draws.scores[s * engine::chunk_size + i]);
            for (std::size_t group = 0; group < engine::groups_a_chunk; ++group) {
                const std::size_t at = start + group * Lanes::width;
                if (at >= n) break;
                unsigned failed = 0;
                sampler.write_values(draws, group, inputs.data());
                evaluator->evaluate(inputs.data(), columns.data(), failed);
                for (std::size_t c = 0; c < looks.size(); ++c) {
                    Lanes sum(0.0);
                    for (std::size_t k = 0; k < looks[c].count; ++k)
                        sum += columns[looks[c].first + k];
                    const auto lanes = (sum / Lanes(std::max(1.0, static_cast<double>(looks[c].count)))).array();
                    for (std::size_t i = 0; i < Lanes::width && at + i < n; ++i)
                        out.values[c][at + i] = looks[c].count == 0 || ((failed >> i) & 1U) != 0 ? none : lanes[i];
                }
            }
        }
    };
    const unsigned n_threads =
        options.threads > 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
    std::vector<std::jthread> threads;
    for (unsigned t = 1; t < n_threads; ++t)
        threads.emplace_back(work);
    work();
    return out;
}

/// Whether the statement is true of a value; a value that does not exist makes no statement true.
bool is_true(const Claim& claim, double value) {
    constexpr double rounding = 1e-9; // relative; stated numbers are decimal, computed ones are not
    if (std::isnan(value)) return false;
    const double low = claim.low - rounding * std::abs(claim.low);
    const double high = claim.high + rounding * std::abs(claim.high);
    switch (claim.comparison) {
    case Comparison::within: return value >= low && value <= high;
    case Comparison::at_least: return value >= low;
    case Comparison::at_most: return value <= high;
    case Comparison::about:
        return value >= low - claim.tolerance * std::abs(claim.low) &&
               value <= high + claim.tolerance * std::abs(claim.high);
    }
    return false;
}

/// Quantile of sorted values, linear between order statistics.
double quantile(const std::vector<double>& sorted, double p) {
    const double position = p * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(position);
    const double weight = position - static_cast<double>(below);
    return below + 1 < sorted.size() ? sorted[below] * (1.0 - weight) + sorted[below + 1] * weight : sorted.back();
}

/// In words, where the recomputed values lie against the stated ones.
std::string where(const AuditRow& row, double exists) {
    std::string text = fmt::format("true in {} of futures", show::share_text(row.share));
    if (row.judgement == Judgement::fails) {
        const double low = row.claim->low / row.claim->unit_factor;
        const double high = row.claim->high / row.claim->unit_factor;
        if (row.p95 < low)
            text += ", recomputed lower throughout";
        else if (row.p05 > high)
            text += ", recomputed higher throughout";
        else if (row.p50 < low)
            text += ", recomputed mostly lower";
        else if (row.p50 > high)
            text += ", recomputed mostly higher";
    }
    if (exists < 1.0) text += fmt::format("; exists in {}", show::share_text(exists));
    return text;
}

AuditRow judge(const ScenarioModel& model, const engine::Sampler& sampler, const Claim& claim,
               const std::vector<double>& values, const Futures& futures) {
    AuditRow row{.claim = &claim, .p05 = none, .p50 = none, .p95 = none, .why = claim.why};
    std::vector<double> sorted;
    for (const double value : values)
        if (!std::isnan(value)) sorted.push_back(value / claim.unit_factor);
    if (sorted.empty()) {
        if (row.why.empty())
            row.why = claim.metric.empty() ? "the model has no such quantity" : "the value exists in no future";
        return row;
    }
    std::sort(sorted.begin(), sorted.end());
    row.p05 = quantile(sorted, 0.05);
    row.p50 = quantile(sorted, 0.5);
    row.p95 = quantile(sorted, 0.95);
    std::vector<bool> truth(values.size());
    std::size_t n_true = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        truth[i] = is_true(claim, values[i]);
        n_true += truth[i] ? 1U : 0U;
    }
    row.share = static_cast<double>(n_true) / static_cast<double>(values.size());
    row.judgement = row.share >= holds_from    ? Judgement::holds
                    : row.share >= fails_below ? Judgement::holds_if
                                               : Judgement::fails;
    row.why = where(row, static_cast<double>(sorted.size()) / static_cast<double>(values.size()));
    if (row.judgement == Judgement::holds_if)
        row.why += "; " + decider_text(model.loaded(), sampler, futures.scores, truth);
    if (!claim.why.empty()) row.why += " (" + claim.why + ")";
    return row;
}

} // namespace

std::string_view name_of(Judgement judgement) {
    switch (judgement) {
    case Judgement::holds: return "holds";
    case Judgement::holds_if: return "holds if";
    case Judgement::fails: return "fails";
    case Judgement::cannot_be_judged: return "cannot be judged";
    }
    return "";
}

std::vector<AuditRow> audit(const ScenarioModel& model, const AuditOptions& options) {
    const auto& claims = model.loaded().claims;
    const engine::Sampler sampler(model.inputs(), options.seed);
    std::vector<Look> looks;
    for (const auto& claim : claims)
        looks.push_back(look_of(model, claim));
    const auto futures = sample_futures(model, sampler, looks, options);
    std::vector<AuditRow> rows;
    for (std::size_t c = 0; c < claims.size(); ++c)
        rows.push_back(judge(model, sampler, claims[c], futures.values[c], futures));
    return rows;
}

} // namespace autarky::analysis

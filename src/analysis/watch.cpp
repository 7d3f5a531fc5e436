// autarky: values readings that are still to come.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/watch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "analysis/evidence.hpp"
#include "analysis/information_value.hpp"
#include "core/sorted_quantile.hpp"
#include "engine/normal_score.hpp"
#include "show/figure_text.hpp"

namespace autarky::analysis {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// Futures by weight, as many as are effective. Copies of one future stand where Decision judges them together, so that none is
/// judged by itself.
std::vector<std::size_t> effective_futures(const std::vector<double>& weights) {
    double squares = 0.0;
    for (const double weight : weights)
        squares += weight * weight;
    const auto picks = resampled(weights, static_cast<std::size_t>(std::floor((1.0 + 1e-9) / squares)));
    std::array<std::vector<std::size_t>, Decision::n_parts> parts;
    std::size_t distinct = 0;
    for (std::size_t k = 0; k < picks.size(); ++k) {
        if (k > 0 && picks[k] != picks[k - 1]) ++distinct;
        parts[distinct % parts.size()].push_back(picks[k]);
    }
    std::size_t rows = picks.size();
    for (const auto& part : parts)
        rows = std::min(rows, part.size());
    std::vector<std::size_t> out;
    for (std::size_t row = 0; row < rows; ++row)
        for (const auto& part : parts)
            out.push_back(part[row]);
    return out;
}

/// What is read where the truth is `truth`, with an error of its own for each place `k`. The errors are the same in every run:
/// quantiles of the normal distribution in the order of a golden-ratio sequence.
double reading_of(const Observation& reading, double truth, std::size_t k) {
    constexpr double golden = 0.61803398874989485;
    constexpr double inside = 1e-12; // a score belongs to what lies inside 0 to 1
    const double along = (static_cast<double>(k) + 0.5) * golden;
    const double error =
        reading.error * engine::normal_score(std::clamp(along - std::floor(along), inside, 1.0 - inside));
    return (reading.says == Says::relative ? truth * std::exp(error) : truth + error) + reading.bias;
}

/// Where going on and stopping are even, by the mean gain of going on in bins of equal count, made monotone (pool adjacent
/// violators) in the direction in which it goes with the reading.
struct Turn {
    bool is_there = false, stops_below = true;
    double at = 0.0, p_stop = 0.0;
};
Turn turn_of(const std::vector<double>& readings, const std::vector<double>& gain) {
    std::vector<std::size_t> order(readings.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return readings[a] < readings[b]; });
    double slope = 0.0;
    for (std::size_t k = 0; k < order.size(); ++k)
        slope += (static_cast<double>(k) - 0.5 * static_cast<double>(order.size() - 1)) * gain[order[k]];
    Turn out;
    out.stops_below = slope >= 0.0;
    if (!out.stops_below) std::reverse(order.begin(), order.end()); // from here on the gain rises along `order`
    struct Block {
        double sum, count;
        std::size_t end;
    };
    std::vector<Block> blocks;
    constexpr std::size_t bins = 32;
    for (std::size_t bin = 0; bin < bins; ++bin) {
        const std::size_t from = bin * order.size() / bins, to = (bin + 1) * order.size() / bins;
        Block next{0.0, static_cast<double>(to - from), to};
        for (std::size_t k = from; k < to; ++k)
            next.sum += gain[order[k]];
        while (!blocks.empty() && blocks.back().sum * next.count > next.sum * blocks.back().count) {
            next.sum += blocks.back().sum;
            next.count += blocks.back().count;
            blocks.pop_back();
        }
        blocks.push_back(next);
    }
    std::size_t stop = 0; // futures on the side that stops
    for (const auto& block : blocks)
        if (block.sum < 0.0) stop = block.end;
    if (stop == 0 || stop == order.size()) return out;
    out.is_there = true;
    out.at = 0.5 * (readings[order[stop - 1]] + readings[order[stop]]);
    out.p_stop = static_cast<double>(stop) / static_cast<double>(order.size());
    return out;
}

} // namespace

std::optional<std::size_t> quarter_of_run(const ScenarioModel& model, double date) {
    const auto quarter = quarter_of(date) - model.loaded().scenario.horizon.start;
    if (quarter < 0) return std::nullopt;
    return std::min(static_cast<std::size_t>(quarter), model.quarters().size() - 1);
}

std::string unreadable(const ScenarioModel& model, const Observation& reading, const Subject& about) {
    const auto& rows = model.inputs().rows;
    const bool has_row = reading.of.empty() || std::any_of(rows.begin(), rows.end(), [&](const Input& row) {
                             return row.path.starts_with(reading.of + ".");
                         });
    if (!has_row) return fmt::format("the scenario has no {}", reading.of);
    if (!reading.ended.empty()) return reading.ended;
    if (!about.why.empty()) return about.why;
    const auto quarters = static_cast<int>(model.quarters().size());
    return quarter_of(reading.known) - model.loaded().scenario.horizon.start >= quarters
               ? "its date lies outside of the horizon"
               : "";
}

WatchedReading watched_reading(const Observation& reading, const std::string& why, const std::vector<double>& truth,
                               const std::vector<double>& value, const std::vector<double>& so_far,
                               const std::vector<double>& weights) {
    WatchedReading out;
    out.watch = reading.watch;
    out.metric = reading.metric;
    out.date = reading.day;
    out.why = why;
    out.worth_usd = out.error_usd = out.bias_usd = out.p_turn = none;
    const auto futures = effective_futures(weights);
    constexpr std::size_t least = 256; // four bins of 64, and each judged by the rest of it
    if (out.why.empty() && !std::all_of(truth.begin(), truth.end(), [](double x) { return std::isfinite(x); }))
        out.why = "there is no such quantity then in some futures";
    if (out.why.empty() && futures.size() < least)
        out.why = fmt::format("{} effective futures are too few to value it: ask for more samples", futures.size());
    if (!out.why.empty()) return out;
    std::vector<double> reads, going_on, stopping, gain;
    for (std::size_t k = 0; k < futures.size(); ++k) {
        const auto i = futures[k];
        reads.push_back(reading_of(reading, truth[i], k));
        going_on.push_back(value[i]);
        stopping.push_back(so_far[i]);
        gain.push_back(value[i] - so_far[i]);
    }
    const Decision decision({going_on, stopping});
    const auto found = decision.partial_information(reads);
    out.error_usd = found.error;
    out.bias_usd = found.bias;
    const auto turn = turn_of(reads, gain);
    // Who would buy now and has to make until then for the reading may lose by it; nobody has to wait.
    const bool makes_now = decision.mean(0) > 0.0;
    const double now = makes_now ? decision.mean(0) : 0.0;
    const double with_reading = decision.mean(decision.best()) + found.value;
    out.worth_usd = turn.is_there ? std::max(with_reading - now, 0.0) : 0.0;
    std::sort(reads.begin(), reads.end());
    out.expected = span_text(reading, sorted_quantile(reads, 0.05), sorted_quantile(reads, 0.95));
    if (!(out.worth_usd > 0.0)) return out;
    const bool below = turn.stops_below == makes_now;
    out.turn =
        fmt::format("{} {} {}", makes_now ? "stop" : "go on", below ? "below" : "above", point_text(reading, turn.at));
    out.p_turn = makes_now ? turn.p_stop : 1.0 - turn.p_stop;
    return out;
}

} // namespace autarky::analysis

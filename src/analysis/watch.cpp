// autarky: values readings that are still to come.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/watch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "analysis/evidence.hpp"
#include "analysis/information_value.hpp"
#include "engine/normal_score.hpp"
#include "show/figure_text.hpp"

namespace autarky::analysis {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// Readings of the futures: the truth with an error of its own in each. The errors are the same in every run: quantiles of the
/// normal distribution in the order of a golden-ratio sequence.
std::vector<double> readings_of(const Observation& reading, const std::vector<double>& truth) {
    constexpr double golden = 0.61803398874989485;
    std::vector<double> out(truth.size());
    for (std::size_t i = 0; i < truth.size(); ++i) {
        const double along = (static_cast<double>(i) + 0.5) * golden;
        const double error =
            reading.error * engine::normal_score(std::clamp(along - std::floor(along), 1e-9, 1.0 - 1e-9));
        out[i] = reading.says == Says::relative ? truth[i] * std::exp(error) : truth[i] + error;
    }
    return out;
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

std::size_t quarter_of_run(const ScenarioModel& model, double date) {
    const auto last = static_cast<int>(model.quarters().size()) - 1;
    return static_cast<std::size_t>(std::clamp(quarter_of(date) - model.loaded().scenario.horizon.start, 0, last));
}

WatchedReading watched_reading(const Observation& reading, const Subject& about, const std::vector<double>& truth,
                               const std::vector<double>& value, const std::vector<double>& so_far,
                               const std::vector<double>& weights) {
    WatchedReading out;
    out.watch = reading.watch;
    out.metric = reading.metric;
    out.date = reading.day;
    out.why = reading.ended.empty() ? about.why : reading.ended;
    out.worth_usd = out.error_usd = out.bias_usd = out.p_turn = none;
    if (out.why.empty() && !std::all_of(truth.begin(), truth.end(), [](double x) { return std::isfinite(x); }))
        out.why = "there is no such quantity then in some futures";
    if (!out.why.empty()) return out;
    std::vector<double> reads, going_on, stopping, gain;
    const auto all = readings_of(reading, truth);
    for (const auto i : resampled(weights, truth.size())) {
        reads.push_back(all[i]);
        going_on.push_back(value[i]);
        stopping.push_back(so_far[i]);
        gain.push_back(value[i] - so_far[i]);
    }
    const Decision decision({going_on, stopping});
    const auto found = decision.partial_information(reads);
    const double now = std::max(decision.mean(0), 0.0);
    const double with_reading = std::max(decision.mean(decision.best()) + found.value, 0.0);
    out.worth_usd = std::max(with_reading - now, 0.0);
    out.error_usd = found.error;
    out.bias_usd = found.bias;
    const auto turn = turn_of(reads, gain);
    std::sort(reads.begin(), reads.end());
    const auto at = [&](double p) {
        return reads[static_cast<std::size_t>(p * static_cast<double>(reads.size() - 1))];
    };
    out.expected = span_text(reading, at(0.05), at(0.95));
    if (!turn.is_there) return out;
    out.turn = fmt::format("{} {}", turn.stops_below ? "stop below" : "stop above", point_text(reading, turn.at));
    out.p_turn = turn.p_stop;
    return out;
}

} // namespace autarky::analysis

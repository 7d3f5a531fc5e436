// autarky: finds the roots of the value over volume.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/break_even.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/samples.hpp"
#include "input/central.hpp"
#include "model/timeline.hpp"

namespace autarky::analysis {
namespace {

using Multipliers = std::array<double, n_multipliers>;

/// Where the value crosses zero between two multipliers.
double crossing(double a, double b, double at_a, double at_b) {
    const double share = at_a / (at_a - at_b);
    return std::exp(std::log(a) + share * (std::log(b) - std::log(a)));
}

/// Roots in ascending order; a value of exactly zero counts with what follows it.
std::vector<double> roots(const Multipliers& at, const std::array<double, n_multipliers>& value) {
    std::vector<double> out;
    for (std::size_t i = 0; i + 1 < n_multipliers; ++i)
        if ((value[i] < 0.0) != (value[i + 1] < 0.0)) out.push_back(crossing(at[i], at[i + 1], value[i], value[i + 1]));
    return out;
}

/// Lower order statistic of the smallest roots; futures without a root stand behind all others, null where one is hit.
std::optional<double> quantile(const std::vector<double>& sorted, std::size_t n, double p) {
    const auto rank = static_cast<std::size_t>(p * static_cast<double>(n));
    if (rank >= sorted.size()) return std::nullopt;
    return sorted[rank];
}

double mean_devices(const ScenarioModel& model) {
    const auto& s = model.loaded().scenario;
    if (s.vehicle.size() == 0) return 0.0;
    const auto& volume = s.vehicle[std::size_t{0}].volume;
    Series<double> central;
    central.dates = volume.dates;
    for (const auto& knot : volume.values)
        central.values.push_back(
            scenario::central_value(model.inputs().rows[static_cast<std::size_t>(knot.raw().input)].distribution));
    const model::Timeline time(s.horizon);
    double sum = 0.0;
    for (std::size_t q = 0; q < time.size(); ++q)
        sum += central.at(time.middle(q));
    return sum / static_cast<double>(time.size());
}

} // namespace

Multipliers break_even_multipliers() {
    constexpr double lowest = -6.0, highest = 3.0; // powers of two
    Multipliers out{};
    for (std::size_t i = 0; i < n_multipliers; ++i)
        out[i] = std::exp2(lowest + (highest - lowest) * static_cast<double>(i) / (n_multipliers - 1.0));
    return out;
}

BreakEvenAnswer break_even(const ScenarioModel& model, std::size_t samples, std::uint64_t seed, unsigned threads,
                           const std::function<bool(std::uint64_t, std::uint64_t)>& stop) {
    const auto at = break_even_multipliers();
    std::vector<ChangedCase> cases;
    for (const double multiplier : at)
        cases.push_back({{}, multiplier});
    const auto values = values_of_cases(model, cases, samples, seed, threads, stop);
    BreakEvenAnswer out;
    out.seed = seed;
    out.devices_a_year = mean_devices(model);
    std::array<double, n_multipliers> sum{}, positive{};
    std::vector<double> smallest;
    double none = 0.0;
    double always = 0.0;
    double several = 0.0;
    for (std::size_t i = 0; i < values.front().size(); ++i) {
        std::array<double, n_multipliers> value{};
        bool is_sound = true;
        for (std::size_t k = 0; k < n_multipliers; ++k) {
            value[k] = values[k][i];
            is_sound = is_sound && std::isfinite(value[k]);
        }
        if (!is_sound) {
            ++out.failed;
            continue;
        }
        ++out.samples;
        for (std::size_t k = 0; k < n_multipliers; ++k) {
            sum[k] += value[k];
            positive[k] += value[k] > 0.0 ? 1.0 : 0.0;
        }
        const auto found = roots(at, value);
        several += found.size() > 1 ? 1.0 : 0.0;
        if (!found.empty())
            smallest.push_back(found.front());
        else
            (value.front() < 0.0 ? none : always) += 1.0;
    }
    if (out.samples == 0) return out;
    const auto n = static_cast<double>(out.samples);
    out.none_share = none / n;
    out.always_share = always / n;
    out.several_share = several / n;
    std::sort(smallest.begin(), smallest.end());
    const auto counted = static_cast<std::size_t>(n - always);
    out.p05 = quantile(smallest, counted, 0.05);
    out.p50 = quantile(smallest, counted, 0.5);
    out.p95 = quantile(smallest, counted, 0.95);
    std::array<double, n_multipliers> mean{};
    for (std::size_t k = 0; k < n_multipliers; ++k) {
        mean[k] = sum[k] / n;
        out.points.push_back({at[k], mean[k], positive[k] / n});
    }
    if (const auto of_mean = roots(at, mean); !of_mean.empty()) out.of_mean = of_mean.front();
    return out;
}

} // namespace autarky::analysis

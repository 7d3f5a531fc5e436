// autarky: bands, claims and drivers in weighted futures.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/posterior.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string_view>

#include "analysis/audit.hpp"
#include "analysis/evidence.hpp"
#include "core/refuse.hpp"

namespace autarky::analysis {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// Quantiles over the futures in which it exists.
Band3 band_of(const std::vector<double>& values, const std::vector<double>& weights, double unit) {
    std::vector<std::size_t> order;
    double all = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i)
        if (std::isfinite(values[i])) {
            order.push_back(i);
            all += weights[i];
        }
    if (!(all > 0.0)) return {none, none, none};
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return values[a] < values[b]; });
    const auto at = [&](double p) { return weighted_quantile(values, order, weights, p * all) / unit; };
    return {at(0.05), at(0.50), at(0.95)};
}

ColumnSpan span_of(const ScenarioModel& model, const std::string& id, const std::optional<Quarter>& at) {
    const auto* metric = id.empty() ? nullptr : model.find(id);
    if (metric == nullptr) return {};
    if (!at || metric->count == 1) return {metric->first, metric->count};
    const auto found = std::find(model.quarters().begin(), model.quarters().end(), at->text());
    if (found == model.quarters().end()) return {};
    return {metric->first + static_cast<std::size_t>(found - model.quarters().begin()), 1};
}

double correlation(const InputMoments& moments, std::size_t row, const ValueMoments& value) {
    const double of_input = moments.square[row] - moments.mean[row] * moments.mean[row];
    const double of_value = value.square - value.mean * value.mean;
    if (!(of_input > 1e-18 * moments.square[row]) || !(of_value > 0.0)) return 0.0;
    return (moments.product[row] - moments.mean[row] * value.mean) / std::sqrt(of_input * of_value);
}

} // namespace

Lookout lookout_of(const ScenarioModel& model, const std::vector<std::string>& metrics, bool claims) {
    Lookout out;
    for (const auto& id : metrics) {
        const auto* metric = model.find(id);
        if (metric == nullptr) {
            std::vector<std::string_view> known;
            for (const auto& one : model.metrics())
                known.emplace_back(one.info.id);
            refuse_field("metric", "E0304", fmt::format("there is no metric '{}'", id), did_you_mean(id, known));
        }
        out.metrics.push_back(metric);
    }
    const auto& all = model.loaded().claims;
    for (std::size_t c = 0; claims && c < all.size(); ++c) {
        const bool is_plain = all[c].given.empty() && span_of(model, all[c].metric, all[c].at).count > 0 &&
                              (all[c].less.empty() || span_of(model, all[c].less, all[c].at).count > 0);
        if (is_plain) out.claims.push_back(c);
    }
    return out;
}

std::vector<ColumnSpan> spans_of(const ScenarioModel& model, const Lookout& look) {
    std::vector<ColumnSpan> out;
    for (const auto* metric : look.metrics)
        for (std::size_t q = 0; q < metric->count; ++q)
            out.push_back({metric->first + q, 1});
    for (const auto c : look.claims) {
        const auto& claim = model.loaded().claims[c];
        out.push_back(span_of(model, claim.metric, claim.at));
        out.push_back(span_of(model, claim.less, claim.at)); // of no columns: nothing is taken off
    }
    return out;
}

std::vector<LearnedBand> learned_bands(const ScenarioModel& model, const Lookout& look, const Seen& before,
                                       const Seen& after) {
    std::vector<LearnedBand> out;
    std::size_t figure = 0;
    for (const auto* metric : look.metrics)
        for (std::size_t q = 0; q < metric->count; ++q, ++figure) {
            const double unit = metric->info.unit_factor;
            out.push_back({metric->info.id, metric->count > 1 ? model.quarters()[q] : std::string(), metric->info.unit,
                           band_of((*before.figures)[figure], *before.weights, unit),
                           band_of((*after.figures)[figure], *after.weights, unit)});
        }
    return out;
}

std::vector<LearnedClaim> learned_claims(const ScenarioModel& model, const Lookout& look, const Seen& before,
                                         const Seen& after) {
    std::size_t figure = 0;
    for (const auto* metric : look.metrics)
        figure += metric->count;
    std::vector<LearnedClaim> out;
    for (const auto c : look.claims) {
        const auto& claim = model.loaded().claims[c];
        const auto share = [&](const Seen& seen) {
            const auto& value = (*seen.figures)[figure];
            const auto& less = (*seen.figures)[figure + 1];
            double sum = 0.0;
            for (std::size_t i = 0; i < value.size(); ++i)
                if (is_true(claim, value[i] - less[i])) sum += (*seen.weights)[i];
            return sum;
        };
        out.push_back({claim.id, claim.metric, claim.written, share(before), share(after)});
        figure += 2;
    }
    return out;
}

ValueMoments value_moments(const std::vector<double>& value, const std::vector<double>& weights) {
    ValueMoments out;
    for (std::size_t i = 0; i < value.size(); ++i) {
        out.mean += weights[i] * value[i];
        out.square += weights[i] * value[i] * value[i];
    }
    return out;
}

std::vector<LearnedDriver> learned_drivers(const ScenarioModel& model, const InputMoments& first,
                                           const ValueMoments& value_first, const InputMoments& second,
                                           const ValueMoments& value_second) {
    constexpr std::size_t most = 8;
    std::vector<LearnedDriver> all;
    for (std::size_t row = 0; row < model.inputs().rows.size(); ++row) {
        const auto& input = model.inputs().rows[row];
        if (input.stream < 0) continue;
        all.push_back({input.path, correlation(first, row, value_first), correlation(second, row, value_second)});
    }
    const auto weight = [](const LearnedDriver& d) { return std::max(std::fabs(d.before), std::fabs(d.after)); };
    std::stable_sort(all.begin(), all.end(), [&](const auto& a, const auto& b) { return weight(a) > weight(b); });
    std::vector<LearnedDriver> out;
    for (auto& one : all) {
        const auto series = std::string_view(one.input).substr(0, one.input.find('['));
        const bool is_told = std::any_of(out.begin(), out.end(), [&](const LearnedDriver& other) {
            return std::string_view(other.input).substr(0, other.input.find('[')) == series;
        });
        if (!is_told && out.size() < most) out.push_back(std::move(one)); // knots of one series move together
    }
    return out;
}

} // namespace autarky::analysis

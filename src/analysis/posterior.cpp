// autarky: bands, claims and drivers in weighted futures.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/posterior.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string_view>

#include "analysis/audit.hpp"
#include "analysis/weighted_quantile.hpp"
#include "core/refuse.hpp"

namespace autarky::analysis {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// Quantiles over the futures in which it exists.
Band3 band_of(const std::vector<double>& values, const std::vector<double>& weights, double unit) {
    const auto at = weighted_quantiles(values, weights, {0.05, 0.50, 0.95});
    if (at.empty()) return {none, none, none};
    return {at[0] / unit, at[1] / unit, at[2] / unit};
}

/// Whether claim `c` looks at columns that the model has.
bool has_columns(const ScenarioModel& model, std::size_t c) {
    const auto& claim = model.loaded().claims[c];
    return span_of(model, claim.metric, claim.at).count > 0 &&
           (claim.less.empty() || span_of(model, claim.less, claim.at).count > 0);
}

/// The claim with its condition; nothing where the model lacks what either looks at.
std::optional<LookedClaim> looked(const ScenarioModel& model, std::size_t c) {
    const auto& all = model.loaded().claims;
    LookedClaim out{c, {}, window_of(model, all[c])};
    if (!has_columns(model, c)) return std::nullopt;
    if (all[c].given.empty() || out.window.event != nullptr) return out;
    const auto other = std::find_if(all.begin(), all.end(), [&](const Claim& one) { return one.id == all[c].given; });
    const auto row = static_cast<std::size_t>(other - all.begin());
    if (other == all.end() || !has_columns(model, row)) return std::nullopt;
    out.given = row;
    return out;
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
    for (std::size_t c = 0; claims && c < model.loaded().claims.size(); ++c)
        if (const auto one = looked(model, c)) out.claims.push_back(*one);
    return out;
}

LookedFigures figures_of(const ScenarioModel& model, const Lookout& look) {
    LookedFigures out;
    for (const auto* metric : look.metrics)
        for (std::size_t q = 0; q < metric->count; ++q)
            out.spans.push_back({metric->first + q, 1});
    for (const auto& one : look.claims) {
        const auto add = [&](const Claim& claim) {
            out.spans.push_back(span_of(model, claim.metric, claim.at));
            out.spans.push_back(span_of(model, claim.less, claim.at)); // of no columns: nothing is taken off
        };
        const auto& all = model.loaded().claims;
        add(all[one.claim]);
        add(one.given ? all[*one.given] : Claim{});
        out.windows.push_back(one.window);
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

namespace {

/// The figures of one claim in weighted futures.
struct ClaimFigures {
    const Seen& seen;
    std::size_t first;  ///< figure of its metric; what is taken off and the two of the given claim follow
    std::size_t window; ///< figure of its event

    [[nodiscard]] double at(std::size_t figure, std::size_t future) const { return (*seen.figures)[figure][future]; }
    [[nodiscard]] bool counts(const LookedClaim& one, const std::vector<Claim>& all, std::size_t i) const {
        if (one.window.event != nullptr) return at(window, i) > 0.0;
        return !one.given || is_true(all[*one.given], at(first + 2, i) - at(first + 3, i));
    }
    /// Share of the futures that count in which the claim is true. NaN where fewer count than say something.
    [[nodiscard]] double share(const LookedClaim& one, const std::vector<Claim>& all) const {
        double truth = 0.0, judged = 0.0, squares = 0.0;
        for (std::size_t i = 0; i < seen.weights->size(); ++i) {
            if (!counts(one, all, i)) continue;
            const double weight = (*seen.weights)[i];
            judged += weight;
            squares += weight * weight;
            if (is_true(all[one.claim], at(first, i) - at(first + 1, i))) truth += weight;
        }
        const bool has_condition = one.given || one.window.event != nullptr;
        const bool says_something = judged * judged >= static_cast<double>(least_futures) * squares;
        return judged > 0.0 && (says_something || !has_condition) ? truth / judged : none;
    }
};

} // namespace

std::vector<LearnedClaim> learned_claims(const ScenarioModel& model, const Lookout& look, const Seen& before,
                                         const Seen& after) {
    constexpr std::size_t figures_a_claim = 4;
    std::size_t figure = 0;
    for (const auto* metric : look.metrics)
        figure += metric->count;
    std::size_t window = figure + figures_a_claim * look.claims.size();
    const auto& all = model.loaded().claims;
    std::vector<LearnedClaim> out;
    for (const auto& one : look.claims) {
        const auto share = [&](const Seen& seen) { return ClaimFigures{seen, figure, window}.share(one, all); };
        const auto& claim = all[one.claim];
        out.push_back({claim.id, claim.metric, claim.written, claim.given, share(before), share(after)});
        figure += figures_a_claim;
        ++window;
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

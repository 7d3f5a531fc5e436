// autarky: values the information behind a decision.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/worth.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "analysis/compare.hpp"
#include "analysis/driver_effects.hpp"
#include "analysis/information_value.hpp"
#include "analysis/samples.hpp"
#include "core/refuse.hpp"
#include "engine/sampler.hpp"
#include "input/support.hpp"

namespace autarky::analysis {
namespace {

constexpr std::size_t least_futures = 64;

/// The sum of a group's independent scores that goes most with the value. They are the correlated ones freed row by row.
std::vector<double> along_value(std::vector<std::vector<double>> scores, const std::vector<double>& factor,
                                const std::vector<double>& value) {
    const std::size_t n = scores.size(), futures = value.size();
    std::vector<double> out(futures, 0.0);
    double mean = 0.0;
    for (const double v : value)
        mean += v / static_cast<double>(futures);
    for (std::size_t row = 0; row < n; ++row) {
        const double own = factor[row * n + row];
        if (!(std::fabs(own) > 1e-9)) { // it follows from the members before it
            std::fill(scores[row].begin(), scores[row].end(), 0.0);
            continue;
        }
        double slope = 0.0;
        for (std::size_t i = 0; i < futures; ++i) {
            for (std::size_t k = 0; k < row; ++k)
                scores[row][i] -= factor[row * n + k] * scores[k][i];
            scores[row][i] /= own;
            slope += scores[row][i] * (value[i] - mean) / static_cast<double>(futures);
        }
        for (std::size_t i = 0; i < futures; ++i)
            out[i] += slope * scores[row][i];
    }
    return out;
}

InputWorth worth_of(const ScenarioModel& model, const engine::Sampler& sampler, const RankedDriver& driver,
                    const Decision& decision, const std::vector<std::size_t>& futures,
                    const std::vector<double>& value) {
    InputWorth out;
    out.name = driver.name;
    out.largest = driver.largest;
    out.members = driver.streams.size();
    out.share = driver.share;
    auto scores = scores_of(sampler, driver.streams, futures);
    std::vector<double> score = scores.front();
    for (const auto& group : model.inputs().groups)
        if (driver.is_group && group.name == driver.name) score = along_value(std::move(scores), group.factor, value);
    const auto found = decision.partial_information(score);
    out.worth_usd = found.value;
    out.error_usd = found.error;
    out.bias_usd = found.bias;
    out.low_usd = found.low;
    out.high_usd = found.high;
    return out;
}

bool is_of_luck(const Inputs& inputs, const RankedDriver& driver) {
    return std::any_of(inputs.rows.begin(), inputs.rows.end(), [&](const Input& row) {
        return row.stream == static_cast<int>(driver.streams.front()) && is_luck(row);
    });
}

ChoiceRegret regret_of(const Decision& decision, std::size_t choice, const char* name) {
    const auto found = decision.regret(choice);
    return {name, decision.mean(choice), found.mean, found.error, found.p95, found.largest, found.p_wrong};
}

/// The changes that move every own chip that tapes out after the decision by a year, and the chips.
ChangedCase a_year_later(const Inputs& inputs, std::vector<std::string>& chips) {
    const auto median = [&](const std::string& path) -> std::optional<double> {
        const auto rows = rows_of_path(inputs, path);
        if (rows.empty()) return std::nullopt;
        return engine::Quantile(inputs.rows[rows.front()].distribution).median();
    };
    const double decision = median("economy.decision_date").value();
    ChangedCase out;
    const auto move = [&](const std::string& path) {
        if (median(path) > decision) out.changes.push_back({rows_of_path(inputs, path), 1.0, InputChange::Kind::add});
        return median(path) > decision;
    };
    for (const auto path : paths_of(inputs)) {
        constexpr std::string_view first = "chip.", last = ".tapeout";
        if (!path.starts_with(first) || !path.ends_with(last)) continue;
        const std::string chip(path.substr(first.size(), path.size() - first.size() - last.size()));
        if (!move(std::string(path))) continue;
        move(fmt::format("chip.{}.design_start", chip)); // one under way goes on
        chips.push_back(chip);
    }
    return out;
}

std::optional<YearLater> compared(const std::vector<double>& now, const std::vector<double>& then,
                                  std::vector<std::string> chips) {
    YearLater out{.chips = std::move(chips)};
    std::vector<double> values, changes;
    std::vector<std::size_t> futures;
    for (std::size_t i = 0; i < then.size(); ++i) {
        const double change = then[i] - now[i];
        if (!std::isfinite(change)) continue;
        futures.push_back(i);
        values.push_back(then[i]);
        changes.push_back(change);
        out.p_make += then[i] > 0.0 ? 1.0 : 0.0;
    }
    if (out.chips.empty() || values.size() < 2) return std::nullopt;
    out.p_make /= static_cast<double>(values.size());
    out.mean_usd = spread_of(std::move(values), futures).mean;
    const auto change = spread_of(std::move(changes), futures);
    out.change_usd = change.mean;
    out.error_usd = change.standard_error;
    return out;
}

} // namespace

WorthAnswer worth(const ScenarioModel& model, const WorthRequest& asked, unsigned threads,
                  const std::function<bool(std::uint64_t, std::uint64_t)>& stop) {
    WorthAnswer out;
    out.scenario = model.loaded().name;
    out.variant = model.loaded().variant;
    out.wanted = asked.samples;
    out.seed = asked.seed;
    std::vector<std::string> waiting;
    const auto later = a_year_later(model.inputs(), waiting);
    const auto cases = values_of_cases(model, {{}, later}, asked.samples, asked.seed, threads, stop);
    const auto& all = cases.front();
    out.samples = all.size();
    std::vector<double> value;
    std::vector<std::size_t> futures;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (!std::isfinite(all[i])) continue;
        value.push_back(all[i]);
        futures.push_back(i);
    }
    out.failed = out.samples - std::min<std::uint64_t>(value.size(), out.samples);
    if (value.size() < least_futures)
        refuse_field("samples", "E0504",
                     fmt::format("{} of {} futures are good, too few to value information", value.size(), out.samples),
                     fmt::format("at least {}", least_futures));
    const Decision decision({value, std::vector<double>(value.size(), 0.0)}, futures, engine::usual_sampling);
    const auto perfect = decision.perfect_information();
    out.best = decision.best() == 0 ? "make" : "buy";
    out.mean_usd = decision.mean(0);
    out.perfect_usd = perfect.value;
    out.perfect_error_usd = perfect.error;
    out.choices = {regret_of(decision, 0, "make"), regret_of(decision, 1, "buy")};
    out.bins = decision.partial_information(value).bins;
    out.later = compared(all, cases.back(), std::move(waiting));
    const auto sampler = engine::sampler_of(model, asked.seed);
    for (const auto& driver :
         ranked_drivers(model, std::max<std::size_t>(out.samples, least_futures), asked.seed, threads)) {
        if (out.inputs.size() >= asked.most) break;
        if (!is_of_luck(model.inputs(), driver))
            out.inputs.push_back(worth_of(model, sampler, driver, decision, futures, value));
    }
    std::stable_sort(out.inputs.begin(), out.inputs.end(),
                     [](const InputWorth& a, const InputWorth& b) { return a.worth_usd > b.worth_usd; });
    return out;
}

} // namespace autarky::analysis

// autarky: judges orders and actions.
// SPDX-License-Identifier: Apache-2.0
#include "plan/decision.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "core/normal.hpp"
#include "core/normal_density.hpp"
#include "engine/normal_score.hpp"

namespace autarky::plan {
namespace {

/// Expected profit of an order `score` deviations above the mean.
double profit_of(const Newsvendor& o, double score) {
    const double order = o.mean + score * o.deviation;
    const double left_over = o.deviation * (score * normal_probability(score) + normal_density(score));
    return (o.price - o.cost) * order - (o.price - o.salvage) * left_over;
}

double mean_of(const std::vector<double>& values, const std::vector<double>& weights) {
    return std::inner_product(values.begin(), values.end(), weights.begin(), 0.0);
}

/// Row from 1 whose figure is highest; of equal ones the first.
std::size_t best_by(const std::vector<ActionWorth>& actions, const std::function<double(const ActionWorth&)>& figure) {
    const auto best = std::max_element(actions.begin(), actions.end(), [&](const ActionWorth& a, const ActionWorth& b) {
        return figure(a) < figure(b);
    });
    return best->action;
}

/// Of each state the best payoff of all actions.
std::vector<double> best_of_states(const PayoffTable& table) {
    auto out = table.payoff.front();
    for (const auto& row : table.payoff)
        for (std::size_t state = 0; state < out.size(); ++state)
            out[state] = std::max(out[state], row[state]);
    return out;
}

ActionWorth worth_of(const PayoffTable& table, std::size_t row, const std::vector<double>& best) {
    const auto& payoff = table.payoff[row];
    ActionWorth out;
    out.action = row + 1;
    const auto [worst, most] = std::minmax_element(payoff.begin(), payoff.end());
    out.worst = *worst;
    out.best = *most;
    out.hurwicz = table.optimism * *most + (1.0 - table.optimism) * *worst;
    out.laplace = std::accumulate(payoff.begin(), payoff.end(), 0.0) / static_cast<double>(payoff.size());
    std::vector<double> regret;
    for (std::size_t state = 0; state < payoff.size(); ++state) {
        regret.push_back(best[state] - payoff[state]);
        out.largest_regret = std::max(out.largest_regret, regret.back());
    }
    const bool is_known = !table.probability.empty();
    out.mean = is_known ? mean_of(payoff, table.probability) : std::nan("");
    out.mean_regret = is_known ? mean_of(regret, table.probability) : std::nan("");
    return out;
}

} // namespace

StepPlan manne(double a, double rate) {
    // u / (e^u - 1) falls from 1 to 0, so that its root is enclosed and halved out.
    double low = 0.0, high = 1.0;
    while (high / std::expm1(high) > a)
        high *= 2.0;
    constexpr int halvings = 200; // to the last bit
    for (int k = 0; k < halvings; ++k) {
        const double middle = 0.5 * (low + high);
        (middle / std::expm1(middle) > a ? low : high) = middle;
    }
    const double u = 0.5 * (low + high);
    const auto cost = [a](double lump) { return std::pow(lump, a) / -std::expm1(-lump); };
    return {u, u / rate, cost(0.5 * u) / cost(u) - 1.0, cost(2.0 * u) / cost(u) - 1.0};
}

NewsvendorWorth newsvendor(const Newsvendor& o) {
    NewsvendorWorth out;
    out.fractile = (o.price - o.cost) / (o.price - o.salvage);
    const double score = engine::normal_score(out.fractile);
    out.order = o.mean + score * o.deviation;
    out.profit = profit_of(o, score);
    out.below_zero = normal_probability(-o.mean / o.deviation);
    out.profit_of_mean_order = profit_of(o, 0.0);
    out.profit_with_perfect_information = (o.price - o.cost) * o.mean;
    out.evpi = out.profit_with_perfect_information - out.profit;
    return out;
}

PayoffWorth judge(const PayoffTable& table) {
    PayoffWorth out;
    const auto best = best_of_states(table);
    for (std::size_t row = 0; row < table.payoff.size(); ++row)
        out.actions.push_back(worth_of(table, row, best));
    out.maximin = best_by(out.actions, [](const ActionWorth& a) { return a.worst; });
    out.maximax = best_by(out.actions, [](const ActionWorth& a) { return a.best; });
    out.hurwicz = best_by(out.actions, [](const ActionWorth& a) { return a.hurwicz; });
    out.laplace = best_by(out.actions, [](const ActionWorth& a) { return a.laplace; });
    out.minimax_regret = best_by(out.actions, [](const ActionWorth& a) { return -a.largest_regret; });
    out.mean_with_perfect_information = out.evpi = std::nan("");
    if (table.probability.empty()) return out;
    out.emv = best_by(out.actions, [](const ActionWorth& a) { return a.mean; });
    out.mean_with_perfect_information = mean_of(best, table.probability);
    out.evpi = out.mean_with_perfect_information - out.actions[out.emv - 1].mean;
    return out;
}

} // namespace autarky::plan

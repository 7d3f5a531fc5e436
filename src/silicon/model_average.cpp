// autarky: how much of an answer is the choice of the yield model.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/model_average.hpp"

namespace autarky::silicon {

ModelChoice model_choice(std::span<const double> results, std::span<const double> weights, std::size_t n_draws) {
    ModelChoice choice;
    double total_weight = 0.0;
    for (std::size_t model = 0; model < weights.size(); ++model) {
        const auto draws = results.subspan(model * n_draws, n_draws);
        for (const double x : draws)
            choice.mean += weights[model] * x;
        total_weight += weights[model] * static_cast<double>(n_draws);
    }
    choice.mean /= total_weight;
    double between = 0.0;
    for (std::size_t model = 0; model < weights.size(); ++model) {
        const auto draws = results.subspan(model * n_draws, n_draws);
        double mean = 0.0;
        for (const double x : draws) {
            mean += x / static_cast<double>(n_draws);
            choice.variance += weights[model] * (x - choice.mean) * (x - choice.mean);
        }
        between += weights[model] * static_cast<double>(n_draws) * (mean - choice.mean) * (mean - choice.mean);
    }
    choice.variance /= total_weight;
    choice.share_of_model = choice.variance > 0.0 ? between / total_weight / choice.variance : 0.0;
    return choice;
}

} // namespace autarky::silicon

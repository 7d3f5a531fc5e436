// autarky: finds the inputs that the reports moved.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/moved_inputs.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

namespace autarky::analysis {

std::vector<MovedInput> moved_inputs(const ScenarioModel& model, const InputMoments& first, const InputMoments& second,
                                     double effective) {
    // Chance moves the mean of so many effective futures by one over their root; of hundreds of inputs some move threefold.
    const double notable = std::max(0.1, 4.0 / std::sqrt(effective));
    constexpr std::size_t most = 8;
    std::vector<MovedInput> out;
    for (std::size_t row = 0; row < first.mean.size(); ++row) {
        const auto& input = model.inputs().rows[row];
        const double sd = std::sqrt(std::max(first.square[row] - first.mean[row] * first.mean[row], 0.0));
        if (input.stream < 0 || !(sd > 1e-9 * std::fabs(first.mean[row]))) continue;
        const double moved = (second.mean[row] - first.mean[row]) / sd;
        if (std::fabs(moved) >= notable)
            out.push_back({input.path, input.unit, first.mean[row] / input.unit_factor,
                           second.mean[row] / input.unit_factor, moved});
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const auto& a, const auto& b) { return std::fabs(a.moved) > std::fabs(b.moved); });
    // The knots of one series move together: the one that moved most stands for them.
    std::vector<MovedInput> kept;
    for (auto& one : out) {
        const auto series = std::string_view(one.input).substr(0, one.input.find('['));
        const bool is_told = std::any_of(kept.begin(), kept.end(), [&](const MovedInput& other) {
            return std::string_view(other.input).substr(0, other.input.find('[')) == series;
        });
        if (!is_told && kept.size() < most) kept.push_back(std::move(one));
    }
    return kept;
}

} // namespace autarky::analysis

// autarky: the record of the written reading: what is behind a step, and all steps anew.
// SPDX-License-Identifier: Apache-2.0
#include "core/written.hpp"

#include <numeric>

#include "core/replay.hpp"

namespace autarky {

Working& Working::current() {
    thread_local Working working;
    return working;
}

std::vector<std::int32_t> Working::behind(std::span<const std::int32_t> steps) const {
    std::vector<bool> is_needed(steps_.size(), false);
    for (const auto step : steps)
        if (step >= 0) is_needed[static_cast<std::size_t>(step)] = true;
    for (std::size_t i = steps_.size(); i-- > 0;) {
        if (!is_needed[i]) continue;
        for (const auto& operand : steps_[i].of)
            if (operand.step >= 0) is_needed[static_cast<std::size_t>(operand.step)] = true;
    }
    std::vector<std::int32_t> out;
    for (std::size_t i = 0; i < steps_.size(); ++i)
        if (is_needed[i]) out.push_back(static_cast<std::int32_t>(i));
    return out;
}

std::vector<double> Working::repeated(std::span<const double> inputs) const {
    std::vector<std::int32_t> all(steps_.size());
    std::iota(all.begin(), all.end(), 0);
    return Replay(*this, all).values(inputs);
}

} // namespace autarky

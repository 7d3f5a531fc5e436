// autarky: frontiers of cost against risk: their weights, which plans stand on them, and how far a study is.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include "plan/wafer_plan.hpp"

namespace autarky::plan {

/// Weights of the mean of the worst futures, of the plans of a frontier.
inline constexpr std::array frontier_weights{0.0, 0.3, 1.0, 3.0, 10.0};

/// What a study has done of its programme, plan, worth of more, fresh futures and frontiers.
class Steps {
public:
    Steps(const WaferPlanRequest& request, std::size_t frontiers)
        : request_(request), of_(4 + frontiers * frontier_weights.size()) {
        tell();
    }
    void next() {
        ++done_;
        tell();
    }

private:
    void tell() const {
        if (request_.progress) request_.progress(done_, of_);
    }

    const WaferPlanRequest& request_;
    std::size_t of_, done_ = 0;
};

/// Says of each plan whether another one is cheaper in one way and dearer in none, by more than plans are told apart.
inline void mark_pareto(std::vector<FrontierPoint>& all, double gap) {
    const auto is_less = [gap](double a, double b) { return a < b - gap * std::fabs(b); };
    for (auto& one : all)
        one.is_pareto = std::none_of(all.begin(), all.end(), [&](const FrontierPoint& other) {
            return (is_less(other.mean, one.mean) && !is_less(one.tail, other.tail)) ||
                   (is_less(other.tail, one.tail) && !is_less(one.mean, other.mean));
        });
}

} // namespace autarky::plan

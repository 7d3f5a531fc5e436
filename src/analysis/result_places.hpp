// autarky: where the columns of a model stand in a trajectory, metric by metric, quarter by quarter.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "model/metrics.hpp"

namespace autarky::analysis {

/// Addresses in the order of ScenarioModel::columns(). They stay valid as long as the trajectory's storage does.
template <class R> std::vector<const R*> result_places(const model::Trajectory<R>& trajectory) {
    std::vector<const R*> places;
    const std::size_t n = trajectory.quarters.size();
    for (std::size_t q = 0; q < n; ++q) {
        const auto values = model::quarter_values(trajectory.quarters[q]);
        places.resize(values.size() * n);
        for (std::size_t m = 0; m < values.size(); ++m)
            places[m * n + q] = values[m];
    }
    for (const auto* scalar : model::scalar_values(trajectory))
        places.push_back(scalar);
    return places;
}

} // namespace autarky::analysis

// autarky: one sample in the written reading.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/written_case.hpp"

#include "model/simulate_written.hpp"

#include "analysis/result_places.hpp"

namespace autarky::analysis {

WrittenCase::WrittenCase(const ScenarioModel& model, const std::vector<double>& values) {
    const auto trajectory = model::simulate_written(model.loaded().scenario, values);
    for (const auto* place : result_places(trajectory))
        results_.push_back(*place);
}

WrittenCase::~WrittenCase() { Working::current().clear(); }

} // namespace autarky::analysis

// autarky: one sample in the traced reading: its values, and the derivative of a result by every input.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "analysis/scenario_model.hpp"
#include "core/traced.hpp"
#include "model/bound_scenario.hpp"
#include "model/simulate.hpp"

namespace autarky::analysis {

/// Which inputs become leaves of the tape.
enum class Leaves {
    uncertain, ///< constants stay plain numbers: the smallest tape, for gradients
    all,       ///< every number of the scenario, for explanations
};

/// The simulation of one sample with a record of all its operations.
/// Invariant: it owns the tape of its thread; one case at a time lives in a thread, and it stays in that thread.
class TracedCase {
public:
    /// `values`: one a row of Inputs::rows, in base units.
    TracedCase(const ScenarioModel& model, const std::vector<double>& values, Leaves leaves);
    TracedCase(const TracedCase&) = delete;
    TracedCase& operator=(const TracedCase&) = delete;
    ~TracedCase();

    /// A column of the model.
    [[nodiscard]] const Traced& result(std::size_t column) const { return *results_[column]; }
    /// Derivative of a column by every input, base units by base units; 0 for inputs that are no leaves.
    [[nodiscard]] std::vector<double> gradient(std::size_t column) const;
    [[nodiscard]] const Tape& tape() const { return Tape::current(); }

private:
    std::size_t n_inputs_;
    model::BoundScenario<Traced> bound_;
    model::Simulation<Traced> simulation_;
    std::vector<const Traced*> results_;
};

} // namespace autarky::analysis

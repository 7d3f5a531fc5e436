// autarky: runs the simulation in the traced reading.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/traced_case.hpp"

#include "analysis/result_places.hpp"

namespace autarky::analysis {

TracedCase::TracedCase(const ScenarioModel& model, const std::vector<double>& values, Leaves leaves)
    : n_inputs_(values.size()), bound_(model.loaded().scenario), simulation_(bound_.scenario()) {
    auto& tape = Tape::current();
    tape.clear();
    const auto& rows = model.inputs().rows;
    bound_.set([&](std::size_t row) {
        const double value = values[row];
        if (leaves == Leaves::uncertain && rows[row].stream < 0) return Traced(value);
        return Traced(value, tape.push_input(value, static_cast<std::int32_t>(row)));
    });
    results_ = result_places(simulation_.run());
}

TracedCase::~TracedCase() { Tape::current().clear(); }

std::vector<double> TracedCase::gradient(std::size_t column) const {
    return tape().gradient(result(column).node, n_inputs_);
}

} // namespace autarky::analysis

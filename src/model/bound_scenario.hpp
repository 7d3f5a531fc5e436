// autarky: a scenario whose numbers come from the table of inputs, in any reading.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "scenario/computed.hpp"
#include "scenario/slots.hpp"
#include "scenario/successors.hpp"

namespace autarky::model {

/// A scenario in reading R whose numbers can be set from the table of inputs.
template <class R> class BoundScenario {
public:
    explicit BoundScenario(const Scenario<Uncertain>& from) : slots_(slots_of(from, scenario_)) {}
    BoundScenario(const BoundScenario&) = delete;
    BoundScenario& operator=(const BoundScenario&) = delete;

    /// Sets every number from `value(input row)`.
    template <class Value> void set(Value&& value) {
        for (const auto& slot : slots_)
            *slot.to = value(static_cast<std::size_t>(slot.input));
        compute();
    }
    /// Computes what follows from the numbers that were set, after some of them changed.
    void compute() {
        compute_chips(scenario_);
        repeat_generations(scenario_);
    }
    /// Where the numbers stand, for callers that set only some of them again.
    [[nodiscard]] const std::vector<Slot<R>>& slots() const { return slots_; }
    [[nodiscard]] const Scenario<R>& scenario() const { return scenario_; }

private:
    Scenario<R> scenario_;
    std::vector<Slot<R>> slots_;
};

} // namespace autarky::model

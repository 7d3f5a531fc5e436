// autarky: a scenario whose numbers come from the table of inputs, in any reading.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "scenario/computed.hpp"
#include "scenario/scenario.hpp"
#include "scenario/successors.hpp"

namespace autarky::model {

/// A scenario in reading R whose numbers can be set from the table of inputs.
template <class R> class BoundScenario {
public:
    explicit BoundScenario(const Scenario<Uncertain>& from) {
        scenario_.computed = from.computed;
        scenario_.packed = from.packed;
        map_reading(from, scenario_, [this](const Uncertain& leaf, R& to) { slots_.push_back({&to, leaf.input}); });
    }
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
    struct Slot {
        R* to;
        int input;
    };
    /// Where the numbers stand, for callers that set only some of them again.
    [[nodiscard]] const std::vector<Slot>& slots() const { return slots_; }
    [[nodiscard]] const Scenario<R>& scenario() const { return scenario_; }

private:
    Scenario<R> scenario_;
    std::vector<Slot> slots_;
};

} // namespace autarky::model

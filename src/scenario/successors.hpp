// autarky: generations after the last chip: each repeats the one before it at a cadence, better by a factor.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formula.hpp"
#include "core/real.hpp"
#include "scenario/scenario.hpp"

namespace autarky {

inline constexpr Formula successor_date_formula{"programme.successor", "Tape-out of a further generation",
                                                "tape-out of the one before + cadence", "Autarky"};

/// Adds a chip and its allocations for each row of `successor`: copies of the last chip, to be changed sample by sample.
inline void add_generations(Scenario<Uncertain>& s) {
    if (s.chip.size() == 0) return;
    const int last = static_cast<int>(s.chip.size()) - 1;
    const std::size_t n_allocations = s.allocation.size();
    for (std::size_t i = 0; i < s.successor.size(); ++i) {
        const int added = static_cast<int>(s.chip.size());
        s.chip.names.push_back(s.successor.names[i]);
        s.chip.rows.push_back(s.chip.rows[static_cast<std::size_t>(last)]);
        for (std::size_t a = 0; a < n_allocations; ++a) {
            if (s.allocation[a].chip.index != last) continue;
            auto row = s.allocation[a];
            row.chip.index = added;
            s.allocation.names.push_back(s.allocation.names[a] + " for " + s.successor.names[i]);
            s.allocation.rows.push_back(row);
        }
    }
}

/// Writes each further generation of one sample from the one before it.
template <class R> void repeat_generations(Scenario<R>& s) {
    const std::size_t first = s.chip.size() - s.successor.size();
    for (std::size_t i = 0; i < s.successor.size(); ++i) {
        const auto& by = s.successor[i];
        const auto& before = s.chip[first + i - 1];
        auto& chip = s.chip[first + i];
        // What may be computed sample by sample is that of the generation before.
        chip.width = before.width;
        chip.height = before.height;
        chip.precision = before.precision;
        chip.utilisation_ratio = before.utilisation_ratio;
        chip.throughput = before.throughput * by.throughput_gain;
        chip.memory_bandwidth = before.memory_bandwidth * by.bandwidth_gain;
        chip.memory = before.memory * by.memory_gain;
        chip.power = before.power * by.power_gain;
        const R years = by.cadence.raw();
        chip.design_start.year = before.design_start.year + years;
        chip.tapeout.year = named(successor_date_formula, R(before.tapeout.year + years),
                                  arg("tape-out before", before.tapeout.year), arg("cadence", by.cadence));
        for (auto member :
             {&foundry::Chip<R>::design_cost, &foundry::Chip<R>::architecture_cost, &foundry::Chip<R>::rtl_cost,
              &foundry::Chip<R>::verification_cost, &foundry::Chip<R>::software_cost, &foundry::Chip<R>::respin_cost})
            chip.*member = before.*member * by.cost;
        chip.cancellation_hazard = by.cancellation_hazard;
        chip.cancellation_luck = by.cancellation_luck;
    }
}

} // namespace autarky

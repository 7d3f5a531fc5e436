// autarky: short circuits of a feeder, in words and figures.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "grid/feeder/feeder_document.hpp"
#include "grid/feeder/power_flow.hpp"

namespace autarky::grid {

/// What the currents of a short circuit are by: power-grid-model's reading of IEC 60909.
inline constexpr std::string_view short_circuit_convention =
    "initial symmetrical currents by IEC 60909 as power-grid-model has it: voltage factor 1.10 for the largest "
    "currents, for the "
    "smallest 0.95 (1.00 where the source is above 1 kV); loads and generators take no part, shunts do; lines at the "
    "resistance of "
    "the file, without the final temperature that other programs add for the smallest";

struct FaultCurrent {
    int id = 0;
    std::optional<int> node; ///< of the file; a batch may move it
    std::string_view type;   ///< of the file: "three phases", ...; empty when it does not say
    std::array<double, 3> ampere{}, angle_rad{};
    [[nodiscard]] double highest() const;
};

/// Faults of a scenario in the order of the feeder; those that are off have no current (nan).
std::vector<FaultCurrent> fault_currents(const FlowResult& result, std::size_t scenario, const FeederDocument& feeder);

} // namespace autarky::grid

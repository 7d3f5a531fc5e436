// autarky: which fields every element of a feeder must have, and in which range they make sense.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "core/diagnostics.hpp"

namespace autarky::grid {

/// How a feeder is going to be solved: decides which of its fields are needed.
struct FeederUse {
    bool by_phase = false;      ///< zero-sequence values are needed
    bool updated = false;       ///< a batch may bring the set points (u_ref, p_specified, q_specified)
    bool short_circuit = false; ///< faults are needed, loads' powers are not
};

/// Findings: a field that is missing, empty or out of its range, each said once with the number of like cases.
/// `data` holds lists of objects by component.
void check_feeder_fields(const nlohmann::json& data, const std::string& file, FeederUse use, Diagnostics& findings);

} // namespace autarky::grid

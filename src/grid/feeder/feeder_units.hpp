// autarky: what only together makes no sense of a feeder's lines, transformers and regulators.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/diagnostics.hpp"
#include "grid/feeder/feeder_document.hpp"

namespace autarky::grid {

/// Findings: branches without impedance, losses over impedance, voltages in another unit, regulators of nothing (errors);
/// taps beyond their ends (warnings).
void check_feeder_units(const FeederDocument& feeder, const std::string& file, Diagnostics& findings);

/// Components that a calculation passes over, each said with its number (W0412): measurements always, faults in a power flow,
/// regulators in a short circuit.
void say_idle_components(const FeederDocument& feeder, bool short_circuit, const std::string& file,
                         Diagnostics& findings);

} // namespace autarky::grid

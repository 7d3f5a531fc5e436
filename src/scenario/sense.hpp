// autarky: whether a scenario that reads makes sense: places, needs, terms, dates, values that nobody ever saw.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/diagnostics.hpp"
#include "input/inputs.hpp"
#include "input/node.hpp"
#include "scenario/load.hpp"
#include "scenario/scenario.hpp"

namespace autarky {

/// Findings about numbers that are each possible and make no sense together. Numbers that follow from an accelerator or
/// a workload are not known yet and are left out.
void check_sense(const Scenario<Uncertain>& scenario, const Inputs& inputs, const scenario::Node& root,
                 const scenario::Texts& texts, Diagnostics& diagnostics);

/// Whether each chip gives something of all that the devices need; after what is computed of chips is known.
void check_service(const Scenario<Uncertain>& scenario, const Inputs& inputs, const scenario::Node& root,
                   const scenario::Texts& texts, Diagnostics& diagnostics);

/// Whether any vehicle or robot can be sold within the horizon; without one there is nothing to give a verdict on.
bool has_devices(const Scenario<Uncertain>& scenario, const Inputs& inputs);
inline bool has_devices(const Loaded& loaded) { return has_devices(loaded.scenario, loaded.inputs); }

} // namespace autarky

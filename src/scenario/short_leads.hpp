// autarky: warns of lead times that the model's pipeline of transformers cannot follow.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/diagnostics.hpp"
#include "scenario/inputs.hpp"
#include "scenario/scenario.hpp"

namespace autarky {

/// A warning for each grid whose middle lead time is under the year that the pipeline of four quarterly stages takes at
/// least: the model counts it as a year.
void warn_of_short_leads(const Scenario<Uncertain>& scenario, const Inputs& inputs, Diagnostics& diagnostics);

} // namespace autarky

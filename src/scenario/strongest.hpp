// autarky: the inputs that matter most to the value of bundled scenarios.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace autarky::scenario {

/// Names of streams, strongest first: Inputs::strongest of every scenario.
std::vector<std::string> strongest_inputs();

} // namespace autarky::scenario

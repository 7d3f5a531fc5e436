// autarky: draws a world's deliveries with and without an event.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "analysis/stress.hpp"

namespace autarky::analysis {

/// Devices delivered a quarter, means, in both worlds. `what` and `about` are two lines of words.
std::string stress_svg(const StressedCase& of, const std::string& what, const std::string& about);

} // namespace autarky::analysis

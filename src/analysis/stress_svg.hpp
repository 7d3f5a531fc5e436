// autarky: draws a world's deliveries with and without an event.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "analysis/stress.hpp"

namespace autarky::analysis {

/// Devices delivered a quarter, means, in both worlds. `what` and `about` are two lines of words; `days` are quarters in
/// which something happens.
std::string stress_svg(const StressedCase& of, const std::string& what, const std::string& about,
                       const std::vector<std::string>& days);

} // namespace autarky::analysis

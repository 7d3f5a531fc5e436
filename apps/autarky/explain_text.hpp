// autarky: an explanation for a reader.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "analysis/explain.hpp"

namespace autarky::cli {

std::string explain_text(const analysis::ScenarioModel& model, const analysis::Explanation& explanation);

} // namespace autarky::cli

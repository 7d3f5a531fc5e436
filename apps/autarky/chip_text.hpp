// autarky: the results of the command `chip` as tables and as JSON.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "analysis/design_chip.hpp"

namespace autarky::cli {

std::string chip_text(const analysis::ChipReport& report, bool per_layer);
std::string chip_json(const analysis::ChipReport& report);

} // namespace autarky::cli

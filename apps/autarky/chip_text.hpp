// autarky: the results of the command `chip` as tables and as JSON.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "design/chip.hpp"

namespace autarky::cli {

std::string chip_text(const design::ChipReport& report, bool per_layer);
std::string chip_json(const design::ChipReport& report);

} // namespace autarky::cli

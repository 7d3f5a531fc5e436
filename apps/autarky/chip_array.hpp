// autarky: the command `chip` on one bare array: exact cycles of a network.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "autarky/exit.hpp"

namespace autarky::cli {

struct ArrayOptions {
    std::string array, dataflow, layers, as;
    std::vector<std::string> dimensions;
    bool json = false;
};

Exit chip_array(const ArrayOptions& options);

} // namespace autarky::cli

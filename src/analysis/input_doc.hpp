// autarky: the meaning of an input, from the description of its entity.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace autarky::analysis {

/// "Foundry price of one processed wafer" for "process.sf2.wafer_price" or one of its knots; empty when there is none.
std::string_view input_doc(std::string_view path);

} // namespace autarky::analysis

// autarky: the base units of a dimension, in which values of that dimension are kept.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/dim.hpp"

namespace autarky::show {

/// A product of base units with exponents: "USD*mm/year^2"; "1" of a plain number.
std::string base_unit(const Dim& dim);

} // namespace autarky::show

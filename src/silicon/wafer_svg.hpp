// autarky: a drawing of a wafer: dies, fields, edge, notch, and a sample of defects.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "silicon/die_study.hpp"

namespace autarky::silicon {

/// The wafer of a study as a self-contained SVG document: the optimised packing, the fields of the fewest shots, and, when
/// a defect density is given, one draw of clustered defects: the number on a die is negative binomial, as in the yield.
/// The same study and seed give the same text.
std::string wafer_svg(const DieResult& result, std::uint64_t seed);

} // namespace autarky::silicon

// autarky: the exact packing of every die of a scenario, computed once when it is loaded.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "input/inputs.hpp"
#include "scenario/scenario.hpp"
#include "silicon/packing_scale.hpp"

namespace autarky {

/// One chip at one site.
struct PackedDie {
    silicon::PackingScale scale; ///< exact packing over the closed form, at the median of the sides
    bool is_uncertain = false;   ///< a side has a range: the closed form gives the slope, the residual is measured
};
struct PackedDies {
    std::vector<PackedDie> rows; ///< as the allocations
};

/// Packs every allocation's die and ties the closed form to it. A die that fits no field, more spare units than units and
/// units larger than the die are findings that name the field.
void prepare_packed(Scenario<Uncertain>& scenario, const Inputs& inputs, Diagnostics& diagnostics);

} // namespace autarky

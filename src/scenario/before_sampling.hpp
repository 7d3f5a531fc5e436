// autarky: which numbers of a scenario are read when it is loaded, for work that is done once and not anew in each sample.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "scenario/scenario.hpp"

namespace autarky {

/// Rows of inputs, ascending: the sides of packed dies and the wafers that they are packed on; what networks are laid on.
/// A result may follow such a number in another way than a scenario that is loaded with it.
std::vector<std::size_t> read_before_sampling(const Scenario<Uncertain>& scenario);

} // namespace autarky

// autarky: a process of the catalogue as the surroundings of a die.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "autarky/die_input.hpp"

namespace autarky::cli {

/// Fills wafer, yield, price and masks of `die` with the medians of a process of the catalogue at a date (default: the later
/// of its price date and its start of learning), and the request's densities with draws of its learning curve.
/// Names are compared without regard to case. Throws InputError for an unknown process and a date that is none.
void take_process(const std::string& name, const std::optional<std::string>& date, std::uint64_t seed,
                  silicon::DieInput& die, DieRequest& request);

} // namespace autarky::cli

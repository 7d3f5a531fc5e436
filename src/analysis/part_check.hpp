// autarky: head and state of a part are one description.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "analysis/part.hpp"

namespace autarky::analysis {

/// Throws engine::StateError when the head of a part is not that of its state: other scenario, quarters, metrics, units or
/// drivers. Checksums do not tell: a file may be put together from two.
void require_one_description(const Part& part);

/// Why two heads are not of one run; empty when they are.
std::string difference(const Frame& one, const Frame& other);

} // namespace autarky::analysis

// autarky: whether a condition holds anywhere, for what need not be computed where it holds nowhere.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/real.hpp"

namespace autarky {

/// Whether a condition holds in any lane: a term that is zero everywhere need not be computed.
inline bool some(bool condition) { return condition; }
inline bool some(const LaneMask& condition) { return condition.bits() != 0; }

} // namespace autarky

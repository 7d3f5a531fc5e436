// autarky: what must hold between the numbers of a state.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/state.hpp"

namespace autarky::engine {

/// Throws StateError when the numbers of a state contradict one another: a file may have a right checksum and still come
/// from something that never ran.
void require_consistent(const State& state);

} // namespace autarky::engine

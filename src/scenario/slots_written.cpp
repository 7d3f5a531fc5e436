// autarky: the numbers of a scenario in the reading "Written".
// SPDX-License-Identifier: Apache-2.0
#include "core/written_real.hpp"
#include "scenario/find_slots.hpp"

namespace autarky {

template std::vector<Slot<Written>> slots_of(const Scenario<Uncertain>& from, Scenario<Written>& to);

} // namespace autarky

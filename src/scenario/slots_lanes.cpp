// autarky: the numbers of a scenario in the reading "Lanes".
// SPDX-License-Identifier: Apache-2.0
#include "scenario/find_slots.hpp"

namespace autarky {

template std::vector<Slot<Lanes>> slots_of(const Scenario<Uncertain>& from, Scenario<Lanes>& to);

} // namespace autarky

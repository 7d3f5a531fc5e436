// autarky: the numbers of a scenario in the reading "Traced".
// SPDX-License-Identifier: Apache-2.0
#include "scenario/find_slots.hpp"

namespace autarky {

template std::vector<Slot<Traced>> slots_of(const Scenario<Uncertain>& from, Scenario<Traced>& to);

} // namespace autarky

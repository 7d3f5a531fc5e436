// autarky: the numbers of a scenario in the reading "double".
// SPDX-License-Identifier: Apache-2.0
#include "scenario/find_slots.hpp"

namespace autarky {

template std::vector<Slot<double>> slots_of(const Scenario<Uncertain>& from, Scenario<double>& to);

} // namespace autarky

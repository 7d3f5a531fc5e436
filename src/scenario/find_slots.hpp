// autarky: finds the numbers of a scenario; only for the files that instantiate it, one a reading.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/slots.hpp"

namespace autarky {

template <class R> std::vector<Slot<R>> slots_of(const Scenario<Uncertain>& from, Scenario<R>& to) {
    std::vector<Slot<R>> out;
    to.computed = from.computed;
    to.packed = from.packed;
    map_reading(from, to, [&out](const Uncertain& leaf, R& number) { out.push_back({&number, leaf.input}); });
    return out;
}

} // namespace autarky

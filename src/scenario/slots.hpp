// autarky: where the numbers of a scenario in some reading stand, each with the input that it is read from.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "scenario/scenario.hpp"

namespace autarky {

struct Written;

/// A number of a scenario, and its row of the table of inputs.
template <class R> struct Slot {
    R* to;
    int input;
};

/// Copies to `to` all of a scenario that is no number, and lists its numbers. They are good as long as `to` stays where it is
/// and its tables as they are. Instantiated once a reading: it walks every field of every entity, which takes a compiler long.
template <class R> std::vector<Slot<R>> slots_of(const Scenario<Uncertain>& from, Scenario<R>& to);

extern template std::vector<Slot<double>> slots_of(const Scenario<Uncertain>& from, Scenario<double>& to);
extern template std::vector<Slot<Lanes>> slots_of(const Scenario<Uncertain>& from, Scenario<Lanes>& to);
extern template std::vector<Slot<Traced>> slots_of(const Scenario<Uncertain>& from, Scenario<Traced>& to);
extern template std::vector<Slot<Written>> slots_of(const Scenario<Uncertain>& from, Scenario<Written>& to);

} // namespace autarky

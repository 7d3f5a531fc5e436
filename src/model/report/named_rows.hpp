// autarky: a sum whose parts `explain` names by the rows of a table.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/formula.hpp"

namespace autarky::model {

/// `total` as a call of `formula` on parts with the names of their rows; parts whose `is_told` is false are none of it. The
/// names outlive the tape. `total` is the sum of the parts, in whatever order it was made: its value is kept to the bit.
template <Dim D>
Quantity<D, Traced> named_rows(const Formula& formula, const Quantity<D, Traced>& total,
                               const std::vector<std::string>& names, const std::vector<Quantity<D, Traced>>& parts,
                               const std::vector<bool>& is_told) {
    auto& tape = Tape::current();
    Traced sum;
    std::vector<TapeArgument> arguments;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (!is_told[i]) continue;
        const Traced& part = parts[i].raw();
        sum += part;
        arguments.push_back({names[i].c_str(), D, part.value, part.node});
    }
    const double value = total.raw().value;
    const Traced labelled{value, tape.push(value, sum.node, 1.0)};
    tape.push_call({labelled.node, &formula, D, std::move(arguments)});
    return Quantity<D, Traced>(labelled);
}

} // namespace autarky::model

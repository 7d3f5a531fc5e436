// autarky: how well a number is supported: the one rule that coverage, variance and lists of sources go by; what is chance.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "input/inputs.hpp"

namespace autarky {

/// Grade of an input: the value's own, else its source's. None for a default of the program and a value without a source.
inline std::optional<Grade> support_of(const Input& input) {
    if (input.is_default || input.source < 0) return std::nullopt;
    return input.grade;
}

/// A draw that decides when or whether something happens: chance, of which no source could know more.
inline bool is_luck(const Input& input) { return input.path.ends_with("luck"); }

} // namespace autarky

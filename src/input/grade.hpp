// autarky: the names of the grades of support.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

#include "core/describe.hpp"
#include "input/inputs.hpp"

namespace autarky {

/// In the order of `Grade`, best first.
constexpr std::array<std::string_view, 6> choices(Type<Grade> /*type*/) {
    return {"filing", "paper", "dataset", "press", "rumour", "assumption"};
}
constexpr std::string_view grade_name(Grade grade) { return choices(Type<Grade>{})[static_cast<std::size_t>(grade)]; }

} // namespace autarky

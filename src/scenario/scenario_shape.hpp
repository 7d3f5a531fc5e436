// autarky: the shape of a scenario, compiled once.
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace autarky::scenario {

struct Shape;

/// shape_of<Scenario<Uncertain>>(), whose template takes a compiler a quarter of a minute: whoever needs it links this.
[[nodiscard]] const Shape& scenario_shape();

} // namespace autarky::scenario

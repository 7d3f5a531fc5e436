// autarky: the shape of a scenario, compiled once.
// SPDX-License-Identifier: Apache-2.0
#include "scenario/scenario_shape.hpp"

#include "input/shape.hpp"
#include "scenario/scenario.hpp"

namespace autarky::scenario {

const Shape& scenario_shape() { return shape_of<Scenario<Uncertain>>(); }

} // namespace autarky::scenario

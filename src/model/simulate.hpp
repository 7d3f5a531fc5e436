// autarky: the simulation in the three readings, each instantiated once.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/real.hpp"
#include "model/simulation.hpp"

namespace autarky::model {

extern template class Simulation<double>;
extern template class Simulation<Lanes>;
extern template class Simulation<Traced>;

} // namespace autarky::model

// autarky: the simulation in the reading "Lanes".
// SPDX-License-Identifier: Apache-2.0
#include "model/simulate.hpp"

namespace autarky::model {

template class Simulation<Lanes>;

} // namespace autarky::model

// autarky: the simulation in the reading "Traced".
// SPDX-License-Identifier: Apache-2.0
#include "model/simulate.hpp"

namespace autarky::model {

template class Simulation<Traced>;

} // namespace autarky::model

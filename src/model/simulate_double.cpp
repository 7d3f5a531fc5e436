// autarky: the simulation in the reading "double".
// SPDX-License-Identifier: Apache-2.0
#include "model/simulate.hpp"

namespace autarky::model {

template class Simulation<double>;

} // namespace autarky::model

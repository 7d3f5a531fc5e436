#include "core/quantity.hpp"
#include "silicon/die.hpp"
#include "grid/feeder.hpp"

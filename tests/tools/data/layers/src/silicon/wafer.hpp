#include "silicon/die.hpp"
#include "grid/feeder.hpp"

#include <cmath>

#include "silicon/die.hpp"

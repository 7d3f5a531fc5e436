#include "core/quantity.hpp"
#include "wafer.hpp"

// autarky: the reading "lanes": eight doubles that walk through a formula together.
// SPDX-License-Identifier: Apache-2.0
//
// Every operation is the IEEE one that `double` uses, and exp, log, pow and erfc are SLEEF's "finz" ones, so results agree
// with `double` to the last bit whatever the width of the machine's vectors. The build chooses it (AUTARKY_ISA).
#pragma once

#ifdef __AVX512F__
#include "core/lanes_512.hpp"
#else
#include "core/lanes_256.hpp"
#endif

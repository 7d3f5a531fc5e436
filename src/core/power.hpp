// autarky: a power of a non-negative base, at half the price of pow.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/real.hpp"

namespace autarky {

/// x^y as exp(y log x). Domain: x >= 0, y > 0 where x = 0 (the result is then 0). Its relative error is about
/// |y log x| times that of pow, some 1e-15 here; where the last digits count, use pow.
template <Reading R> R power_of(const R& x, const std::type_identity_t<R>& y) { return exp(y * log(x)); }

} // namespace autarky

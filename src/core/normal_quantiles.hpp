// autarky: quantiles of the standard normal distribution that people state intervals with.
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace autarky {

inline constexpr double z90 = 1.2815515655446004; ///< at 90 %: 10 to 90 % are -z90 to z90
inline constexpr double z95 = 1.6448536269514722; ///< at 95 %: 5 to 95 %
inline constexpr double z975 = 1.959963984540054; ///< at 97.5 %: the usual interval of 95 %

} // namespace autarky

// autarky: the yield models by name, for those that choose one and do not compute with it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace autarky::silicon {

/// The published models of silicon/yield.hpp.
enum class YieldModel { poisson, murphy, seeds, rectangular, moore, bose_einstein, negative_binomial };
inline constexpr std::size_t n_yield_models = 7;
/// Names, in the order of the enumeration.
inline constexpr std::array<std::string_view, n_yield_models> yield_model_names{
    "poisson", "murphy", "seeds", "rectangular", "moore", "bose_einstein", "negative_binomial"};

} // namespace autarky::silicon

// autarky: whether the cars of the essay overheat the transformers of the essay's streets.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "grid/nation/published.hpp"
#include "grid/street/street_catalogue.hpp"

namespace autarky::grid {

/// The essay's "10 to 20 cars" behind "50 to 200 homes", on European stations as they are and a small one and on American units,
/// each with as many robots, by 16 placements of cars as they charge and by all of them at once; the last row sums up.
std::vector<EssayCheck> essay_streets(const StreetCatalogue& streets, std::uint64_t seed);

} // namespace autarky::grid

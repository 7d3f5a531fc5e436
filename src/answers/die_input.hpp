// autarky: the dies that a question is about, and the defect densities that they share.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "answers/die.hpp"

namespace autarky::answers {

struct DieDensities {
    std::vector<double> per_cm2;      ///< equally likely; empty when the density is certain or not given
    std::vector<std::string> remarks; ///< what was taken from where
};

/// Throws InputError with everything that makes no sense.
std::vector<silicon::DieInput> dies_of(const Catalogue& catalogue, const DieQuestion& question,
                                       DieDensities& densities);

} // namespace autarky::answers

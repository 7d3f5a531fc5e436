// autarky: the leaning of yield reports by the grade of their source, of the catalogue or as asked.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "analysis/hearing.hpp"
#include "answers/catalogue.hpp"
#include "core/describe_plain.hpp"

namespace autarky::answers {

/// Rows of catalogue/evidence/leanings.toml; what was asked for press and rumour stands instead of theirs. Throws InputError.
std::vector<analysis::GradeLeaning> yield_leanings(const Catalogue& catalogue, const std::optional<Stated>& press,
                                                   const std::optional<Stated>& rumour);

} // namespace autarky::answers

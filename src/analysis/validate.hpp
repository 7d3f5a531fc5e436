// autarky: the published cases that the model is held against, by who published them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "core/validation.hpp"

namespace autarky::analysis {

/// Names of the groups of cases: the domains' own, and one a peer.
std::vector<std::string_view> validation_groups();

/// The cases of one group, computed. `folder` is validation/ of the data folder. An unknown group gives no rows.
std::vector<ValidationCase> validation_cases(std::string_view group, const std::filesystem::path& folder);

} // namespace autarky::analysis

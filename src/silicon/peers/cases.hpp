// autarky: the published cases of other silicon cost models, computed by our formulas with their conventions.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "core/validation.hpp"

namespace autarky::silicon {

/// Names that `silicon_peer_cases` knows: actuary, catch, ttm, google, cset, llmcompass.
std::vector<std::string_view> silicon_peers();

/// The rows of `validation_folder/<peer>/cases.csv`, each with the value that we get and whether it passes.
/// A known defect of the peer is a row whose note begins with "defect:"; its expected value is the right one, and the note
/// says what the peer gives. Failure: a missing file, an unknown quantity or a missing input is a row that does not pass and
/// says why; an unknown peer gives no rows.
std::vector<ValidationCase> silicon_peer_cases(std::string_view peer, const std::filesystem::path& validation_folder);

} // namespace autarky::silicon

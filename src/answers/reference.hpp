// autarky: what faces offer and document beside the questions: names that may be given, pages of reference.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace autarky::answers {

/// Bundled scenarios, sorted.
std::vector<std::string> scenario_names();
/// Variants of a scenario, in file order; none when it cannot be read: asking about it says why.
std::vector<std::string> variant_names(const std::string& scenario);

/// JSON Schema of a scenario file.
std::string scenario_schema();
/// Names and texts of the reference pages: of the scenario file, the codes of findings, the catalogue, the metrics and the
/// answers. `made_by` is the line that says which command wrote them.
std::vector<std::pair<std::string, std::string>> reference_pages(const std::string& made_by);

} // namespace autarky::answers

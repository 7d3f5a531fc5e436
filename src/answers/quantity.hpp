// autarky: numbers with units as people state them, read for a field of a question.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostics.hpp"
#include "input/inputs.hpp"

namespace autarky::answers {

/// The parts of a text between separators; an empty text is one empty part.
std::vector<std::string> parts_of(std::string_view text, char separator);

/// A number or a distribution in base units; one without a unit has the field's. What is wrong goes to the findings.
std::optional<Distribution> distribution_from(const std::string& text, std::string_view field, std::string_view unit,
                                              Diagnostics& findings);

/// The number, or the median of a distribution, in the field's unit.
std::optional<double> number_from(const std::string& text, std::string_view field, std::string_view unit,
                                  Diagnostics& findings);

/// A whole number of at most a million.
std::optional<int> whole_from(const std::string& text, std::string_view field, Diagnostics& findings);

struct Sides {
    double width = 0.0, height = 0.0;
};
/// "26x33": two lengths in mm.
std::optional<Sides> sides_from(const std::string& text, std::string_view field, Diagnostics& findings);

} // namespace autarky::answers

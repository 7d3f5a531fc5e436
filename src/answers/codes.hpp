// autarky: the codes of what is wrong with a question, or with the files and the machine that it needs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace autarky::answers {

struct QuestionCode {
    std::string_view code;
    std::string_view meaning;
};
/// Codes of the families E05 (what was asked) and E06 (files), ascending; those of a scenario are in scenario/codes.hpp.
std::span<const QuestionCode> question_codes();

} // namespace autarky::answers

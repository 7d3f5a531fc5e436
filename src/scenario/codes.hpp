// autarky: the codes of findings, each with what it means and how it is mended.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace autarky {

struct CodeExplanation {
    std::string_view code;    ///< "E0203"
    std::string_view title;   ///< "unknown unit"
    std::string_view meaning; ///< what is wrong and why it matters
    std::string_view wrong;   ///< an example; may be empty
    std::string_view right;   ///< the example mended
};

/// Every code that reading a file can give, ascending.
std::span<const CodeExplanation> code_explanations();
/// Row of a code, or null.
const CodeExplanation* explain_code(std::string_view code);

} // namespace autarky

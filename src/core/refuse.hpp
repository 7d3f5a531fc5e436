// autarky: ends a pass with one finding.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "core/diagnostics.hpp"

namespace autarky {

/// Throws InputError with this one finding.
[[noreturn]] inline void refuse(Origin origin, const char* code, std::string message, std::string hint = {}) {
    Diagnostics diagnostics;
    diagnostics.error(std::move(origin), code, std::move(message), std::move(hint));
    throw InputError{std::move(diagnostics)};
}

/// The same about a field of a question.
[[noreturn]] inline void refuse_field(std::string_view field, const char* code, std::string message,
                                      std::string hint = {}) {
    Diagnostics diagnostics;
    diagnostics.error_in(field, code, std::move(message), std::move(hint));
    throw InputError{std::move(diagnostics)};
}

} // namespace autarky

// autarky: ends a pass with one finding.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

#include "core/diagnostics.hpp"

namespace autarky::analysis {

/// Throws InputError with this one finding; an origin without a file stands for the command line.
[[noreturn]] inline void refuse(Origin origin, const char* code, std::string message, std::string hint = {}) {
    Diagnostics diagnostics;
    diagnostics.error(std::move(origin), code, std::move(message), std::move(hint));
    throw InputError{std::move(diagnostics)};
}

} // namespace autarky::analysis

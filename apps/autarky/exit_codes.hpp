// autarky: the meanings of the exit codes, and which one findings have.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "autarky/exit.hpp"
#include "core/diagnostics.hpp"

namespace autarky::cli {

struct ExitMeaning {
    Exit exit;
    std::string_view meaning;
};
std::span<const ExitMeaning> exit_meanings();

/// Findings about files alone are trouble with input and output; findings about what was asked alone are usage.
Exit exit_of(const Diagnostics& diagnostics);

} // namespace autarky::cli

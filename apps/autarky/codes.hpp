// autarky: what the program's exit codes and the codes of its own messages mean.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "autarky/exit.hpp"

namespace autarky::cli {

struct ExitMeaning {
    Exit exit;
    std::string_view meaning;
};
std::span<const ExitMeaning> exit_meanings();

struct ProgramCode {
    std::string_view code;
    std::string_view meaning;
};
/// Codes of the families E05 (command line) and E06 (files) that the program itself gives, ascending; those of a scenario
/// are in scenario/codes.hpp.
std::span<const ProgramCode> program_codes();

} // namespace autarky::cli

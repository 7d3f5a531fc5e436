// autarky: from the words of the command line to a command with its options filled in.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "autarky/program.hpp"

namespace autarky::cli {

struct Parsed {
    const Command* command = nullptr; ///< null: none was named
    bool help = false, version = false, no_colour = false;
};

/// Reads the words behind the program's name and fills in the options of the command. Throws UsageError, with a
/// suggestion where a word looks like a typo.
Parsed parse(const Program& program, std::span<const std::string> words);

} // namespace autarky::cli

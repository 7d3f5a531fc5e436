// autarky: help of the program and of its commands.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "autarky/program.hpp"

namespace autarky::cli {

/// Help of the whole program.
std::string help(const Program& program);
/// Help of one command, examples first.
std::string help(const Command& command);

} // namespace autarky::cli

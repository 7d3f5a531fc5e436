// autarky: findings of reading, as exit code and as JSON.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "autarky/exit.hpp"
#include "core/diagnostics.hpp"

namespace autarky::cli {

/// Findings about files alone are trouble with input and output; findings about the command line alone are usage.
Exit exit_of(const Diagnostics& diagnostics);

/// A list of {file, line, column, length, code, severity, message, hint}, in the order of the text.
std::string findings_json(const Diagnostics& diagnostics);

} // namespace autarky::cli

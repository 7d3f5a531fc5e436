// autarky: what the program's exit codes mean.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace autarky::cli {

/// Exit codes; documented and stable.
enum class Exit : int {
    ok = 0,
    gate = 1,          ///< a requested gate failed
    usage = 2,         ///< the command line makes no sense
    input = 3,         ///< scenario or other input is invalid
    numerical = 4,     ///< more than 0.1 % of the samples failed
    io = 5,            ///< a file could not be read or written
    hung_up = 129,     ///< SIGHUP; what was finished is reported
    interrupted = 130, ///< Ctrl-C; what was finished is reported
    terminated = 143,  ///< SIGTERM; what was finished is reported
};

/// The command line makes no sense: a code of the family E05, a sentence and what to do. Printed, exit code 2.
struct UsageError : std::runtime_error {
    UsageError(std::string code_, const std::string& message, std::string hint_ = {})
        : std::runtime_error(message), code(std::move(code_)), hint(std::move(hint_)) {}
    std::string code, hint;
};

/// The environment failed us (a file, a disk): a code of the family E06, a sentence and what to do. Exit code 5.
struct FileError : std::runtime_error {
    FileError(std::string code_, const std::string& message, std::string hint_ = {})
        : std::runtime_error(message), code(std::move(code_)), hint(std::move(hint_)) {}
    std::string code, hint;
};

} // namespace autarky::cli

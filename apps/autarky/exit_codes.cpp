// autarky: what the exit codes mean, and which one findings have.
// SPDX-License-Identifier: Apache-2.0
#include "autarky/exit_codes.hpp"

#include <array>

namespace autarky::cli {

std::span<const ExitMeaning> exit_meanings() {
    static constexpr std::array rows{ExitMeaning{Exit::ok, "done"},
                                     ExitMeaning{Exit::gate, "a requested gate failed"},
                                     ExitMeaning{Exit::usage, "the command line makes no sense"},
                                     ExitMeaning{Exit::input, "the scenario or another input is invalid"},
                                     ExitMeaning{Exit::numerical, "more than 0.1 % of the samples failed"},
                                     ExitMeaning{Exit::io, "a file could not be read or written"},
                                     ExitMeaning{Exit::hung_up, "the terminal was closed (SIGHUP); what was finished "
                                                                "is reported"},
                                     ExitMeaning{Exit::interrupted, "interrupted; what was finished is reported"},
                                     ExitMeaning{Exit::terminated, "ended by SIGTERM; what was finished is reported"}};
    return rows;
}

Exit exit_of(const Diagnostics& diagnostics) {
    bool all_usage = true;
    bool all_files = true;
    for (const auto& item : diagnostics.items()) {
        if (item.severity != Severity::error) continue;
        all_usage = all_usage && item.code.starts_with("E05");
        all_files = all_files && item.code.starts_with("E06");
    }
    if (all_usage) return Exit::usage;
    return all_files ? Exit::io : Exit::input;
}

} // namespace autarky::cli

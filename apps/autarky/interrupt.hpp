// autarky: Ctrl-C, SIGTERM and SIGHUP, and the end that no exception can announce.
// SPDX-License-Identifier: Apache-2.0
//
// The first of them asks the work to stop, the second ends the program at once.
#pragma once

#include <string_view>

#include "autarky/exit.hpp"

namespace autarky::cli {

/// Takes the three signals for the whole life of the program, those that it was started without (nohup) excepted: whatever
/// ends it, a reader that goes away included, no temporary file stays. Called once, at the start.
void take_signals();

/// What cannot be told by an exception: memory that runs out inside a destructor (nlohmann's allocate) ends the program with
/// this message and the exit code of trouble with the system, not with an abort. Called once, at the start.
void take_terminations();
inline constexpr const char* no_memory_code = "E0613";
inline constexpr const char* no_memory = "there is not enough memory for this";

/// What is said when the end comes before there are figures.
inline constexpr const char* nothing_to_show = "interrupted before anything was finished: there is nothing to show";

/// While it lives, the first signal only sets a mark. One at a time.
class InterruptWatch {
public:
    InterruptWatch();
    InterruptWatch(const InterruptWatch&) = delete;
    InterruptWatch& operator=(const InterruptWatch&) = delete;
    ~InterruptWatch();

    /// Whether a signal came since the watch began, also after its end.
    [[nodiscard]] static bool is_interrupted();
    /// Exit code for it: 130 for Ctrl-C, 143 for SIGTERM, 129 for SIGHUP.
    [[nodiscard]] static Exit exit();
};

/// Says that there is nothing to show, and gives the exit code of the signal.
Exit left_with_nothing();

/// A file that is removed when a signal ends the program, as long as it is not kept; a few at once.
void remove_when_ended(std::string_view path);
void keep_when_ended(std::string_view path);

} // namespace autarky::cli

// autarky: the end of work that was asked to stop.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <stop_token>

namespace autarky::plan {

/// Whoever asked was told to stop before there was an answer.
struct Stopped : std::exception {
    [[nodiscard]] const char* what() const noexcept override { return "stopped before there was an answer"; }
};

/// Between two pieces of work. Throws Stopped.
inline void go_on_unless(const std::stop_token& stop) {
    if (stop.stop_requested()) throw Stopped{};
}

} // namespace autarky::plan

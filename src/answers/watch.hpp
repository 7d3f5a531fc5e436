// autarky: how a question is watched and stopped while it is worked on.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>

#include "core/diagnostics.hpp"

namespace autarky::answers {

/// No answer depends on any of this, except that one which is stopped covers what was finished.
struct Watch {
    std::function<void(std::uint64_t done, std::uint64_t of)>
        progress{}; ///< called now and then, by one thread at a time
    std::stop_token stop{};
    unsigned threads = 0;                             ///< that work at once; 0: one for each processor
    std::function<void(const Diagnostics&)> notice{}; ///< warnings about what was read, before the work

    /// Threads to start, at least one.
    [[nodiscard]] unsigned n_threads() const;
    /// Throws InputError when there are errors, hands warnings to `notice`.
    void settle(const Diagnostics& findings) const;
};

/// The same watch, which also keeps what is noticed; `kept` outlives it.
Watch keeping_notices(const Watch& watch, Diagnostics& kept);

} // namespace autarky::answers

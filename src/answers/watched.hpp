// autarky: progress to who watches a question, its stop to the work.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "answers/watch.hpp"
#include "core/refuse.hpp"
#include "core/watched.hpp"

namespace autarky::answers {

/// `watch` outlives it.
inline Watched watched(const Watch& watch) {
    return [&watch](std::uint64_t done, std::uint64_t of) {
        if (watch.progress) watch.progress(done, of);
        return watch.stop.stop_requested();
    };
}

/// The end of work of which no part is an answer.
[[noreturn]] inline void refuse_stopped(std::string_view field) {
    refuse_field(field, "E0504", "it was stopped before anything was finished",
                 "let it come to its end, or ask for less");
}

} // namespace autarky::answers

// autarky: runs on the same futures one after the other, watched as one piece of work.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>

#include "core/watched.hpp"

namespace autarky::analysis {

/// What watches each of so many runs. When it is stopped, the run at work ends at once, and those behind it get a moment each:
/// only futures that all of them have can be told of.
class InTurn {
public:
    InTurn(const Watched& watched, std::uint64_t runs) : state_(std::make_shared<State>()) {
        state_->watched = watched;
        state_->runs = runs;
    }

    /// Of the next run, which begins now.
    [[nodiscard]] Watched next() {
        using Clock = std::chrono::steady_clock;
        const std::uint64_t run = begun_++;
        const bool has_moment = state_->is_stopped;
        const auto end = Clock::now() + std::chrono::milliseconds(has_moment ? most_ms / state_->runs : 0);
        return [state = state_, run, has_moment, end](std::uint64_t done, std::uint64_t of) {
            if (state->watched && state->watched(run * of + done, state->runs * of)) state->is_stopped = true;
            return state->is_stopped && (!has_moment || Clock::now() >= end);
        };
    }

private:
    static constexpr std::uint64_t most_ms = 800; ///< of all of them; who stops waits for an end within a second
    struct State {
        Watched watched;
        std::uint64_t runs = 1;
        bool is_stopped = false; ///< written by one thread at a time, as who watches is asked
    };
    std::shared_ptr<State> state_;
    std::uint64_t begun_ = 0;
};

} // namespace autarky::analysis

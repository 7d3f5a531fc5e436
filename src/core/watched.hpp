// autarky: work that is watched and may be stopped while it is done.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>

namespace autarky {

/// Asked between pieces of work, of which so many are done: true ends it. Empty: nobody watches.
using Watched = std::function<bool(std::uint64_t done, std::uint64_t of)>;

/// Counts what several threads finish; who watches is asked by one of them at a time.
class WatchedCount {
public:
    WatchedCount(const Watched& watched, std::uint64_t of) : watched_(watched), of_(of) {}

    /// `n` more pieces are done.
    void add(std::uint64_t n) {
        if (!watched_) return;
        const std::scoped_lock lock(asking_);
        done_ += n;
        if (watched_(done_, of_)) is_stopped_ = true;
    }
    [[nodiscard]] bool is_stopped() const { return is_stopped_; }

private:
    const Watched& watched_;
    std::uint64_t of_, done_ = 0;
    std::mutex asking_;
    std::atomic<bool> is_stopped_{false};
};

} // namespace autarky

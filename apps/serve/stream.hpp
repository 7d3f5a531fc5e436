// autarky: a question worked on by its own thread, told about as it goes: events of a text/event-stream.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "serve/channels.hpp"

namespace autarky::serve {

/// "event: answer", and every line of `data` with "data: " before it.
std::string event_text(std::string_view kind, std::string_view data);

/// What becomes of a question: the kind of the last event ("answer" or "findings") and its data.
struct Outcome {
    std::string kind, data;
};

/// The work and the connection meet here. The work is stopped and waited for when this goes, so that a client that leaves
/// stops what it asked for.
class Stream {
public:
    using Report = std::function<void(std::uint64_t done, std::uint64_t of)>;
    using Ask = std::function<Outcome(std::stop_token, const Report&)>;

    Stream(std::unique_ptr<Channels::Work> work, Ask ask);
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
    ~Stream();

    /// What to send next: progress, the last event, or, after a while without either, a comment that shows whether anybody
    /// still listens. Empty when the last event was handed out.
    std::string next(std::chrono::milliseconds at_most);

private:
    std::unique_ptr<Channels::Work> work_;
    std::mutex mutex_;
    std::condition_variable news_;
    std::string progress_; ///< the newest, not yet handed out
    std::optional<Outcome> outcome_;
    bool is_over_ = false;
    std::jthread thread_;
};

} // namespace autarky::serve

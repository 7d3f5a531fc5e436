// autarky: hands events of a question at work to its connection.
// SPDX-License-Identifier: Apache-2.0
#include "serve/stream.hpp"

#include <fmt/format.h>

namespace autarky::serve {

std::string event_text(std::string_view kind, std::string_view data) {
    std::string out = fmt::format("event: {}\n", kind);
    while (!data.empty()) {
        const auto end = std::min(data.find('\n'), data.size());
        out += "data: ";
        out += data.substr(0, end);
        out += '\n';
        data.remove_prefix(std::min(end + 1, data.size()));
    }
    return out + "\n";
}

Stream::Stream(std::unique_ptr<Channels::Work> work, Ask ask)
    : work_(std::move(work)), thread_([this, ask = std::move(ask)] {
          const Report report = [this](std::uint64_t done, std::uint64_t of) {
              const std::scoped_lock lock(mutex_);
              progress_ = event_text("progress", fmt::format(R"({{"done":{},"of":{}}})", done, of));
              news_.notify_one();
          };
          auto outcome = ask(work_->token(), report);
          const std::scoped_lock lock(mutex_);
          outcome_ = std::move(outcome);
          news_.notify_one();
      }) {}

Stream::~Stream() {
    work_->stop();
    thread_.join();
}

std::string Stream::next(std::chrono::milliseconds at_most) {
    std::unique_lock lock(mutex_);
    if (is_over_) return {};
    news_.wait_for(lock, at_most, [this] { return outcome_.has_value() || !progress_.empty(); });
    if (outcome_.has_value()) {
        is_over_ = true;
        return event_text(outcome_->kind, outcome_->data);
    }
    if (progress_.empty()) return ": at work\n\n";
    return std::exchange(progress_, {});
}

} // namespace autarky::serve

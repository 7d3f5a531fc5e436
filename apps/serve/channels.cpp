// autarky: keeps the questions that are being worked on.
// SPDX-License-Identifier: Apache-2.0
#include "serve/channels.hpp"

#include <iterator>

namespace autarky::serve {

std::unique_ptr<Channels::Work> Channels::enter(const std::string& channel) {
    const std::scoped_lock lock(mutex_);
    std::size_t n_others = 0;
    for (auto& [name, source] : at_work_)
        if (name == channel)
            source.request_stop();
        else
            ++n_others;
    if (n_others >= most_at_once_) return nullptr;
    at_work_.emplace_back(channel, std::stop_source{});
    ++n_entered_;
    return std::make_unique<Work>(*this, std::prev(at_work_.end()));
}

void Channels::leave(Place place) {
    const std::scoped_lock lock(mutex_);
    at_work_.erase(place);
}

Channels::State Channels::state() {
    const std::scoped_lock lock(mutex_);
    return {n_entered_, !at_work_.empty()};
}

void Channels::stop_all() {
    const std::scoped_lock lock(mutex_);
    for (auto& [name, source] : at_work_)
        source.request_stop();
}

} // namespace autarky::serve

// autarky: questions that are being worked on: a newer one of the same place in a page stops the older.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <utility>

namespace autarky::serve {

/// Safe to use from several threads.
class Channels {
public:
    explicit Channels(std::size_t most_at_once) : most_at_once_(most_at_once) {}

    using Place = std::list<std::pair<std::string, std::stop_source>>::iterator;

    /// A question at work; it leaves when this goes.
    class Work {
    public:
        Work(Channels& home, Place place) : home_(&home), place_(place) {}
        Work(const Work&) = delete;
        Work& operator=(const Work&) = delete;
        ~Work() { home_->leave(place_); }
        [[nodiscard]] std::stop_token token() const { return place_->second.get_token(); }
        void stop() const { place_->second.request_stop(); }

    private:
        Channels* home_;
        Place place_;
    };

    /// Stops what works on the channel and takes its place; null when too many others work.
    std::unique_ptr<Work> enter(const std::string& channel);
    void stop_all();
    /// Questions that ever entered, and whether any is at work now.
    struct State {
        std::size_t n_entered;
        bool is_at_work;
    };
    [[nodiscard]] State state();

private:
    void leave(Place place);

    std::size_t most_at_once_;
    std::mutex mutex_;
    std::size_t n_entered_ = 0;
    std::list<std::pair<std::string, std::stop_source>> at_work_;
};

} // namespace autarky::serve

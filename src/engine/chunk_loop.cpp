// autarky: hands the chunks of a range to threads in ascending order.
// SPDX-License-Identifier: Apache-2.0
#include "engine/chunk_loop.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

#include "engine/sampler.hpp"

namespace autarky::engine {
namespace {

/// Tells the caller how far the run is, from one thread at a time and not too often.
class ProgressReport {
public:
    ProgressReport(const RunOptions& options, std::uint64_t total) : options_(options), total_(total) {}

    void add(std::uint64_t n) {
        done_ += n;
        if (!options_.progress) return;
        const std::unique_lock lock(mutex_, std::try_to_lock);
        if (!lock.owns_lock()) return;
        const auto now = std::chrono::steady_clock::now();
        if (now - last_ < std::chrono::milliseconds(100)) return;
        last_ = now;
        options_.progress(done_, total_);
    }
    void end() {
        if (options_.progress) options_.progress(done_, total_);
    }

private:
    const RunOptions& options_;
    std::uint64_t total_;
    std::atomic<std::uint64_t> done_ = 0;
    std::mutex mutex_;
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

} // namespace

SampleRange run_chunks(SampleRange range, const RunOptions& options, const std::function<ChunkWork()>& make_work) {
    if (range.count == 0) return {range.first, 0};
    const std::uint64_t first_chunk = range.first / chunk_size, end_chunk = (range.end() + chunk_size - 1) / chunk_size;
    const std::uint64_t wanted =
        options.threads != 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
    const std::uint64_t n_threads = std::min(wanted, end_chunk - first_chunk);

    std::atomic<std::uint64_t> next = first_chunk;
    ProgressReport progress(options, range.count);
    std::mutex mutex;
    std::exception_ptr problem;
    const auto work = [&] {
        try {
            const ChunkWork mine = make_work();
            while (!options.stop.stop_requested()) {
                const std::uint64_t chunk = next++;
                if (chunk >= end_chunk) break;
                mine.run(chunk);
                progress.add(std::min(range.end(), (chunk + 1) * chunk_size) -
                             std::max(range.first, chunk * chunk_size));
            }
            const std::lock_guard lock(mutex);
            mine.finish();
        } catch (...) {
            next = end_chunk;
            const std::lock_guard lock(mutex);
            if (!problem) problem = std::current_exception();
        }
    };
    {
        std::vector<std::jthread> threads;
        threads.reserve(n_threads);
        try {
            for (std::uint64_t k = 1; k < n_threads; ++k)
                threads.emplace_back(work);
        } catch (const std::system_error&) { // no more threads to be had: those that run do it all, with the same bits
        }
        work();
    }
    if (problem) std::rethrow_exception(problem);
    progress.end();
    const std::uint64_t end = std::min(range.end(), std::min(next.load(), end_chunk) * chunk_size);
    return {range.first, end > range.first ? end - range.first : 0};
}

} // namespace autarky::engine

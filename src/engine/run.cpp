// autarky: runs a model over a range of samples on all cores.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <mutex>
#include <numeric>
#include <stdexcept>
#include <thread>

#include "core/version.hpp"
#include "engine/chunk_runner.hpp"

namespace autarky::engine {
namespace {

/// First samples of the run that set the quantum of the drivers.
constexpr std::size_t pilot_size = 64;

SampleRange range_of(const RunOptions& options) { return options.range.value_or(SampleRange{0, options.samples}); }

Selection selection_of(const Model& model, const RunOptions& options) {
    Selection selection{options.columns, options.driver_column};
    if (selection.columns.empty()) {
        selection.columns.resize(model.columns().size());
        std::iota(selection.columns.begin(), selection.columns.end(), std::size_t{0});
    }
    return selection;
}

State empty_state(const Model& model, const Sampler& sampler, const Selection& selection, const RunOptions& options) {
    State state;
    state.key = {model.key(), std::string(version), options.seed, options.samples};
    for (const std::size_t c : selection.columns) {
        ColumnState& column = state.columns.emplace_back();
        column.name = model.columns()[c].name;
        column.optional = model.columns()[c].optional;
        column.origin = model.columns()[c].origin;
    }
    if (selection.driver < 0) return state;
    const auto driver = static_cast<std::size_t>(selection.driver);
    const auto first = ChunkRunner(model, sampler, selection, {}).pilot(driver, pilot_size);
    state.drivers =
        DriverState::make(sampler, model.inputs().streams, model.columns()[driver].name, Quantum::of(first));
    return state;
}

/// Tells the caller how far the run is, from one thread at a time and not too often.
class ProgressReport {
public:
    ProgressReport(const RunOptions& options, std::uint64_t total) : options_(options), total_(total) {}
    void add(std::uint64_t n) {
        const std::uint64_t done = done_ += n;
        if (!options_.progress) return;
        const std::unique_lock lock(mutex_, std::try_to_lock);
        if (!lock.owns_lock()) return;
        const auto now = std::chrono::steady_clock::now();
        if (now - last_ < std::chrono::milliseconds(100) && done != total_) return;
        last_ = now;
        options_.progress(done, total_);
    }

private:
    const RunOptions& options_;
    std::uint64_t total_;
    std::atomic<std::uint64_t> done_ = 0;
    std::mutex mutex_;
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

} // namespace

std::string check_options(const Model& model, const RunOptions& options) {
    if (options.samples == 0 || options.samples > max_samples)
        return fmt::format("the number of samples must be from 1 to {}", max_samples);
    const SampleRange range = range_of(options);
    if (range.first > options.samples || range.count > options.samples - range.first)
        return fmt::format("samples {} to {} are not among the {} of the run", range.first, range.end() - 1,
                           options.samples);
    const std::size_t n = model.columns().size();
    if (!std::is_sorted(options.columns.begin(), options.columns.end()) ||
        std::any_of(options.columns.begin(), options.columns.end(), [&](std::size_t c) { return c >= n; }))
        return "the columns to accumulate must be ascending rows of the model's columns";
    if (options.driver_column >= static_cast<int>(n)) return "the driver column is not a column of the model";
    return {};
}

State run(const Model& model, const RunOptions& options) {
    if (const std::string problem = check_options(model, options); !problem.empty())
        throw std::invalid_argument(problem);
    const Sampler sampler(model.inputs(), options.seed);
    const Selection selection = selection_of(model, options);
    State total = empty_state(model, sampler, selection, options);
    const SampleRange range = range_of(options);
    const std::uint64_t first_chunk = range.first / chunk_size;
    const std::uint64_t end_chunk = range.count == 0 ? first_chunk : (range.end() + chunk_size - 1) / chunk_size;
    const auto wanted = options.threads != 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
    const auto n_threads = static_cast<std::size_t>(std::min<std::uint64_t>(wanted, end_chunk - first_chunk));

    const State blank = total.emptied();
    // Chunks are handed out in ascending order and a chunk that was begun is finished, so what is done is a prefix.
    std::atomic<std::uint64_t> next = first_chunk;
    ProgressReport progress(options, range.count);
    std::mutex mutex;
    std::exception_ptr problem;
    const auto work = [&] {
        try {
            ChunkRunner runner(model, sampler, selection, blank);
            while (!options.stop.stop_requested()) {
                const std::uint64_t chunk = next++;
                if (chunk >= end_chunk) break;
                runner.run(chunk, range.first, range.end());
                progress.add(std::min(range.end(), (chunk + 1) * chunk_size) -
                             std::max(range.first, chunk * chunk_size));
            }
            const std::lock_guard lock(mutex);
            total.merge(runner.state());
        } catch (...) {
            next = end_chunk;
            const std::lock_guard lock(mutex);
            if (!problem) problem = std::current_exception();
        }
    };
    {
        std::vector<std::jthread> threads;
        for (std::size_t k = 1; k < n_threads; ++k)
            threads.emplace_back(work);
        work();
    }
    if (problem) std::rethrow_exception(problem);
    const std::uint64_t end = std::min(range.end(), std::min(next.load(), end_chunk) * chunk_size);
    if (end > range.first) total.ranges = {{range.first, end - range.first}};
    return total;
}

} // namespace autarky::engine

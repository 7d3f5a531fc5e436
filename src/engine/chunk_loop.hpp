// autarky: hands the chunks of a range to threads in ascending order.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>

#include "engine/run.hpp"

namespace autarky::engine {

/// What one thread does. `finish` is called once, after the thread's last chunk, for one thread at a time.
struct ChunkWork {
    std::function<void(std::uint64_t chunk)> run;
    std::function<void()> finish;
};

/// Runs the chunks that overlap `range` and returns the samples that are done: all, or after a stop a prefix, because a chunk
/// that was begun is finished. `make_work` is called in each thread. Takes threads, stop and progress from the options.
/// The first exception of a thread is thrown again when all have ended.
SampleRange run_chunks(SampleRange range, const RunOptions& options, const std::function<ChunkWork()>& make_work);

} // namespace autarky::engine

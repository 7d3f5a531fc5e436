// autarky: what a run, or a part of it, has accumulated: mergeable, serialisable, with one canonical form.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "engine/column_state.hpp"
#include "engine/drivers.hpp"

namespace autarky::engine {

/// Samples first ... first + count - 1.
struct SampleRange {
    std::uint64_t first = 0;
    std::uint64_t count = 0;
    [[nodiscard]] std::uint64_t end() const { return first + count; }
    friend bool operator==(const SampleRange&, const SampleRange&) = default;
};

/// A sample that was left out of all statistics.
struct Failure {
    std::uint64_t sample = 0;
    std::string reason;
    friend bool operator==(const Failure&, const Failure&) = default;
};

/// Number of failed samples, with the smallest indices among them.
struct Failures {
    static constexpr std::size_t n_kept = 20;
    std::uint64_t count = 0;
    std::vector<Failure> first; ///< ascending

    /// Whether a failure at `sample` would be kept.
    [[nodiscard]] bool keeps(std::uint64_t sample) const {
        return first.size() < n_kept || sample < first.back().sample;
    }
    void keep(Failure failure);
    void add(const Failures& other);
};

/// What makes two states parts of the same run.
struct RunKey {
    std::string scenario; ///< Model::key()
    std::string engine;   ///< version of the program
    std::uint64_t seed = 0;
    std::uint64_t samples = 0; ///< of the whole run
    Sampling sampling = Sampling::random;
    friend bool operator==(const RunKey&, const RunKey&) = default;
};

/// A state that cannot be read or merged; the message is a sentence for the user.
struct StateError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Invariant: `ranges` are ascending, neither empty nor touching.
struct State {
    RunKey key;
    std::vector<SampleRange> ranges; ///< samples that are in
    std::vector<ColumnState> columns;
    DriverState drivers;
    Failures failures;

    /// Samples that are in, failed ones included.
    [[nodiscard]] std::uint64_t done() const;
    /// What of 0 ... samples - 1 is not in.
    [[nodiscard]] std::vector<SampleRange> missing() const;
    /// Adds another part of the same run. Throws StateError, without any change, when it is of another run, accumulates
    /// other columns, or has samples that are in already.
    void merge(const State& other);
    /// Same key, columns and drivers, no samples yet.
    [[nodiscard]] State emptied() const;

    /// Canonical bytes: equal for equal content, whatever threads, shards and order it came by. Ends with a checksum.
    [[nodiscard]] std::string bytes() const;
    /// Throws StateError for bytes that are damaged, or of another format version.
    [[nodiscard]] static State parse(std::string_view bytes);
    /// sha256 of the canonical content, in hex.
    [[nodiscard]] std::string hash() const;
};

/// Part `index` (from 1) of `n` nearly equal parts of `samples` samples, cut at chunks where there are enough of them.
[[nodiscard]] SampleRange shard(std::uint64_t samples, std::uint64_t index, std::uint64_t n);

} // namespace autarky::engine

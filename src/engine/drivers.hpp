// autarky: how much of a result's variance each input drives: first-order shares, streamed with the run.
// SPDX-License-Identifier: Apache-2.0
//
// The independent score of a stream is cut into 64 equiprobable bins, of which the outer two are cut on. The variance of
// the bin means, freed of the part that chance alone puts there, is the first-order share Var(E[Y | X]) / Var(Y) of that
// stream. Of Sobol points chance puts less there, how much nobody knows: their bin means are taken over independent sets of the
// scramblings, and those of each two multiplied. A correlated group is one driver: the sum over its independent scores, plus what a grid over them finds beyond that
// sum. The result is counted in whole multiples of a quantum, so that the tallies of threads and shards add up exactly.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/sampling.hpp"
#include "engine/score_bins.hpp"

namespace autarky::engine {

class Sampler;

/// How a result becomes an integer: round((y - pivot) / 2^exponent), kept within +-2^30.
/// Taken from the first samples of the run, which every shard evaluates, so that all agree.
struct Quantum {
    double pivot = 0.0;
    int exponent = 0;

    [[nodiscard]] static Quantum of(std::span<const double> first_values);
    friend bool operator==(const Quantum&, const Quantum&) = default;
};

/// Deviations from the pivot are kept within so many quanta.
inline constexpr double largest_quantum = 0x1p30;

/// Bins a dimension and dimensions of the grid of a driver with so many streams, about 64 cells; no grid for one.
[[nodiscard]] std::pair<std::size_t, std::size_t> grid_shape(std::size_t n_streams);

/// What fell into a bin.
struct Bin {
    std::int64_t sum = 0;
    std::uint64_t count = 0;
    Bin& operator+=(const Bin& other) {
        sum += other.sum;
        count += other.count;
        return *this;
    }
    friend bool operator==(const Bin&, const Bin&) = default;
};
using Bins = std::vector<Bin>;

/// Squares are counted in quanta of 2^14, so that 2^31 of the largest fit.
inline constexpr unsigned square_shift = 14;

/// What fell into a bin of a tail, where scatter differs so much from bin to bin that each needs its own.
struct TailBin {
    std::int64_t sum = 0;
    std::uint64_t count = 0;
    std::uint64_t squares = 0; ///< of round(quanta / 2^14)
    TailBin& operator+=(const TailBin& other) {
        sum += other.sum;
        count += other.count;
        squares += other.squares;
        return *this;
    }
    friend bool operator==(const TailBin&, const TailBin&) = default;
};
using TailBins = std::vector<TailBin>;

/// One stream, or the streams of a correlation group.
struct DriverTally {
    std::string name;
    std::vector<std::size_t> streams;
    std::size_t grid_side = 0; ///< bins a dimension of the grid over the first members of a group, 0: no grid
    std::size_t grid_dimensions = 0;
    std::vector<Bins> by_stream{}; ///< 64 bins each; of Sobol points as many for each set of scramblings
    std::vector<TailBins>
        tails{}; ///< of each stream, the lower tail's bins from inside out, then the upper one's; a set after the other
    Bins grid{}; ///< of Sobol points a set after the other
};

/// Estimated first-order share.
struct DriverShare {
    std::string name;
    double share = 0.0;          ///< unbiased, so it may be slightly negative
    double standard_error = 0.0; ///< by normal theory, and of what lies within the bins
};

/// What the samples of one scrambling of the Sobol points gave.
struct ScramblingTally {
    std::int64_t sum = 0; ///< quanta from the pivot
    std::uint64_t count = 0, positive = 0;
    ScramblingTally& operator+=(const ScramblingTally& other) {
        sum += other.sum;
        count += other.count;
        positive += other.positive;
        return *this;
    }
    friend bool operator==(const ScramblingTally&, const ScramblingTally&) = default;
};

/// Standard errors of the column's mean and of the share of samples in which it is positive.
struct ScramblingErrors {
    std::string column;
    double mean = 0.0, positive_share = 0.0;
};

struct DriverState {
    std::string column; ///< empty: no column is attributed
    Quantum quantum;
    std::uint64_t count = 0;   ///< samples in which the column exists
    std::uint64_t clipped = 0; ///< of these, beyond +-2^30 quanta
    std::int64_t sum = 0;
    std::uint64_t squares_low = 0, squares_high = 0; ///< sum of squares, 128 bits
    std::vector<ScramblingTally> scramblings;        ///< n_scramblings, none for random draws
    /// Bins are kept apart for so many sets of samples that are independent of each other. The noise of a share falls with
    /// n / (n - 1), what is kept grows with n.
    [[nodiscard]] std::size_t sets() const { return scramblings.empty() ? 1 : 4; }
    std::vector<DriverTally> drivers;

    /// Makes the tallies: a driver for each group and for each uncorrelated stream that an uncertain input uses.
    static DriverState make(const Sampler& sampler, const std::vector<std::string>& stream_names, std::string column,
                            const Quantum& quantum);
    /// Adds y[k] for the samples `places[k]` of the chunk.
    void add_block(const Draws& draws, std::span<const double> y, std::span<const std::uint8_t> places);
    void add(const DriverState& other);
    /// From the scatter of the scramblings' means, which are independent of each other; points of one scrambling are not.
    /// None for random draws, and where fewer than two scramblings have a sample.
    [[nodiscard]] std::optional<ScramblingErrors> errors() const;
    /// Largest share first; empty below 2 samples or without variance.
    [[nodiscard]] std::vector<DriverShare> shares() const;
};

} // namespace autarky::engine

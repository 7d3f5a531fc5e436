// autarky: draws, evaluates and accumulates one chunk of samples; each thread has one.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/model.hpp"
#include "engine/sampler.hpp"
#include "engine/state.hpp"

namespace autarky::engine {

/// Results are refused beyond this size, so that squares stay finite.
inline constexpr double largest_result = 0x1p500;

/// Array of Lanes on cache lines.
class LanesBuffer {
public:
    explicit LanesBuffer(std::size_t n);
    [[nodiscard]] Lanes* data() { return data_.get(); }
    [[nodiscard]] const Lanes* data() const { return data_.get(); }

private:
    struct Free {
        void operator()(Lanes* p) const;
    };
    std::unique_ptr<Lanes[], Free> data_;
};

/// Which columns of a model accumulate, and which one the drivers attribute.
struct Selection {
    std::vector<std::size_t> columns; ///< rows of Model::columns(), in the order of State::columns
    int driver = -1;
};

class ChunkRunner {
public:
    /// `state` has the columns and drivers of the selection and receives what the chunks add; its ranges stay as they are.
    ChunkRunner(const Model& model, const Sampler& sampler, const Selection& selection, State state);

    /// Runs those samples of a chunk that are in [first, end).
    void run(std::uint64_t chunk, std::uint64_t first, std::uint64_t end);

    /// Evaluates those samples of a chunk that are in [first, end) and returns the values of one column where it exists and
    /// the sample is good; nothing is accumulated.
    [[nodiscard]] std::span<const double> values(std::uint64_t chunk, std::uint64_t first, std::uint64_t end,
                                                 std::size_t column) {
        look(chunk, first, end);
        return seen(column);
    }
    /// The same for several columns: evaluates, and then any column's values, until the next is asked for.
    void look(std::uint64_t chunk, std::uint64_t first, std::uint64_t end) {
        seen_ = evaluate(chunk, first, end, false);
    }
    [[nodiscard]] std::span<const double> seen(std::size_t column) { return {values_.data(), gather(seen_, column)}; }

    [[nodiscard]] State& state() { return state_; }

private:
    using GoodLanes = std::array<unsigned, groups_a_chunk>; ///< bit i of a group: sample i is in and did not fail

    /// Fills the columns of those samples of a chunk that are in [first, end) and tells which of them are good.
    GoodLanes evaluate(std::uint64_t chunk, std::uint64_t first, std::uint64_t end, bool note);
    std::size_t gather(const GoodLanes& good, std::size_t column);
    [[nodiscard]] unsigned failed_lanes(std::size_t group) const;
    void note_failures(std::uint64_t chunk, std::size_t group, unsigned lanes);
    [[nodiscard]] std::string reason(std::size_t group, std::size_t lane) const;
    void accumulate_drivers(const GoodLanes& good);
    [[nodiscard]] const Lanes& column_of(std::size_t group, std::size_t column) const {
        return columns_.data()[group * stride_ + column];
    }

    const Model& model_;
    const Sampler& sampler_;
    const Selection& selection_;
    std::size_t n_columns_;
    std::size_t stride_; ///< from one group to the next; odd, so that the groups of a column do not share a cache set
    std::vector<bool> is_optional_;
    /// Neighbouring columns with the same rule for NaN, for the check of a whole group.
    struct Stretch {
        std::size_t end;
        bool optional;
    };
    std::vector<Stretch> stretches_;
    std::unique_ptr<Evaluator> evaluator_;
    GoodLanes seen_{}; ///< of the last look()
    Draws draws_;
    LanesBuffer inputs_, columns_;
    std::array<unsigned, groups_a_chunk> flagged_{};
    std::uint64_t n_absent_ = 0; ///< good samples of the last gather() in which the column does not exist
    alignas(64) std::array<double, chunk_size + 16> values_{};
    State state_;
};

} // namespace autarky::engine

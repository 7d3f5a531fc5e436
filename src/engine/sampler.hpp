// autarky: turns the table of inputs into sampled values, eight samples at a time.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/lanes.hpp"
#include "engine/draws.hpp"
#include "engine/model.hpp"
#include "engine/quantile.hpp"
#include "engine/sampling.hpp"
#include "engine/sobol.hpp"
#include "input/inputs.hpp"

namespace autarky::engine {

/// Invariant: a value depends on the seed, the sample's index, the names of the input's stream and of the streams that it is
/// correlated with, and for Sobol points on the place of these names among Inputs::strongest: on nothing else.
class Sampler {
public:
    /// Throws std::invalid_argument naming the input or group when a distribution or correlation makes no sense.
    Sampler(const Inputs& inputs, std::uint64_t seed, Sampling sampling = Sampling::random);

    /// Draws the samples chunk_size * chunk and following.
    void draw(std::uint64_t chunk, Draws& draws) const;
    /// Moves the scores of drawn samples toward fresh ones: keep z + sqrt(1 - keep^2) fresh, which leaves their law as it is.
    /// `keep`: one a stream, in [0, 1], alike within a correlated group. The bins of `at` are of no meaning then.
    void mix(const Draws& fresh, const std::vector<double>& keep, Draws& at) const;
    /// Writes the constants, which stay the same in every group.
    void write_constants(Lanes* inputs) const;
    /// Writes the uncertain inputs of the samples 8 group ... 8 group + 7 of the chunk.
    void write_values(const Draws& draws, std::size_t group, Lanes* inputs) const;

    /// All inputs of one sample, one by one: the same bits as by chunk.
    [[nodiscard]] std::vector<double> sample(std::uint64_t index) const;
    /// All inputs where every score is 0: what `explain` shows.
    [[nodiscard]] std::vector<double> medians() const;

    [[nodiscard]] std::size_t n_inputs() const { return n_inputs_; }
    [[nodiscard]] std::size_t n_streams() const { return streams_.size(); }
    [[nodiscard]] Sampling sampling() const { return sampling_; }
    /// Largest stated error of a quantile function, as a share of its 5 % to 95 % range.
    [[nodiscard]] double quantile_error() const;
    /// Whether an uncertain input uses the stream.
    [[nodiscard]] bool is_used(std::size_t stream) const { return streams_[stream].used; }
    /// Whether an input depends on it, by itself or through a correlation.
    [[nodiscard]] bool matters(std::size_t stream) const {
        return streams_[stream].used || streams_[stream].correlated;
    }
    [[nodiscard]] const std::vector<CorrelationGroup>& groups() const { return groups_; }

private:
    struct Stream {
        StreamKey key;
        bool used = false;
        bool correlated = false;
        int slot = -1;                       ///< row of Draws::probabilities, -1: not needed
        std::optional<SobolStream> points{}; ///< none: random draws
    };
    struct Row {
        std::size_t input = 0;
        std::size_t stream = 0;
        std::size_t slot = 0;
        Quantile quantile;
    };

    void add_streams(const Inputs& inputs);
    void add_groups(const Inputs& inputs);
    void add_rows(const Inputs& inputs);
    void add_points(const Inputs& inputs);
    void fill(const Stream& stream, std::uint64_t chunk, std::span<double, chunk_size> to) const;
    [[nodiscard]] std::vector<double> values_at(const std::vector<double>& scores,
                                                const std::vector<double>& probabilities) const;

    std::uint64_t seed_;
    Sampling sampling_;
    std::size_t n_inputs_;
    std::size_t n_slots_ = 0;
    std::vector<Stream> streams_;
    std::vector<CorrelationGroup> groups_;
    std::vector<Row> by_score_, by_probability_; ///< uncertain inputs, sorted by form
    std::vector<std::pair<std::size_t, double>> constants_;
};

/// The draws behind every question about a model: where none says otherwise, two of them see the same futures.
[[nodiscard]] inline Sampler sampler_of(const Model& model, std::uint64_t seed, Sampling sampling = usual_sampling) {
    return {model.inputs(), seed, sampling};
}

} // namespace autarky::engine

// autarky: runs a model over a range of samples on all cores; the same bits for any number of threads or shards.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/model.hpp"
#include "engine/sampler.hpp"
#include "engine/state.hpp"

namespace autarky::engine {

struct RunOptions {
    std::uint64_t samples = 100'000; ///< samples of the whole run, 1 to max_samples
    std::uint64_t seed = 1;
    Sampling sampling = usual_sampling;
    unsigned threads = 0;               ///< 0: as many as the machine has
    std::optional<SampleRange> range{}; ///< the part to run now; not given: all `samples`
    std::vector<std::size_t> columns{}; ///< rows of Model::columns() that accumulate, ascending; empty: all
    int driver_column = -1; ///< row of Model::columns() whose variance is attributed to the inputs; -1: none
    bool only_errors =
        false; ///< of that column only the errors that scramblings tell, which cost nothing; no shares of variance
    /// Called from one thread at a time, at most some ten times a second, with samples done and to do of this call; once
    /// more at its end.
    std::function<void(std::uint64_t done, std::uint64_t total)> progress{};
    std::stop_token stop{}; ///< on a stop, the finished prefix of the range is returned; see State::ranges
};

/// A model made ready for sampling: quantile functions built, drivers prepared. Keeps a reference to the model.
class Runner {
public:
    /// Throws std::invalid_argument when the options make no sense (see `check_options`), or a distribution does not.
    Runner(const Model& model, RunOptions options);

    /// Runs a part of the run and returns what was accumulated. Every failed sample is left out of all statistics and
    /// counted, with the smallest indices kept. After a stop the result has the finished prefix of the range.
    [[nodiscard]] State run(SampleRange range) const;

    /// The state without samples, to which parts merge.
    [[nodiscard]] const State& blank() const { return blank_; }
    [[nodiscard]] const Sampler& sampler() const { return sampler_; }
    /// A hash of what the first samples of the run give: changes with the formulas, also within a version.
    [[nodiscard]] std::string probe() const;

private:
    const Model& model_;
    RunOptions options_;
    Sampler sampler_;
    std::vector<std::size_t> columns_;
    State blank_;
};

/// Runs the range of the options.
[[nodiscard]] State run(const Model& model, const RunOptions& options);

/// What is wrong with the options, in a sentence; empty when nothing is.
[[nodiscard]] std::string check_options(const Model& model, const RunOptions& options);

} // namespace autarky::engine

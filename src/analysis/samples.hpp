// autarky: the value of a scenario in a block of samples, with some inputs or all demand changed: on common random numbers.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "analysis/scenario_model.hpp"
#include "engine/sampler.hpp"

namespace autarky::analysis {

/// One change to the inputs of every sample: rows of Inputs::rows set to a value, multiplied, or raised by an amount, kept
/// within what the input may be.
struct InputChange {
    enum class Kind { set, multiply, add };
    std::vector<std::size_t> rows;
    double value = 1.0; ///< in base units, or a factor
    Kind kind = Kind::set;
};

/// One case: changes of inputs and a multiplier of all demand.
struct ChangedCase {
    std::vector<InputChange> changes;
    double demand = 1.0;
};

/// NPV (make against buy, USD) of samples 0 .. n - 1 in each case, [case][sample]; NaN where a sample failed. The same draws
/// in every case and the same bits for any number of threads. `stop()` is asked between blocks of samples: when it says so,
/// the first samples that are finished are returned.
std::vector<std::vector<double>> values_of_cases(const ScenarioModel& model, const std::vector<ChangedCase>& cases,
                                                 std::size_t samples, std::uint64_t seed, unsigned threads,
                                                 const std::function<bool(std::uint64_t done, std::uint64_t of)>& stop,
                                                 engine::Sampling sampling = engine::usual_sampling);

/// Results of samples first .. first + n - 1, [column][sample], `first` a multiple of engine::chunk_size, of rows of model.columns(), ascending; NaN where there is none. Two models
/// with the same seed share the draws of every input that both have.
std::vector<std::vector<double>>
values_of_columns(const ScenarioModel& model, const std::vector<std::size_t>& columns, std::size_t samples,
                  std::uint64_t seed, unsigned threads,
                  const std::function<bool(std::uint64_t done, std::uint64_t of)>& stop, std::size_t first = 0,
                  engine::Sampling sampling = engine::usual_sampling);

/// Reads figures of eight samples: from their scenarios, their inputs and the columns that were asked for, in that order, into
/// as many figures as were announced.
using ReadFigures =
    std::function<void(const Scenario<Lanes>& scenario, const Lanes* inputs, const Lanes* columns, Lanes* figures)>;

/// Figures that `read` makes of samples 0 .. n - 1, [figure][sample]; NaN where a sample failed. `columns`: rows of
/// model.columns(), ascending, not empty.
std::vector<std::vector<double>> values_read(const ScenarioModel& model, const std::vector<std::size_t>& columns,
                                             std::size_t figures, const ReadFigures& read, std::size_t samples,
                                             std::uint64_t seed, unsigned threads,
                                             const std::function<bool(std::uint64_t done, std::uint64_t of)>& stop);

/// Columns of which a figure is the mean: those of one quarter, of all, or none.
struct ColumnSpan {
    std::size_t first = 0, count = 0;
};

/// What is read of eight samples, as values_read takes it.
struct FigureReading {
    std::vector<std::size_t> columns; ///< rows of model.columns(), ascending, not empty
    std::size_t figures = 0;
    ReadFigures read;
};
/// The same of samples that stand where `draws` say, a chunk each.
std::vector<std::vector<double>> values_read_at(const ScenarioModel& model, const FigureReading& reading,
                                                const std::vector<engine::Draws>& draws, std::uint64_t seed,
                                                unsigned threads,
                                                const std::function<bool(std::uint64_t, std::uint64_t)>& stop);

/// Normal scores of some streams in some futures, these ascending: [stream][future].
std::vector<std::vector<double>> scores_of(const engine::Sampler& sampler, const std::vector<std::size_t>& streams,
                                           const std::vector<std::size_t>& futures);

/// Means of every input, of its square and of its product with a value over samples 0 .. n - 1, weighted. Base units.
struct InputMoments {
    std::vector<double> mean, square, product;
};
/// Under each of some weightings, whose weights add to 1: the samples are drawn once for all.
std::vector<InputMoments> weighted_moments(const ScenarioModel& model,
                                           const std::vector<std::vector<double>>& weightings,
                                           const std::vector<double>& value, std::uint64_t seed);
/// Of samples that stand where `draws` say, all of one weight.
InputMoments moments_of(const ScenarioModel& model, const std::vector<engine::Draws>& draws,
                        const std::vector<double>& value, std::uint64_t seed);

/// Rows of an input by its path: one number, or all knots of a series. Empty when there is none.
std::vector<std::size_t> rows_of_path(const Inputs& inputs, std::string_view path);
/// The paths that `rows_of_path` knows, a series once, in the order of the inputs.
std::vector<std::string_view> paths_of(const Inputs& inputs);

} // namespace autarky::analysis

// autarky: runs a model over a range of samples on all cores.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <memory>
#include <numeric>
#include <stdexcept>

#include "core/version.hpp"
#include "engine/chunk_loop.hpp"
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
    ChunkRunner pilot(model, sampler, selection, {});
    const auto first = pilot.values(0, 0, pilot_size, driver);
    state.drivers =
        DriverState::make(sampler, model.inputs().streams, model.columns()[driver].name, Quantum::of(first));
    return state;
}

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
    const State blank = total.emptied();
    const SampleRange range = range_of(options);
    const SampleRange done = run_chunks(range, options, [&] {
        const auto runner = std::make_shared<ChunkRunner>(model, sampler, selection, blank);
        return ChunkWork{[=](std::uint64_t chunk) { runner->run(chunk, range.first, range.end()); },
                         [&total, runner] { total.merge(runner->state()); }};
    });
    if (done.count != 0) total.ranges = {done};
    return total;
}

} // namespace autarky::engine

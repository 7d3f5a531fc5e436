// autarky: runs a model over a range of samples on all cores.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <functional>
#include <memory>
#include <numeric>
#include <optional>
#include <stdexcept>

#include "core/version.hpp"
#include "engine/chunk_loop.hpp"
#include "engine/chunk_runner.hpp"

namespace autarky::engine {
namespace {

/// First samples of the run, which set the quantum of the drivers and the values that are counted often.
constexpr std::size_t pilot_size = 64;

SampleRange range_of(const RunOptions& options) { return options.range.value_or(SampleRange{0, options.samples}); }

RunOptions checked(const Model& model, RunOptions options) {
    if (const std::string problem = check_options(model, options); !problem.empty())
        throw std::invalid_argument(problem);
    return options;
}

std::vector<std::size_t> columns_of(const Model& model, const RunOptions& options) {
    if (!options.columns.empty()) return options.columns;
    std::vector<std::size_t> all(model.columns().size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    return all;
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
    const bool ascending = std::adjacent_find(options.columns.begin(), options.columns.end(), std::greater_equal<>()) ==
                           options.columns.end();
    if (!ascending || (!options.columns.empty() && options.columns.back() >= n))
        return "the columns to accumulate must be ascending rows of the model's columns";
    if (options.driver_column >= static_cast<int>(n)) return "the driver column is not a column of the model";
    return {};
}

Runner::Runner(const Model& model, RunOptions options)
    : model_(model),
      options_(checked(model, std::move(options))),
      sampler_(sampler_of(model, options_.seed, options_.sampling)),
      columns_(columns_of(model, options_)) {
    blank_.key = {model.key(), std::string(version), options_.seed, options_.samples, options_.sampling};
    for (const std::size_t c : columns_) {
        ColumnState& column = blank_.columns.emplace_back();
        column.name = model.columns()[c].name;
        column.optional = model.columns()[c].optional;
        column.origin = model.columns()[c].origin;
    }
    const Selection nothing;
    ChunkRunner pilot(model, sampler_, nothing, {});
    pilot.look(0, 0, pilot_size);
    for (std::size_t k = 0; k < columns_.size(); ++k) {
        const auto values = pilot.seen(columns_[k]);
        ColumnState& column = blank_.columns[k];
        column.few.set_often(often_seen({values.begin(), values.end()}, column.origin));
    }
    if (options_.driver_column < 0) return;
    const auto driver = static_cast<std::size_t>(options_.driver_column);
    const Quantum quantum = Quantum::of(pilot.seen(driver));
    blank_.drivers = DriverState::make(sampler_, model.inputs().streams, model.columns()[driver].name, quantum);
    if (options_.only_errors) blank_.drivers.drivers.clear();
}

std::string Runner::probe() const {
    State state = blank_.emptied();
    state.drivers = {};
    const Selection selection{columns_, -1};
    ChunkRunner pilot(model_, sampler_, selection, std::move(state));
    pilot.run(0, 0, pilot_size);
    return pilot.state().hash();
}

State Runner::run(SampleRange range) const {
    std::optional<State> first; // of the threads, to which the others are added
    const Selection selection{columns_, options_.driver_column};
    const SampleRange done = run_chunks(range, options_, [&] {
        const auto runner = std::make_shared<ChunkRunner>(model_, sampler_, selection, blank_.emptied());
        return ChunkWork{[=](std::uint64_t chunk) { runner->run(chunk, range.first, range.end()); },
                         [&first, runner] {
                             if (first)
                                 first->merge(runner->state());
                             else
                                 first = std::move(runner->state());
                         }};
    });
    State total = first ? std::move(*first) : blank_.emptied();
    if (done.count != 0) total.ranges = {done};
    return total;
}

State run(const Model& model, const RunOptions& options) { return Runner(model, options).run(range_of(options)); }

} // namespace autarky::engine

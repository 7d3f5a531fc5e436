// autarky: speed of the main scenario: trajectories a second, gradient, load; results are checked before they are timed.
// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdlib>

#include "analysis/scenario_model.hpp"
#include "analysis/selection.hpp"
#include "analysis/traced_case.hpp"
#include "engine/result.hpp"
#include "engine/run.hpp"
#include "engine/sampler.hpp"

namespace {

using namespace autarky;

Loaded main_scenario() {
    LoadRequest request;
    request.data_folder = AUTARKY_SOURCE_DIR;
    return load(request);
}

/// Every sample of the standing metrics; argument 0: samples, 1: threads (0: all).
void trajectories(benchmark::State& state) {
    const auto loaded = main_scenario();
    const analysis::ScenarioModel model(loaded);
    const analysis::SelectedColumns columns(model, analysis::columns_of(model, analysis::selected_metrics(model, {})));
    engine::RunOptions options;
    options.samples = static_cast<std::uint64_t>(state.range(0));
    options.threads = static_cast<unsigned>(state.range(1));
    options.driver_column = columns.verdict_column();
    for (auto _ : state) {
        const auto result = engine::summarise(engine::run(columns, options));
        if (result.failed > 0) state.SkipWithError("samples failed");
        benchmark::DoNotOptimize(result.hash.data());
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(trajectories)->Args({100'000, 0})->Args({20'000, 1})->Unit(benchmark::kMillisecond)->UseRealTime();

/// Derivative of the verdict by every uncertain input, held against a central difference of one of them.
void gradient(benchmark::State& state) {
    const auto loaded = main_scenario();
    const analysis::ScenarioModel model(loaded);
    const engine::Sampler sampler(loaded.inputs, 1);
    const auto medians = sampler.medians();
    const auto verdict = static_cast<std::size_t>(model.verdict_column());
    for (auto _ : state) {
        const analysis::TracedCase traced(model, medians, analysis::Leaves::uncertain);
        const auto slopes = traced.gradient(verdict);
        if (!std::isfinite(slopes.front())) state.SkipWithError("the gradient is not finite");
        benchmark::DoNotOptimize(slopes.data());
    }
}
BENCHMARK(gradient)->Unit(benchmark::kMillisecond);

/// Reading the scenario with its catalogue.
void loading(benchmark::State& state) {
    for (auto _ : state) {
        const auto loaded = main_scenario();
        if (loaded.inputs.rows.empty()) state.SkipWithError("nothing was read");
        benchmark::DoNotOptimize(loaded.inputs.rows.data());
    }
}
BENCHMARK(loading)->Unit(benchmark::kMillisecond);

} // namespace

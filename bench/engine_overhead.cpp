// autarky: what the engine costs a sample beside the model: draws, quantiles, accumulators, drivers; whole runs and memory.
// SPDX-License-Identifier: Apache-2.0
//
// 200 uncertain inputs of mixed families, 1,300 result columns (about 32 metrics by 41 quarters), a model that does one
// multiply-add a column. items_per_second is samples (values, for the first two) a second.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <sys/resource.h>

#include "core/real.hpp"
#include "engine/result.hpp"
#include "engine/run.hpp"

namespace {

using namespace autarky;
using namespace autarky::engine;

constexpr std::size_t n_inputs = 200, n_columns = 1300;

class WideModel final : public Model {
public:
    WideModel() {
        const std::vector<Distribution> families{{Family::lognormal, {1.0, 0.3}}, {Family::lognormal, {2.0, 0.1}},
                                                 {Family::normal, {10.0, 1.0}},   {Family::pert, {1.0, 2.0, 4.0}},
                                                 {Family::uniform, {1.0, 2.0}},   {Family::logit_normal, {0.0, 1.0}}};
        for (std::size_t i = 0; i < n_inputs; ++i) {
            Input row;
            row.path = fmt::format("input.{}", i);
            row.distribution = families[i % families.size()];
            row.stream = static_cast<int>(i);
            inputs_.streams.push_back(row.path);
            inputs_.rows.push_back(std::move(row));
        }
        inputs_.groups.push_back({"pair", {0, 2}, {1.0, 0.0, 0.6, 0.8}});
        for (std::size_t c = 0; c < n_columns; ++c)
            columns_.push_back({fmt::format("column.{}", c), c % 100 == 99, 0.0});
    }
    [[nodiscard]] const Inputs& inputs() const override { return inputs_; }
    [[nodiscard]] const std::vector<Column>& columns() const override { return columns_; }
    [[nodiscard]] std::string key() const override { return "wide"; }
    [[nodiscard]] std::unique_ptr<Evaluator> evaluator() const override { return std::make_unique<MultiplyAdds>(); }

    template <class R> static R column(const R* x, std::size_t c) {
        return autarky::fma(x[c % n_inputs], x[(7 + 3 * c) % n_inputs], R(0.01 * static_cast<double>(c)));
    }

private:
    struct MultiplyAdds final : Evaluator {
        void evaluate(const Lanes* inputs, Lanes* columns, unsigned&) override {
            for (std::size_t c = 0; c < n_columns; ++c)
                columns[c] = column(inputs, c);
        }
    };
    Inputs inputs_;
    std::vector<Column> columns_;
};

const WideModel& wide_model() {
    static const WideModel model;
    return model;
}

RunOptions options_for(std::uint64_t samples, unsigned threads) {
    RunOptions options;
    options.samples = samples;
    options.threads = threads;
    options.driver_column = n_columns - 2;
    return options;
}

/// Results come first: one column of 10,000 samples computed one by one, and the same hash on 1 and 2 threads.
void check_results() {
    static bool checked = false;
    if (checked) return;
    checked = true;
    constexpr std::uint64_t n = 10'000;
    const State state = run(wide_model(), options_for(n, 1));
    const Sampler sampler(wide_model().inputs(), options_for(n, 1).seed);
    std::vector<double> y;
    y.reserve(n);
    for (std::uint64_t k = 0; k < n; ++k)
        y.push_back(WideModel::column(sampler.sample(k).data(), 1234));
    long double sum = 0.0, squares = 0.0;
    for (const double v : y)
        sum += v;
    for (const double v : y)
        squares += (v - sum / n) * (v - sum / n);
    std::nth_element(y.begin(), y.begin() + n / 2, y.end());
    const ColumnState& column = state.columns[1234];
    const auto near = [](double a, double b, double tolerance) { return std::fabs(a - b) <= tolerance * std::fabs(b); };
    const bool good = near(column.mean(), static_cast<double>(sum / n), 1e-15) &&
                      near(column.variance(), static_cast<double>(squares / (n - 1)), 1e-13) &&
                      near(column.quantiles()(0.5), y[n / 2], quantile_error) &&
                      run(wide_model(), options_for(n, 2)).hash() == state.hash();
    if (good) return;
    fmt::print(stderr, "the engine's figures are not those of samples taken one by one\n");
    std::exit(1);
}

void uniform_draws(benchmark::State& state) {
    std::uint64_t group = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(uniforms(1, {name_hash("x"), 0}, group++));
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * Lanes::width));
}
BENCHMARK(uniform_draws);

void normal_scores_of_draws(benchmark::State& state) {
    std::array<double, chunk_size> u{}, z{};
    for (std::size_t k = 0; k < chunk_size; ++k)
        u[k] = uniform(1, {name_hash("x"), 0}, k);
    for (auto _ : state) {
        normal_scores(u, z);
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * chunk_size));
}
BENCHMARK(normal_scores_of_draws);

void sampled_inputs(benchmark::State& state) {
    check_results();
    const Sampler sampler(wide_model().inputs(), 1);
    Draws draws;
    std::vector<Lanes> inputs(n_inputs);
    std::uint64_t chunk = 0;
    for (auto _ : state) {
        sampler.draw(chunk++, draws);
        for (std::size_t group = 0; group < groups_a_chunk; ++group) {
            sampler.write_values(draws, group, inputs.data());
            benchmark::DoNotOptimize(inputs.data());
            benchmark::ClobberMemory();
        }
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * chunk_size));
}
BENCHMARK(sampled_inputs);

void accumulated_columns(benchmark::State& state) {
    check_results();
    std::vector<ColumnState> columns(n_columns);
    std::vector<std::array<double, chunk_size>> blocks(64);
    for (std::size_t b = 0; b < blocks.size(); ++b)
        for (std::size_t k = 0; k < chunk_size; ++k)
            blocks[b][k] = std::exp(normal_score(uniform(1, {b, 0}, k)));
    std::size_t turn = 0;
    for (auto _ : state) {
        for (std::size_t c = 0; c < n_columns; ++c)
            columns[c].add_block(blocks[(c + turn) % blocks.size()].data(), chunk_size);
        ++turn;
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * chunk_size));
}
BENCHMARK(accumulated_columns);

void whole_run(benchmark::State& state) {
    check_results();
    const auto samples = static_cast<std::uint64_t>(state.range(0));
    for (auto _ : state)
        benchmark::DoNotOptimize(run(wide_model(), options_for(samples, static_cast<unsigned>(state.range(1)))).done());
    state.SetItemsProcessed(static_cast<std::int64_t>(static_cast<std::uint64_t>(state.iterations()) * samples));
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    state.counters["peak_MB"] = static_cast<double>(usage.ru_maxrss) / 1024.0;
}
BENCHMARK(whole_run)
    ->ArgNames({"samples", "threads"})
    ->Args({100'000, 1})
    ->Args({100'000, 2})
    ->Args({1'000'000, 2})
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime();

void summary_of_a_run(benchmark::State& state) {
    const State done = run(wide_model(), options_for(20'000, 2));
    for (auto _ : state)
        benchmark::DoNotOptimize(summarise(done).failed);
}
BENCHMARK(summary_of_a_run)->Unit(benchmark::kMillisecond);

} // namespace

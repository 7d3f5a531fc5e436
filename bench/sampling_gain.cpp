// autarky: how much scrambled Sobol points lower the variance of a scenario's headline figures, against random draws.
// SPDX-License-Identifier: Apache-2.0
//
//     bench_sampling_gain SAMPLES SEEDS [SCENARIO]
//
// For each seed, SAMPLES futures by either sampling, the value alone. Prints the ratio of the variances, over the seeds, of
// the mean value and of the share of futures in which making pays. A ratio over s seeds scatters by sqrt(4 / s) of itself.
#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <thread>
#include <vector>

#include "analysis/scenario_model.hpp"
#include "engine/chunk_runner.hpp"
#include "engine/dimension_order.hpp"
#include "engine/sampler.hpp"

namespace {

using namespace autarky;

struct Figures {
    double mean = 0.0, make = 0.0;
};

Figures figures(const engine::Model& model, std::size_t n, std::uint64_t seed, engine::Sampling sampling) {
    const engine::Sampler sampler = engine::sampler_of(model, seed, sampling, 0);
    const engine::Selection nothing;
    engine::ChunkRunner runner(model, sampler, nothing, {});
    double sum = 0.0, positive = 0.0;
    for (std::size_t chunk = 0; chunk < n / engine::chunk_size; ++chunk)
        for (const double x : runner.values(chunk, 0, n, 0)) {
            sum += x;
            positive += x > 0.0 ? 1.0 : 0.0;
        }
    return {sum / static_cast<double>(n), positive / static_cast<double>(n)};
}

double variance(const std::vector<Figures>& all, double Figures::* figure) {
    double mean = 0.0, out = 0.0;
    for (const auto& f : all)
        mean += f.*figure / static_cast<double>(all.size());
    for (const auto& f : all)
        out += (f.*figure - mean) * (f.*figure - mean) / static_cast<double>(all.size() - 1);
    return out;
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        fmt::print(stderr, "usage: {} SAMPLES SEEDS [SCENARIO]\n", argv[0]);
        return 2;
    }
    const auto n = static_cast<std::size_t>(std::atoll(argv[1])), seeds = static_cast<std::size_t>(std::atoll(argv[2]));
    LoadRequest request;
    request.data_folder = AUTARKY_SOURCE_DIR;
    if (argc > 3) request.scenario = argv[3];
    const auto loaded = load(request);
    const analysis::ScenarioModel whole(loaded);
    const analysis::SelectedColumns model(whole, {static_cast<std::size_t>(whole.verdict_column())});
    std::vector<Figures> random(seeds), sobol(seeds);
    const auto half = [&](std::size_t from) {
        for (std::size_t k = from; k < seeds; k += 2) {
            random[k] = figures(model, n, k + 1, engine::Sampling::random);
            sobol[k] = figures(model, n, k + 1, engine::Sampling::sobol);
        }
    };
    std::jthread other(half, 1);
    half(0);
    other.join();
    const auto tell = [&](const char* name, double Figures::* figure) {
        fmt::print("{}: variance {:.4g} by random draws, {:.4g} by Sobol points, {:.2f}x\n", name,
                   variance(random, figure), variance(sobol, figure),
                   variance(random, figure) / variance(sobol, figure));
    };
    fmt::print("{}, {} samples, {} seeds\n", loaded.name, n, seeds);
    tell("mean value", &Figures::mean);
    tell("share in which making pays", &Figures::make);
}

// autarky: how much scrambled Sobol points lower the variance of a scenario's headline figures, against random draws.
// SPDX-License-Identifier: Apache-2.0
//
//     bench_sampling_gain SAMPLES SEEDS [SCENARIO]
//     bench_sampling_gain order [SCENARIO [VARIANT]]
//
// For each seed, 8 scramblings of SAMPLES points each (a power of two from 4,096 on), the value alone. A run of SAMPLES samples in
// s scramblings is a mean of s independent ones of SAMPLES / s points, so the variance of such a piece tells that of the run, and
// every stretch of so many points is such a piece. Prints the ratio of the variance of random draws, known from all samples, to
// that of runs in 16, 8, 4, 2 and 1 scramblings, of the mean value and of the share of futures in which making pays, with the
// standard error of the ratio; then how often runs in 8 scramblings have the truth within 2.365 of their own errors, which should
// be 95 %. `order` prints the streams by strength, as src/scenario/strongest.cpp lists them.
#include <fmt/format.h>

#include <atomic>
#include <cmath>
#include <cstdlib>
#include <string_view>
#include <thread>
#include <vector>

#include "analysis/estimate.hpp"
#include "analysis/scenario_model.hpp"
#include "engine/chunk_runner.hpp"
#include "engine/dimension_order.hpp"
#include "engine/sampler.hpp"
#include "engine/sobol.hpp"

namespace {

using namespace autarky;
using engine::chunk_size;
using engine::n_scramblings;

constexpr std::size_t least_points = 256; ///< of the stretches that are kept
constexpr std::uint64_t order_chunks = 256;

/// Means over stretches of `least_points` points, [seed * 8 + scrambling][stretch], of one figure.
using Stretches = std::vector<std::vector<double>>;

struct Found {
    Stretches value, make;
    std::vector<double> squares; ///< mean square of the value, by seed
};

void add_seed(const engine::Model& model, std::size_t points, std::size_t seed, Found& out) {
    const auto sampler = engine::sampler_of(model, seed + 1, engine::Sampling::sobol);
    const engine::Selection nothing;
    engine::ChunkRunner runner(model, sampler, nothing, {});
    const std::size_t samples = points * n_scramblings;
    for (std::size_t chunk = 0; chunk < samples / chunk_size; ++chunk) {
        const auto values = runner.values(chunk, 0, samples, 0);
        for (std::size_t i = 0; i < values.size(); ++i) { // none of them fails in a bundled scenario
            const std::size_t sample = chunk * chunk_size + i,
                              row = seed * n_scramblings + engine::scrambling_of(sample),
                              stretch = sample / n_scramblings / least_points;
            constexpr double share = 1.0 / static_cast<double>(least_points);
            out.value[row][stretch] += share * values[i];
            out.make[row][stretch] += values[i] > 0.0 ? share : 0.0;
            out.squares[seed] += values[i] * values[i] / static_cast<double>(samples);
        }
    }
}

double mean_of(const std::vector<double>& values) { return analysis::estimate_of(values).mean; }

double mean_of_all(const Stretches& all) {
    std::vector<double> means;
    for (const auto& one : all)
        means.push_back(mean_of(one));
    return mean_of(means);
}

/// Means over pieces of `points` points of one scrambling.
std::vector<double> pieces_of(const std::vector<double>& stretches, std::size_t points) {
    const std::size_t n = points / least_points;
    std::vector<double> out;
    for (std::size_t at = 0; at < stretches.size(); at += n)
        out.push_back(mean_of({stretches.begin() + static_cast<std::ptrdiff_t>(at),
                               stretches.begin() + static_cast<std::ptrdiff_t>(at + n)}));
    return out;
}

/// Ratio of the variances at so many points, and its error: scramblings are independent, pieces of one are not.
analysis::Estimate gain(const Stretches& all, std::size_t points, double truth, double variance) {
    std::vector<double> squares;
    for (const auto& one : all) {
        double sum = 0.0;
        const auto pieces = pieces_of(one, points);
        for (const double x : pieces)
            sum += (x - truth) * (x - truth) / static_cast<double>(pieces.size());
        squares.push_back(sum);
    }
    const auto found = analysis::estimate_of(squares, {}, engine::Sampling::random);
    const double ratio = variance / static_cast<double>(points) / found.mean;
    return {ratio, ratio * found.error / found.mean};
}

/// Share of the runs of 8 scramblings that have the truth within 2.365 of their errors (7 degrees of freedom), and the mean
/// square of these errors over that of what they are errors of.
std::pair<double, double> coverage(const Stretches& all, std::size_t points, double truth) {
    double runs = 0.0, covered = 0.0, stated = 0.0, seen = 0.0;
    for (std::size_t seed = 0; seed < all.size() / n_scramblings; ++seed) {
        std::vector<std::vector<double>> of_scrambling;
        for (std::size_t r = 0; r < n_scramblings; ++r)
            of_scrambling.push_back(pieces_of(all[seed * n_scramblings + r], points));
        for (std::size_t piece = 0; piece < of_scrambling.front().size(); ++piece) {
            std::vector<double> means;
            for (const auto& one : of_scrambling)
                means.push_back(one[piece]);
            const auto run = analysis::estimate_of(means, {}, engine::Sampling::random);
            const double off = run.mean - truth;
            runs += 1.0;
            covered += std::fabs(off) <= 2.365 * run.error ? 1.0 : 0.0;
            stated += run.error * run.error;
            seen += off * off;
        }
    }
    return {covered / runs, stated / seen};
}

void tell(const char* name, const Stretches& all, std::size_t samples, double variance) {
    const double truth = mean_of_all(all);
    fmt::print("{}: {:.5g}\n", name, truth);
    for (std::size_t s = 16; s >= 1; s /= 2) {
        const auto found = gain(all, samples / s, truth, variance);
        fmt::print("  {:2} scramblings of {:6} points: {:5.2f}x +- {:.2f}\n", s, samples / s, found.mean, found.error);
    }
    const auto [covered, ratio] = coverage(all, samples / n_scramblings, truth);
    fmt::print("  its own errors: the truth within them in {:.1f} %, their square {:.2f} of the true one\n",
               100.0 * covered, ratio);
}

} // namespace

int main(int argc, char** argv) {
    const bool asks_order = argc > 1 && std::string_view(argv[1]) == "order";
    if (argc < (asks_order ? 2 : 3)) {
        fmt::print(stderr, "usage: {} SAMPLES SEEDS [SCENARIO], or order [SCENARIO [VARIANT]]\n", argv[0]);
        return 2;
    }
    LoadRequest request;
    request.data_folder = AUTARKY_SOURCE_DIR;
    if (const int at = asks_order ? 2 : 3; argc > at) request.scenario = argv[at];
    if (asks_order && argc > 3) request.variants = {argv[3]};
    const auto loaded = load(request);
    const analysis::ScenarioModel whole(loaded);
    const analysis::SelectedColumns model(whole, {static_cast<std::size_t>(whole.verdict_column())});
    if (asks_order) {
        for (const std::size_t stream : engine::dimension_order(model, 0, order_chunks))
            fmt::print("{}\n", loaded.inputs.streams[stream]);
        return 0;
    }
    const auto n = static_cast<std::size_t>(std::atoll(argv[1])), seeds = static_cast<std::size_t>(std::atoll(argv[2]));
    const Stretches empty(seeds * n_scramblings, std::vector<double>(n / least_points));
    Found found{empty, empty, std::vector<double>(seeds)};
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t seed = next++; seed < seeds; seed = next++)
            add_seed(model, n, seed, found);
    };
    {
        const std::jthread other(work);
        work();
    }
    fmt::print("{}, {} samples, {} seeds\n", loaded.name, n, seeds);
    const double p = mean_of_all(found.make), mean = mean_of_all(found.value);
    tell("mean value", found.value, n, mean_of(found.squares) - mean * mean);
    tell("share in which making pays", found.make, n, p * (1.0 - p));
}

// autarky: how long the exploration of a million designs takes.
// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <string>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "design/space.hpp"

namespace {

using namespace autarky::design;

void explore_designs(benchmark::State& state) {
    const std::string data = AUTARKY_SOURCE_DIR;
    DesignAxes axes;
    for (const auto& [node, clock, process] :
         {std::tuple{7, 1.4, "n7"}, {5, 1.6, "n5"}, {3, 1.9, "n3"}, {2, 2.1, "n2"}})
        axes.nodes.push_back({node, clock, die_costing(process, "", data)});
    const std::vector<Job> jobs{load_job("driving-vision", data), load_job("planning", data)};
    Exploration result;
    for (auto _ : state)
        result = explore(jobs, axes);
    if (result.points < 1'000'000 || result.front.empty()) {
        fmt::print(stderr, "{} points, {} on the front\n", result.points, result.front.size());
        std::exit(1);
    }
    state.SetLabel(
        fmt::format("{} points, {} feasible, {} on the front", result.points, result.feasible, result.front.size()));
}
BENCHMARK(explore_designs)->Unit(benchmark::kSecond)->UseRealTime();

} // namespace

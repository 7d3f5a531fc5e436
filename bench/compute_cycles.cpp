// autarky: how fast exact cycles of a network are, and a million designs. bench/peers/scalesim_cycles.py runs SCALE-Sim beside.
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstdlib>
#include <string>
#include <string_view>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "compute/mapping/systolic.hpp"
#include "compute/network/layer_table.hpp"

namespace {

using namespace autarky::compute;

/// ResNet-18 as SCALE-Sim's own topology has it: maps without padding, strides of the first block of each stage.
constexpr std::string_view resnet18 =
    "Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,\n"
    "Conv1,224,224,7,7,3,64,2,\nConv2_1a,56,56,3,3,64,64,1,\nConv2_1b,56,56,3,3,64,64,1,\nConv2_2a,56,56,3,3,64,64,1,\n"
    "Conv2_2b,56,56,3,3,64,64,1,\nConv3_1a,56,56,3,3,64,128,2,\nConv3_1b,28,28,3,3,128,128,1,\nConv3_s,56,56,1,1,64,"
    "128,2,\n"
    "Conv3_2a,28,28,3,3,128,128,1,\nConv3_2b,28,28,3,3,128,128,1,\nConv4_1a,28,28,3,3,128,256,2,\n"
    "Conv4_1b,14,14,3,3,256,256,1,\nConv4_s,28,28,1,1,128,256,2,\nConv4_2a,14,14,3,3,256,256,1,\n"
    "Conv4_2b,14,14,3,3,256,256,1,\nConv5_1a,14,14,3,3,256,512,2,\nConv5_1b,7,7,3,3,512,512,1,\nConv5_s,14,14,1,1,256,"
    "512,2,\n"
    "Conv5_2a,7,7,3,3,512,512,1,\nConv5_2b,7,7,3,3,512,512,1,\nFC,1,1,1,1,512,1000,1,\n";

struct Case {
    Array array;
    Count printed_cycles; ///< by SCALE-Sim 3.0.0
};
constexpr std::array cases{
    Case{{32, 32, Dataflow::output_stationary}, 1'718'353}, Case{{32, 32, Dataflow::weight_stationary}, 2'519'815},
    Case{{32, 32, Dataflow::input_stationary}, 2'838'997},  Case{{128, 128, Dataflow::output_stationary}, 262'370},
    Case{{128, 128, Dataflow::weight_stationary}, 417'628}, Case{{128, 128, Dataflow::input_stationary}, 595'543}};

Network network_of(std::string_view table) {
    autarky::Diagnostics diagnostics;
    auto network = read_layer_table(table, "resnet18.csv", diagnostics, Depthwise::layer_per_channel);
    if (diagnostics.has_errors()) std::exit(1);
    return network;
}

/// The result comes first: the cycles that SCALE-Sim prints, or nothing is measured.
void check(const Network& network, const Case& one) {
    const auto got = run(one.array, network, Counting::scalesim).total.cycles;
    if (got == one.printed_cycles) return;
    fmt::print(stderr, "{} cycles instead of {}\n", got, one.printed_cycles);
    std::exit(1);
}

void cycles_of_resnet18(benchmark::State& state) {
    const auto network = network_of(resnet18);
    const auto& one = cases[static_cast<std::size_t>(state.range(0))];
    check(network, one);
    for (auto _ : state)
        benchmark::DoNotOptimize(run(one.array, network, Counting::scalesim).total.cycles);
    state.SetLabel(fmt::format("{}x{} {}", one.array.rows, one.array.columns, dataflow_name(one.array.dataflow)));
}
BENCHMARK(cycles_of_resnet18)->DenseRange(0, cases.size() - 1);

/// The same with the reading of the table, as the program does it for a file.
void table_and_cycles_of_resnet18(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(run(cases[0].array, network_of(resnet18), Counting::scalesim).total.cycles);
}
BENCHMARK(table_and_cycles_of_resnet18);

} // namespace

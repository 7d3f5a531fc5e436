// autarky: fuzz target: a layer table is read or refused, and what was read can be counted.
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "compute/mapping/performance.hpp"
#include "compute/mapping/systolic.hpp"
#include "compute/network/layer_table.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace autarky;
    using namespace autarky::compute;
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    for (const auto depthwise : {Depthwise::one_layer, Depthwise::layer_per_channel}) {
        Diagnostics diagnostics;
        const auto network = read_layer_table(text, "fuzz.csv", diagnostics, depthwise);
        if (network.layers.size() > 64) continue;
        (void)diagnostics.render();
        for (const auto dataflow :
             {Dataflow::output_stationary, Dataflow::weight_stationary, Dataflow::input_stationary})
            (void)run({32, 16, dataflow}, network, Counting::scalesim);
        Machine machine;
        machine.array = {32, 16, Dataflow::output_stationary};
        machine.buffer_bytes = 65'536;
        machine.dram_bytes_per_s = 1e9;
        machine.vector_operations_per_s = 1e9;
        (void)network_time(machine, network);
    }
    return 0;
}

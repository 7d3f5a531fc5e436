// autarky: learned values in blocks with shared scales: their bits, and what they move.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <string_view>

#include "compute/chip/number_format.hpp"
#include "compute/mapping/layer_plan.hpp"
#include "compute/mapping/performance.hpp"

using namespace autarky::compute;

namespace {

Machine machine(const BlockFormat& blocks = {}) {
    Machine m;
    m.array = {32, 32, Dataflow::weight_stationary};
    m.style = ArrayStyle::overlapped;
    m.blocks = blocks;
    m.buffer_bytes = 1 << 20;
    m.keeps_activations = false; // everything comes from DRAM
    m.dram_bytes_per_s = 1e10;
    m.vector_operations_per_s = 1e11;
    return m;
}

Network of(const Layer& layer) { return {"", "", {layer}, {}}; }

} // namespace

TEST_CASE("bits of a value are those of the published definitions") {
    struct Published {
        std::string_view name;
        Count values, bytes;
    };
    // MX: OCP specification v1.0, table 1 (element bits x 32 + 8 of the scale); q*: GGML_QUANT_SIZES of gguf 0.19.0, which
    // has NVFP4 as 64 values in 36 bytes
    for (const auto& p : {Published{"mxfp8", 32, 33},
                          {"mxfp6", 32, 25},
                          {"mxfp4", 32, 17},
                          {"mxint8", 32, 33},
                          {"nvfp4", 64, 36},
                          {"q8_0", 32, 34},
                          {"q6_k", 256, 210},
                          {"q5_k", 256, 176},
                          {"q5_1", 32, 24},
                          {"q5_0", 32, 22},
                          {"q4_k", 256, 144},
                          {"q4_1", 32, 20},
                          {"q4_0", 32, 18},
                          {"iq4_nl", 32, 18},
                          {"iq4_xs", 256, 136},
                          {"q3_k", 256, 110},
                          {"q2_k", 256, 84}}) {
        CAPTURE(p.name);
        const auto at = std::ranges::find(number_format_names, p.name) - number_format_names.begin();
        const auto block = block_format(static_cast<NumberFormat>(at));
        CHECK(block.bytes * p.values == p.bytes * block.values);
    }
    CHECK(block_format(NumberFormat::mxfp4).bits_a_value() == 4.25);
    CHECK(block_format(NumberFormat::q4_k).bits_a_value() == 4.5);
    for (int i = 0; i < 6; ++i) { // plain formats come first, in the order of Precision
        const auto plain = static_cast<Precision>(i);
        CHECK(format_name(plain_format(plain)) == precision_names[static_cast<std::size_t>(i)]);
        CHECK(block_format(plain_format(plain)).bits_a_value() == precision_bits(plain));
        CHECK(usual_precision(plain_format(plain)) == plain);
        CHECK_FALSE(stored_as(plain_format(plain), plain).is_given());
    }
    CHECK(stored_as(NumberFormat::int4, Precision::bf16) == BlockFormat{2, 1});
}

TEST_CASE("weights move in their blocks, activations and biases as they are computed") {
    const auto blocks = block_format(NumberFormat::mxfp4);
    const Layer layer{"fc", Matmul{.rows = 8, .columns = 96, .reduction = 70, .biases = 96}};
    // 70 values are three blocks of 32, the last filled up
    const Count weights = 96 * 3 * 17;
    CHECK(learned_bytes(machine(blocks), layer) == weights + 96);
    CHECK(learned_bytes(machine(), layer) == 96 * 70 + 96);
    const auto time = network_time(machine(blocks), of(layer));
    CHECK(time.dram_bytes == 8 * 70 + weights + 8 * 96);
    // products of activations have nothing in blocks
    const Layer scores{"qk", Matmul{.rows = 64, .columns = 64, .reduction = 64, .weights = false}};
    CHECK(network_time(machine(blocks), of(scores)).dram_bytes == network_time(machine(), of(scores)).dram_bytes);
}

TEST_CASE("tables are stored in blocks, of which only the rows picked are read") {
    const auto blocks = block_format(NumberFormat::q4_k);
    const Layer table{"tokens", Lookup{.table_rows = 1000, .width = 512, .picked = 3}};
    CHECK(learned_bytes(machine(blocks), table) == 3 * 2 * 144);
}

TEST_CASE("fewer bits a weight never take longer, and let more weights stay on the chip") {
    // 1 MiB of buffer: 1,048,576 weights fit beside their maps in 4 bits, not in 8
    const Layer layer{"fc", Matmul{.rows = 1, .columns = 1024, .reduction = 1024}};
    double before = 0.0;
    for (const auto format : {NumberFormat::q2_k, NumberFormat::q3_k, NumberFormat::mxfp4, NumberFormat::q4_0,
                              NumberFormat::q5_1, NumberFormat::mxfp6, NumberFormat::q8_0}) {
        CAPTURE(format_name(format));
        auto m = machine(block_format(format));
        const double seconds = network_time(m, of(layer)).seconds;
        CHECK(seconds > before);
        before = seconds;
        m.keeps_activations = true;
        CHECK(network_time(m, of(layer)).weights_resident == (block_format(format).bits_a_value() < 7.9));
    }
}

TEST_CASE("the buffers feed the arrays with packed weights") {
    const Layer layer{"fc", Matmul{.rows = 32, .columns = 32, .reduction = 32}};
    const auto plain = network_time(machine(), of(layer)).layers[0].buffer_accesses;
    const auto packed = network_time(machine(block_format(NumberFormat::q4_0)), of(layer)).layers[0].buffer_accesses;
    CHECK(plain - packed == 32 * 32 - 32 * 18); // each weight once on a weight-stationary array
}

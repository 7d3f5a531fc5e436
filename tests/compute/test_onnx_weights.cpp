// autarky: learned values of ONNX models count once however they are reached, and all of them count.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>

#include "compute/mapping/layer_plan.hpp"
#include "compute/mapping/performance.hpp"
#include "compute/onnx/onnx_reader.hpp"
#include "onnx_model.hpp"

using namespace autarky;
using namespace autarky::compute;

namespace {

Machine machine() {
    Machine m;
    m.array = {32, 32, Dataflow::weight_stationary};
    m.style = ArrayStyle::overlapped;
    m.buffer_bytes = 1 << 20;
    m.dram_bytes_per_s = 1e10;
    m.vector_operations_per_s = 1e11;
    m.launch_s = 1e-6;
    return m;
}

/// Three products with one weight, seen each time through what `view` adds.
template <class View> Network thrice(const View& view) {
    Model model;
    model.input("x", {1, 8, 64}).weights("w", {64, 64}).integers("square", {64, 64});
    std::string value = "x";
    for (const auto* name : {"a", "b", "c"}) {
        const auto weight = view(model, std::string("w_") + name);
        model.node("MatMul", {value, weight}, name);
        value = name;
    }
    return read(model);
}

} // namespace

TEST_CASE("a weight reached through views counts once, and moves as often as without them") {
    const auto plain = thrice([](Model&, const std::string&) { return std::string("w"); });
    CHECK(parameters(plain) == 64 * 64);
    const auto through = [&](const std::string& op) {
        return thrice([&op](Model& model, const std::string& name) {
            if (op == "Reshape")
                model.node(op, {"w", "square"}, name);
            else
                model.node(op, {"w"}, name);
            if (op == "Cast") model.with("to", 10);
            return name;
        });
    };
    for (const auto* op : {"Identity", "Transpose", "Reshape", "Cast"}) {
        CAPTURE(op);
        const auto seen = through(op);
        CHECK(parameters(seen) == 64 * 64);
        const auto a = network_time(machine(), plain), b = network_time(machine(), seen);
        CHECK(a.seconds == b.seconds);
        CHECK(a.dram_bytes == b.dram_bytes);
    }
}

TEST_CASE("a table of words that is also the last layer counts once") {
    Model model;
    model.input("ids", {1, 8}).weights("table", {1000, 64});
    model.node("Gather", {"table", "ids"}, "h").node("Transpose", {"table"}, "t").with("perm", {1, 0});
    model.node("MatMul", {"h", "t"}, "y");
    CHECK(parameters(read(model)) == 64'000);
}

TEST_CASE("biases and scales of Add and Mul, slopes, tokens and positions are learned; settings are not") {
    Model linear;
    linear.input("x", {1, 10, 64}).weights("w", {64, 128}).weights("b", {128}).weights("s", {128}).weights("half", {});
    linear.node("MatMul", {"x", "w"}, "h").node("Add", {"h", "b"}, "g").node("Mul", {"g", "s"}, "o");
    linear.node("Mul", {"o", "half"}, "y");
    CHECK(parameters(read(linear)) == 64 * 128 + 128 + 128);
    CHECK(footprint(read(linear).layers[1].shape).inputs == 10 * 128); // the bias does not stream
    CHECK(footprint(read(linear).layers[1].shape).learned == 128);
    Model one;
    one.input("x", {10, 64}).weights("w", {64, 1}).weights("b", {1});
    one.node("MatMul", {"x", "w"}, "h").node("Add", {"h", "b"}, "y");
    CHECK(parameters(read(one)) == 65); // the bias of a layer of one unit is one number
    Model slopes;
    slopes.input("x", {1, 4, 8, 8}).weights("slope", {4, 1, 1}).node("PRelu", {"x", "slope"}, "y");
    CHECK(parameters(read(slopes)) == 4);
    Model tokens; // a class token and positions, as a vision transformer has them
    tokens.input("x", {2, 16, 64}).integers("twice", {2, 1, 1}).weights("w", {64, 8});
    tokens.weights("token", {1, 1, 64}).weights("positions", {1, 17, 64});
    tokens.node("Tile", {"token", "twice"}, "c").node("Concat", {"c", "x"}, "h").with("axis", 1);
    tokens.node("Add", {"h", "positions"}, "p").node("MatMul", {"p", "w"}, "y");
    CHECK(parameters(read(tokens)) == 64 + 17 * 64 + 64 * 8);
    Model norm;
    norm.input("x", {1, 8, 64}).weights("s", {64}).weights("b", {64});
    norm.node("RMSNormalization", {"x", "s"}, "r").node("LayerNormalization", {"r", "s", "b"}, "y");
    CHECK(parameters(read(norm)) == 64 + 64); // the scale is shared
}

TEST_CASE("parts of one stored weight add up to it; the same formula of the same numbers is one weight") {
    Model parts;
    parts.input("x", {4, 16}).weights("w", {16, 24}).integers("sizes", {8, 8, 8});
    parts.node("Split", {"w", "sizes"}, "q").with("axis", 1).output("k").output("v");
    parts.node("MatMul", {"x", "q"}, "a").node("MatMul", {"x", "k"}, "b").node("MatMul", {"x", "v"}, "c");
    parts.node("MatMul", {"x", "q"}, "d");
    CHECK(parameters(read(parts)) == 16 * 24);
    Model computed;
    computed.input("x", {4, 16}).weights("g", {16, 1}).weights("d", {16, 8});
    computed.node("Mul", {"g", "d"}, "w").node("Mul", {"g", "d"}, "same");
    computed.node("MatMul", {"x", "w"}, "a").node("MatMul", {"x", "same"}, "b");
    CHECK(parameters(read(computed)) == 16 * 8);
}

TEST_CASE("quantised weights behind DequantizeLinear are the weights of their layer") {
    Model model;
    model.input("x", {4, 64}).stored("w", {64, 96}, 22).weights("s", {2, 96});
    model.node("DequantizeLinear", {"w", "s"}, "d").with("axis", 0).with("block_size", 32);
    model.node("MatMul", {"x", "d"}, "y");
    CHECK(macs(read(model)) == 4LL * 64 * 96);
    CHECK(parameters(read(model)) == 64 * 96);
}

TEST_CASE("a pair of QuantizeLinear and DequantizeLinear costs nothing on a chip of that format, and something on a "
          "wider one") {
    Model plain, pairs;
    for (auto* model : {&plain, &pairs}) {
        const bool has_pairs = model == &pairs;
        model->input("x", {1, 16, 32, 32}).weights("s", {}).stored("z", {}, onnx::TensorProto::INT8);
        std::string value = "x";
        for (int i = 0; i < 4; ++i) {
            const auto n = std::to_string(i);
            model->weights("w" + n, {16, 16, 3, 3});
            if (has_pairs) {
                model->node("QuantizeLinear", {value, "s", "z"}, "q" + n);
                model->node("DequantizeLinear", {"q" + n, "s", "z"}, "d" + n);
                value = "d" + n;
            }
            model->node("Conv", {value, "w" + n}, "c" + n).with("pads", {1, 1, 1, 1});
            model->node("Relu", {"c" + n}, "r" + n);
            value = "r" + n;
        }
    }
    const auto a = read(plain), b = read(pairs);
    CHECK(macs(a) == macs(b));
    CHECK(parameters(a) == parameters(b));
    auto int8 = machine();
    CHECK(network_time(int8, a).seconds == network_time(int8, b).seconds);
    CHECK(network_time(int8, a).dram_bytes == network_time(int8, b).dram_bytes);
    auto fp16 = machine();
    fp16.element_bits = 16;
    CHECK(network_time(fp16, a).seconds < network_time(fp16, b).seconds);
}

TEST_CASE("weights packed in blocks move as many bytes as the blocks and their scales have") {
    Model model; // K = 70 makes three blocks of 32, the last with padding
    model.input("x", {8, 70}).stored("w", {96, 3, 16}, onnx::TensorProto::UINT8).weights("s", {96 * 3});
    model.node("com.microsoft.MatMulNBits", {"x", "w", "s"}, "y");
    model.with("K", 70).with("N", 96).with("bits", 4).with("block_size", 32);
    const auto network = read(model);
    CHECK(macs(network) == 8LL * 70 * 96);
    CHECK(parameters(network) == 70 * 96);
    const auto* matmul = std::get_if<Matmul>(&network.layers[0].shape);
    REQUIRE(matmul != nullptr);
    CHECK(matmul->weight_bytes == 96 * 3 * 16 + 96 * 3 * 2); // N x ceil(K / block) x block / 2, scales of two bytes
    auto bare = machine();
    bare.keeps_activations = false;
    const auto time = network_time(bare, network);
    CHECK(time.dram_bytes == 8 * 70 + matmul->weight_bytes + 8 * 96);
}

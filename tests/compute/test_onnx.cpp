// autarky: ONNX models become layers; models that are broken are told how.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "compute/onnx/onnx_reader.hpp"
#include "onnx_model.hpp"
#include "text_file.hpp"

using namespace autarky;
using namespace autarky::compute;

namespace {

Model convolution() {
    Model model;
    model.input("x", {1, 64, 56, 56}).weights("w", {128, 32, 3, 3}).weights("b", {128});
    model.node("Conv", {"x", "w", "b"}, "y").with("strides", {2, 2}).with("pads", {1, 1, 1, 1}).with("group", 2);
    return model;
}

} // namespace

TEST_CASE("a convolution with padding, stride, groups and bias") {
    const auto network = read(convolution());
    REQUIRE(network.layers.size() == 1);
    CHECK(macs(network) == 28LL * 28 * 128 * 9 * 32);
    CHECK(parameters(network) == 128 * 32 * 9 + 128);
    CHECK(operator_name(network.layers[0].shape) == "grouped convolution");
}

TEST_CASE("shapes pass through views, sums, pooling, and arithmetic on shapes") {
    Model model;
    model.input("x", {2, 3, 32, 32}).weights("w", {16, 3, 3, 3}).weights("fc", {10, 4096});
    model.node("Conv", {"x", "w"}, "c").with("pads", {1, 1, 1, 1});
    model.node("Relu", {"c"}, "r");
    model.node("MaxPool", {"r"}, "p").with("kernel_shape", {2, 2}).with("strides", {2, 2});
    model.node("Add", {"p", "p"}, "s");
    model.node("Flatten", {"s"}, "f");
    model.node("Gemm", {"f", "fc"}, "y").with("transB", 1);
    const auto network = read(model);
    REQUIRE(network.layers.size() == 5);
    CHECK(macs(network) == 2LL * 32 * 32 * 16 * 27 + 2LL * 10 * 4096);
    CHECK(network.layers[0].parallel == 2);
    CHECK(operator_name(network.layers[2].shape) == "pooling");
}

TEST_CASE("attention written as matmuls and a softmax; weights used twice count once") {
    Model model;
    model.input("x", {1, 16, 64}).weights("w", {64, 64});
    model.node("MatMul", {"x", "w"}, "q");
    model.node("MatMul", {"x", "w"}, "k");
    model.node("Transpose", {"k"}, "kt").with("perm", {0, 2, 1});
    model.node("MatMul", {"q", "kt"}, "s");
    model.node("Softmax", {"s"}, "p");
    model.node("MatMul", {"p", "q"}, "y");
    const auto network = read(model);
    CHECK(macs(network) == 2LL * 16 * 64 * 64 + 2LL * 16 * 16 * 64);
    CHECK(parameters(network) == 64 * 64);
}

TEST_CASE("a transposed convolution counts each input value with each tap once") {
    Model model;
    model.input("x", {1, 8, 10, 10}).weights("w", {8, 4, 2, 2});
    model.node("ConvTranspose", {"x", "w"}, "y").with("strides", {2, 2});
    CHECK(macs(read(model)) == 100LL * 8 * 4 * 4);
}

TEST_CASE("a shape that is computed from a shape is followed: Shape, Gather, Concat, Reshape") {
    Model model;
    model.input("x", {2, 16, 8, 8}).weights("w", {64, 5});
    model.integers("zero", {0}).integers("rest", {16, 64});
    model.node("Shape", {"x"}, "s");
    model.node("Gather", {"s", "zero"}, "n").with("axis", 0);
    model.node("Concat", {"n", "rest"}, "to").with("axis", 0);
    model.node("Reshape", {"x", "to"}, "r");
    model.node("MatMul", {"r", "w"}, "y");
    CHECK(macs(read(model)) == 2LL * 16 * 64 * 5);
}

TEST_CASE("slices, splits, pads, reductions, resizing") {
    Model model;
    model.input("x", {1, 8, 10, 10}).weights("w", {4, 3, 1, 1});
    model.integers("starts", {1})
        .integers("ends", {4})
        .integers("axes", {1})
        .integers("pads", {0, 0, 1, 1, 0, 0, 1, 1});
    model.integers("sizes", {1, 3, 24, 24});
    model.node("Slice", {"x", "starts", "ends", "axes"}, "a"); // 3 channels
    model.node("Pad", {"a", "pads"}, "b");                     // 12 x 12
    model.node("Resize", {"b", "", "", "sizes"}, "c");         // 24 x 24
    model.node("Conv", {"c", "w"}, "d");
    model.node("ReduceMean", {"d"}, "y").with("axes", {2, 3}).with("keepdims", 0);
    const auto network = read(model);
    CHECK(macs(network) == 24LL * 24 * 4 * 3);
    CHECK(footprint(network.layers.back().shape).outputs == 4);
}

TEST_CASE("a declared shape that contradicts what the node makes") {
    Model model;
    model.input("x", {1, 4, 8, 8});
    model.node("Relu", {"x"}, "y").declared("y", {1, 4, 8, 9});
    CHECK(finding(model.bytes()) == "E0714 node 'Relu_y' (Relu) makes 'y' of shape 1x4x8x8, the file declares 1x4x8x9");
}

TEST_CASE("nodes out of order are put in order") {
    Model model;
    model.input("x", {1, 16});
    model.node("Relu", {"a"}, "y");
    model.node("Sigmoid", {"x"}, "a");
    const auto network = read(model);
    REQUIRE(network.layers.size() == 2);
    CHECK(network.layers[0].name == "Sigmoid_a");
}

TEST_CASE("operators that are not known are counted by name, never dropped in silence") {
    Model model;
    model.input("x", {1, 16});
    model.node("Det", {"x"}, "a");
    model.node("Det", {"x"}, "b");
    model.node("Relu", {"x"}, "y");
    const auto network = read(model);
    CHECK(network.unsupported.at("Det") == 2);
    CHECK(network.layers.size() == 1);
}

TEST_CASE("an open batch is one, another open dimension must be given") {
    Model model;
    model.open_input("x", {1, 16}, "width").weights("w", {8, 16, 3});
    model.node("Conv", {"x", "w"}, "y");
    CHECK(macs(read(model, {{"width", 100}})) == 98LL * 8 * 48);
    CHECK(macs(read(model, {{"x[2]", 100}})) == 98LL * 8 * 48); // by its place
    CHECK(finding(model.bytes()) == "E0712 input 'x': the size of dimension 2 is open");
}

TEST_CASE("broken models are told how they are broken") {
    CHECK(finding("no model at all") == "E0710 this is no ONNX model, or it is cut off");
    CHECK(finding("") == "E0710 the model has no graph");
    const auto whole = convolution().bytes();
    CHECK(finding(whole.substr(0, whole.size() / 2)) == "E0710 this is no ONNX model, or it is cut off");
    Model cycle;
    cycle.input("x", {1, 16});
    cycle.node("Add", {"x", "b"}, "a").node("Relu", {"a"}, "b");
    CHECK(finding(cycle.bytes()) == "E0713 the graph has a cycle through node 'Add_a'");
    Model missing;
    missing.input("x", {1, 16});
    missing.node("Add", {"x", "z"}, "a");
    CHECK(finding(missing.bytes()) == "E0713 node 'Add_a' reads 'z', which nothing gives");
    Model twice;
    twice.input("x", {1, 16});
    twice.node("Relu", {"x"}, "a").node("Relu", {"x"}, "a");
    CHECK(finding(twice.bytes()) == "E0713 the value 'a' is given twice");
    Model zero;
    zero.input("x", {1, 0, 8, 8});
    zero.node("Relu", {"x"}, "y");
    CHECK(finding(zero.bytes()) == "E0715 the model has no work to count: every node is a view or on constants");
    Model channels;
    channels.input("x", {1, 16, 8, 8}).weights("w", {4, 8, 3, 3});
    channels.node("Conv", {"x", "w"}, "y");
    CHECK(finding(channels.bytes()) ==
          "E0711 node 'Conv_y' (Conv): its weights take 8 channels in 1 groups, its input has 16");
}

TEST_CASE("every cut of a model is refused or read, none crashes") {
    const auto whole = convolution().bytes();
    for (std::size_t n = 0; n < whole.size(); ++n) {
        Diagnostics diagnostics;
        (void)read_onnx(whole.substr(0, n), "net.onnx", diagnostics);
    }
}

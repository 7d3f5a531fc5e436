// autarky: shapes and products of ONNX operators, against the operators' published definitions.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>

#include "compute/onnx/onnx_reader.hpp"
#include "onnx_model.hpp"

using namespace autarky;
using namespace autarky::compute;

namespace {

/// Elements of 'y' from its product with a learned row of one column: as many multiply-adds as it has elements.
Count elements_of_y(Model& model, int last) {
    model.weights("probe", {last, 1}).node("MatMul", {"y", "probe"}, "z");
    Count products = 0;
    for (const auto& layer : read(model).layers)
        if (layer.name == "MatMul_z") products += macs(layer);
    return products;
}

} // namespace

TEST_CASE("batches of a product broadcast as the definition of numpy's matmul says") {
    Model model;
    model.input("a", {3, 1, 5, 7}).input("b", {4, 7, 9});
    model.node("MatMul", {"a", "b"}, "y");
    CHECK(macs(read(model)) == 3LL * 4 * 5 * 7 * 9);
    Model learned;
    learned.input("a", {2, 3, 5, 7}).weights("b", {3, 7, 9});
    learned.node("MatMul", {"a", "b"}, "y");
    CHECK(macs(read(learned)) == 2LL * 3 * 5 * 7 * 9);
    CHECK(parameters(read(learned)) == 3 * 7 * 9); // each matrix once, however many rows it meets
    Model unequal;
    unequal.input("a", {3, 5, 7}).input("b", {4, 7, 9});
    unequal.node("MatMul", {"a", "b"}, "y");
    CHECK(finding(unequal.bytes()) == "E0711 node 'MatMul_y' (MatMul): its batches 3 and 4 do not fit each other");
}

TEST_CASE("weights on the left of a product are weights") {
    Model model;
    model.input("x", {4, 6, 50}).weights("w", {9, 6});
    model.node("MatMul", {"w", "x"}, "y");
    const auto network = read(model);
    CHECK(macs(network) == 4LL * 9 * 6 * 50);
    CHECK(parameters(network) == 54);
}

TEST_CASE(
    "a transposed convolution under SAME padding multiplies sizes by its strides; its bias is one value a filter") {
    Model model;
    model.input("x", {2, 6, 7, 9}).weights("w", {6, 4, 3, 3}).weights("b", {4});
    model.node("ConvTranspose", {"x", "w", "b"}, "y").with("strides", {2, 3}).with("auto_pad", "SAME_UPPER");
    CHECK(parameters(read(model)) == 6 * 4 * 9 + 4);
    CHECK(elements_of_y(model, 27) == 2LL * 4 * 14 * 27);
}

TEST_CASE("a split into unequal parts leaves the rest to the last one") {
    Model model;
    model.input("x", {2, 10, 4});
    model.node("Split", {"x"}, "a").output("b").output("y").with("axis", 1).with("num_outputs", 3);
    CHECK(elements_of_y(model, 4) == 2LL * 2 * 4); // 4, 4 and 2
}

TEST_CASE("a slice to the largest whole number runs to the end") {
    Model model;
    model.input("x", {4, 9, 30});
    model.node("Slice", {"x"}, "y").with("starts", {1}).with("axes", {0}).with_far_end("ends");
    CHECK(elements_of_y(model, 30) == 3LL * 9 * 30);
}

TEST_CASE("pads and new sizes for some axes only") {
    Model pads;
    pads.input("x", {1, 3, 7, 9}).integers("p", {1, 2, 3, 4}).integers("axes", {3, 2});
    pads.node("Pad", {"x", "p", "", "axes"}, "y");
    CHECK(elements_of_y(pads, 13) == 3LL * (7 + 6) * (9 + 4));
    Model scales;
    scales.input("x", {1, 3, 7, 9}).reals("s", {2.0F, 3.0F});
    scales.node("Resize", {"x", "", "s"}, "y").with("axes", {2, 3});
    CHECK(elements_of_y(scales, 27) == 3LL * 14 * 27);
    Model kept;
    kept.input("x", {1, 3, 7, 9}).integers("s", {20, 21});
    kept.node("Resize", {"x", "", "", "s"}, "y").with("axes", {2, 3});
    kept.with("keep_aspect_ratio_policy", "not_larger"); // 21 / 9 is the smaller factor: 16.3 x 21
    CHECK(elements_of_y(kept, 21) == 3LL * 16 * 21);
}

TEST_CASE("sizes that are halved as reals, rounded and chosen are followed, and are no work of their own") {
    Model model;
    model.input("x", {6, 4, 5, 2}).integers("one", {1}).integers("two", {2}).integers("rest", {-1});
    model.reals("half", {0.5F}).integers("from", {1}).integers("to", {2});
    model.node("Shape", {"x"}, "s");
    model.node("Slice", {"s", "from", "to"}, "w");
    model.node("Cast", {"w"}, "real").with("to", 1);
    model.node("Mul", {"real", "half"}, "halved");
    model.node("Floor", {"halved"}, "whole");
    model.node("Cast", {"whole"}, "n").with("to", 7);
    model.node("Equal", {"n", "two"}, "is_two");
    model.node("Where", {"is_two", "n", "one"}, "chosen");
    model.node("Concat", {"rest", "chosen", "two"}, "target").with("axis", 0);
    model.node("Reshape", {"x", "target"}, "r"); // 60 x 2 x 2
    model.node("ReduceMax", {"r"}, "y").with("axes", {0}).with("keepdims", 0);
    CHECK(read(model).layers.size() == 1);
    CHECK(elements_of_y(model, 2) == 4);
}

TEST_CASE("sums over named indices are products") {
    const auto product_of = [](const std::string& equation, std::initializer_list<int> a,
                               std::initializer_list<int> b) {
        Model model;
        model.input("a", a).input("b", b);
        model.node("Einsum", {"a", "b"}, "y").with("equation", equation);
        return macs(read(model));
    };
    CHECK(product_of("bhqd,bhkd->bhqk", {2, 4, 5, 8}, {2, 4, 6, 8}) == 2LL * 4 * 5 * 6 * 8);
    CHECK(product_of("bij, bjk", {2, 3, 4}, {2, 4, 5}) == 2LL * 3 * 4 * 5);
    CHECK(product_of("...ij,...jk->...ik", {2, 6, 3, 4}, {6, 4, 5}) == 2LL * 6 * 3 * 4 * 5);
    Model diagonal;
    diagonal.input("a", {4, 4}).node("Einsum", {"a"}, "y").with("equation", "ii->i").declared("y", {4});
    CHECK(finding(diagonal.bytes()) ==
          "E0711 node 'Einsum_y' (Einsum): only sums with each index once in an operand are "
          "understood");
    Model unequal;
    unequal.input("a", {4, 5}).input("b", {6, 7}).node("Einsum", {"a", "b"}, "y").with("equation", "ij,jk->ik");
    CHECK(finding(unequal.bytes()) == "E0711 node 'Einsum_y' (Einsum): its operands do not fit 'ij,jk->ik'");
}

TEST_CASE("attention as one operator, with what is remembered of earlier tokens") {
    Model model;
    model.input("q", {3, 10, 64}).input("k", {3, 20, 16}).input("v", {3, 20, 16});
    model.node("Attention", {"q", "k", "v"}, "y").with("q_num_heads", 8).with("kv_num_heads", 2);
    CHECK(macs(read(model)) == 3LL * 8 * 10 * 20 * 8 * 2);
    CHECK(elements_of_y(model, 64) == 3LL * 10 * 64);
    Model decode;
    decode.input("q", {1, 8, 1, 16}).input("k", {1, 2, 1, 16}).input("v", {1, 2, 1, 16});
    decode.input("pk", {1, 2, 50, 16}).input("pv", {1, 2, 50, 16});
    decode.node("Attention", {"q", "k", "v", "", "pk", "pv"}, "a").output("y");
    CHECK(macs(read(decode)) == 8LL * 51 * 16 * 2);
    CHECK(elements_of_y(decode, 16) == 2LL * 51 * 16); // the keys remembered
}

TEST_CASE("a recurrent cell: inputs at once, what it remembers step after step") {
    Model model;
    model.input("x", {5, 2, 4}).weights("w", {1, 24, 4}).weights("r", {1, 24, 6}).weights("b", {1, 48});
    model.node("LSTM", {"x", "w", "r", "b"}, "y").with("hidden_size", 6);
    const auto network = read(model);
    CHECK(macs(network) == 5LL * 2 * (24 * 4 + 24 * 6));
    CHECK(parameters(network) == 24 * 4 + 24 * 6 + 48);
    REQUIRE(network.layers.size() == 3);
    CHECK(network.layers[1].repeats == 5);
    CHECK(network.layers[1].name == "LSTM_y.remembered");
}

TEST_CASE("an unknown shape is said once, with the node that it comes from") {
    Model model;
    model.input("x", {1, 16}).weights("w", {16, 4});
    model.input("sizes", {2})
        .node("Reshape", {"x", "sizes"}, "a")
        .node("Relu", {"a"}, "b")
        .node("MatMul", {"b", "w"}, "c")
        .node("Exp", {"c"}, "y");
    Diagnostics diagnostics;
    (void)read_onnx(model.bytes(), "net.onnx", diagnostics);
    REQUIRE(diagnostics.items().size() == 1);
    CHECK(diagnostics.items()[0].hint.starts_with(
        "'Reshape_a' (Reshape) makes a shape that depends on more than constants and shapes; "));
}

TEST_CASE("sizes of open dimensions that a model has not are told apart") {
    Model model;
    model.open_input("x", {1, 16}, "width").weights("w", {8, 16, 3}).node("Conv", {"x", "w"}, "y");
    Diagnostics diagnostics;
    UsedDimensions used;
    (void)read_onnx(model.bytes(), "net.onnx", diagnostics, {{"width", 100}, {"height", 3}}, &used);
    CHECK(used == UsedDimensions{"width"});
}

TEST_CASE("a Shape from one dimension to another, and a Range by it, are followed") {
    Model model;
    model.input("x", {2, 6, 8}).input("y", {48}).weights("w", {8, 4});
    model.node("Shape", {"x"}, "s").with("start", 1).with("end", 3).declared("s", {2});
    model.node("Reshape", {"y", "s"}, "z").node("MatMul", {"z", "w"}, "o").gives("o");
    CHECK(macs(read(model)) == 6LL * 8 * 4);
    Model positions;
    positions.input("x", {1, 300, 16})
        .scalar("one", 1)
        .scalar("zero", 0)
        .weights("table", {512, 16})
        .weights("w", {16, 8});
    positions.node("Shape", {"x"}, "s").node("Gather", {"s", "one"}, "t").with("axis", 0);
    positions.node("Range", {"zero", "t", "one"}, "r").node("Gather", {"table", "r"}, "p").with("axis", 0);
    positions.node("Add", {"x", "p"}, "y").node("MatMul", {"y", "w"}, "o");
    CHECK(macs(read(positions)) == 300LL * 16 * 8); // longer than any list whose content is kept
}

TEST_CASE("amounts of padding that a chain of constants makes") {
    Model
        model; // 3 before and 5 behind a line of 100, as torch writes F.pad: (a, b, 0, 0, 0, 0) turned and laid side by side
    model.input("x", {1, 2, 100}).integers("p", {3, 5}).integers("four", {4}).integers("two_columns", {-1, 2});
    model.integers("last", {-1}).integers("zero", {0}).integers("flat", {-1}).weights("w", {8, 2, 9});
    model.integers("beginning", {-2147483647}).integers("back", {-1});
    model.node("ConstantOfShape", {"four"}, "zeros").with_tensor("value", {0});
    model.node("Concat", {"p", "zeros"}, "c").with("axis", 0).node("Reshape", {"c", "two_columns"}, "r");
    model.node("Slice", {"r", "last", "beginning", "zero", "back"}, "turned");
    model.node("Transpose", {"turned"}, "t").with("perm", {1, 0}).node("Reshape", {"t", "flat"}, "f");
    model.node("Cast", {"f"}, "pads").with("to", 7).node("Pad", {"x", "pads"}, "px");
    model.node("Conv", {"px", "w"}, "o").with("strides", {4});
    CHECK(macs(read(model)) == 25LL * 8 * 2 * 9);
}

TEST_CASE("a window of ceil_mode may not start in the padding; a file that says so is believed to be old") {
    Model inside;
    inside.input("x", {1, 4, 4, 4}).weights("w", {8, 4, 1, 1});
    inside.node("MaxPool", {"x"}, "p").with("kernel_shape", {1, 1}).with("strides", {2, 2}).with("ceil_mode", 1);
    inside.node("Conv", {"p", "w"}, "y");
    CHECK(macs(read(inside)) == 2LL * 2 * 8 * 4);
    Model padded;
    padded.input("x", {1, 4, 5, 5}).weights("w", {4, 4, 1, 1});
    padded.node("MaxPool", {"x"}, "p").with("kernel_shape", {2, 2}).with("strides", {2, 2}).with("pads", {1, 1, 1, 1});
    padded.with("ceil_mode", 1).declared("p", {1, 4, 4, 4}).node("Conv", {"p", "w"}, "y").declared("y", {1, 4, 3, 3});
    const auto network = read_with_remarks(padded);
    CHECK(macs(network) == 3LL * 3 * 4 * 4);
    CHECK(network.remarks[0] == "'p' is declared as 1x4x4x4; a window may not start in the padding, so it is 1x4x3x3");
}

TEST_CASE("an output that is declared without dimensions says nothing") {
    Model model;
    model.input("x", {1, 8}).weights("w", {8, 4}).node("MatMul", {"x", "w"}, "h").node("Softmax", {"h"}, "o");
    model.gives_scalar("o");
    CHECK(macs(read(model)) == 32);
}

TEST_CASE("where specification and runtimes differ, sizes are the specification's") {
    Model resize; // 10 times 0.7 as float32 is 6.9999998: 6
    resize.input("x", {1, 1, 10, 10}).reals("f", {1.0F, 1.0F, 0.7F, 1.0F}).node("Resize", {"x", "", "f"}, "y");
    CHECK(elements_of_y(resize, 10) == 6 * 10);
    Model same; // SAME with a dilation: ceil(size / stride)
    same.input("x", {1, 1, 8}).weights("w", {1, 1, 3});
    same.node("Conv", {"x", "w"}, "y").with("auto_pad", "SAME_UPPER").with("dilations", {2}).with("strides", {2});
    CHECK(elements_of_y(same, 4) == 4);
}

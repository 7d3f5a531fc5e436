// autarky: operators of quantised and optimised ONNX files count as the plain ones that they are made of.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "compute/onnx/onnx_reader.hpp"
#include "onnx_model.hpp"

using namespace autarky;
using namespace autarky::compute;

namespace {

std::pair<Count, Count> counts(const Model& model) {
    const auto network = read(model);
    CHECK_MESSAGE(network.unsupported.empty(), uncounted_text(network));
    return {macs(network), parameters(network)};
}
using Counts = std::pair<Count, Count>;

} // namespace

TEST_CASE("a product with its bias: plain, as Gemm, fused, and quantised") {
    const Counts wanted{4LL * 16 * 8, 16 * 8 + 8};
    Model base;
    base.input("x", {4, 16}).weights("w", {16, 8}).weights("b", {8}).weights("s", {}).stored("z", {}, 2);
    base.stored("q", {16, 8}, 3).stored("qb", {8}, onnx::TensorProto::INT32).stored("xq", {}, 2);
    auto plain = base, gemm = base, qgemm = base, fused = base, dynamic = base, to_float = base, turned = base;
    plain.node("MatMul", {"x", "w"}, "h").node("Add", {"h", "b"}, "y");
    gemm.node("Gemm", {"x", "w", "b"}, "y");
    qgemm.node("com.microsoft.QGemm", {"x", "s", "z", "q", "s", "z", "qb", "s", "z"}, "y");
    fused.node("com.microsoft.FusedGemm", {"x", "w", "b"}, "y").with("activation", "Relu");
    dynamic.node("com.microsoft.DynamicQuantizeMatMul", {"x", "q", "s", "z", "b"}, "y");
    to_float.node("com.microsoft.MatMulIntegerToFloat", {"x", "q", "s", "s", "z", "z", "b"}, "y");
    turned.weights("t", {8, 16}).node("com.microsoft.FusedMatMul", {"x", "t"}, "h").with("transB", 1);
    turned.node("Add", {"h", "b"}, "y");
    for (const auto* model : {&plain, &gemm, &qgemm, &fused, &dynamic, &to_float, &turned})
        CHECK(counts(*model) == wanted);
}

TEST_CASE("sums, activations, joins and normalisations of quantised and optimised files") {
    Model model;
    model.input("x", {2, 6, 8}).weights("s", {}).stored("z", {}, 2).weights("g", {8}).weights("b", {8});
    model.node("com.microsoft.QLinearAdd", {"x", "s", "z", "x", "s", "z", "s", "z"}, "a");
    model.node("com.microsoft.QLinearSigmoid", {"a", "s", "z", "s", "z"}, "c");
    model.node("com.microsoft.QLinearConcat", {"s", "z", "a", "s", "z", "c", "s", "z"}, "d").with("axis", 1);
    model.node("com.microsoft.BiasGelu", {"d", "b"}, "e");
    model.node("com.microsoft.SkipLayerNormalization", {"e", "d", "g", "b"}, "f");
    model.node("SimplifiedLayerNormalization", {"f", "g"}, "h");
    model.node("com.microsoft.SkipSimplifiedLayerNormalization", {"h", "f", "g"}, "y");
    model.weights("probe", {8, 3}).node("MatMul", {"y", "probe"}, "end");
    CHECK(counts(model) == Counts{2LL * 12 * 8 * 3, 8 + 8 + 24}); // scale and bias are shared; 12 = 6 + 6
}

TEST_CASE("a convolution in its four ways of writing") {
    Model base;
    base.input("x", {1, 4, 9, 9}).weights("w", {8, 4, 3, 3}).weights("b", {8}).weights("s", {}).stored("z", {}, 2);
    base.stored("q", {8, 4, 3, 3}, 3).stored("qb", {8}, onnx::TensorProto::INT32).weights("skip", {1, 8, 7, 7});
    auto plain = base, linear = base, fused = base, integer = base;
    plain.node("Conv", {"x", "w", "b"}, "y");
    linear.node("QLinearConv", {"x", "s", "z", "q", "s", "z", "s", "z", "qb"}, "y");
    fused.node("com.microsoft.FusedConv", {"x", "w", "b"}, "y").with("activation", "Relu");
    integer.node("ConvInteger", {"x", "q", "z", "z"}, "y");
    const Counts wanted{49LL * 8 * 36, 8 * 36 + 8};
    CHECK(counts(plain) == wanted);
    CHECK(counts(linear) == wanted);
    CHECK(counts(fused) == wanted);
    CHECK(counts(integer) == Counts{49LL * 8 * 36, 8 * 36});
}

TEST_CASE("a bias that is added in eight bits is learned, a number alone is a setting") {
    Model model; // x w + b as ONNX Runtime's operator format writes it
    model.input("x", {4, 16}).stored("q", {16, 8}, 3).stored("b", {8}, 3).stored("one", {}, 3).weights("s", {});
    model.stored("z", {}, 3);
    model.node("QLinearMatMul", {"x", "s", "z", "q", "s", "z", "s", "z"}, "p");
    model.node("com.microsoft.QLinearAdd", {"p", "s", "z", "b", "s", "z", "s", "z"}, "a");
    model.node("com.microsoft.QLinearMul", {"a", "s", "z", "one", "s", "z", "s", "z"}, "y");
    CHECK(counts(model) == Counts{4LL * 16 * 8, 16 * 8 + 8});
}

TEST_CASE("convolutions with channels last, as ONNX Runtime's optimiser writes them") {
    // 3x3 with stride 2 of 4 channels to 8 on 9 x 15, its largest of 2 x 2, and a sum: as the plain operators
    Model plain, eight_bits, half;
    plain.input("x", {1, 4, 9, 15}).weights("w", {8, 4, 3, 3}).weights("b", {8}).weights("skip", {1, 8, 2, 3});
    plain.node("Conv", {"x", "w", "b"}, "c").with("strides", {2, 2}).node("MaxPool", {"c"}, "p");
    plain.with("kernel_shape", {2, 2}).with("strides", {2, 2}).node("Add", {"p", "skip"}, "y");
    const Counts wanted{4LL * 7 * 8 * 36, 8 * 36 + 8 + 48};
    CHECK(counts(plain) == wanted);
    eight_bits.input("x", {1, 9, 15, 4}).stored("q", {8, 4, 3, 3}, 3).stored("qb", {8}, onnx::TensorProto::INT32);
    eight_bits.weights("s", {}).stored("z", {}, 3).weights("skip", {1, 2, 3, 8});
    eight_bits.node("com.microsoft.QLinearConv", {"x", "s", "z", "q", "s", "z", "s", "z", "qb"}, "c");
    eight_bits.with("strides", {2, 2}).with("channels_last", 1).node("com.microsoft.NhwcMaxPool", {"c"}, "p");
    eight_bits.with("kernel_shape", {2, 2}).with("strides", {2, 2}).node("Add", {"p", "skip"}, "y");
    CHECK(counts(eight_bits) == wanted);
    CHECK(read(eight_bits).layers.size() == read(plain).layers.size()); // the turns are no work
    half.input("x", {1, 9, 15, 4}).weights("w", {8, 4, 3, 3}).weights("b", {8}).input("z", {1, 4, 7, 8});
    half.node("com.microsoft.NhwcFusedConv", {"x", "w", "b", "z"}, "c")
        .with("strides", {2, 2})
        .with("activation", "Relu");
    CHECK(counts(half) == Counts{4LL * 7 * 8 * 36, 8 * 36 + 8});
    Model average;
    average.input("x", {1, 6, 10, 4}).weights("s", {}).stored("z", {}, 3).weights("w", {4, 5});
    average.node("com.microsoft.QLinearAveragePool", {"x", "s", "z", "s", "z"}, "a").with("kernel_shape", {2, 2});
    average.with("strides", {2, 2}).with("channels_last", 1).node("MatMul", {"a", "w"}, "y");
    CHECK(counts(average) == Counts{3LL * 5 * 4 * 5, 20});
    Model global;
    global.input("x", {1, 6, 10, 4}).weights("s", {}).stored("z", {}, 3).weights("w", {4, 5});
    global.node("com.microsoft.QLinearGlobalAveragePool", {"x", "s", "z", "s", "z"}, "a").with("channels_last", 1);
    global.node("MatMul", {"a", "w"}, "y");
    CHECK(counts(global) == Counts{4LL * 5, 20});
}

TEST_CASE("convolutions with channels in blocks: filled up as they are stored, and cut where they end") {
    Model
        model; // 20 channels to 24, in blocks of 16: 32 to 32; then each channel alone, with what skips it; then 10 of 16
    model.input("x", {1, 20, 16, 16}).weights("w", {32, 32, 3, 3}).weights("b", {32});
    model.weights("d", {32, 1, 3, 3}).weights("e", {16, 32, 1, 1}).weights("g", {10, 4});
    model.node("com.microsoft.nchwc.ReorderInput", {"x"}, "r").with("channels_last", 0);
    model.node("com.microsoft.nchwc.Conv", {"r", "w", "b"}, "c").with("activation", "Relu");
    model.node("com.microsoft.nchwc.Conv", {"c", "d", "", "c"}, "s").with("group", 32).with("pads", {1, 1, 1, 1});
    model.node("com.microsoft.nchwc.MaxPool", {"s"}, "m").with("kernel_shape", {2, 2}).with("strides", {2, 2});
    model.node("com.microsoft.nchwc.Upsample", {"m"}, "u").with("scales", {1, 1, 2, 2}).with("mode", "nearest");
    model.node("com.microsoft.nchwc.Conv", {"u", "e"}, "f");
    model.node("com.microsoft.nchwc.ReorderOutput", {"f"}, "o").with("channels", 10).with("channels_last", 1);
    model.node("MatMul", {"o", "g"}, "y");
    const Count first = 14 * 14 * 32LL * 32 * 9, each = 14 * 14 * 32LL * 9, last = 14 * 14 * 16LL * 32;
    CHECK(counts(model) == Counts{first + each + last + 14 * 14 * 10LL * 4, 32 * 32 * 9 + 32 + 32 * 9 + 16 * 32 + 40});
}

TEST_CASE("an LSTM as dynamic quantisation writes it") {
    Model model; // 7 steps of 8 inputs, 16 hidden
    model.input("x", {7, 1, 8}).stored("w", {1, 8, 64}, 3).stored("r", {1, 16, 64}, 3).weights("s", {1});
    model.stored("z", {1}, 3);
    model.node("com.microsoft.DynamicQuantizeLSTM", {"x", "w", "r", "", "", "", "", "", "s", "z", "s", "z"}, "y");
    model.with("hidden_size", 16);
    CHECK(counts(model) == Counts{7LL * (8 * 64 + 16 * 64), 8 * 64 + 16 * 64});
}

TEST_CASE("attention of com.microsoft and of ONNX with other widths of values") {
    Model own; // 4 heads, keys 24 wide, values 16 wide, 10 queries, 12 keys
    own.input("q", {1, 4, 10, 24}).input("k", {1, 4, 12, 24}).input("v", {1, 4, 12, 16});
    own.node("Attention", {"q", "k", "v"}, "y").weights("probe", {16, 2}).node("MatMul", {"y", "probe"}, "e");
    CHECK(macs(read(own)) == 4LL * 10 * 12 * (24 + 16) + 4LL * 10 * 16 * 2);
    Model many; // 2 heads of 8, 3 past tokens, 5 new ones
    many.input("q", {1, 5, 16}).input("k", {1, 5, 16}).input("v", {1, 5, 16}).input("p", {1, 2, 3, 8});
    many.node("com.microsoft.MultiHeadAttention", {"q", "k", "v", "", "", "", "p", "p"}, "y").with("num_heads", 2);
    CHECK(macs(read(many)) == 2LL * 2 * 5 * 8 * 8);
    Model grouped; // 4 query heads share 2 of keys, 8 wide, packed into one tensor
    grouped.input("x", {1, 6, (4 + 2 * 2) * 8}).input("p", {1, 2, 10, 8}).input("n", {1}).input("t", {});
    grouped.node("com.microsoft.GroupQueryAttention", {"x", "", "", "p", "p", "n", "t"}, "y");
    grouped.with("num_heads", 4).with("kv_num_heads", 2).output("pk").output("pv");
    CHECK(macs(read(grouped)) == 2LL * 4 * 6 * 16 * 8);
    Model projected;
    projected.input("x", {1, 6, 32}).weights("w", {32, 96}).weights("b", {96});
    projected.node("com.microsoft.Attention", {"x", "w", "b"}, "y").with("num_heads", 4);
    CHECK(counts(projected) == Counts{6LL * 32 * 96 + 2LL * 4 * 6 * 6 * 8, 32 * 96 + 96});
}

TEST_CASE("operators of the newest sets that keep a shape do not stop what follows") {
    for (const auto* op :
         {"IsNaN", "IsInf", "Swish", "BitwiseNot", "Asinh", "RandomNormalLike", "Bernoulli", "Shrink"}) {
        CAPTURE(op);
        Model model;
        model.input("x", {3, 8}).weights("w", {8, 2}).node(op, {"x"}, "a").node("MatMul", {"a", "w"}, "y");
        CHECK(counts(model) == Counts{3LL * 8 * 2, 16});
    }
    Model rotary;
    rotary.input("x", {1, 8, 64}).input("c", {32, 8}).input("s", {32, 8}).input("p", {1, 8}).weights("w", {64, 96});
    rotary.node("RotaryEmbedding", {"x", "c", "s", "p"}, "r").with("num_heads", 4).node("MatMul", {"r", "w"}, "y");
    CHECK(counts(rotary) == Counts{8LL * 64 * 96, 64 * 96});
}

TEST_CASE("deformable convolution: its products, and a read between four places for each tap") {
    Model model;
    model.input("x", {1, 16, 20, 20}).input("offsets", {1, 18, 20, 20}).weights("w", {32, 16, 3, 3});
    model.node("DeformConv", {"x", "w", "offsets"}, "y").with("kernel_shape", {3, 3}).with("pads", {1, 1, 1, 1});
    CHECK(counts(model) == Counts{20LL * 20 * 32 * 16 * 9, 32 * 16 * 9});
}

TEST_CASE("a sum over the indices of three operands is two products, from the left") {
    Model model;
    model.input("a", {4, 5}).input("b", {5, 6}).input("c", {6, 7});
    model.node("Einsum", {"a", "b", "c"}, "y").with("equation", "ij,jk,kl->il");
    CHECK(macs(read(model)) == 4LL * 5 * 6 + 4LL * 6 * 7);
}

TEST_CASE("a spectrum of frames is named, and what follows it is counted") {
    Model model; // 4000 samples, a window of 400 every 160: 23 frames of 201
    model.input("x", {1, 4000, 1}).scalar("hop", 160).weights("window", {400}).weights("mel", {201, 40});
    model.scalar("zero", 0)
        .node("STFT", {"x", "hop", "window"}, "f")
        .node("Gather", {"f", "zero"}, "re")
        .with("axis", 3);
    model.node("MatMul", {"re", "mel"}, "y");
    const auto network = read(model);
    CHECK(macs(network) == 23LL * 201 * 40);
    CHECK(uncounted_text(network) == "not counted: 1 of 3 nodes: 1 x STFT");
}

// autarky: attributes of ONNX nodes that their operators do not have are told.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "compute/onnx/onnx_attributes.hpp"
#include "compute/onnx/onnx_reader.hpp"
#include "onnx_model.hpp"

using namespace autarky;
using namespace autarky::compute;

namespace {

struct Told {
    Network network;
    Diagnostics findings;
    [[nodiscard]] std::string line(std::size_t i) const {
        REQUIRE_MESSAGE(i < findings.items().size(), findings.render());
        const auto& found = findings.items()[i];
        return found.code + " " + found.message + " | " + found.hint;
    }
};

Told told(const Model& model) {
    Told out;
    out.network = read_onnx(model.bytes(), "net.onnx", out.findings);
    return out;
}

Model convolution() {
    Model model;
    model.input("x", {1, 3, 32, 32}).weights("w", {8, 3, 3, 3}).node("Conv", {"x", "w"}, "y");
    return model;
}

} // namespace

TEST_CASE("the table of attributes is in order, and each entry has a kind") {
    const auto rows = operator_attributes();
    CHECK(rows.size() > 200);
    CHECK(std::ranges::is_sorted(rows, {}, &OperatorAttributes::op));
    for (const auto& row : rows)
        CHECK_MESSAGE(std::ranges::count(row.attributes, ':') ==
                          std::ranges::count(row.attributes, ' ') + (row.attributes.empty() ? 0 : 1),
                      row.op);
}

TEST_CASE("a misspelt attribute is told with its likely name, and the rest is counted") {
    const auto stride = told(convolution().with("stride", {2, 2}));
    CHECK(stride.line(0) == "W0717 node 'Conv_y' (Conv): 'stride' is none of its attributes and is ignored | "
                            "did you mean 'strides'?");
    CHECK(stride.findings.items().size() == 1);
    CHECK(macs(stride.network) == 30LL * 30 * 8 * 27); // as without it
    CHECK(told(convolution().with("pad", {1, 1, 1, 1})).line(0).ends_with("did you mean 'pads'?"));
    CHECK(told(convolution().with("kernel", {3, 3})).line(0).ends_with("did you mean 'kernel_shape'?"));
    CHECK(told(convolution().with("colour", 3))
              .line(0)
              .ends_with("it has auto_pad, dilations, group, kernel_shape, pads, strides"));
    Model relu;
    relu.input("x", {4}).node("Relu", {"x"}, "y").with("alpha", 1);
    CHECK(told(relu).line(0) ==
          "W0717 node 'Relu_y' (Relu): 'alpha' is none of its attributes and is ignored | it has none");
}

TEST_CASE("nodes with the same mistake are one finding, inner graphs and com.microsoft are looked at") {
    Model model;
    model.input("x", {1, 8}).weights("w", {8, 8});
    model.node("com.microsoft.FusedMatMul", {"x", "w"}, "a").with("transb", 1);
    model.node("com.microsoft.FusedMatMul", {"a", "w"}, "b").with("transb", 1);
    CHECK(told(model).line(0) == "W0717 node 'com.microsoft.FusedMatMul_a' and 1 more (com.microsoft.FusedMatMul): "
                                 "'transb' is none of its attributes and is ignored | did you mean 'transB'?");
    Model then, otherwise, whole;
    then.node("Gemm", {"x", "w"}, "r").with("transA_", 1).gives("r");
    otherwise.node("Relu", {"x"}, "s").gives("s");
    whole.input("x", {8, 8}).weights("w", {8, 8}).stored("c", {}, onnx::TensorProto::BOOL);
    whole.node("If", {"c"}, "y").with("then_branch", then).with("else_branch", otherwise);
    CHECK(told(whole).line(0).find("(Gemm): 'transA_' is none of its attributes") != std::string::npos);
    Model stranger; // an operator that is not known is named as a whole
    stranger.input("x", {4}).node("my.own.Thing", {"x"}, "y").with("colour", 3);
    CHECK(told(stranger).line(0).starts_with("E0715"));
}

TEST_CASE("an attribute of older or newer operator sets is read as there, and told") {
    Model squeeze;
    squeeze.input("x", {1, 1, 8}).weights("w", {8, 4}).node("Squeeze", {"x"}, "s").with("axes", {0});
    squeeze.node("MatMul", {"s", "w"}, "y");
    CHECK(told(Model(squeeze).set(12)).findings.empty());
    const auto late = told(Model(squeeze).set(13));
    CHECK(late.line(0) ==
          "W0718 node 'Squeeze_s' (Squeeze): 'axes' is no attribute in operator set 13; it is read as if it "
          "were | up to set 12 it was one");
    CHECK(macs(late.network) == 32);
    Model reshape;
    reshape.input("x", {2, 4}).integers("to", {4, 2}).weights("w", {2, 3});
    reshape.node("Reshape", {"x", "to"}, "r").with("allowzero", 1).node("MatMul", {"r", "w"}, "y");
    CHECK(told(Model(reshape).set(14)).findings.empty());
    CHECK(told(Model(reshape).set(13)).line(0).ends_with("from set 14 on it is one"));
}

TEST_CASE("an attribute of the wrong kind is an error, one that does not state its kind is read by what it holds") {
    const auto wrong = told(convolution().with_reals("strides", {2.0F, 2.0F}));
    CHECK(
        wrong.line(0).starts_with("E0717 node 'Conv_y' (Conv): attribute 'strides' is a list of numbers; the operator "
                                  "takes a list of whole numbers"));
    CHECK(told(convolution().with("group", {1})).line(0).starts_with("E0717"));
    const auto untyped = told(convolution().with("strides", {2, 2}).untyped());
    CHECK(untyped.findings.empty());
    CHECK(macs(untyped.network) == 15LL * 15 * 8 * 27);
}

TEST_CASE("attributes of local functions: given, with a value of their own, and unknown ones") {
    Model body, model;
    body.takes("a").takes("k").node("Conv", {"a", "k"}, "r").with_ref("strides", "step").gives("r");
    model.input("x", {1, 3, 32, 32}).weights("w", {8, 3, 3, 3}).function("own", "Block", body);
    auto fallback = model, given = model, unknown = model;
    fallback.function_attribute("step", {2, 2}).node("own.Block", {"x", "w"}, "y");
    CHECK(macs(told(fallback).network) == 15LL * 15 * 8 * 27);
    given.function_attribute("step", {2, 2}).node("own.Block", {"x", "w"}, "y").with("step", {3, 3});
    CHECK(told(given).findings.empty());
    CHECK(macs(told(given).network) == 10LL * 10 * 8 * 27);
    unknown.function_attribute("step").node("own.Block", {"x", "w"}, "y").with("stap", {3, 3});
    CHECK(told(unknown).line(0) ==
          "W0717 node 'own.Block_y' (own.Block): 'stap' is no attribute of this function and is "
          "ignored | did you mean 'step'?");
    CHECK(macs(told(unknown).network) == 30LL * 30 * 8 * 27);
}

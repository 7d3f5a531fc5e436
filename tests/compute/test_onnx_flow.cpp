// autarky: ONNX models with branches, loops, local functions and sizes that nobody gives; each count by hand beside it.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <limits>
#include <string>

#include "compute/onnx/onnx_reader.hpp"
#include "onnx_model.hpp"

using namespace autarky;
using namespace autarky::compute;

namespace {

/// x of 4 x 16, then If on `condition`: a product with 16 x 8, or one with 16 x 32; then one with what it made.
Model branching(const std::string& condition) {
    Model yes, no, model;
    yes.weights("small", {16, 8}).node("MatMul", {"x", "small"}, "a").gives("a");
    no.weights("large", {16, 32}).node("MatMul", {"x", "large"}, "b").gives("b");
    model.input("x", {4, 16}).input("data", {});
    model.scalar("zero", 0).scalar("four", 4).scalar("five", 5);
    model.node("Shape", {"x"}, "sizes").node("Gather", {"sizes", "zero"}, "rows").with("axis", 0);
    model.node("Equal", {"rows", "four"}, "is_four").node("Equal", {"rows", "five"}, "is_five");
    model.node("Greater", {"data", "zero"}, "by_data");
    model.node("If", {condition}, "y").with("then_branch", yes).with("else_branch", no);
    model.node("Relu", {"y"}, "z").gives("z");
    return model;
}

/// Rounds of a product with 8 x 8 on what is carried over.
Model looping(const std::string& rounds, const std::string& condition, bool goes_on) {
    Model body, model;
    body.takes("i").takes("go").takes("h").weights("w", {8, 8}).integers("stop", {3});
    body.node("MatMul", {"h", "w"}, "next");
    if (goes_on)
        body.node("Identity", {"go"}, "go_on");
    else
        body.node("Less", {"i", "stop"}, "go_on");
    body.gives("go_on").gives("next").gives("next");
    model.input("x", {2, 8}).input("n", {}).scalar("five", 5).scalar("always", 1);
    model.scalar("endless", std::numeric_limits<std::int64_t>::max());
    model.node("Loop", {rounds, condition, "x"}, "last").with("body", body).output("all");
    model.node("Relu", {"all"}, "r").gives("r").gives("last");
    return model;
}

} // namespace

TEST_CASE("a branch that shapes decide is taken, with its weights; the other one does not exist") {
    CHECK(macs(read(branching("is_four"))) == 4LL * 16 * 8);
    CHECK(parameters(read(branching("is_four"))) == 16 * 8);
    CHECK(macs(read(branching("is_five"))) == 4LL * 16 * 32);
    CHECK(footprint(read(branching("is_five")).layers.back().shape).outputs == 4 * 32);
}

TEST_CASE("of a branch that data decide the dearer one counts, and that is said") {
    const auto network = read_with_remarks(branching("by_data"));
    CHECK(macs(network) == 4LL * 16 * 32);
    REQUIRE(network.remarks.size() == 1);
    CHECK(network.remarks[0] == "If 'If_y' is decided by data: its dearer branch (else) is counted");
}

TEST_CASE("a loop multiplies its body by its rounds; its weights count once") {
    const auto network = read(looping("five", "", true));
    CHECK(macs(network) == 5LL * 2 * 8 * 8);
    CHECK(parameters(network) == 64);
    CHECK(footprint(network.layers.back().shape).outputs == 5 * 2 * 8);     // the values of all rounds
    CHECK(macs(read(looping("five", "always", false))) == 4LL * 2 * 8 * 8); // round 3 says no; it is the fourth
    CHECK(macs(read(looping("endless", "always", false))) == 4LL * 2 * 8 * 8);
    CHECK(macs(read(looping("", "always", false))) == 4LL * 2 * 8 * 8);
}

TEST_CASE("rounds that nothing tells are asked for, by the name of the loop") {
    for (const auto* rounds : {"", "n", "endless"}) {
        const auto model = looping(rounds, "", true);
        CHECK(finding(model.bytes()) == "E0712 node 'Loop_last' (Loop): nothing tells how many rounds it makes");
        CHECK(macs(read(model, {{"Loop_last", 7}})) == 7LL * 2 * 8 * 8);
    }
}

TEST_CASE("a loop whose values grow is followed round by round") {
    Model body, model;
    body.takes("i").takes("go").takes("h").weights("w", {8, 4});
    body.node("Concat", {"h", "x"}, "longer").with("axis", 0);
    body.node("MatMul", {"longer", "w"}, "p").node("Identity", {"go"}, "go_on");
    body.gives("go_on").gives("longer").gives("p");
    model.input("x", {1, 8}).scalar("three", 3);
    model.node("Loop", {"three", "", "x"}, "last").with("body", body).output("all");
    model.gives("last").gives("all");
    CHECK(macs(read(model)) == (2LL + 3 + 4) * 8 * 4);
    CHECK(parameters(read(model)) == 32);
}

TEST_CASE("a scan makes a round for each element along its axis") {
    Model body, model;
    body.takes("state").takes("one").weights("w", {8, 8});
    body.node("Add", {"state", "one"}, "sum").node("MatMul", {"sum", "w"}, "next").gives("next").gives("sum");
    model.input("start", {1, 8}).input("x", {6, 1, 8});
    model.node("Scan", {"start", "x"}, "last").with("body", body).with("num_scan_inputs", 1).output("all");
    model.node("Relu", {"all"}, "r").gives("r").gives("last");
    const auto network = read(model);
    CHECK(macs(network) == 6LL * 8 * 8);
    CHECK(footprint(network.layers.back().shape).outputs == 6 * 8);
}

TEST_CASE("what every round makes may be declared, for all rounds together") {
    Model body, model; // a scan along an axis behind, its results along another one
    body.takes("state").takes("one").weights("w", {8, 8});
    body.node("MatMul", {"state", "w"}, "p").node("Add", {"p", "one"}, "next").node("Identity", {"next"}, "copy");
    body.gives("next").gives("copy");
    model.input("start", {1, 8}).input("x", {1, 8, 7}).weights("v", {7, 2});
    model.node("Scan", {"start", "x"}, "last").with("body", body).with("num_scan_inputs", 1).output("all");
    model.with("scan_input_axes", {2}).with("scan_output_axes", {-1}).node("MatMul", {"all", "v"}, "y");
    model.declared("last", {1, 8}).declared("all", {1, 8, 7}).declared("y", {1, 8, 2});
    CHECK(macs(read(model)) == 7LL * 8 * 8 + 8 * 7 * 2);
    Model round, loop;
    round.takes("i").takes("go").takes("h").weights("w", {8, 8});
    round.node("MatMul", {"h", "w"}, "next")
        .node("Identity", {"go"}, "go_on")
        .gives("go_on")
        .gives("next")
        .gives("next");
    loop.input("x", {1, 8}).scalar("five", 5).weights("v", {8, 3});
    loop.node("Loop", {"five", "", "x"}, "last").with("body", round).output("all").node("MatMul", {"all", "v"}, "y");
    loop.declared("last", {1, 8}).declared("all", {5, 1, 8}).declared("y", {5, 1, 3});
    CHECK(macs(read(loop)) == 5LL * 8 * 8 + 5 * 8 * 3);
}

TEST_CASE("local functions stand for their nodes, also inside each other") {
    Model inner, outer, model;
    inner.takes("a").takes("b").node("MatMul", {"a", "b"}, "c").gives("c");
    outer.takes("a").takes("b").node("own.product", {"a", "b"}, "c").node("Relu", {"c"}, "d").gives("d");
    model.function("own", "product", inner).function("own", "layer", outer);
    model.input("x", {3, 8}).weights("v", {8, 4}).weights("w", {4, 2});
    model.node("own.layer", {"x", "v"}, "y").node("own.layer", {"y", "w"}, "z").gives("z");
    const auto network = read(model);
    CHECK(macs(network) == 3LL * (8 * 4 + 4 * 2));
    CHECK(parameters(network) == 8 * 4 + 4 * 2);
    Model self;
    self.takes("a").node("own.again", {"a"}, "b").gives("b");
    Model circle;
    circle.function("own", "again", self).input("x", {3, 8}).node("own.again", {"x"}, "y");
    CHECK(finding(circle.bytes()).starts_with("E0713 the function 'own.again' calls itself"));
}

TEST_CASE("nodes that no output needs are not made; what only a shape is asked of neither") {
    Model model;
    model.input("x", {4, 16}).weights("w", {16, 16}).weights("v", {16, 8}).integers("last", {1});
    model.node("MatMul", {"x", "w"}, "unused").node("Shape", {"unused"}, "sizes");
    model.node("Gather", {"sizes", "last"}, "wide").node("Expand", {"x", "wide"}, "e");
    model.node("MatMul", {"e", "v"}, "y").gives("y");
    CHECK(macs(read(model)) == 4LL * 16 * 8);
    CHECK(parameters(read(model)) == 16 * 8);
}

TEST_CASE(
    "open dimensions: a batch is one and said, every other one is asked for, once by its name; no past is a size") {
    Model batch;
    batch.input("x", {2, 8}).open(0, "batch").input("m", {2, 8}).open(0, "batch").weights("w", {8, 4});
    batch.node("Add", {"x", "m"}, "s").node("MatMul", {"s", "w"}, "y");
    const auto network = read_with_remarks(batch);
    CHECK(macs(network) == 8 * 4);
    REQUIRE(network.remarks.size() == 1);
    CHECK(network.remarks[0] == "open dimension 'batch' taken as 1; --dimension batch=N says otherwise");
    CHECK(macs(read(batch, {{"batch", 3}})) == 3LL * 8 * 4);
    Model time;
    time.input("x", {2, 8}).open(0, "time").input("m", {2, 8}).open(0, "time").weights("w", {8, 4});
    time.node("Add", {"x", "m"}, "s").node("MatMul", {"s", "w"}, "y");
    CHECK(finding(time.bytes()) == "E0712 input 'x': the size of dimension 0 is open"); // once for both
    CHECK(macs(read(time, {{"time", 5}})) == 5LL * 8 * 4);
    Model past;
    past.input("past", {1, 2, 0, 4}).open(2, "past").input("x", {1, 2, 3, 4}).input("q", {1, 2, 3, 4});
    past.node("Concat", {"past", "x"}, "k").with("axis", 2);
    past.node("Transpose", {"k"}, "t").with("perm", {0, 1, 3, 2}).node("MatMul", {"q", "t"}, "y");
    CHECK(macs(read(past, {{"past", 0}})) == 2LL * 3 * 4 * 3);
    CHECK(macs(read(past, {{"past", 5}})) == 2LL * 3 * 4 * 8);
}

TEST_CASE("sizes that data decide can be given") {
    Model model;
    model.input("x", {4, 6}).weights("w", {2, 3}).integers("turned", {1, 0});
    model.node("NonZero", {"x"}, "places").node("Transpose", {"places"}, "rows").with("perm", {1, 0});
    model.node("Cast", {"rows"}, "r").with("to", 1).node("MatMul", {"r", "w"}, "y").gives("y");
    CHECK(finding(model.bytes()) == "E0712 node 'NonZero_places' (NonZero): the shape of 'places' is unknown");
    CHECK(macs(read(model, {{"places[1]", 10}})) == 10LL * 2 * 3);
}

TEST_CASE("what stands behind a stranger is left out with it, and the rest is counted") {
    Model model;
    model.input("x", {4, 16}).weights("w", {16, 8}).weights("v", {8, 8});
    model.node("MatMul", {"x", "w"}, "a").node("acme.Warp", {"a"}, "b").node("MatMul", {"b", "v"}, "c").gives("c");
    const auto network = read(model);
    CHECK(macs(network) == 4LL * 16 * 8);
    CHECK(network.nodes == 3);
    CHECK(network.unsupported == std::map<std::string, Count>{{"MatMul (behind acme.Warp)", 1}, {"acme.Warp", 1}});
    CHECK(network.uncounted_weights == 64);
    CHECK(uncounted_text(network) ==
          "not counted: 2 of 3 nodes: 1 x MatMul (behind acme.Warp), 1 x acme.Warp; they hold 64 weights");
    Model nothing;
    nothing.input("x", {4, 16}).weights("w", {16, 8}).node("acme.Linear", {"x", "w"}, "y").gives("y");
    CHECK(finding(nothing.bytes()) == "E0715 nothing of its products can be counted; not counted: 1 of 1 nodes: 1 x "
                                      "acme.Linear; they hold 128 weights");
    Model views;
    views.input("x", {4, 16}).node("Identity", {"x"}, "y").gives("y");
    CHECK(finding(views.bytes()).starts_with("E0715 the model has no work to count"));
}

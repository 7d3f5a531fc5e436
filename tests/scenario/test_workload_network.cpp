// autarky: workloads name ready networks and files: layer tables and ONNX models, sizes of open dimensions, bad names.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>

#include "../compute/onnx_model.hpp"
#include "mini.hpp"
#include "scenario/computed.hpp"
#include "scenario/load.hpp"
#include "scenario/workload_network.hpp"

using namespace autarky;
using namespace autarky::scenario;

namespace {

const std::string layers = "layer,operator,rows,columns,reduction\na,matmul,4,8,16\n";

std::string open_model() {
    compute::Model model;
    model.open_input("x", {1}, "tokens").weights("w", {16, 8});
    model.node("Unsqueeze", {"x", "last"}, "u").integers("last", {2}).integers("to", {1, -1, 16});
    model.node("Expand", {"u", "to_size"}, "e").integers("to_size", {1, 1, 16});
    model.node("MatMul", {"e", "w"}, "y");
    return model.bytes();
}

/// Layers found, or the findings: code, message, hint.
std::string found(std::string_view name, const std::string& folder, std::string_view dimensions = {}) {
    Diagnostics diagnostics;
    const auto network = find_network({"workload.w", name, dimensions, folder, {}, {}}, diagnostics);
    if (network) return std::to_string(compute::macs(*network));
    std::string out;
    for (const auto& d : diagnostics.items())
        out += d.code + " " + d.message + " | " + d.hint + "\n";
    return out;
}

} // namespace

TEST_CASE("a network file is found beside the scenario, by its ending or its folder") {
    const test::Folder folder({{"net.csv", layers}, {"nets/net.onnx", open_model()}, {"nets/renamed", open_model()}});
    const auto at = folder.path();
    CHECK(found("net.csv", at) == "512");
    CHECK(found("nets/net.onnx", at, "tokens=5") == "640"); // 5 x 16 x 8
    CHECK(found("nets/renamed", at, " tokens = 5 ") == "640");
    CHECK(found("nets/../net.csv", at) == "512");
    CHECK(names_network_file("A.ONNX"));
    CHECK(names_network_file("t.Csv"));
    CHECK_FALSE(names_network_file("regnet-y:17,192,76.82,2.19,56"));
    CHECK_FALSE(names_network_file(".csv"));
}

TEST_CASE("names, files and sizes that lead nowhere are told where and why") {
    const test::Folder folder({{"net.csv", layers},
                               {"bad.csv", "layer,operator,rows\na,matmul,4\n"},
                               {"net.onnx", open_model()},
                               {"cut.onnx", open_model().substr(0, 40)}});
    const auto at = folder.path();
    CHECK(found("resnet-51", at) ==
          "E0304 workload.w.network: there is no ready network 'resnet-51' | did you mean 'resnet-50'?\n");
    CHECK(found("zzz", at).find("or a file that ends in .onnx or .csv") != std::string::npos);
    CHECK(found("no.onnx", at) ==
          "E0605 workload.w.network: 'no.onnx': there is no such file | the name is relative to this file\n");
    CHECK(found("./", at).find("this is a folder, not a file") != std::string::npos);
    CHECK(found("net.csv", "") ==
          "E0605 workload.w.network: a scenario that is no file cannot read another one | name a ready network\n");
    CHECK(found("bad.csv", at).starts_with("E0703 this layer needs 'columns'"));
    CHECK(found("cut.onnx", at).starts_with("E0710 "));
    CHECK(found("net.onnx", at) ==
          "E0712 input 'x': the size of dimension 1 is open | give it a size: --dimension tokens=128\n");
    CHECK(found("net.onnx", at, "token=5, tokens=5") ==
          "E0402 workload.w.dimensions: 'net.onnx' has no open dimension 'token' | the name in the model, or "
          "INPUT[INDEX] of a dimension that it leaves open\n");
    CHECK(found("net.csv", at, "tokens=5").starts_with("E0402 "));
    CHECK(found("resnet-50", at, "tokens=5").starts_with("E0402 workload.w.dimensions: the ready network"));
    for (const auto* wrong : {"tokens", "tokens=", "=5", "tokens=-1", "tokens=5x", "tokens=1e3", "tokens=5,,tokens=6",
                              "tokens=99999999999999999999"})
        CHECK(found("net.onnx", at, wrong).starts_with("E0207 workload.w.dimensions: '"));
    CHECK(found("net.onnx", at, "tokens=0").starts_with("E0715 ")); // a size, of which nothing is left to do
}

TEST_CASE("a chip of a scenario runs a network of a file; the hash of the scenario follows its content") {
    const auto load_with = [](const std::string& content) {
        const test::Folder folder(
            {{"s.toml",
              "extends = \"ai5\"\n[chip.ai5]\naccelerator = \"ai5_like\"\nworkload = \"own\"\n[workload.own]\n"
              "title = \"t\"\nnetwork = \"net.csv\"\nprecision = \"int8\"\nrate = \"10 Hz\"\n"
              "deadline = \"50 ms\"\n"},
             {"net.csv", content}});
        LoadRequest request;
        request.data_folder = AUTARKY_SOURCE_DIR;
        request.scenario = folder.path("s.toml");
        return load(request);
    };
    const std::string big = "layer,operator,rows,columns,reduction\na,matmul,4096,4096,4096\n";
    const auto one = load_with(big), same = load_with(big), other = load_with(big + "b,matmul,4096,4096,4096\n");
    CHECK(one.sha256 == same.sha256);
    CHECK(one.sha256 != other.sha256);
    REQUIRE(one.scenario.computed);
    const auto row = [](const Loaded& s) {
        for (const auto& input : s.inputs.rows)
            if (input.path == "chip.ai5.utilisation_ratio") return input.is_computed;
        return false;
    };
    CHECK(row(one));
    CHECK_THROWS_AS(load_with("layer,operator,rows\na,matmul,4\n"), InputError);
}

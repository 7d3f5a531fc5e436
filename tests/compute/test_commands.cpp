// autarky: the commands workload, chip and design as other programs call them.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include <nlohmann/json.hpp>

using Json = nlohmann::json;

namespace {

struct Answer {
    std::string text;
    int exit = 0;
};

Answer run(const std::string& arguments) {
    const auto command = std::string("AUTARKY_DATA=" AUTARKY_SOURCE_DIR " " AUTARKY_PROGRAM " ") + arguments + " 2>&1";
    Answer answer;
    FILE* pipe = popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::array<char, 4096> buffer{};
    while (const auto n = std::fread(buffer.data(), 1, buffer.size(), pipe))
        answer.text.append(buffer.data(), n);
    const int status = pclose(pipe);
    answer.exit = status >= 0 ? status >> 8 : status;
    return answer;
}

Json json_of(const std::string& arguments) {
    const auto answer = run(arguments);
    REQUIRE_MESSAGE(answer.exit == 0, answer.text);
    return Json::parse(answer.text);
}

std::string file_of(const std::string& name, const std::string& content) {
    const auto path =
        std::string(std::getenv("TMPDIR") != nullptr ? std::getenv("TMPDIR") : "/tmp") + "/autarky_test_" + name;
    std::ofstream(path) << content;
    return path;
}

const std::string topology =
    "Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,\n"
    "Inc5b_3x3, 7, 7, 3, 3, 192, 384, 1,\n";

} // namespace

TEST_CASE("chip on a bare array gives layers and a total with exactly the promised keys") {
    const auto file = file_of("topology.csv", topology);
    const auto json = json_of("chip --array 32x32 --dataflow ws --layers " + file + " --as scalesim --json");
    REQUIRE(json.size() == 3); // its schema stands first
    const auto& layer = json.at("layers").at(0);
    CHECK(layer.size() == 6);
    CHECK(layer.at("name") == "Inc5b_3x3");
    CHECK(layer.at("macs") == 16'588'800);
    CHECK(layer.at("cycles") == 77'111);
    CHECK(std::abs(layer.at("utilisation").get<double>() - 0.21008675805008366) < 1e-12);
    CHECK(layer.at("mapping_efficiency") == 1.0);
    CHECK(layer.at("sram") == Json{{"ifmap", 518'400}, {"filter", 663'552}, {"ofmap", 518'400}});
    CHECK(json.at("total").at("cycles") == 77'111);
    const auto exact = json_of("chip --array 32x32 --dataflow ws --layers " + file + " --json");
    CHECK(exact.at("total").at("cycles") == 77'112);
}

TEST_CASE("workload gives macs, parameters and layers of a ready network") {
    const auto json = json_of("workload regnet-y-8gf --json");
    CHECK(json.at("macs") == 8'473'070'592);
    CHECK(json.at("parameters") == 39'381'472);
    CHECK(json.at("layers").size() > 90);
    CHECK(json_of("workload regnet-y:17,192,76.82,2.19,56 --json").at("parameters") == 39'381'472);
    const auto workload = json_of("workload driving-vision --json");
    CHECK(workload.at("rate_hz") == 36.0);
    CHECK(workload.at("copies") == 2.0);
    const auto network = json_of("workload resnet-50 --json");
    for (const auto* key : {"precision", "rate_hz", "deadline_ms", "copies"})
        CHECK(network.contains(key));
}

TEST_CASE("chip under two workloads: the ledger sums to the area") {
    const auto json = json_of("chip thor --workload driving-vision --workload planning --json");
    CHECK(json.at("workloads").size() == 2);
    double sum = 0.0;
    for (const auto& row : json.at("ledger").at("blocks"))
        for (const auto* part : {"never_used_mm2", "over_provisioned_mm2", "duty_idle_mm2", "useful_mm2"})
            sum += row.at(part).get<double>();
    const double area = json.at("ledger").at("total").at("area_mm2").get<double>();
    CHECK(std::abs(sum / area - 1.0) < 1e-9);
    CHECK(json.at("cost").at("dark_usd").get<double>() > 0.0);
}

TEST_CASE("a merchant chip seen by several customers, one of them with two workloads") {
    const auto json = json_of("chip thor --customer driving-vision,planning --customer robot-pi0 --json");
    CHECK(json.at("workloads").size() == 3);
    const auto& each = json.at("customers").at("each");
    REQUIRE(each.size() == 2);
    CHECK(each[0].at("name") == "driving_vision + planning");
    const double none = json.at("customers").at("never_used_by_all_mm2").get<double>();
    CHECK(none > 0.0);
    double least = 1e9;
    for (const auto& customer : each) {
        CHECK(std::abs(customer.at("never_used_mm2").get<double>() - none -
                       customer.at("generality_tax_mm2").get<double>()) < 1e-9);
        const auto& total = customer.at("ledger").at("total");
        CHECK(total.at("never_used_mm2") == customer.at("never_used_mm2"));
        double sum = 0.0;
        for (const auto* part : {"never_used_mm2", "over_provisioned_mm2", "duty_idle_mm2", "useful_mm2"})
            sum += total.at(part).get<double>();
        CHECK(std::abs(sum / total.at("area_mm2").get<double>() - 1.0) < 1e-9);
        // what is dark for a customer costs what nobody uses and its own tax
        CHECK(std::abs(customer.at("dark_usd").get<double>() - json.at("cost").at("dark_usd").get<double>() -
                       customer.at("generality_tax_usd").get<double>()) < 1e-9);
        least = std::min(least, customer.at("ledger").at("total").at("useful_mm2").get<double>());
    }
    CHECK(least > 0.0);
    CHECK(each[1].at("generality_tax_usd").get<double>() > 0.0); // the robot has no use for the video codec
    CHECK(each[1].at("meets_deadlines") == true);
    const auto text = run("chip thor --customer driving-vision,planning --customer robot-pi0");
    CHECK(text.text.find("\n1 driving_vision + planning ") != std::string::npos);
    CHECK(text.text.find("none uses dark 1 work 1 dark 2 work 2") != std::string::npos);
    CHECK(run("chip thor --customer driving-vision, --customer robot-pi0").exit == 2);
    CHECK(run("chip thor --customer driving-vision -w planning").exit == 2);
}

TEST_CASE("names of formats are read in capitals too, and a wrong one is told the nearest") {
    CHECK(run("chip thor -w planning --precision Q4_K --activations BF16").text ==
          run("chip thor -w planning --precision q4_k --activations bf16").text);
    const auto near = run("chip thor -w planning --precision INT5");
    CHECK(near.exit == 2);
    CHECK(near.text.find("'INT5' is none of its values") != std::string::npos);
    CHECK(near.text.find("did you mean 'int4'?") != std::string::npos);
    CHECK(run("chip --array 32x32 --dataflow WS --layers resnet-50").exit == 0);
}

TEST_CASE("bad input: one sentence, what to do, and the exit code of its kind") {
    const auto file = file_of("topology.csv", topology);
    const auto none = run("chip --array 0x32 --dataflow ws --layers " + file);
    CHECK(none.exit == 2);
    CHECK(none.text.find("an array of 0x32 has no elements") != std::string::npos);
    const auto dataflow = run("chip --array 32x32 --dataflow rs --layers " + file);
    CHECK(dataflow.exit == 2);
    CHECK(dataflow.text.find("--dataflow: 'rs' is none of its values") != std::string::npos);
    const auto lacks = run("chip hw3 --workload resnet-50 --precision fp16");
    CHECK(lacks.exit == 3);
    CHECK(lacks.text.find("lacks fp16") != std::string::npos);
    const auto broken = run("chip --array 32x32 --dataflow os --layers " +
                            file_of("broken.csv", "layer,operator,rows,columns,reduction\na,matmul,1,x,3\n"));
    CHECK(broken.exit == 3);
    CHECK(broken.text.find(":2:12: error[E0702]: columns: 'x' is not a whole number") != std::string::npos);
    const auto model = run("workload " + file_of("cut.onnx", "no model"));
    CHECK(model.exit == 3);
    CHECK(model.text.find("this is no ONNX model, or it is cut off") != std::string::npos);
    CHECK(run("chip --array 32x32 --dataflow os --layers /no/such/file.csv").exit == 5);
    for (const auto* command : {"workload resnet-51", "chip hw3 -w resnet-51", "design resnet-51",
                                "chip --array 8x8 --dataflow os --layers resnet-51"}) {
        const auto unknown = run(command);
        CHECK(unknown.exit == 3);
        CHECK(unknown.text.find("did you mean 'resnet-50'?") != std::string::npos);
    }
    for (const auto* command :
         {"design resnet-50 --deadline 0", "design resnet-50 --rate -1", "design resnet-50 --rows 0"}) {
        const auto refused = run(command);
        CHECK(refused.exit == 2);
        CHECK(refused.text.find("error[E0504]: --") != std::string::npos);
    }
}

TEST_CASE("design gives a front as JSON, the same each time") {
    const auto arguments = std::string("design driving-vision --node 5 --json");
    const auto one = run(arguments), two = run(arguments);
    CHECK(one.exit == 0);
    CHECK(one.text == two.text);
    const auto json = Json::parse(one.text);
    CHECK(json.at("points") == 264'000);
    CHECK(json.at("front").size() > 10);
    for (const auto& point : json.at("front"))
        CHECK(point.at("latency_ms").get<double>() <= 27.8);
}

TEST_CASE("a configuration of SCALE-Sim is an array with its dataflow and buffers, and says what of it is not used") {
    const auto net = file_of("topology.csv", topology);
    const std::string written =
        "[general]\nrun_name = r\n[architecture_presets]\nArrayHeight: 32\nArrayWidth: 32\n"
        "IfmapSramSzkB: 64\nFilterSramSzkB: 64\nOfmapSramSzkB: 64\nBandwidth: 10\nDataflow: ws\n"
        "[run_presets]\nInterfaceBandwidth: CALC\n";
    const auto file = file_of("array.cfg", written);
    const auto by_file = json_of("chip --array " + file + " --layers " + net + " --as scalesim --json");
    CHECK(by_file.at("total").at("cycles") == 77'111); // as --array 32x32 --dataflow ws
    CHECK(by_file.at("buffers") == Json{{"ifmap", 65'536}, {"filter", 65'536}, {"ofmap", 65'536}});
    CHECK(by_file.at("remarks") == Json{"not used: Bandwidth, InterfaceBandwidth"});
    // 7 x 7 x 192 inputs fit 64 KiB: each operand moves once
    CHECK(by_file.at("layers").at(0).at("dram").at("read") == 7 * 7 * 192 + 3 * 3 * 192 * 384);
    CHECK(run("chip --array " + file + " --layers " + net).text.find("not used: Bandwidth") != std::string::npos);
    const auto other = run("chip --array " + file + " --dataflow os --layers " + net);
    CHECK(other.exit != 0);
    CHECK(other.text.find("it is os, ") != std::string::npos);
    const auto sparse = file_of("sparse.cfg", written + "[sparsity]\nSparsitySupport: true\n");
    const auto refused = run("chip --array " + sparse + " --layers " + net);
    CHECK(refused.exit == 3);
    CHECK(refused.text.find(":14:1: error[E0716]: SparsitySupport is true") != std::string::npos);
}

TEST_CASE("weights in blocks: bits, traffic and format are said, in text and JSON") {
    const auto net = file_of("decode.csv", "layer,operator,rows,columns,reduction\nfc,matmul,1,8192,8192\n");
    const auto bytes = [&](const std::string& precision) {
        const auto json = json_of("chip thor --layers " + net + " --precision " + precision + " --json");
        return json.at("workloads").at(0);
    };
    const auto q4 = bytes("q4_k"), q8 = bytes("int8");
    CHECK(q4.at("weight_format") == "q4_k");
    CHECK(q4.at("weight_bits") == 4.5);
    CHECK(q4.at("precision") == "int8");
    CHECK(q4.at("remarks").at(0) ==
          "weights in q4_k, 4.5 bits each with their scales; activations and multiply-adds in int8");
    CHECK(q8.at("weight_bits") == 8);
    CHECK_FALSE(q8.contains("remarks"));
    const Json::number_integer_t weights = 8192LL * 8192;
    CHECK(q8.at("dram_bytes").get<Json::number_integer_t>() - q4.at("dram_bytes").get<Json::number_integer_t>() ==
          weights - weights / 256 * 144);
    CHECK(q4.at("latency_ms").get<double>() < q8.at("latency_ms").get<double>());
    CHECK(q4.at("energy_mj").at("dram").get<double>() < q8.at("energy_mj").at("dram").get<double>());
    // 16-bit activations, 4-bit weights
    const auto mixed =
        json_of("chip thor --layers " + net + " --precision int4 --activations bf16 --json").at("workloads").at(0);
    CHECK(mixed.at("precision") == "bf16");
    CHECK(mixed.at("weight_bits") == 4);
    const auto text = run("chip hw3 --layers " + net + " --precision mxfp4").text;
    CHECK(text.find("4.25 bits") != std::string::npos); // the line may be broken elsewhere
    CHECK(text.find("mxfp4, int8") != std::string::npos);
    const auto array = run("chip --array 8x8 --dataflow os --layers " + net + " --activations int8");
    CHECK(array.exit != 0);
    CHECK(array.text.find("--activations: it changes nothing on a bare array") != std::string::npos);
    const auto wrong = run("chip hw3 --layers " + net + " --precision q4_9");
    CHECK(wrong.exit != 0);
    CHECK(wrong.text.find("q4_0") != std::string::npos);
}

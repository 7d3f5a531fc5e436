// autarky: configurations of SCALE-Sim: read, refused, or said to be unused, each key by its name.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "compute/mapping/array_config.hpp"
#include "compute/network/csv.hpp"
#include "compute/network/layer_table.hpp"
#include "text_file.hpp"

using namespace autarky;
using namespace autarky::compute;

namespace {

const std::string written =
    "[general]\nrun_name = small\n\n[architecture_presets]\nArrayHeight:    32\narraywidth = 16\n"
    "IfmapSramSzkB:   64\nFilterSramSzkB:  32\nOfmapSramSzkB:   8\nDataflow : ws\n";

ArrayConfig config(const std::string& text, std::string* trouble = nullptr) {
    Diagnostics findings;
    auto out = read_array_config(text, "s.cfg", findings);
    if (trouble == nullptr)
        CHECK_FALSE(findings.has_errors());
    else if (findings.has_errors())
        *trouble = findings.items().front().code + " " + findings.items().front().message;
    return out;
}
std::string trouble_of(const std::string& text) {
    std::string trouble;
    (void)config(text, &trouble);
    return trouble;
}
std::string without(std::string text, std::string_view line, std::string_view instead = {}) {
    const auto at = text.find(line);
    REQUIRE(at != std::string::npos);
    return text.replace(at, line.size(), instead);
}

} // namespace

TEST_CASE("array, dataflow and buffers are read, keys in any case") {
    const auto c = config(written);
    CHECK(c.array.rows == 32);
    CHECK(c.array.columns == 16);
    CHECK(c.array.dataflow == Dataflow::weight_stationary);
    CHECK(c.buffers.ifmap == 64 * 1024);
    CHECK(c.buffers.filter == 32 * 1024);
    CHECK(c.buffers.ofmap == 8 * 1024);
    CHECK(c.remarks.empty()); // a run's name changes nothing anywhere
}

TEST_CASE("what is not used is named, and what is unknown has a suggestion") {
    const auto c = config(
        written + "IfmapOffset: 0\nBandwith: 10\n# a comment\n; another\n[run_presets]\nInterfaceBandwidth: USER\n"
                  "UseRamulatorTrace: True\n[layout]\nIfmapCustomLayout: True\n[sparsity]\nSparsitySupport: false\n");
    REQUIRE(c.remarks.size() == 5);
    CHECK(c.remarks[0] == "unknown and not used: [architecture_presets] Bandwith (did you mean 'Bandwidth'?)");
    CHECK(c.remarks[1].starts_with("InterfaceBandwidth is USER: waiting"));
    CHECK(c.remarks[2] == "IfmapCustomLayout is True: conflicts of banks are not counted");
    CHECK(c.remarks[3].starts_with("UseRamulatorTrace is True"));
    CHECK(c.remarks[4] ==
          "not used: IfmapOffset, InterfaceBandwidth, UseRamulatorTrace, IfmapCustomLayout, SparsitySupport");
}

TEST_CASE("what no array can have is refused with its place") {
    CHECK(trouble_of(without(written, "ArrayHeight:    32\n")) ==
          "E0716 ArrayHeight is missing in [architecture_presets]");
    CHECK(trouble_of(without(written, "32\n", "32 # rows\n")) == "E0716 ArrayHeight is '32 # rows'");
    CHECK(trouble_of(without(written, "32\n", "0\n")) == "E0716 ArrayHeight is '0'");
    CHECK(trouble_of(without(written, "ws", "rs")) == "E0716 Dataflow is 'rs'");
    CHECK(trouble_of(written + "ARRAYHEIGHT: 8\n") == "E0716 ARRAYHEIGHT is given twice, first in line 5");
    CHECK(trouble_of(written + "[sparsity]\nSparsitySupport : TRUE\n") ==
          "E0716 SparsitySupport is true, and sparse arrays are not modelled");
    CHECK(trouble_of(written + "nothing\n") == "E0716 'nothing' is no 'key: value'");
    CHECK(trouble_of(written + "[layout\n") == "E0716 this section has no ']'");
    CHECK(trouble_of("") == "E0716 ArrayHeight is missing in [architecture_presets]");
}

TEST_CASE("operands that fit their buffers move once, others as often as parts demand") {
    const Layer layer{"fc", Matmul{.rows = 100, .columns = 200, .reduction = 300}};
    const Array os{32, 32, Dataflow::output_stationary};
    const Count once = 100 * 300 + 300 * 200;
    CHECK(array_traffic(os, {30'000, 1, 1}, layer).read == once);
    CHECK(array_traffic(os, {1, 60'000, 1}, layer).read == once);
    // inputs in 3 parts of 10,000: weights three times; weights in 2 parts of 30,000: inputs twice
    CHECK(array_traffic(os, {10'000, 30'000, 1}, layer).read == 60'000 + 2 * 30'000);
    CHECK(array_traffic(os, {15'000, 1'000, 1}, layer).read == 30'000 + 2 * 60'000);
    CHECK(array_traffic(os, {1, 60'000, 1}, layer).written == 100 * 200);
    // a window of 300 in ten folds of 32 rows: 100 x 32 partial sums fit 3,200 words, or go out and back nine times
    const Array ws{32, 32, Dataflow::weight_stationary};
    CHECK(array_traffic(ws, {30'000, 1, 3'200}, layer).written == 100 * 200);
    CHECK(array_traffic(ws, {30'000, 1, 3'199}, layer).written == 10 * 100 * 200);
    CHECK(array_traffic(ws, {30'000, 1, 3'199}, layer).read == once + 9 * 100 * 200);
}

TEST_CASE("SCALE-Sim never moves less than the least that its buffers allow") {
    if (std::string(AUTARKY_ORACLES_DIR).empty()) {
        MESSAGE("skipped: AUTARKY_ORACLES is not set");
        return;
    }
    const auto folder = std::string(AUTARKY_ORACLES_DIR) + "/scalesim/";
    for (const std::string dataflow : {"os", "ws", "is"}) {
        CAPTURE(dataflow);
        const auto run = folder + "full_calc/alexnet_part__" + dataflow + "_32x32_sram64";
        const auto c = config(text_of(run + ".cfg"));
        CHECK(dataflow_name(c.array.dataflow) == dataflow);
        CHECK(c.array.rows == 32);
        CHECK(c.buffers.filter == 64 * 1024);
        Diagnostics findings;
        const auto network =
            read_layer_table(text_of(folder + "topologies/alexnet_part.csv"), "alexnet_part.csv", findings);
        const auto lines = read_csv(text_of(run + "__DETAILED_ACCESS.csv"), "access", findings);
        REQUIRE(lines.size() == network.layers.size() + 1);
        for (std::size_t i = 0; i < network.layers.size(); ++i) {
            const auto words = [&](std::size_t column) { return std::stod(lines[i + 1].cells[column].text); };
            const auto least = array_traffic(c.array, c.buffers, network.layers[i]);
            // DRAM reads of ifmap and filter; partial sums that went out it does not read back
            const Count back = least.written - products(network.layers[i].shape).items[0].outputs();
            CHECK(static_cast<double>(least.read - back) <= words(12) + words(15));
            CHECK(static_cast<double>(least.written) <= words(18));
        }
    }
}

// autarky: cycles and buffer accesses of systolic arrays are those of SCALE-Sim, to the last cycle.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <string>

#include "compute/mapping/systolic.hpp"
#include "compute/network/csv.hpp"
#include "compute/network/layer_table.hpp"
#include "text_file.hpp"

using namespace autarky;
using namespace autarky::compute;

namespace {

const std::string data = AUTARKY_TEST_DATA_DIR;
const std::string oracles = AUTARKY_ORACLES_DIR;

Count whole(const Cell& cell) { return std::atoll(cell.text.c_str()); }
double real(const Cell& cell) { return std::atof(cell.text.c_str()); }

/// The product that lies as rows x columns on the array while `streamed` values pass.
Product product_of(Dataflow dataflow, Count rows, Count columns, Count streamed) {
    switch (dataflow) {
    case Dataflow::output_stationary: return {rows, columns, streamed};
    case Dataflow::weight_stationary: return {streamed, columns, rows};
    case Dataflow::input_stationary: return {columns, streamed, rows};
    }
    return {};
}

Shape matmul(const Product& p) { return Matmul{p.rows, p.columns, p.reduction}; }

} // namespace

TEST_CASE("worked examples of the folding rule") {
    // Inception 5b: 7x7x192, 3x3, 384 filters. ws on 32x32: 1728x384 folded 54x12 = 648, 25 pixels stream:
    // 2*32 + 32 + 25 - 2 = 119 cycles a fold, 77,112 in all.
    const Axis axis{.size = 7, .kernel = 3};
    const Convolution inception{axis, axis, {}, 192, 384, 1};
    const Array ws{32, 32, Dataflow::weight_stationary};
    const auto run = run_once(ws, inception);
    CHECK(run.cycles == 77'112);
    CHECK(run.utilisation(ws) == doctest::Approx(0.2100840336134454).epsilon(1e-12));
    CHECK(run.mapping_efficiency() == 1.0);
    CHECK(run_once(ws, inception, Counting::scalesim).cycles == 77'111);
    // 64x16x4096 on 128x128 os: one fold of 4096 + 128 + 128 - 2 = 4350
    const Array os{128, 128, Dataflow::output_stationary};
    CHECK(run_once(os, Matmul{64, 16, 4096}).cycles == 4'350);
}

TEST_CASE("cycles, utilisation and SRAM accesses are SCALE-Sim's on every layer of its topologies") {
    Diagnostics diagnostics;
    const auto lines = read_csv(text_of(data + "/scalesim_layers.csv"), "scalesim_layers.csv", diagnostics);
    REQUIRE(lines.size() == 260);
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const auto& c = lines[i].cells;
        CAPTURE(lines[i].number);
        const auto dataflow = dataflow_named(c[5].text);
        REQUIRE(dataflow.has_value());
        const Array array{whole(c[3]), whole(c[4]), *dataflow};
        const auto shape = matmul(product_of(*dataflow, whole(c[6]), whole(c[7]), whole(c[8])));
        const auto as_scalesim = run_once(array, shape, Counting::scalesim);
        CHECK(as_scalesim.cycles == whole(c[12]));
        CHECK(as_scalesim.macs == whole(c[13]));
        CHECK(std::abs(100.0 * as_scalesim.utilisation(array) - real(c[14])) < 1e-9);
        CHECK(std::abs(100.0 * as_scalesim.mapping_efficiency() - real(c[15])) < 1e-9);
        CHECK(as_scalesim.sram.ifmap == whole(c[16]));
        CHECK(as_scalesim.sram.filter == whole(c[17]));
        CHECK(as_scalesim.sram.ofmap == whole(c[18]));
        CHECK(run_once(array, shape).cycles == whole(c[11])); // lines of demand: the cycles themselves
    }
}

TEST_CASE("SCALE-Sim's own topology files give its totals") {
    if (oracles.empty()) {
        MESSAGE("skipped: AUTARKY_ORACLES is not set");
        return;
    }
    Diagnostics diagnostics;
    const auto lines = read_csv(text_of(oracles + "/scalesim/compute_totals.csv"), "totals", diagnostics);
    int compared = 0;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const auto& c = lines[i].cells;
        const auto file = c[1].text.substr(c[1].text.rfind('/') + 1);
        const auto network = read_layer_table(text_of(oracles + "/scalesim/topologies/" + file), file, diagnostics,
                                              Depthwise::layer_per_channel);
        const Array array{whole(c[4]), whole(c[5]), *dataflow_named(c[3].text)};
        const auto run_total = run(array, network, Counting::scalesim).total;
        CAPTURE(lines[i].number);
        CHECK(network.layers.size() == static_cast<std::size_t>(whole(c[6])));
        CHECK(run_total.cycles == whole(c[8]));
        CHECK(run_total.macs == whole(c[9]));
        ++compared;
    }
    CHECK(compared == 38);
    CHECK(diagnostics.empty());
}

TEST_CASE("2,238 output-stationary products agree with the table that LLMCompass ships") {
    if (oracles.empty()) {
        MESSAGE("skipped: AUTARKY_ORACLES is not set");
        return;
    }
    Diagnostics diagnostics;
    const auto lines =
        read_csv(text_of(oracles + "/scalesim/os_gemm_lut_sample_from_llmcompass.csv"), "table", diagnostics);
    CHECK(lines.size() == 2239);
    int wrong = 0;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const auto& c = lines[i].cells;
        const Array array{whole(c[3]), whole(c[4]), *dataflow_named(c[5].text)};
        if (run_once(array, Matmul{whole(c[0]), whole(c[1]), whole(c[2])}, Counting::scalesim).cycles != whole(c[6]))
            ++wrong;
    }
    CHECK(wrong == 0);
}

TEST_CASE("a larger array never needs more folds, and work is the same in every dataflow") {
    const Shape shape = Matmul{500, 300, 700};
    for (const auto dataflow : {Dataflow::output_stationary, Dataflow::weight_stationary, Dataflow::input_stationary}) {
        Count folds = too_many;
        for (Count n = 8; n <= 512; n *= 2) {
            const Array array{n, n, dataflow};
            const auto m = mapping(array, products(shape).items[0]);
            CHECK(m.folds() <= folds);
            folds = m.folds();
            const auto result = run_once(array, shape);
            CHECK(result.macs == 500 * 300 * 700);
            CHECK(result.utilisation(array) <= result.mapping_efficiency());
            CHECK(result.mapping_efficiency() <= 1.0);
        }
    }
}

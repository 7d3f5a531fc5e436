// autarky: the chips and workloads of the catalogue can be read, used, and do what was measured on them.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

#include "../compute/text_file.hpp"
#include "compute/chip/area.hpp"
#include "compute/chip/energy.hpp"
#include "compute/mapping/performance.hpp"
#include "compute/mapping/usage.hpp"
#include "compute/mapping/work_plan.hpp"
#include "compute/network/csv.hpp"
#include "compute/network/networks.hpp"
#include "design/chip.hpp"
#include "design/inputs.hpp"

using namespace autarky;
using namespace autarky::compute;

namespace {

const std::string data = AUTARKY_SOURCE_DIR;
const std::string oracles = AUTARKY_ORACLES_DIR;

double relative(double got, double expected) { return std::abs(got / expected - 1.0); }
double mm2(const Area<double>& area) { return area.in("mm^2"_u); }

design::ChipEntry chip(const std::string& name) { return design::load_chip(name, data); }

struct Config {
    const char* name;
    double frames_per_s, peak_mw, mean_mw, macs;
};
// NVDLA primer, ResNet-50, int8, 1 GHz, 16 nm
constexpr std::array nvdla{Config{"nvdla-2048", 269, 766, 291, 2048}, Config{"nvdla-1024", 153, 375, 143, 1024},
                           Config{"nvdla-512", 93, 210, 80, 512},     Config{"nvdla-256", 46, 135, 48, 256},
                           Config{"nvdla-128", 20, 82, 31, 128},      Config{"nvdla-64", 7.3, 55, 21, 64},
                           Config{"nvdla-32", 3.6, 45, 17, 32}};

/// Mean absolute error of matrix products against a file of "M, K, N, x ms, y Tflops".
double product_error(const std::string& name, const std::string& file) {
    const auto machine = machine_of(chip(name).median(), Precision::fp16);
    Diagnostics diagnostics;
    double total = 0.0;
    int n = 0;
    for (const auto& line : read_csv(text_of(file), file, diagnostics)) {
        const auto at = [&line](std::size_t i) { return std::atoll(line.cells[i].text.c_str()); };
        const Network one{"", "", {{"product", Matmul{at(0), at(2), at(1)}}}, {}};
        const double ms = std::atof(line.cells[3].text.c_str());
        total += relative(1e3 * network_time(machine, one).seconds, ms);
        ++n;
    }
    return total / n;
}

UseByRole<double> use_on(const Machine& machine, const Network& network) {
    return use_of(machine, network, network_time(machine, network), 1.0);
}

} // namespace

TEST_CASE("every chip of the catalogue is sound, every number of it has a source, its blocks make up its die") {
    const auto names = design::chip_names(data);
    CHECK(names.size() >= 15);
    for (const auto& name : names) {
        CAPTURE(name);
        const auto entry = chip(name);
        const auto median = entry.median();
        CHECK(accelerator_error(median, median.precision).empty());
        for (const auto& input : entry.inputs.rows)
            CHECK_MESSAGE((input.source >= 0 || input.is_default), input.path);
        const auto blocks = block_areas(median);
        const double sum = mm2(sum_of_areas(blocks)), die = mm2(median.die_area);
        CHECK(sum > 0.0);
        CHECK(sum >= die * (1.0 - 1e-9)); // what is not attributed is a block too
        const double excess = sum / die - 1.0;
        CHECK_MESSAGE(excess < (name == "mi210" ? 0.25 : 0.03), name, " ", sum, " mm2");
    }
}

TEST_CASE("every workload of the catalogue names a network that is there") {
    for (const auto& name : design::workload_names(data)) {
        CAPTURE(name);
        const auto job = design::load_job(name, data);
        CHECK(macs(job.network) > 0);
        CHECK(job.workload.rate.raw() > 0.0);
        CHECK(job.workload.deadline.raw() > 0.0);
    }
}

TEST_CASE("every ready network has a rate, a deadline, a number format and copies from the catalogue") {
    for (const auto& name : ready_network_names()) {
        CAPTURE(name);
        const auto job = design::load_job(name, data);
        CHECK(job.workload.rate.in("Hz"_u) > 1.0);
        CHECK(job.workload.deadline.in("s"_u) < 1.0);
        CHECK(job.workload.copies >= 1.0);
    }
    CHECK(design::load_job("hydranet", data).workload.copies == 2.0); // a second copy for safety
    CHECK(design::load_job("regnet-x:23,96,38.65,2.43,40", data).workload.rate.in("Hz"_u) == doctest::Approx(30.0));
    CHECK(design::bare_job("mine", *ready_network("pi0")).workload.deadline.in("s"_u) > 1e5); // a file brings none
}

TEST_CASE("dense peaks are those of the makers") {
    const auto tops = [](const char* name, Precision precision) {
        return dense_peak(chip(name).median(), precision).in("TOPS"_u);
    };
    CHECK(tops("hw3", Precision::int8) == doctest::Approx(73.7).epsilon(0.001));
    CHECK(tops("a100", Precision::fp16) == doctest::Approx(312.0).epsilon(0.01));
    CHECK(tops("h100", Precision::bf16) == doctest::Approx(989.4).epsilon(0.01));
    CHECK(tops("h100", Precision::fp8) == doctest::Approx(1979.0).epsilon(0.01));
    CHECK(tops("tpuv4i", Precision::bf16) == doctest::Approx(138.0).epsilon(0.01));
    CHECK(tops("orin", Precision::int8) == doctest::Approx(127.0).epsilon(0.01)); // half of 254 sparse
    CHECK(tops("thor", Precision::fp8) == doctest::Approx(517.0).epsilon(0.01));  // a quarter of 2,070 sparse fp4
    CHECK(tops("mi210", Precision::fp16) == doctest::Approx(181.0).epsilon(0.01));
}

TEST_CASE("GA100 within 3 %; the die of MI210 comes out 12 % too large, and is said to") {
    CHECK(relative(mm2(sum_of_areas(block_areas(chip("a100").median()))), 826.0) < 0.03);
    // Its register file is twice that of GA100 and the regression overstates it; nothing is fitted to hide that.
    const double mi210 = mm2(sum_of_areas(block_areas(chip("mi210").median())));
    MESSAGE("MI210: ", mi210, " mm2 against 724");
    CHECK(mi210 / 724.0 > 1.0);
    CHECK(mi210 / 724.0 < 1.25);
}

TEST_CASE("NVDLA of the catalogue: frame rates within 25 %, energy of the largest within 30 %, of others within a "
          "factor of two") {
    const auto network = *ready_network("resnet-50");
    for (const auto& config : nvdla) {
        CAPTURE(config.name);
        const auto median = chip(config.name).median();
        const auto time = network_time(machine_of(median, Precision::int8), network);
        CHECK(relative(1.0 / time.seconds, config.frames_per_s) < 0.25);
        const auto energy = network_energy(median, Precision::int8, time);
        const double chip_mj = (energy.arrays + energy.buffers + energy.vector).in("J"_u) * 1e3;
        const double published_mj = config.mean_mw / config.frames_per_s;
        // narrow arrays read their buffer more often for each operation than the published energies show
        if (config.macs >= 2048) CHECK(relative(chip_mj, published_mj) < 0.30);
        if (config.macs >= 256) CHECK(relative(chip_mj, published_mj) < 1.0);
    }
}

TEST_CASE("matrix products measured on A100 within 10 %, on MI210 as far as they are") {
    if (oracles.empty()) {
        MESSAGE("skipped: AUTARKY_ORACLES is not set");
        return;
    }
    CHECK(product_error("a100", oracles + "/llmcompass/measured_matmul_A100.csv") < 0.10);
    const double mi210 = product_error("mi210", oracles + "/llmcompass/measured_matmul_MI210.csv");
    MESSAGE("MI210: mean absolute error ", 100.0 * mi210, " %");
    CHECK(mi210 < 0.20);
}

TEST_CASE("HW3 runs a network of the Inception class above 2,000 frames a second a chip") {
    // Talpes et al. 2020: 2,300 frames a second a chip on Inception (5.7 GMAC at 299 x 299) at batch 1, above 80 % of the
    // peak. ResNet-50 has 4.1 GMAC: the same share of the peak gives 3,600.
    const auto machine = machine_of(chip("hw3").median(), Precision::int8);
    const auto time = network_time(machine, *ready_network("resnet-50"));
    CHECK(1.0 / time.seconds > 2000.0);
    CHECK(time.weights_resident);
}

TEST_CASE("deleting a type of layer from the workload turns its block dark") {
    const auto machine = machine_of(chip("ai5-like").median(), Precision::int8);
    const auto network = *ready_network("bevformer-tiny");
    const auto use = use_on(machine, network);
    const auto peak = [](const UseByRole<double>& u, Role role) { return u[static_cast<std::size_t>(role)].capacity; };
    for (const auto role : {Role::array, Role::buffer, Role::vector, Role::special, Role::sampler, Role::pooling})
        CHECK(peak(use, role) > 0.0);

    const auto without = [&](auto&& is_deleted) {
        auto less = network;
        std::erase_if(less.layers, [&](const Layer& layer) { return is_deleted(layer.shape); });
        return use_on(machine, less);
    };
    CHECK(peak(without([](const Shape& s) { return std::holds_alternative<Pooling>(s); }), Role::pooling) == 0.0);
    CHECK(peak(without([](const Shape& s) { return std::holds_alternative<Sampling>(s); }), Role::sampler) == 0.0);
    CHECK(peak(without([](const Shape& s) { return products(s).size > 0; }), Role::array) == 0.0);

    // and the ledger says so: the block of a deleted type is never used, the others stay as they were
    const std::vector<BlockArea<double>> blocks{{"sampler", Role::sampler, Reason::none, quantity(10.0, "mm^2"_u), 1.0},
                                                {"arrays", Role::array, Reason::none, quantity(40.0, "mm^2"_u), 1.0}};
    UseCase<double> all{"all", 1.0, use};
    UseCase<double> less{"less", 1.0, without([](const Shape& s) { return std::holds_alternative<Sampling>(s); })};
    CHECK(mm2(ledger<double>(blocks, {all}).total.never_used) == 0.0);
    CHECK(mm2(ledger<double>(blocks, {less}).total.never_used) == doctest::Approx(10.0));
}

TEST_CASE("the merchant chip leaves more of itself unused than the own one, and its parts sum to its area") {
    std::vector<double> shares;
    for (const auto* name : {"ai5-like", "thor", "orin"}) {
        const auto report =
            design::chip_report(chip(name), {design::load_job("driving-vision", data)}, std::nullopt, 20);
        CHECK(mm2(report.ledger.total.total()) == doctest::Approx(mm2(report.ledger.area)).epsilon(1e-12));
        CHECK(mm2(report.ledger.area) == doctest::Approx(mm2(report.area)).epsilon(1e-12));
        CHECK(report.never_used_share.low <= report.never_used_share.high);
        double unused = mm2(report.ledger.total.never_used);
        for (const auto& row : report.ledger.rows) // what is not attributed is unknown, not unused
            if (row.block == "unattributed") unused -= mm2(row.parts.never_used);
        shares.push_back(unused / mm2(report.ledger.area));
    }
    CHECK(shares[1] > shares[0]);
    CHECK(shares[2] > shares[0]);
}

TEST_CASE("a network laid on a chip once has the latency of network_time, with equal layers kept once") {
    for (const auto* name : {"ai5-like", "thor", "hw3", "nvdla-2048"}) {
        const auto median = chip(name).median();
        for (const auto* network_name : {"hydranet-8cam", "vad-base", "pi0", "resnet-50"}) {
            const auto network = *ready_network(network_name);
            const auto machine = machine_of(median, Precision::int8);
            const WorkPlan plan(machine, network);
            CAPTURE(std::string(name) + " " + network_name);
            CHECK(plan.latency(rates_of(median, Precision::int8)) ==
                  doctest::Approx(network_time(machine, network).seconds).epsilon(1e-12)); // another order of the sum
            CHECK(plan.size() < network.layers.size());
        }
    }
}

TEST_CASE("merchant-equivalence: how many merchant chips do the work of one own chip") {
    const auto job = design::load_job("driving-vision", data);
    const auto work = [&job](const char* name) {
        const auto median = chip(name).median();
        return chip_work(median, job.network, *runnable_precision(median, job.multiplied_in()),
                         job.workload.rate.in("Hz"_u), job.workload.deadline.in("s"_u));
    };
    const auto own = work("ai5-like"), thor = work("thor"), hw3 = work("hw3");
    CHECK(own.meets_deadline);
    CHECK(own.whole_chips == 1);
    CHECK(thor.chips > own.chips);
    CHECK(hw3.chips > thor.chips);
    CHECK_FALSE(hw3.meets_deadline);
    CHECK(hw3.whole_chips > 1);
    CHECK(own.die_area.in("mm^2"_u) == doctest::Approx(427.0).epsilon(0.02));
    CHECK(runnable_precision(chip("h100").median(), Precision::int4) == Precision::int8); // the narrowest that it has
    CHECK_FALSE(runnable_precision(chip("hw3").median(), Precision::fp16).has_value());
}

TEST_CASE("a chip that is not there, a file without rows") {
    const auto message = [](const std::string& name) {
        try {
            (void)design::load_chip(name, data);
        } catch (const InputError& error) {
            const auto& d = error.diagnostics.items().front();
            return d.message + " | " + d.hint;
        }
        return std::string("no error");
    };
    CHECK(message("thorr") == "there is no chip 'thorr' | did you mean 'thor'?");
    CHECK(message("no-such-file.toml").find("there is no such file") == 0);
    CHECK(message(data + "/catalogue/accelerators/datacentre.toml").find("the file describes 4 chips") == 0);
    CHECK(message(data + "/catalogue/accelerators/datacentre.toml:a10") ==
          "the file has no chip 'a10' | did you mean 'a100'?");
}

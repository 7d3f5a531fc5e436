// autarky: computes what published cases name.
// SPDX-License-Identifier: Apache-2.0
#include "compute/cases.hpp"

#include <string>

#include "compute/chip/ledger.hpp"
#include "compute/chip/technology.hpp"
#include "compute/mapping/performance.hpp"
#include "compute/mapping/systolic.hpp"
#include "compute/network/networks.hpp"

namespace autarky::compute {
namespace {

[[noreturn]] void unknown(std::string_view what) {
    throw CaseError("quantity '" + std::string(what) + "' is not known here");
}

Network network_of(const CaseInputs& in) {
    auto network = ready_network(in.word("network"));
    if (!network) throw CaseError("there is no network '" + in.word("network") + "'");
    return std::move(*network);
}

Matmul product_of(const CaseInputs& in) { return {in.whole("m"), in.whole("n"), in.whole("k")}; }

double scalesim(std::string_view what, const CaseInputs& in) {
    const auto dataflow = dataflow_named(in.word("dataflow"));
    if (!dataflow) throw CaseError("there is no dataflow '" + in.word("dataflow") + "'");
    const auto run = run_once({in.whole("rows"), in.whole("columns"), *dataflow}, product_of(in), Counting::scalesim);
    if (what == "scalesim_cycles") return static_cast<double>(run.cycles);
    if (what == "scalesim_sram_ifmap") return static_cast<double>(run.sram.ifmap);
    if (what == "scalesim_sram_filter") return static_cast<double>(run.sram.filter);
    if (what == "scalesim_sram_ofmap") return static_cast<double>(run.sram.ofmap);
    unknown(what);
}

/// A graphics processor with the constants of catalogue/accelerators/datacentre.toml.
Machine tensor_cores(Array array, Count cores, double clock_ghz, double sustained) {
    Machine m;
    m.array = array;
    m.style = ArrayStyle::broadcast;
    m.arrays = 4;
    m.cores = cores;
    m.clock_hz = clock_ghz * 1e9;
    m.sustained = sustained;
    m.element_bits = 16;
    m.largest_tile = 128 * 256;
    m.keeps_activations = false;
    m.vector_operations_per_s = 1e13;
    m.tile_latency_s = 1e-6;
    return m;
}

Machine a100() {
    auto m = tensor_cores({16, 16, Dataflow::output_stationary}, 108, 1.41, 0.93);
    m.buffer_bytes = 40 * 1024 * 1024;
    m.buffer_bytes_per_s = 7.219e12;
    m.dram_bytes_per_s = 2.039e12;
    m.dram_efficiency = 0.9;
    m.launch_s = 21e-6;
    return m;
}

Machine mi210() {
    auto m = tensor_cores({8, 16, Dataflow::output_stationary}, 104, 1.7, 0.67);
    m.buffer_bytes = 8 * 1024 * 1024;
    m.buffer_bytes_per_s = 3.481e12;
    m.dram_bytes_per_s = 1.638e12;
    m.dram_efficiency = 0.8;
    m.launch_s = 34e-6;
    return m;
}

double product_ms(const Machine& machine, const CaseInputs& in) {
    return 1e3 * network_time(machine, {"", "", {{"product", product_of(in)}}, {}}).seconds;
}

double nvdla_frames(const CaseInputs& in) {
    Machine m;
    m.array = {in.whole("rows"), in.whole("columns"), Dataflow::weight_stationary};
    m.style = ArrayStyle::broadcast;
    m.buffer_bytes = 1024 * in.whole("buffer_kib");
    m.keeps_activations = false;
    m.dram_bytes_per_s = in.number("dram_gb_per_s") * 1e9;
    m.dram_efficiency = 0.70;
    m.vector_operations_per_s = static_cast<double>(m.array.elements()) / 128.0 * 1e9;
    return 1.0 / network_time(m, *ready_network("resnet-50")).seconds;
}

double scaled(std::string_view what, const CaseInputs& in) {
    if (what == "energy_factor") {
        const auto factor = stillmaker_energy(in.whole("node"), in.number("volts"));
        if (factor) return *factor;
    } else if (what == "area_factor") {
        const auto factor = stillmaker_area(in.whole("from"), in.whole("to"));
        if (factor) return *factor;
    } else {
        const auto precision = precision_named(in.word("precision"));
        const auto tech = technology(in.whole("node"));
        if (precision && tech) return mac_transistors(*precision) / tech->transistors_per_mm2 * 1e6;
    }
    throw CaseError("no figures for this node or number format");
}

double ledger_part(std::string_view what, const CaseInputs& in) {
    const auto parts =
        parts_of(quantity(in.number("area"), "mm^2"_u), Exercise<double>{in.number("peak"), in.number("mean")});
    if (what == "never_used") return parts.never_used.in("mm^2"_u);
    if (what == "over_provisioned") return parts.over_provisioned.in("mm^2"_u);
    if (what == "duty_idle") return parts.duty_idle.in("mm^2"_u);
    if (what == "useful") return parts.useful.in("mm^2"_u);
    unknown(what);
}

} // namespace

double case_quantity(std::string_view what, const CaseInputs& in) {
    if (what == "macs") return static_cast<double>(macs(network_of(in)));
    if (what == "parameters") return static_cast<double>(parameters(network_of(in)));
    if (what.starts_with("scalesim_")) return scalesim(what, in);
    if (what == "a100_product_ms") return product_ms(a100(), in);
    if (what == "mi210_product_ms") return product_ms(mi210(), in);
    if (what == "nvdla_frames") return nvdla_frames(in);
    if (what == "energy_factor" || what == "area_factor" || what == "multiply_add_um2") return scaled(what, in);
    return ledger_part(what, in);
}

} // namespace autarky::compute

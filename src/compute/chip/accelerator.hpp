// autarky: a chip that runs networks, as its description file gives it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "compute/chip/technology.hpp"
#include "compute/mapping/machine.hpp"
#include "core/describe.hpp"
#include "core/quantities.hpp"

namespace autarky::compute {

constexpr auto choices(Type<Dataflow> /*type*/) { return std::array<std::string_view, 3>{"os", "ws", "is"}; }
constexpr auto choices(Type<ArrayStyle> /*type*/) {
    return std::array<std::string_view, 3>{"systolic", "overlapped", "broadcast"};
}

/// What a block is for; the layers and needs of a workload say which roles it exercises.
enum class Role {
    array,      ///< multiply-accumulate arrays
    buffer,     ///< on-chip memory of the arrays
    vector,     ///< sums, normalisations
    special,    ///< exponentials
    sampler,    ///< scattered reads (deformable sampling, textures)
    pooling,    ///< pooling
    memory_phy, ///< DRAM interface
    network,    ///< on-chip network
    link_phy,   ///< links to other chips
    cpu,
    gpu,
    isp,
    codec,
    display,
    io,
    safety,
    other,
};
inline constexpr std::array<std::string_view, 17> role_names{
    "array", "buffer", "vector", "special", "sampler", "pooling", "memory_phy", "network", "link_phy",
    "cpu",   "gpu",    "isp",    "codec",   "display", "io",      "safety",     "other"};
inline constexpr std::size_t n_roles = role_names.size();
constexpr auto choices(Type<Role> /*type*/) { return role_names; }
constexpr std::string_view role_name(Role role) { return role_names[static_cast<std::size_t>(role)]; }

/// Why a block that is not used may still be there; kept apart in the ledger, never called waste by itself.
enum class Reason { none, redundancy, harvest, mandatory, option };
inline constexpr std::array<std::string_view, 5> reason_names{"none", "redundancy", "harvest", "mandatory", "option"};
constexpr auto choices(Type<Reason> /*type*/) { return reason_names; }

constexpr auto choices(Type<Interface> /*type*/) {
    return std::array<std::string_view, 9>{"hbm2e", "lpddr",   "ddr5",    "gddr6",          "pcie4",
                                           "pcie5", "nvlink3", "nvlink4", "infinity_fabric"};
}

/// A part of the die that the array description does not give: its area is `area` plus `share` of the die.
template <class R> struct Block {
    Role role = Role::other;
    Reason reason = Reason::none;
    Area<R> area;
    R share, exposed;
};
template <class R> constexpr auto describe(Type<Block<R>> /*type*/) {
    using B = Block<R>;
    return fields(plain_field("role", &B::role, "What the block is for"),
                  plain_field("reason", &B::reason, "Why it is there though nobody may use it", "none"),
                  field("area", &B::area, "mm^2"_u, "Area", Range::nonnegative, "0 mm^2"),
                  field("share", &B::share, "%"_u, "Area as a share of the die, beside `area`", Range::fraction, "0 %"),
                  field("exposed", &B::exposed, "%"_u, "Share that the product exposes; the rest is spare for yield",
                        Range::fraction, "100 %"));
}

/// Interfaces of one kind.
template <class R> struct Port {
    Interface kind = Interface::lpddr;
    int count = 1;
    R scale;
};
template <class R> constexpr auto describe(Type<Port<R>> /*type*/) {
    using P = Port<R>;
    return fields(plain_field("kind", &P::kind, "Stack (HBM), 32-bit channel (LPDDR, DDR, GDDR), lane or link"),
                  plain_field("count", &P::count, "How many"),
                  field("scale", &P::scale, "x"_u, "Area of this one against the published one of its kind",
                        Range::positive, "1 x"));
}

template <class R> struct Accelerator {
    std::string title, process;
    int node = 0;

    int array_rows = 1, array_columns = 1, arrays = 1, cores = 1, cores_built = 0;
    Dataflow dataflow = Dataflow::output_stationary;
    ArrayStyle style = ArrayStyle::systolic;
    QuantityIn<"GHz", R> clock;
    R sustained;
    Precision precision = Precision::int8;
    R rate_int4, rate_int8, rate_fp8, rate_bf16, rate_fp16, rate_fp32;

    int fp32_lanes = 0, fp64_lanes = 0, int32_lanes = 0, controlled_lanes = 0;
    DataSize<R> register_file, accumulators, core_buffer, buffer, buffer_built;
    bool keeps_activations = true;
    DataRate<R> buffer_bandwidth, dram_bandwidth;
    R dram_efficiency, gather_efficiency;
    DataSize<R> dram;
    QuantityIn<"pJ/B", R> dram_energy;
    Throughput<R> vector_rate;
    Duration<R> tile_latency, launch;

    R array_overhead, buffer_overhead, energy_overhead;
    Power<R> power, idle_power;
    Area<R> die_area;
    Table<Port<R>> port;
    Table<Block<R>> block;
};

template <class R> constexpr auto describe_arrays(Type<Accelerator<R>> /*type*/) {
    using A = Accelerator<R>;
    return fields(
        plain_field("title", &A::title, "Name as people say it"),
        plain_field("process", &A::process, "Process and foundry, in words", ""),
        plain_field("node", &A::node, "Process generation in nm: 28, 20, 16, 14, 12, 10, 8, 7, 6, 5, 4, 3, 2"),
        plain_field("array_rows", &A::array_rows, "Rows of one array"),
        plain_field("array_columns", &A::array_columns, "Columns of one array"),
        plain_field("arrays", &A::arrays, "Arrays of one core", "1"),
        plain_field("cores", &A::cores, "Cores that the product exposes; each takes a tile of a product", "1"),
        plain_field("cores_built", &A::cores_built, "Cores on the die, spares for yield included; 0: as exposed", "0"),
        plain_field("dataflow", &A::dataflow, "What stays in the array: outputs, weights or inputs"),
        plain_field("style", &A::style, "systolic, overlapped (next fold loaded behind this one) or broadcast"),
        field("clock", &A::clock, "GHz"_u, "Clock of the arrays", Range::positive),
        field("sustained", &A::sustained, "%"_u, "Share of the peak that a long, well-laid product reaches",
              Range::fraction, "100 %"),
        plain_field("precision", &A::precision, "Number format whose multiply-adds fill the array"),
        field("rate_int4", &A::rate_int4, "x"_u, "Rate of int4 against `precision`; 0: the chip lacks it",
              Range::nonnegative, "0 x"),
        field("rate_int8", &A::rate_int8, "x"_u, "The same for int8", Range::nonnegative, "0 x"),
        field("rate_fp8", &A::rate_fp8, "x"_u, "The same for fp8", Range::nonnegative, "0 x"),
        field("rate_bf16", &A::rate_bf16, "x"_u, "The same for bf16", Range::nonnegative, "0 x"),
        field("rate_fp16", &A::rate_fp16, "x"_u, "The same for fp16", Range::nonnegative, "0 x"),
        field("rate_fp32", &A::rate_fp32, "x"_u, "The same for fp32", Range::nonnegative, "0 x"),
        plain_field("fp32_lanes", &A::fp32_lanes, "fp32 lanes of one core", "0"),
        plain_field("fp64_lanes", &A::fp64_lanes, "fp64 lanes of one core", "0"),
        plain_field("int32_lanes", &A::int32_lanes, "int32 lanes of one core", "0"),
        plain_field("controlled_lanes", &A::controlled_lanes,
                    "Lanes of one core that need scheduling and operand wiring", "0"));
}

template <class R> constexpr auto describe_memory(Type<Accelerator<R>> /*type*/) {
    using A = Accelerator<R>;
    return fields(
        field("register_file", &A::register_file, "KiB"_u, "Registers of one core", Range::nonnegative, "0 KiB"),
        field("accumulators", &A::accumulators, "KiB"_u, "What bounds a core's tile of outputs; 0: no bound",
              Range::nonnegative, "0 KiB"),
        field("core_buffer", &A::core_buffer, "KiB"_u, "Buffer of one core", Range::nonnegative, "0 KiB"),
        field("buffer", &A::buffer, "MiB"_u, "Buffer or cache that all cores share, as exposed", Range::positive),
        field("buffer_built", &A::buffer_built, "MiB"_u, "The same with spares; 0: as exposed", Range::nonnegative,
              "0 MiB"),
        plain_field("keeps_activations", &A::keeps_activations, "The buffer hands the output of one layer to the next",
                    "true"),
        field("buffer_bandwidth", &A::buffer_bandwidth, "GB/s"_u, "From the buffer to the cores; 0: never the limit",
              Range::nonnegative, "0 GB/s"),
        field("dram_bandwidth", &A::dram_bandwidth, "GB/s"_u, "Peak", Range::positive),
        field("dram_efficiency", &A::dram_efficiency, "%"_u, "Share of the peak that streams reach", Range::fraction,
              "70 to 92 %"),
        field("gather_efficiency", &A::gather_efficiency, "%"_u, "Share of the peak that scattered reads reach",
              Range::fraction, "10 to 40 %"),
        field("dram", &A::dram, "GB"_u, "DRAM capacity", Range::nonnegative, "0 GB"),
        field("dram_energy", &A::dram_energy, "pJ/B"_u, "DRAM and interface together", Range::nonnegative,
              "30 to 60 pJ/B"),
        field("vector_rate", &A::vector_rate, "TOPS"_u, "Operations of the vector unit", Range::positive),
        field("tile_latency", &A::tile_latency, "us"_u, "Start and end of a tile that nothing hides",
              Range::nonnegative, "0 us"),
        field("launch", &A::launch, "us"_u, "Start of a layer", Range::nonnegative, "0 us"));
}

template <class R> constexpr auto describe_area(Type<Accelerator<R>> /*type*/) {
    using A = Accelerator<R>;
    return fields(
        field("array_overhead", &A::array_overhead, "x"_u,
              "Area of an array element against its bare multiplier and adder: registers, wiring, control",
              Range::positive, "8 to 14 x"),
        field("buffer_overhead", &A::buffer_overhead, "x"_u,
              "Area of the buffers against bare SRAM macros: tags, ports, crossbar", Range::positive, "1.3 to 2 x"),
        field("energy_overhead", &A::energy_overhead, "x"_u,
              "Energy of an operation against the table's: clock, control, wiring", Range::positive, "1 to 2 x"),
        field("power", &A::power, "W"_u, "Design power", Range::positive),
        field("idle_power", &A::idle_power, "W"_u, "Power while waiting: leakage and what is not gated",
              Range::nonnegative, "0 W"),
        field("die_area", &A::die_area, "mm^2"_u, "Die area; 0: the sum of the blocks", Range::nonnegative, "0 mm^2"),
        table("port", &A::port, "Interfaces to memory and to other chips"),
        table("block", &A::block, "Parts of the die that the fields above do not give"));
}

template <class R> constexpr auto describe(Type<Accelerator<R>> type) {
    return std::tuple_cat(describe_arrays(type), describe_memory(type), describe_area(type));
}

/// Multiply-adds of `precision` against those of the array's own; 0: the chip lacks it.
template <class R> R rate_of(const Accelerator<R>& a, Precision precision) {
    if (precision == a.precision) return R(1.0);
    switch (precision) {
    case Precision::int4: return a.rate_int4;
    case Precision::int8: return a.rate_int8;
    case Precision::fp8: return a.rate_fp8;
    case Precision::bf16: return a.rate_bf16;
    case Precision::fp16: return a.rate_fp16;
    case Precision::fp32: return a.rate_fp32;
    }
    return R(0.0);
}

/// Dense peak: two operations a multiply-add.
template <class R> Throughput<R> dense_peak(const Accelerator<R>& a, Precision precision) {
    const R macs = R(static_cast<double>(a.array_rows) * a.array_columns) * R(static_cast<double>(a.arrays) * a.cores);
    return quantity<R>(macs * rate_of(a, precision) * R(2.0) * a.clock.in("GHz"_u) * R(1e-3), "TOPS"_u);
}

/// The chip at work on `precision`, with learned values in `blocks` where they are given. Domain: it has that precision.
Machine machine_of(const Accelerator<double>& accelerator, Precision precision, const BlockFormat& blocks = {});

/// Array of no rows, precision that is lacking, node that is not tabulated: in words; empty: it can be used.
std::string accelerator_error(const Accelerator<double>& accelerator, Precision precision);

} // namespace autarky::compute

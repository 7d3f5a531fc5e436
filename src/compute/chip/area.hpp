// autarky: area of a chip, block by block, from what it is made of.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "compute/chip/accelerator.hpp"
#include "core/formula.hpp"

namespace autarky::compute {

inline constexpr Formula array_area_formula{"compute.array_area", "Area of the arrays",
                                            "elements x transistors of a multiply-add x overhead / density",
                                            "Zhang et al., LLMCompass, ISCA 2024, section 5"};
inline constexpr Formula lane_area_formula{"compute.lane_area", "Area of vector lanes, their control and registers",
                                           "transistors / density", "Zhang et al., LLMCompass, ISCA 2024, section 5"};
inline constexpr Formula buffer_area_formula{"compute.buffer_area", "Area of on-chip memory",
                                             "capacity x macro area x overhead", "ISSCC 2014-2025 bitcells and macros"};
inline constexpr Formula port_area_formula{"compute.port_area", "Area of an interface",
                                           "count (analog part + controller transistors / density)",
                                           "Zhang et al., LLMCompass, ISCA 2024, section 5"};
inline constexpr Formula die_area_formula{"compute.die_area", "Die area", "sum of the blocks", "definition"};

/// A part of the die. `exposed` is the share that the product offers; the rest is spare for yield.
template <class R> struct BlockArea {
    std::string name;
    Role role = Role::other;
    Reason reason = Reason::none;
    Area<R> area{};
    R exposed{1.0};
};

namespace detail {

template <class R> R transistors_to_mm2(double transistors, const Technology& tech) {
    return R(transistors / tech.transistors_per_mm2);
}

/// Register file of one core as four banks of 512 words with three ports; no registers, no area.
template <class R> R register_transistors(const R& bits) {
    constexpr double banks = 4.0, words = 512.0, ports = 3.0;
    const R um2 = register_file_um2_90nm(R(words), bits / R(banks * words), R(ports));
    return select(bits == R(0.0), R(0.0), R(banks) * um2 * R(1e-6 * transistors_per_mm2_90nm));
}

inline Role port_role(Interface kind) {
    return kind == Interface::hbm2e || kind == Interface::lpddr || kind == Interface::ddr5 || kind == Interface::gddr6
               ? Role::memory_phy
               : Role::link_phy;
}

inline int built_cores(int cores, int cores_built) { return cores_built > 0 ? cores_built : cores; }

} // namespace detail

/// Arrays of all cores built. Domain: a tabulated node.
template <class R> Area<R> array_area(const Accelerator<R>& a, const Technology& tech) {
    const double elements =
        static_cast<double>(a.array_rows) * a.array_columns * a.arrays * detail::built_cores(a.cores, a.cores_built);
    const R bare = detail::transistors_to_mm2<R>(elements * mac_transistors(a.precision), tech);
    const auto result = quantity<R>(bare * a.array_overhead, "mm^2"_u);
    return named(array_area_formula, result, arg("overhead", a.array_overhead));
}

/// Vector lanes, schedulers and registers of all cores built.
template <class R> Area<R> lane_area(const Accelerator<R>& a, const Technology& tech, const R& register_bits) {
    const double logic = a.fp32_lanes * mac_transistors(Precision::fp32) + a.fp64_lanes * fp64_transistors +
                         a.int32_lanes * int32_transistors + a.controlled_lanes * lane_control_transistors;
    const R registers = detail::register_transistors(register_bits);
    const R core = (R(logic) + registers) / R(tech.transistors_per_mm2);
    const auto result =
        quantity<R>(core * R(static_cast<double>(detail::built_cores(a.cores, a.cores_built))), "mm^2"_u);
    return named(lane_area_formula, result, arg("register bits", register_bits));
}

/// Memory of the given size.
template <class R> Area<R> buffer_area(const DataSize<R>& size, const R& overhead, const Technology& tech) {
    const auto result = quantity<R>(size.in("MiB"_u) * R(tech.sram_mm2_per_mib) * overhead, "mm^2"_u);
    return named(buffer_area_formula, result, arg("size", size), arg("overhead", overhead));
}

template <class R> Area<R> port_area(const Port<R>& port, const Technology& tech) {
    const auto one = interface_area(port.kind);
    const R each = R(one.phy_mm2) + detail::transistors_to_mm2<R>(one.controller_transistors, tech);
    const auto result = quantity<R>(each * R(static_cast<double>(port.count)) * port.scale, "mm^2"_u);
    return named(port_area_formula, result, arg("scale", port.scale));
}

template <class R> Area<R> sum_of_areas(const std::vector<BlockArea<R>>& blocks) {
    Area<R> total{};
    for (const auto& block : blocks)
        total += block.area;
    return named(die_area_formula, total);
}

/// All blocks: those that follow from the description, those that it lists, and, last, what is left of a die whose area
/// is given ("unattributed"). Blocks that a chip has not got have no area. If they sum to more than the given die, they
/// are left as they are: the sum is then the model's die area, and its error shows.
/// Domain: a tabulated node (`accelerator_error` is empty).
template <class R> std::vector<BlockArea<R>> block_areas(const Accelerator<R>& a) {
    const Technology tech = *technology(a.node);
    const int built = detail::built_cores(a.cores, a.cores_built);
    const R exposed_cores = R(static_cast<double>(a.cores) / built);
    std::vector<BlockArea<R>> blocks;
    blocks.push_back({"arrays", Role::array, Reason::none, array_area(a, tech), exposed_cores});
    blocks.push_back(
        {"vector lanes", Role::vector, Reason::none, lane_area(a, tech, a.register_file.in("bit"_u)), exposed_cores});
    const double network = a.controlled_lanes > 0 ? core_network_transistors * built : 0.0;
    blocks.push_back({"core network", Role::network, Reason::none,
                      quantity<R>(detail::transistors_to_mm2<R>(network, tech), "mm^2"_u), exposed_cores});
    const DataSize<R> core_buffers = a.core_buffer * R(static_cast<double>(built));
    blocks.push_back({"core buffers", Role::buffer, Reason::none, buffer_area(core_buffers, a.buffer_overhead, tech),
                      exposed_cores});
    const DataSize<R> physical = max(a.buffer, a.buffer_built);
    blocks.push_back({"shared buffer", Role::buffer, Reason::none, buffer_area(physical, a.buffer_overhead, tech),
                      a.buffer / physical});
    for (std::size_t i = 0; i < a.port.size(); ++i) {
        const auto& port = a.port[i];
        blocks.push_back(
            {a.port.names[i], detail::port_role(port.kind), Reason::mandatory, port_area(port, tech), R(1.0)});
    }
    for (std::size_t i = 0; i < a.block.size(); ++i) {
        const auto& b = a.block[i];
        blocks.push_back({a.block.names[i], b.role, b.reason, b.area + a.die_area * b.share, b.exposed});
    }
    const Area<R> rest = a.die_area - sum_of_areas(blocks);
    blocks.push_back({"unattributed", Role::other, Reason::none, max(rest, Area<R>{}), R(1.0)});
    return blocks;
}

} // namespace autarky::compute

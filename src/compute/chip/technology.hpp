// autarky: what a process generation gives: density of logic and SRAM, energy of an operation.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "core/describe.hpp"

namespace autarky::compute {

/// Number format that an array multiplies.
enum class Precision { int4, int8, fp8, bf16, fp16, fp32 };
inline constexpr std::array<std::string_view, 6> precision_names{"int4", "int8", "fp8", "bf16", "fp16", "fp32"};
constexpr auto choices(Type<Precision> /*type*/) { return precision_names; }
std::optional<Precision> precision_named(std::string_view name);
constexpr int precision_bits(Precision precision) {
    constexpr std::array<int, 6> bits{4, 8, 8, 16, 16, 32};
    return bits[static_cast<std::size_t>(precision)];
}

/// Densities as published for cells, so an upper bound of what a chip reaches; block models carry their own overheads.
struct Technology {
    int node_nm = 0;
    double transistors_per_mm2 = 0.0;
    double sram_mm2_per_mib = 0.0; ///< macros at 70 % array efficiency
    double energy_over_7nm = 0.0;  ///< energy of an operation relative to 7 nm, both at 0.8 V
    bool sram_is_assumed = false;  ///< no published cell was found: interpolated
};

/// Logic: Khan and Mann, "AI Chips", CSET 2020, table of TSMC nodes (28 to 5 nm); 12, 8, 4, 3, 2 nm: WikiChip Fuse cell
/// estimates. SRAM: published bitcells (N7 0.027, N5 and N3E 0.021, 14LPP 0.064, 28 nm 0.127 um2) and macros (N3E 31.8,
/// N2 38 Mib/mm2, ISSCC 2022 and 2025). Energy: Stillmaker and Baas, Integration 58 (2017), table of polynomials down to
/// 7 nm; sqrt(node/7) below, where nothing is published.
std::optional<Technology> technology(int node_nm);
std::vector<int> technology_nodes();

/// Energy factor of a node at a supply voltage, relative units. Source: Stillmaker and Baas 2017, equation 4 with its
/// fitted coefficients (130 to 7 nm, general-purpose). None for a node that the paper has not.
std::optional<double> stillmaker_energy(int node_nm, double volts);
/// Area of a design at node `to` over that at node `from`. Source: the same, table of area factors.
std::optional<double> stillmaker_area(int from_nm, int to_nm);

/// Transistors of one multiply-accumulate: fp32 134,072, fp16 25,344, scaled by the square of the significand from a
/// 64-bit unit of 685,300 (Zhang et al., LLMCompass, ISCA 2024, section 5); bf16 by the same rule; integers by the
/// ratio of published areas at 45 nm (Horowitz, ISSCC 2014: 419 against 5,824 um2 for fp16 with fp32 sum).
double mac_transistors(Precision precision);
inline constexpr double fp64_transistors = 685'300.0;
inline constexpr double int32_transistors = 177'690.0;
/// Scheduler, operand collection and wiring of one vector lane (LLMCompass, section 5, fitted to GA100).
inline constexpr double lane_control_transistors = 725'650.0;
/// Share of the on-chip network that one core brings (the same).
inline constexpr double core_network_transistors = 55.0e6;

/// Picojoules of one multiply-accumulate at 7 nm: Jouppi et al., ISCA 2021, table 2 (multiplier plus the adder of its
/// accumulator); int4 as half of int8, fp8 as int8 with an fp16 sum [assumption].
double mac_energy_pj_7nm(Precision precision);
/// Picojoules a byte from a buffer of this size at 7 nm: 0.94 up to 8 KB, 1.06 at 32 KB, 1.75 at 1 MB and beyond, linear
/// in the logarithm between. Source: the same table.
double sram_energy_pj_per_byte_7nm(double buffer_bytes);

/// Register file in um2 at 90 nm: words, word width, ports. Source: Raghavan et al., EMPIRE (regression).
template <Reading R> R register_file_um2_90nm(const R& words, const R& width, const R& ports) {
    const R linear = R(3.29e4) - R(1090.0) * words - R(883.0) * width - R(5550.0) * ports;
    const R squares = R(0.015) * words * words + R(0.0108) * width * width + R(0.586) * ports * ports;
    return linear + squares + R(53.5) * words * width + R(142.0) * words * ports + R(368.0) * width * ports;
}
inline constexpr double transistors_per_mm2_90nm = 1.6e6; // CSET, as above

/// Interfaces whose analog parts do not shrink.
enum class Interface { hbm2e, lpddr, ddr5, gddr6, pcie4, pcie5, nvlink3, nvlink4, infinity_fabric };
struct InterfaceArea {
    double phy_mm2 = 0.0;
    double controller_transistors = 0.0;
};
/// One stack (HBM), one 32-bit channel (LPDDR, DDR, GDDR) or one lane or link. Source: LLMCompass, section 5; LPDDR and
/// GDDR take the figure of DDR5, for which nothing of their own is published.
InterfaceArea interface_area(Interface interface);

} // namespace autarky::compute

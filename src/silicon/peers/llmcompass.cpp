// autarky: the die area model of LLMCompass.
// SPDX-License-Identifier: Apache-2.0
//
// Source: Zhang, Ning, Prabhakar and Wentzlaff, "LLMCompass", ISCA 2024; parameters of
// github.com/PrincetonUniversity/LLMCompass @2e015fd, cost_model/cost_model.py: transistor counts of a 64-bit FPU and an
// integer unit from Ariane and OpenPiton, control and crossbar fitted to die photographs, cache efficiencies from CACTI,
// register files from EMPIRE, interfaces from die photographs.
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <string>

#include "silicon/peers/inputs.hpp"

namespace autarky::silicon::peers {
namespace {

struct Node {
    std::string_view name;
    double mtr_per_mm2, bitcell_mm2;
};
constexpr std::array nodes{Node{"7nm", 96.3, 1.70e-7}, Node{"6nm", 114.2, 1.40e-7}, Node{"5nm", 138.2, 1.25e-7}};

struct Link {
    std::string_view name;
    double phy_mm2, controller_transistors; ///< a lane or unit
};
constexpr std::array links{Link{"PCIe5", 0.64, 5372100},           Link{"PCIe4", 0.48, 3962500},
                           Link{"DDR5", 1.45, 90446400},           Link{"HBM2e", 10.45, 552743000},
                           Link{"NVLink3", 1.888, 74632000},       Link{"NVLink4", 0.965, 86628000},
                           Link{"InfinityFabric", 5.69, 348148000}};

template <class Table> const auto& find(const Table& table, const std::string& name) {
    for (const auto& row : table)
        if (row.name == name) return row;
    throw CaseError("nothing is called '" + name + "'");
}

constexpr double fpu64_transistors = 685300;
constexpr double int32_transistors = 177690;
constexpr double control_transistors = 996200;  // a lane of a vector unit
constexpr double crossbar_transistors = 44.3e6; // a core

/// A floating-point unit shrinks with the square of its mantissa.
double fpu_transistors(double mantissa_bits) { return fpu64_transistors * std::pow(mantissa_bits / 52.0, 2.0); }

double logic_mm2(double transistors, const Node& node) { return transistors / 1e6 / node.mtr_per_mm2; }

/// Caches of more than 512 KiB are made of units of that size; the efficiency goes by the power of two.
double cache_mm2(double bytes, const Node& node) {
    constexpr std::array efficiency{0.076, 0.142, 0.247, 0.393, 0.559, 0.704, 0.526, 0.602, 0.561};
    constexpr double largest = 512.0 * 1024.0;
    const double units = bytes > largest ? std::ceil(bytes / largest) : 1.0;
    const double unit = std::max(std::min(bytes, largest), 4096.0);
    const auto power = static_cast<std::size_t>(std::bit_width(static_cast<std::uint64_t>(std::ceil(unit)) - 1));
    return units * unit * 8.0 * node.bitcell_mm2 / efficiency.at(power - 12);
}

/// Polynomial fitted at 90 nm (1.6 MTr/mm^2), in um^2, for registers D, width W and ports P.
double register_file_mm2(double files, double d, double w, double p, const Node& node) {
    const double um2 = 3.29e4 - 1.09e3 * d - 8.83e2 * w - 5.55e3 * p + 53.5 * d * w + 1.5e-2 * d * d + 1.08e-2 * w * w +
                       0.586 * p * p + 142.0 * d * p + 368.0 * w * p;
    return files * um2 / 1e6 * (1.6 / node.mtr_per_mm2);
}

double compute_mm2(const CaseInputs& in) {
    const Node& node = find(nodes, in.word("node"));
    const double vector = in.number("int32") * int32_transistors + in.number("fp16") * fpu_transistors(10.0) +
                          in.number("fp32") * fpu_transistors(23.0) + in.number("fp64") * fpu64_transistors;
    const double side = in.number("array");
    const double array = side * side * fpu_transistors(10.0);
    const double sublane = logic_mm2(in.number("lanes") * control_transistors + vector + array, node) +
                           register_file_mm2(in.number("files"), in.number("registers"), 32.0, 4.0, node);
    const double core = in.number_or("sublanes", 4.0) * sublane + cache_mm2(in.number("sram_kb") * 1024.0, node) +
                        logic_mm2(crossbar_transistors, node);
    return core * in.number("cores");
}

double link_mm2(const std::string& name, double count, const Node& node) {
    const Link& link = find(links, name);
    return count * (link.phy_mm2 + logic_mm2(link.controller_transistors, node));
}

double io_mm2(const CaseInputs& in) {
    const Node& node = find(nodes, in.word("node"));
    return cache_mm2(in.number("buffer_mb") * 1024.0 * 1024.0, node) +
           link_mm2(in.word("memory"), in.number("memory_units"), node) +
           link_mm2(in.word("link"), in.number("links"), node);
}

} // namespace

double llmcompass_value(std::string_view quantity, const CaseInputs& in) {
    if (quantity == "compute_area") return compute_mm2(in);
    if (quantity == "io_area") return io_mm2(in);
    if (quantity == "die_area") return compute_mm2(in) + io_mm2(in);
    throw CaseError("no quantity '" + std::string(quantity) + "'");
}

} // namespace autarky::silicon::peers

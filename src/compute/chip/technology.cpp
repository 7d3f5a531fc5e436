// autarky: what a process generation gives: density of logic and SRAM, energy of an operation.
// SPDX-License-Identifier: Apache-2.0
#include "compute/chip/technology.hpp"

#include <algorithm>

#include "core/real.hpp"

namespace autarky::compute {
namespace {

struct Row {
    int node_nm;
    double mtr_per_mm2;
    double sram_mm2_per_mib;
    bool sram_is_assumed;
};
constexpr std::array rows{
    Row{28, 15.3, 1.522, false}, Row{20, 22.1, 0.97, true},   Row{16, 28.9, 0.839, false}, Row{14, 28.9, 0.767, false},
    Row{12, 33.8, 0.80, true},   Row{10, 52.5, 0.503, false}, Row{8, 61.2, 0.48, true},    Row{7, 96.3, 0.324, false},
    Row{6, 114.2, 0.318, true},  Row{5, 138.2, 0.252, false}, Row{4, 143.7, 0.252, true},  Row{3, 215.6, 0.252, false},
    Row{2, 235.0, 0.211, false},
};

struct Polynomial {
    int node_nm;
    double a2, a1, a0;
};
constexpr std::array polynomials{
    Polynomial{130, 7.171, -6.709, 2.904},     Polynomial{90, 4.762, -4.781, 2.092},
    Polynomial{65, 3.755, -4.398, 1.975},      Polynomial{45, 1.103, -0.362, 0.2767},
    Polynomial{32, 0.9559, -0.7823, 0.471},    Polynomial{20, 0.373, -0.1582, 0.04104},
    Polynomial{16, 0.2958, -0.1241, 0.03024},  Polynomial{14, 0.2363, -0.09675, 0.02239},
    Polynomial{10, 0.2068, -0.09311, 0.02375}, Polynomial{7, 0.1776, -0.09097, 0.02447},
};
// Area factors from each node (row) to each node (column), in the order above.
constexpr std::array<std::array<double, 10>, 10> area_factors{{
    {1, 0.44, 0.23, 0.16, 0.072, 0.033, 0.03, 0.027, 0.016, 0.0092},
    {2.3, 1, 0.53, 0.35, 0.16, 0.075, 0.067, 0.061, 0.036, 0.021},
    {4.3, 1.9, 1, 0.66, 0.31, 0.14, 0.13, 0.12, 0.068, 0.039},
    {6.4, 2.8, 1.5, 1, 0.46, 0.21, 0.19, 0.17, 0.1, 0.059},
    {14, 6.1, 3.3, 2.2, 1, 0.46, 0.41, 0.38, 0.22, 0.13},
    {30, 13, 7.1, 4.7, 2.2, 1, 0.89, 0.82, 0.48, 0.28},
    {34, 15, 7.9, 5.3, 2.4, 1.1, 1, 0.91, 0.54, 0.31},
    {37, 16, 8.7, 5.8, 2.7, 1.2, 1.1, 1, 0.59, 0.34},
    {63, 28, 15, 9.8, 4.5, 2.1, 1.9, 1.7, 1, 0.58},
    {110, 48, 25, 17, 7.8, 3.6, 3.2, 2.9, 1.7, 1},
}};

constexpr double supply_volts = 0.8;

const Polynomial* polynomial(int node_nm) {
    const auto* found = std::ranges::find(polynomials, node_nm, &Polynomial::node_nm);
    return found == polynomials.end() ? nullptr : found;
}

double energy_at(const Polynomial& p, double volts) { return (p.a2 * volts + p.a1) * volts + p.a0; }

/// Relative to 7 nm; between tabulated nodes linear in the node.
double energy_over_7nm(int node_nm) {
    const double at_7 = energy_at(polynomials.back(), supply_volts);
    if (node_nm <= 7) return sqrt(node_nm / 7.0);
    for (std::size_t i = 1; i < polynomials.size(); ++i) {
        const auto& finer = polynomials[i];
        if (finer.node_nm > node_nm) continue;
        const auto& coarser = polynomials[i - 1];
        const double share = static_cast<double>(node_nm - finer.node_nm) / (coarser.node_nm - finer.node_nm);
        return (energy_at(finer, supply_volts) * (1.0 - share) + energy_at(coarser, supply_volts) * share) / at_7;
    }
    return 1.0;
}

} // namespace

std::optional<Precision> precision_named(std::string_view name) {
    const auto* found = std::ranges::find(precision_names, name);
    if (found == precision_names.end()) return std::nullopt;
    return static_cast<Precision>(found - precision_names.begin());
}

std::optional<Technology> technology(int node_nm) {
    const auto* found = std::ranges::find(rows, node_nm, &Row::node_nm);
    if (found == rows.end()) return std::nullopt;
    return Technology{node_nm, found->mtr_per_mm2 * 1e6, found->sram_mm2_per_mib, energy_over_7nm(node_nm),
                      found->sram_is_assumed};
}

std::vector<int> technology_nodes() {
    std::vector<int> nodes;
    for (const auto& row : rows)
        nodes.push_back(row.node_nm);
    return nodes;
}

std::optional<double> stillmaker_energy(int node_nm, double volts) {
    const auto* p = polynomial(node_nm);
    if (p == nullptr) return std::nullopt;
    return energy_at(*p, volts);
}

std::optional<double> stillmaker_area(int from_nm, int to_nm) {
    const auto* from = polynomial(from_nm);
    const auto* to = polynomial(to_nm);
    if (from == nullptr || to == nullptr) return std::nullopt;
    return area_factors[static_cast<std::size_t>(from - polynomials.data())]
                       [static_cast<std::size_t>(to - polynomials.data())];
}

double mac_transistors(Precision precision) {
    constexpr double fp16 = 25'344.0, int8 = fp16 * 419.0 / 5824.0;
    constexpr std::array<double, 6> transistors{int8 / 4.0, int8, int8 * 1.3, fp16 * 0.49, fp16, 134'072.0};
    return transistors[static_cast<std::size_t>(precision)];
}

double mac_energy_pj_7nm(Precision precision) {
    constexpr std::array<double, 6> picojoules{0.05, 0.10, 0.23, 0.59, 0.72, 1.69};
    return picojoules[static_cast<std::size_t>(precision)];
}

double sram_energy_pj_per_byte_7nm(double buffer_bytes) {
    constexpr std::array<double, 3> sizes{8e3, 32e3, 1e6};
    constexpr std::array<double, 3> picojoules{7.5 / 8.0, 8.5 / 8.0, 14.0 / 8.0};
    if (buffer_bytes <= sizes.front()) return picojoules.front();
    for (std::size_t i = 1; i < sizes.size(); ++i)
        if (buffer_bytes <= sizes[i]) {
            const double share = log(buffer_bytes / sizes[i - 1]) / log(sizes[i] / sizes[i - 1]);
            return picojoules[i - 1] + share * (picojoules[i] - picojoules[i - 1]);
        }
    return picojoules.back();
}

InterfaceArea interface_area(Interface interface) {
    constexpr std::array<InterfaceArea, 9> areas{{{10.45, 552.7e6},
                                                  {1.45, 90.4e6},
                                                  {1.45, 90.4e6},
                                                  {1.45, 90.4e6},
                                                  {0.48, 3.96e6},
                                                  {0.64, 5.37e6},
                                                  {1.888, 74.6e6},
                                                  {0.965, 86.6e6},
                                                  {5.69, 348e6}}};
    return areas[static_cast<std::size_t>(interface)];
}

} // namespace autarky::compute

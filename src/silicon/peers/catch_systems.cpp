// autarky: the example systems of CATCH.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstddef>

#include "silicon/peers/catch.hpp"

namespace autarky::silicon::peers {
namespace {

constexpr double design_usd_per_mm2 = 1e5; // back end of logic; memory and analogue are free in its files

CatchAssembly on_silicon(double uptime = 0.9, bool uptime_divides = false) {
    return {1.8e6, 1.8e6, 0.0, 0.1, 0.1, uptime, uptime_divides};
}
constexpr CatchAssembly on_organic{6e5, 2e5, 0.1, 1.0, 2.0};

/// Cells that carry a bandwidth.
double cells(double gbit_per_s, double gbit_per_s_a_cell) { return std::ceil(gbit_per_s / gbit_per_s_a_cell); }

} // namespace

CatchChip catch_readme() {
    const auto* metal = catch_layer("advanced_metal");
    const auto* middle = catch_layer("intermediate_metal");
    const auto* top = catch_layer("global_metal");
    CatchChip die;
    die.core_mm2 = 10.0;
    die.layers = {catch_layer("active"), metal, metal, middle, middle, top, top};
    die.assembly = on_organic;
    die.test = {0.0, 0.0, 0.0, 0.0};
    die.quantity = 1e6;
    // A UCIe cell in both directions has two ends of 0.75438 mm^2 on each die; a GPIO cell one of 0.001 mm^2.
    constexpr double ucie_mm2 = 2.0 * 0.75438;
    const double between_cpu_and_memory = 2.0 * cells(100.0, 2.0) * 0.001;
    const double between_cpu_and_gpu = 2.0 * cells(10.0, 2.0) * 0.001;
    CatchChip memory = die;
    memory.io_mm2 = 2.0 * ucie_mm2 + between_cpu_and_memory;
    CatchChip gpu = die;
    gpu.io_mm2 = 2.0 * ucie_mm2 + between_cpu_and_gpu;
    gpu.design_usd_per_mm2 = design_usd_per_mm2;
    CatchChip cpu = die;
    cpu.io_mm2 = 2.0 * ucie_mm2 + between_cpu_and_memory + between_cpu_and_gpu;
    cpu.design_usd_per_mm2 = design_usd_per_mm2;
    cpu.assembly = on_silicon();
    cpu.stacked = {memory};
    CatchChip interposer;
    interposer.layers = {catch_layer("organic"), top, top, top, top, top, top};
    interposer.assembly = on_silicon();
    interposer.test = die.test;
    interposer.quantity = 1e6;
    interposer.stacked = {cpu, gpu};
    return interposer;
}

CatchChip catch_heterogeneous(double uptime, bool uptime_divides) {
    constexpr double to_memory = 4194.053079344207;
    constexpr double from_memory = 2033.4802808941608;
    constexpr double to_neighbour = 1604.5430341430488;
    constexpr double cell_mm2 = 0.0002;
    constexpr double cell_gbit_per_s = 2.0;
    constexpr double watt_per_gbit_per_s = 0.5 * 0.001 * 1e-3; // half used
    const double memory_cells = cells(to_memory, cell_gbit_per_s) + cells(from_memory, cell_gbit_per_s);
    CatchChip compute;
    compute.core_mm2 = 9.858266;
    compute.io_mm2 = (memory_cells + 4.0 * cells(to_neighbour, cell_gbit_per_s)) * cell_mm2;
    compute.layers = {catch_layer("12nm")};
    compute.assembly = on_silicon(uptime, uptime_divides);
    // 160 patterns and one sample of a chain of 500,000 flops a mm^2, 16 patterns of 500 after assembly, 0.1 us a cycle
    compute.test = {0.96, 0.96, 1e-7 * 0.006 * 161.0 * 500000.0, 1e-7 * 0.006 * 16.0 * 500.0};
    compute.design_usd_per_mm2 = design_usd_per_mm2;
    compute.quantity = 1e6;
    compute.power_w = 100.0 + (to_memory + from_memory + 4.0 * to_neighbour) * watt_per_gbit_per_s;
    CatchChip memory = compute;
    memory.core_mm2 = 40.9148;
    memory.io_mm2 = memory_cells * cell_mm2;
    memory.layers = {catch_layer("40nm")};
    memory.design_usd_per_mm2 = 0.0;
    memory.power_w = 100.0 + (to_memory + from_memory) * watt_per_gbit_per_s;
    CatchChip interposer;
    interposer.layers = {catch_layer("interposer")};
    interposer.assembly = on_silicon(uptime, uptime_divides);
    interposer.quantity = 1e6;
    interposer.through_vias = true;
    interposer.stacked = {compute, memory, compute, memory, compute, memory, compute, memory};
    return interposer;
}

CatchChip catch_grid(int n) {
    constexpr double total_mm2 = 800.0;
    constexpr double total_gbit_per_s = 32.0;
    constexpr double cell_gbit_per_s = 4096.0;
    constexpr double cell_ends_mm2 = 2.0 * 0.4055184;
    constexpr double wires = 140.0;
    const double side = std::sqrt(static_cast<double>(n));
    const double edge = total_gbit_per_s / (side * 4.0);
    std::vector<double> links(static_cast<std::size_t>(n), 0.0);
    std::vector<double> external(static_cast<std::size_t>(n), 0.0);
    const auto at = [](double index) { return static_cast<std::size_t>(index); };
    double last = 0.0; // its generator keeps the last bandwidth for inner chiplets
    for (double i = 0.0; i < n; i += 1.0) {
        const double place = std::fmod(i, side);
        if (i == 0.0 || i == n - 1.0 || i == side - 1.0 || i == n - side)
            last = 2.0 * edge;
        else if (place == 0.0 || place == side - 1.0)
            last = edge;
        external[at(i)] += cells(last, cell_gbit_per_s);
        if (place != side - 1.0) {
            links[at(i)] += 1.0;
            if (i + 1.0 < n)
                links[at(i + 1.0)] += 1.0;
            else // a grid that is no square gets a link to a chiplet that does not exist
                external[at(i)] += 1.0, links[at(i)] -= 1.0;
        }
        if (i >= side) {
            links[at(i)] += 1.0;
            links[at(i - side)] += 1.0;
        }
    }
    CatchChip interposer;
    interposer.layers = {catch_layer("interposer")};
    interposer.assembly = on_silicon();
    interposer.quantity = 1e7;
    interposer.through_vias = true;
    for (std::size_t i = 0; i < links.size(); ++i) {
        CatchChip die;
        die.core_mm2 = total_mm2 / n;
        die.io_mm2 = (links[i] + external[i]) * cell_ends_mm2;
        die.layers = {catch_layer("5nm")};
        die.assembly = on_silicon();
        die.quantity = 1e7 * n;
        die.power_w = 100.0 / n;
        die.external_signals = external[i] * wires;
        interposer.stacked.push_back(die);
    }
    return interposer;
}

} // namespace autarky::silicon::peers

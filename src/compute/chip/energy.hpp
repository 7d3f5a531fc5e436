// autarky: energy of a network on a chip, by operation and by byte.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compute/chip/accelerator.hpp"
#include "compute/mapping/performance.hpp"
#include "core/formula.hpp"

namespace autarky::compute {

inline constexpr Formula network_energy_formula{"compute.network_energy", "Energy of one inference",
                                                "multiply-adds + buffer bytes + DRAM bytes + vector operations + idle",
                                                "Jouppi et al., ISCA 2021, table 2; Horowitz, ISSCC 2014"};

template <class R> struct NetworkEnergy {
    Energy<R> arrays{}, buffers{}, dram{}, vector{}, idle{}, total{};
};

/// `time` was counted for this chip and precision. On-chip energies are those of 7 nm moved to the chip's node
/// (technology.hpp) and multiplied by `energy_overhead`; a vector operation costs a bf16 multiply-add.
template <class R>
NetworkEnergy<R> network_energy(const Accelerator<R>& a, Precision precision, const NetworkTime& time) {
    const Technology tech = *technology(a.node);
    Count accesses = 0, vector = 0;
    for (const auto& layer : time.layers) {
        accesses = sum(accesses, layer.buffer_accesses);
        vector = sum(vector, layer.vector_operations);
    }
    const auto on_chip = [&](double operations, double picojoules) {
        return quantity<R>(R(operations * picojoules * tech.energy_over_7nm) * a.energy_overhead, "pJ"_u);
    };
    // the arrays are fed from the buffer beside them: a core's own, or a bank of the shared one
    constexpr double bank_bytes = 32e3;
    NetworkEnergy<R> e;
    e.arrays = on_chip(static_cast<double>(time.macs), mac_energy_pj_7nm(precision));
    e.buffers = on_chip(static_cast<double>(accesses), sram_energy_pj_per_byte_7nm(bank_bytes));
    e.vector = on_chip(static_cast<double>(vector), mac_energy_pj_7nm(Precision::bf16));
    e.dram = quantity<R>(R(static_cast<double>(time.dram_bytes)) * a.dram_energy.in("pJ/B"_u), "pJ"_u);
    e.idle = a.idle_power * quantity<R>(R(time.seconds), "s"_u);
    e.total = e.arrays + e.buffers + e.dram + e.vector + e.idle;
    e.total = named(network_energy_formula, e.total, arg("arrays", e.arrays), arg("buffers", e.buffers),
                    arg("DRAM", e.dram), arg("vector unit", e.vector), arg("idle", e.idle));
    return e;
}

} // namespace autarky::compute

// autarky: cost and escapes of a part that is built step by step, with tests in between.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "core/formula.hpp"
#include "core/quantities.hpp"

namespace autarky::silicon {

inline constexpr Formula assembly_cost_formula{
    "silicon.assembly_cost", "Cost after assembly",
    "C = (C_before + material + process + test - (1 - pass) scrap value) / pass, step by step", "Autarky"};
inline constexpr Formula assembly_good_formula{"silicon.assembly_good_share", "Good share after assembly",
                                               "g = g_before y / pass, pass = 1 - T (1 - g_before y), step by step",
                                               "fault coverage as in CATCH, arXiv 2503.15753, section on test"};

/// One step: what is added, what can go wrong, what the test after it finds.
template <class R> struct AssemblyStep {
    ChipCost<R> material{}; ///< what is placed or used up
    ChipCost<R> process{};  ///< labour and machine
    R yield{1.0};           ///< of this step
    R incoming_good{1.0};   ///< good share of what is placed
    ChipCost<R> test{};
    R coverage{};              ///< share of bad assemblies that the test finds; 0: no test
    ChipCost<R> scrap_value{}; ///< recovered from an assembly that fails the test
};

/// An assembly under way: cost of one that goes on, and the share of those that is good.
template <class R> struct Assembled {
    ChipCost<R> cost{};
    R good{1.0};
};

/// Runs the steps in order. Failed assemblies are carried by those that pass; bad ones that pass travel on and absorb
/// later material, as they do in a factory. Domain: shares in [0, 1], pass > 0.
/// Limits: with perfect tests it is C_k = (C_(k-1) + c_k + t_k) / Y_k; without tests nothing is scrapped and `good` falls.
template <class R> Assembled<R> assemble(const Assembled<R>& start, std::span<const AssemblyStep<R>> steps) {
    Assembled<R> state = start;
    for (const auto& step : steps) {
        const R good = state.good * step.incoming_good * step.yield;
        const R pass = R(1.0) - step.coverage * (R(1.0) - good);
        const ChipCost<R> spent = state.cost + step.material + step.process + step.test;
        state.cost = (spent - step.scrap_value * (R(1.0) - pass)) / pass;
        state.good = good / pass;
    }
    state.cost = named(assembly_cost_formula, state.cost, arg("start", start.cost));
    state.good = named(assembly_good_formula, state.good, arg("start", start.good));
    return state;
}

} // namespace autarky::silicon

// autarky: what a device needs of its chips, and how many of a chip meet it: an integer in every sample.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/describe.hpp"
#include "core/formula.hpp"
#include "core/quantities.hpp"
#include "core/real.hpp"

namespace autarky::market {

/// What one copy of a device's task asks of its chips, as series in time, and how many copies it carries. The programmes
/// of vehicles, robots and outlets carry these members; `describe_need` describes them once for all.
template <class R> struct Need {
    Reference workload;
    Series<Throughput<R>> work;
    R utilisation;
    Series<DataRate<R>> bandwidth;
    Series<DataSize<R>> memory;
    Series<R> redundancy;
    ChipsPerUnit<R> most_shipped;
    bool whole_copies = true, shared_memory = false;
};

/// The fields of a need, for a device E that derives from Need<R>.
template <class E, class R> constexpr auto describe_need() {
    using N = Need<R>;
    const auto of = []<class M>(M N::* member) { return static_cast<M E::*>(member); };
    return fields(
        reference("workload", of(&N::workload), "workload", "Network that it runs; needs left out follow from it", ""),
        field("work", of(&N::work), "TOPS"_u, "Operations that one copy of its task really does, sustained",
              Range::nonnegative, "computed from workload"),
        field("utilisation", of(&N::utilisation), "%"_u,
              "Share of its dense peak that the first merchant's chip sustains on this task: one draw for all chips",
              Range::fraction, "computed from workload, else 10 to 38 %"),
        field("bandwidth", of(&N::bandwidth), "GB/s"_u, "DRAM traffic of one copy, sustained", Range::nonnegative,
              "computed from workload, else 0 GB/s"),
        field("memory", of(&N::memory), "GB"_u, "DRAM of one copy", Range::nonnegative,
              "computed from workload, else 0 GB"),
        field("redundancy", of(&N::redundancy), "1"_u, "Copies of the whole task: 1, or 2 where one may fail",
              Range::positive, "1"),
        field("most_shipped", of(&N::most_shipped), "chip/unit"_u,
              "Most chips that a shipped device of this kind carries: futures that need more are reported",
              Range::positive, "1_000_000 chip/unit"),
        plain_field(
            "whole_copies", of(&N::whole_copies),
            "Whether each copy has chips of its own; else they share chips while the need allows, and redundancy "
            "gives way before a chip is added",
            "true"),
        plain_field("shared_memory", of(&N::shared_memory), "Whether the copies share one memory", "false"));
}

/// What a chip gives to a need: its dense peak, DRAM bandwidth, the most DRAM it carries.
template <class R> struct ChipGives {
    Throughput<R> throughput{};
    R utilisation_ratio{};
    DataRate<R> bandwidth{};
    R bandwidth_efficiency{};
    DataSize<R> memory{};
};

inline constexpr Formula chips_a_copy_formula{"need.chips_a_copy", "Chips of one copy of the task",
                                              "max(work / (throughput x utilisation x ratio), bandwidth / (bandwidth x "
                                              "efficiency), memory / most memory), rounded up",
                                              "Autarky; each ratio is rounded up by itself"};
inline constexpr Formula chips_a_device_formula{
    "need.chips_a_device", "Chips of a device",
    "chips of a copy x copies if each copy has its own chips, else the larger of both", "Autarky"};
inline constexpr Formula memory_a_device_formula{"need.memory_a_device", "DRAM of a device",
                                                 "memory of a copy x copies that have their own", "Autarky"};

/// Rounded up, a hair above an integer counting as that integer. An int for every finite x; no derivative.
template <class R> R rounded_up(const R& x) { return -floor(-(x * R(1.0 - 1e-12))); }

/// Chips of one copy, at least one. Domain: a need that is zero asks for nothing of that kind; where a chip gives nothing of
/// what is needed the count is `unmet` (the chip cannot serve).
template <class R>
R chips_a_copy(const Throughput<R>& work, const R& utilisation, const DataRate<R>& bandwidth, const DataSize<R>& memory,
               const ChipGives<R>& chip) {
    constexpr double unmet = 1e6; // no device carries a million chips: such a chip is never the choice
    const auto share = [](const R& needed, const R& given) {
        const R asked = select(needed > R(0.0), ratio(needed, given, R(unmet)), R(0.0));
        return rounded_up(min(asked, R(unmet)));
    };
    const R by_work = share(work.raw(), chip.throughput.raw() * utilisation * chip.utilisation_ratio);
    const R by_bandwidth = share(bandwidth.raw(), chip.bandwidth.raw() * chip.bandwidth_efficiency);
    const R by_memory = share(memory.raw(), chip.memory.raw());
    const R result = max(max(by_work, by_bandwidth), max(by_memory, R(1.0)));
    return named(chips_a_copy_formula, result, arg("by work", by_work), arg("by bandwidth", by_bandwidth),
                 arg("by memory", by_memory));
}

/// Chips of a device: an integer, at least 1. Domain: redundancy a positive integer.
template <class R> ChipsPerUnit<R> chips_a_device(const R& a_copy, const R& redundancy, bool whole_copies) {
    const R count = whole_copies ? a_copy * redundancy : max(a_copy, redundancy);
    return named(chips_a_device_formula, ChipsPerUnit<R>(count), arg("of a copy", a_copy), arg("copies", redundancy));
}

/// DRAM of a device beside chips that bring none. It does not grow with the number of chips.
template <class R>
QuantityIn<"GB/unit", R> memory_a_device(const DataSize<R>& memory, const R& redundancy, bool shared) {
    const R copies = shared ? R(1.0) : redundancy;
    return named(memory_a_device_formula, QuantityIn<"GB/unit", R>(memory.raw() * copies), arg("of a copy", memory),
                 arg("copies with their own", copies));
}

} // namespace autarky::market

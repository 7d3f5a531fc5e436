// autarky: numbers of a chip that follow from its accelerator and its workload instead of being typed in.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "compute/mapping/equivalence.hpp"
#include "compute/mapping/work_plan.hpp"
#include "input/inputs.hpp"
#include "scenario/scenario.hpp"
#include "silicon/fields.hpp"

namespace autarky {

namespace scenario {
struct Node;
struct Texts;
} // namespace scenario

inline constexpr Formula die_side_formula{"compute.die_side", "Side of the die", "area / other side", "geometry"};
inline constexpr Formula square_side_formula{"compute.square_side", "Width of the die",
                                             "square root of the area, at most the field's 26 mm", "geometry"};
inline constexpr Formula dense_peak_formula{"compute.dense_peak", "Dense peak throughput",
                                            "multipliers x clock x rate of the number format x 2", "definition"};

/// A workload laid on one kind of chip, in the number format that it runs there.
struct LaidWork {
    std::size_t workload = 0; ///< row of workload
    compute::Precision runs{};
    std::shared_ptr<const compute::WorkPlan> plan;
};

/// Which numbers of one chip are computed, and from what. Networks are laid on the chips once, when the scenario is loaded;
/// rates, areas, power and latency are evaluated anew for every sample.
struct ComputedChip {
    std::size_t chip = 0, accelerator = 0;
    bool width = false, height = false, throughput = false, precision = false, memory = false, memory_bandwidth = false,
         power = false, utilisation_ratio = false;
    bool sums_blocks = false;                       ///< the accelerator gives no die area
    double area_low_mm2 = 0.0, area_high_mm2 = 0.0; ///< 5th and 95th percentile of the die's area, to first order
    compute::Precision runs{};
    std::size_t merchant = 0;               ///< row of accelerator
    std::vector<LaidWork> own, of_merchant; ///< the chip's workload, then those that take turns with it
};

/// Which needs of one device follow from its workload, laid on the first merchant's chip.
struct ComputedNeed {
    enum class Table { vehicle, robot, outlet } table = Table::vehicle;
    std::size_t row = 0;
    bool work = false, utilisation = false, bandwidth = false, memory = false;
    std::size_t merchant = 0; ///< row of accelerator
    LaidWork laid;
    double operations = 0.0;   ///< of one inference
    double weight_bytes = 0.0; ///< of the network in the workload's number format
};
struct ComputedChips {
    std::vector<ComputedChip> rows;
    std::vector<ComputedNeed> needs;
};

/// Finds what is to be computed and lays the networks; what cannot be computed is a finding. Then the rows of the table of
/// inputs that stand for computed numbers get the values of the case where every input is at its centre.
void prepare_computed(Scenario<Uncertain>& scenario, Inputs& inputs, const scenario::Node& root,
                      const scenario::Texts& texts, Diagnostics& diagnostics);

/// Area of the die that the accelerator describes.
template <class R> Area<R> computed_area(const ComputedChip& from, const compute::Accelerator<R>& own) {
    return from.sums_blocks ? sum_of_areas(compute::block_areas(own)) : own.die_area;
}

/// The sides that are computed, from the area and the side that is not. Domain: area > 0.
template <class R> void compute_sides(const ComputedChip& from, const Area<R>& area, foundry::Chip<R>& chip) {
    if (from.width && from.height)
        chip.width = named(square_side_formula,
                           Length<R>(min(sqrt(area.in("mm^2"_u)), R(silicon::full_field.width_mm))), arg("area", area));
    if (from.height)
        chip.height =
            named(die_side_formula, Length<R>(area / chip.width), arg("area", area), arg("width", chip.width));
    else if (from.width)
        chip.width =
            named(die_side_formula, Length<R>(area / chip.height), arg("area", area), arg("height", chip.height));
}

inline constexpr Formula useful_work_formula{"need.work", "Useful operations of a workload",
                                             "operations of one inference x rate", "definition"};
inline constexpr Formula utilisation_formula{"need.utilisation", "Utilisation of the first merchant's chip",
                                             "useful operations / (chips for rate and deadline x dense peak)",
                                             "definition"};
inline constexpr Formula utilisation_ratio_formula{
    "chip.utilisation_ratio", "Utilisation over that of the first merchant's chip",
    "(merchant's chips x its dense peak) / (own chips x own dense peak), on the same workloads", "definition"};

/// Chips of an accelerator that workloads in turns take, for rate and deadline; parts of a chip too.
template <class R>
R chips_for_works(const Scenario<R>& s, const std::vector<LaidWork>& works, std::size_t accelerator) {
    const auto& chip = s.accelerator[accelerator];
    R all(0.0);
    for (const auto& work : works) {
        const R latency = named(compute::latency_formula, work.plan->latency(compute::rates_of(chip, work.runs)),
                                arg("clock", chip.clock), arg("DRAM bandwidth", chip.dram_bandwidth));
        const auto& workload = s.workload[work.workload];
        const R one = compute::chips_for(latency, R(workload.rate.in("Hz"_u)), R(workload.deadline.in("s"_u)));
        all = &work == works.data() ? one : compute::chips_together(all, one);
    }
    return all;
}

template <class R> R compute_utilisation_ratio(const ComputedChip& from, const Scenario<R>& s) {
    const R own = chips_for_works(s, from.own, from.accelerator);
    const R bought = chips_for_works(s, from.of_merchant, from.merchant);
    const R result = ratio(bought * s.merchant[std::size_t{0}].throughput.raw(),
                           own * s.chip[from.chip].throughput.raw(), R(compute::most_chips));
    return named(utilisation_ratio_formula, result, arg("merchant's chips", bought), arg("own chips", own));
}

template <class R> void compute_need(const ComputedNeed& from, const Scenario<R>& s, market::Need<R>& need) {
    const auto& workload = s.workload[from.laid.workload];
    const Throughput<R> work = named(useful_work_formula, Throughput<R>(workload.rate.raw() * R(from.operations)),
                                     arg("operations", R(from.operations)), arg("rate", workload.rate));
    if (from.work) need.work.values.front() = work;
    if (from.utilisation) {
        const R chips = chips_for_works(s, {from.laid}, from.merchant);
        need.utilisation =
            named(utilisation_formula, ratio(work.raw(), chips * s.merchant[std::size_t{0}].throughput.raw(), R(0.0)),
                  arg("useful work", work), arg("chips", chips));
    }
    const DataSize<R> weights = quantity<R>(from.weight_bytes, "B"_u);
    if (from.bandwidth) need.bandwidth.values.front() = DataRate<R>(weights * workload.rate);
    if (from.memory) need.memory.values.front() = weights;
}

/// Writes the computed numbers of one sample over what stands in their places.
template <class R> void compute_chips(Scenario<R>& s) {
    if (!s.computed) return;
    for (const auto& from : s.computed->rows) {
        auto& chip = s.chip[from.chip];
        const auto& own = s.accelerator[from.accelerator];
        if (from.width || from.height) compute_sides(from, computed_area(from, own), chip);
        if (from.throughput)
            chip.throughput = named(dense_peak_formula, compute::dense_peak(own, from.runs), arg("clock", own.clock));
        if (from.precision)
            chip.precision = quantity<R>(R(static_cast<double>(compute::precision_bits(from.runs))), "bit"_u);
        if (from.memory) chip.memory = own.dram;
        if (from.memory_bandwidth) chip.memory_bandwidth = own.dram_bandwidth;
        if (from.power) chip.power = own.power;
        if (from.utilisation_ratio) chip.utilisation_ratio = compute_utilisation_ratio(from, s);
    }
    for (const auto& from : s.computed->needs) {
        using Table = ComputedNeed::Table;
        market::Need<R>& need = from.table == Table::vehicle ? static_cast<market::Need<R>&>(s.vehicle[from.row])
                                : from.table == Table::robot ? static_cast<market::Need<R>&>(s.robot[from.row])
                                                             : static_cast<market::Need<R>&>(s.outlet[from.row]);
        compute_need(from, s, need);
    }
}

} // namespace autarky

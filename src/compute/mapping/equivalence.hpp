// autarky: what a chip is worth on a workload: die area, peak, latency, and how many chips the work takes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "compute/chip/area.hpp"
#include "compute/network/network.hpp"
#include "core/formula.hpp"
#include "core/real.hpp"

namespace autarky::compute {

/// The number format in which the chip runs a workload: the wanted one, or else the narrowest at least as wide that it
/// has. None: it has no such format.
std::optional<Precision> runnable_precision(const Accelerator<double>& chip, Precision wanted);

/// Two chips that share a network run it 1.8 times as fast as one, four 1.8 x 1.8 times: traffic between them. A working
/// estimate; tensor-parallel inference on boards with a direct link is reported between 1.6 and 1.9.
inline constexpr double speed_up_a_doubling = 1.8;

/// The work of a network `per_second` times a second within `deadline_s`, on one kind of chip.
struct ChipWork {
    Precision precision = Precision::int8;
    Area<double> die_area{};         ///< as given, or the sum of the blocks
    Throughput<double> dense_peak{}; ///< at that precision
    double latency_s = 0.0;          ///< of one inference on one chip
    double load = 0.0;               ///< share of one chip's time that the work takes; above 1 it needs more chips
    double chips = 0.0;              ///< chips for rate and deadline, parts of a chip too
    int whole_chips = 0;             ///< the same, rounded up
    bool meets_deadline = false;     ///< on one chip
};

/// Domain: `accelerator_error` of the chip at that precision is empty; rate and deadline positive.
/// A chip that is too slow for the deadline is joined with others (speed_up_a_doubling).
ChipWork chip_work(const Accelerator<double>& chip, const Network& network, Precision precision, double per_second,
                   double deadline_s, const BlockFormat& blocks = {});

inline constexpr Formula chips_formula{"compute.chips", "Chips that a workload takes",
                                       "latency x rate within the deadline; else 1.8^(log2 n) = latency / deadline",
                                       "Autarky"};
inline constexpr double most_chips = 1e6;

/// Chips that the work takes when one does an inference in `latency_s`; parts of a chip too.
template <class R> R chips_for(const R& latency_s, const R& per_second, const R& deadline_s) {
    const R load = latency_s * per_second;
    const R slower = max(latency_s / deadline_s, R(1.0));
    // chips whose joint speed is `slower` times that of one: n with 1.8^(log2 n) = slower
    const R group = pow(slower, R(log(2.0) / log(speed_up_a_doubling)));
    // a group of chips that just meets the deadline also does 1 / deadline inferences a second
    const R joined = group * max(R(1.0), per_second * deadline_s);
    const R chips = min(R(most_chips), select(latency_s <= deadline_s, load, joined));
    return named(chips_formula, chips, arg("latency, s", latency_s), arg("rate, 1/s", per_second),
                 arg("deadline, s", deadline_s));
}

inline constexpr Formula all_chips_formula{"compute.chips_of_all", "Chips that workloads in turns take together",
                                           "chips for those before + chips for one more", "Autarky"};

/// Workloads that share chips in turns: their loads add. One that is too slow for its deadline brings its group of chips,
/// and one whose turn on a shared chip would come too late is done by another chip: parts of a chip count.
template <class R> R chips_together(const R& before, const R& one_more) {
    return named(all_chips_formula, before + one_more, arg("those before", before), arg("one more", one_more));
}

/// Die area of a chip: as given, else the sum of its blocks.
template <class R> Area<R> die_area_of(const Accelerator<R>& chip) {
    const Area<R> sum = sum_of_areas(block_areas(chip));
    return select(chip.die_area > Area<R>{}, chip.die_area, sum);
}

} // namespace autarky::compute

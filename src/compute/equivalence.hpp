// autarky: what a chip is worth on a workload: die area, peak, latency, and how many chips the work takes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "compute/accelerator.hpp"
#include "compute/network.hpp"

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
                   double deadline_s);

/// How many of `merchant` do the work of one of `own`: the chips of each that the workload takes, as a ratio.
double merchant_equivalents(const ChipWork& own, const ChipWork& merchant);

/// Die area of a chip: as given, else the sum of its blocks.
Area<double> die_area_of(const Accelerator<double>& chip);

} // namespace autarky::compute

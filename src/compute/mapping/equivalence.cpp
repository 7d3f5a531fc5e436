// autarky: what a chip is worth on a workload.
// SPDX-License-Identifier: Apache-2.0
#include "compute/mapping/equivalence.hpp"

#include <algorithm>

#include "compute/mapping/performance.hpp"

namespace autarky::compute {
std::optional<Precision> runnable_precision(const Accelerator<double>& chip, Precision wanted) {
    if (rate_of(chip, wanted) > 0.0) return wanted;
    std::optional<Precision> best;
    for (std::size_t i = 0; i < precision_names.size(); ++i) {
        const auto candidate = static_cast<Precision>(i);
        if (precision_bits(candidate) < precision_bits(wanted) || !(rate_of(chip, candidate) > 0.0)) continue;
        if (!best || precision_bits(candidate) < precision_bits(*best)) best = candidate;
    }
    return best;
}

ChipWork chip_work(const Accelerator<double>& chip, const Network& network, Precision precision, double per_second,
                   double deadline_s, const BlockFormat& blocks) {
    ChipWork work;
    work.precision = precision;
    work.die_area = die_area_of(chip);
    work.dense_peak = dense_peak(chip, precision);
    work.latency_s = network_time(machine_of(chip, precision, blocks), network).seconds;
    work.load = work.latency_s * per_second;
    work.meets_deadline = work.latency_s <= deadline_s;
    work.chips = chips_for(work.latency_s, per_second, deadline_s);
    work.whole_chips = std::max(1, static_cast<int>(std::min(most_chips, -floor(1e-9 - work.chips))));
    return work;
}

} // namespace autarky::compute

// autarky: what a chip is worth on a workload.
// SPDX-License-Identifier: Apache-2.0
#include "compute/equivalence.hpp"

#include <algorithm>
#include <limits>

#include "compute/area.hpp"
#include "compute/performance.hpp"
#include "core/real.hpp"

namespace autarky::compute {
namespace {

/// Chips whose joint speed is `factor` times that of one: n with 1.8^(log2 n) = factor.
double chips_for_speed(double factor) { return factor <= 1.0 ? 1.0 : pow(factor, log(2.0) / log(speed_up_a_doubling)); }

constexpr double most_chips = 1e6;

} // namespace

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

Area<double> die_area_of(const Accelerator<double>& chip) {
    return chip.die_area.raw() > 0.0 ? chip.die_area : sum_of_areas(block_areas(chip));
}

ChipWork chip_work(const Accelerator<double>& chip, const Network& network, Precision precision, double per_second,
                   double deadline_s) {
    ChipWork work;
    work.precision = precision;
    work.die_area = die_area_of(chip);
    work.dense_peak = dense_peak(chip, precision);
    work.latency_s = network_time(machine_of(chip, precision), network).seconds;
    work.load = work.latency_s * per_second;
    work.meets_deadline = work.latency_s <= deadline_s;
    // a group of chips that just meets the deadline also does 1 / deadline inferences a second
    const double group = chips_for_speed(work.latency_s / deadline_s);
    work.chips = std::min(most_chips, work.meets_deadline ? work.load : group * max(1.0, per_second * deadline_s));
    work.whole_chips = std::max(1, static_cast<int>(std::min(most_chips, -floor(1e-9 - work.chips))));
    return work;
}

double merchant_equivalents(const ChipWork& own, const ChipWork& merchant) {
    return ratio(merchant.chips, own.chips, std::numeric_limits<double>::max());
}

} // namespace autarky::compute

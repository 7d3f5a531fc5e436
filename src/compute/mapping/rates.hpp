// autarky: the rates of a chip, and what one product of a layer takes at them, in any reading.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compute/chip/accelerator.hpp"
#include "compute/mapping/layer_plan.hpp"
#include "core/real.hpp"

namespace autarky::compute {

/// Seconds that each unit of work takes; a part that is never the limit takes none.
template <class R> struct Rates {
    R cycle{};     ///< a cycle of the arrays at their sustained rate
    R feed{};      ///< a byte from the shared buffer to the arrays
    R stream{};    ///< a byte of a DRAM stream
    R scattered{}; ///< a byte of DRAM read at scattered places
    R vector{};    ///< an operation of the vector unit
    R tile_latency{}, launch{};
};

inline Rates<double> rates_of(const Machine& m) {
    return {.cycle = 1.0 / (m.clock_hz * m.sustained),
            .feed = ratio(1.0, m.buffer_bytes_per_s, 0.0),
            .stream = 1.0 / m.dram_stream(),
            .scattered = 1.0 / (m.dram_bytes_per_s * m.gather_efficiency),
            .vector = ratio(1.0, m.vector_operations_per_s, 0.0),
            .tile_latency = m.tile_latency_s,
            .launch = m.launch_s};
}

/// The same from the description of a chip. Domain: it has the precision.
template <class R> Rates<R> rates_of(const Accelerator<R>& a, Precision precision) {
    const R clock = a.clock.in("Hz"_u) * rate_of(a, precision);
    const R dram = a.dram_bandwidth.in("B/s"_u);
    return {.cycle = R(1.0) / (clock * a.sustained),
            .feed = ratio(R(1.0), a.buffer_bandwidth.in("B/s"_u), R(0.0)),
            .stream = R(1.0) / (dram * a.dram_efficiency),
            .scattered = R(1.0) / (dram * a.gather_efficiency),
            .vector = ratio(R(1.0), a.vector_rate.in("OP/s"_u), R(0.0)),
            .tile_latency = a.tile_latency.in("s"_u),
            .launch = a.launch.in("s"_u)};
}

/// Arrays and buffer at work on all waves of a tiling, tile latencies included.
template <class R> R tiling_seconds(const Tiling& tiling, const Rates<R>& rates) {
    const R work = R(static_cast<double>(tiling.cycles_a_wave)) * rates.cycle;
    const R feed = R(static_cast<double>(tiling.bytes_a_wave)) * rates.feed;
    return R(static_cast<double>(tiling.waves)) * (max(work, feed) + rates.tile_latency);
}

/// Seconds of one product: with two halves of the buffer, which hide the transfers behind the work but for the first
/// operands and the last results, and with all of it in one piece, which keeps more and hides nothing.
template <class R> struct ProductSeconds {
    R arrays{}, hidden{}, serial{};
    R halved{}, whole{}, written{}; ///< of DRAM alone
};
template <class R>
ProductSeconds<R> product_seconds(const Rates<R>& rates, const ProductPlan& plan, const ProductTraffic& traffic,
                                  double halo) {
    ProductSeconds<R> t;
    t.arrays = tiling_seconds(plan.tiling, rates) * R(1.0 + halo);
    t.written = R(static_cast<double>(traffic.written)) * rates.stream;
    t.halved = R(static_cast<double>(sum(traffic.reads.halved, traffic.again))) * rates.stream;
    t.whole = R(static_cast<double>(sum(traffic.reads.whole, traffic.again))) * rates.stream;
    const R end = t.written * R(1.0 / static_cast<double>(plan.pieces));
    t.hidden = t.halved * R(plan.stage) + max(t.arrays, t.halved + t.written) + end;
    t.serial = t.arrays + t.whole + t.written;
    return t;
}

/// DRAM time of one repeat of a layer without products.
template <class R> R vector_dram_seconds(const Rates<R>& rates, const BufferPlan& plan) {
    return R(static_cast<double>(sum(plan.read, plan.written))) * rates.stream +
           R(static_cast<double>(plan.gathered)) * rates.scattered;
}

} // namespace autarky::compute

// autarky: a network laid on a chip once, and its latency at any rates of that chip.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "compute/network.hpp"
#include "compute/rates.hpp"

namespace autarky::compute {

inline constexpr Formula latency_formula{"compute.latency", "Time of one inference on one chip",
                                         "sum over layers of max(arrays, DRAM, vector unit) + what cannot overlap",
                                         "roofline by layer with double buffering"};

/// Layers as they lie on the arrays and in the buffer of a machine; equal ones are kept once. The plan is made at one set
/// of rates, which decide only between tilings, and holds for rates nearby: clock, bandwidths, efficiencies, latencies.
/// Sizes of the chip are fixed in it.
class WorkPlan {
public:
    WorkPlan(const Machine& machine, const Network& network);

    /// Seconds of one inference at batch 1: that of `network_time` on the machine of the plan.
    template <class R> [[nodiscard]] R latency(const Rates<R>& rates) const {
        R total(0.0);
        for (const auto& layer : layers_) {
            R seconds(0.0);
            for (std::size_t i = 0; i < layer.arrays.size; ++i) {
                const auto t =
                    product_seconds(rates, layer.arrays.products[i], layer.buffer.products[i], layer.buffer.halo);
                seconds = seconds + min(t.hidden, t.serial);
            }
            if (layer.arrays.size == 0) seconds = vector_dram_seconds(rates, layer.buffer);
            const R vector = R(static_cast<double>(layer.arrays.vector_operations)) * rates.vector;
            seconds = max(seconds, vector);
            if (!layer.buffer.fused) seconds = seconds + rates.launch;
            total = total + seconds * R(layer.repeats);
        }
        return total;
    }
    /// Layers that differ.
    [[nodiscard]] std::size_t size() const { return layers_.size(); }

private:
    struct Laid {
        ArrayPlan arrays;
        BufferPlan buffer;
        double repeats = 0.0;
    };
    std::vector<Laid> layers_;
};

} // namespace autarky::compute

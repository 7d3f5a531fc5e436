// autarky: a network laid on a chip once, and its latency at any rates of that chip.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "compute/mapping/rates.hpp"
#include "compute/network/network.hpp"

namespace autarky::compute {

inline constexpr Formula latency_formula{"compute.latency", "Time of one inference on one chip",
                                         "sum over layers of max(arrays, DRAM, vector unit) + what cannot overlap",
                                         "roofline by layer with double buffering"};

/// Layers as they lie on the arrays and in the buffer of a machine; equal ones are kept once. Rates decide only between
/// tilings: those are kept that are fastest at the rates of the machine or with one of them halved or doubled, and the
/// fastest of them at the rates asked for counts. Sizes of the chip are fixed.
class WorkPlan {
public:
    WorkPlan(const Machine& machine, const Network& network);

    /// Seconds of one inference at batch 1: that of `network_time` on the machine of the plan.
    template <class R> [[nodiscard]] R latency(const Rates<R>& rates) const {
        R total(0.0);
        for (const auto& layer : layers_) {
            const auto& first = layer.ways.front();
            R seconds(0.0);
            for (std::size_t i = 0; i < first.size; ++i)
                seconds = seconds + fastest(layer, i, rates);
            if (first.size == 0) seconds = vector_dram_seconds(rates, layer.buffer);
            const R vector = R(static_cast<double>(first.vector_operations)) * rates.vector;
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
        std::vector<ArrayPlan> ways; ///< the first one is that of the machine's own rates
        BufferPlan buffer;
        double repeats = 0.0;
    };

    /// One product in the way whose tiling takes the shortest time on the arrays.
    template <class R> static R fastest(const Laid& layer, std::size_t i, const Rates<R>& rates) {
        R shortest(0.0), seconds(0.0);
        for (std::size_t way = 0; way < layer.ways.size(); ++way) {
            const auto& plan = layer.ways[way].products[i];
            const R on_arrays = tiling_seconds(plan.tiling, rates);
            const auto t = product_seconds(rates, plan, layer.buffer.products[i], layer.buffer.halo);
            const R all = min(t.hidden, t.serial);
            seconds = way == 0 ? all : select(on_arrays < shortest, all, seconds);
            shortest = way == 0 ? on_arrays : min(shortest, on_arrays);
        }
        return seconds;
    }
    std::vector<Laid> layers_;
};

} // namespace autarky::compute

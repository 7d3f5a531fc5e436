// autarky: time and traffic of a network on a chip, layer by layer.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "compute/mapping/layer_plan.hpp"
#include "compute/mapping/machine.hpp"
#include "compute/mapping/rates.hpp"
#include "compute/network/network.hpp"

namespace autarky::compute {

/// What a layer waits for.
enum class Bound { arrays, dram, vector_unit, overhead };
std::string_view bound_name(Bound bound);

struct LayerTime {
    Count macs = 0;
    Count vector_operations = 0;
    Count cycles = 0;                      ///< of the arrays
    Count dram_read = 0, dram_written = 0; ///< bytes
    Count buffer_accesses = 0;             ///< bytes that the arrays read from and write to the buffers beside them
    double arrays_s = 0.0, dram_s = 0.0, vector_s = 0.0; ///< each alone
    double seconds = 0.0;                                ///< together, with starts, ends and launches
    double stall_s = 0.0;                                ///< seconds in which the arrays wait
    Bound bound = Bound::arrays;
    bool double_buffered = true;
};

struct NetworkTime {
    std::vector<LayerTime> layers;
    Count macs = 0;
    Count dram_bytes = 0;
    double seconds = 0.0; ///< latency of one inference at batch 1
    double arrays_s = 0.0;
    bool weights_resident = false; ///< all weights stay on the chip between inferences

    /// Share of the peak that the whole inference reaches.
    [[nodiscard]] double utilisation(const Machine& machine) const {
        return seconds > 0.0 ? static_cast<double>(macs) / (seconds * machine.macs_per_s()) : 0.0;
    }
};

/// Bytes that so many accesses of a layer are; learned values in blocks are unpacked beside the arrays.
Count fed_bytes(const Machine& machine, const Shape& shape, const SramAccesses& accesses);

/// Time of a layer that lies on the chip as planned; accesses of the buffers are not counted here.
LayerTime layer_time(const Rates<double>& rates, const Layer& layer, const ArrayPlan& arrays, const BufferPlan& buffer);

/// A layer takes max(arrays, DRAM) with what cannot overlap before and behind it (first operands, last results), or their
/// sum where the buffer is too small for two halves. A sum, activation or normalisation of what the layer before has
/// just made is done on the way out. Activations and weights that fit the buffer do not leave the chip; maps that do not
/// fit go through in strips of rows, with the shared rows computed twice, if that moves less than spilling them.
NetworkTime network_time(const Machine& machine, const Network& network);

/// One network in time-sharing: it starts `per_second` times a second and must end within `deadline_s`.
struct Share {
    double seconds = 0.0;
    double per_second = 0.0;
    double deadline_s = 0.0;
};

/// Networks that take turns, each run to its end (no pre-emption). `load` above 1: they do not fit.
struct Schedule {
    double load = 0.0; ///< share of time in which the chip works
    std::vector<double>
        worst_latency_s; ///< its own time, the longest other one that may be under way, and one turn of each other
    bool meets_deadlines = false;
};
Schedule time_sharing(const std::vector<Share>& shares);

} // namespace autarky::compute

// autarky: a use of a chip: a network at a rate, with a deadline, and what it needs beside the arrays.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "compute/chip/accelerator.hpp"
#include "compute/chip/number_format.hpp"
#include "core/describe.hpp"
#include "core/quantities.hpp"

namespace autarky::compute {

/// Use of a block that runs no layers (ISP, codec, CPU, interfaces).
template <class R> struct Need {
    Role role = Role::other;
    R capacity, activity;
};
template <class R> constexpr auto describe(Type<Need<R>> /*type*/) {
    using N = Need<R>;
    return fields(plain_field("role", &N::role, "Role of the blocks that are used"),
                  field("capacity", &N::capacity, "%"_u, "Share of their instances or lanes that is used",
                        Range::fraction, "100 %"),
                  field("activity", &N::activity, "%"_u, "Share of time in which they work while the use case is on",
                        Range::fraction, "100 %"));
}

template <class R> struct Workload {
    std::string title, network, dimensions;
    NumberFormat precision = NumberFormat::int8;
    QuantityIn<"Hz", R> rate;
    Duration<R> deadline;
    R copies, time;
    Table<Need<R>> need;
};
template <class R> constexpr auto describe(Type<Workload<R>> /*type*/) {
    using W = Workload<R>;
    return fields(
        plain_field("title", &W::title, "What the workload is"),
        plain_field("network", &W::network,
                    "Ready network by its name, or an ONNX model (.onnx) or layer table (.csv), relative to this file"),
        plain_field("dimensions", &W::dimensions,
                    "Sizes that an ONNX model leaves open, e.g. \"sequence=128, batch=1\"", ""),
        plain_field("precision", &W::precision,
                    "Number format of weights and activations; the latter 8 bits for blocks"),
        field("rate", &W::rate, "Hz"_u, "Inferences a second", Range::positive),
        field("deadline", &W::deadline, "ms"_u, "Time from input to result", Range::positive),
        field("copies", &W::copies, "1"_u, "Times that the work is done at once, for safety", Range::positive, "1"),
        field("time", &W::time, "%"_u, "Share of the chip's life in which the use case is on", Range::fraction,
              "100 %"),
        table("need", &W::need, "Blocks that run no layers and are needed"));
}

} // namespace autarky::compute

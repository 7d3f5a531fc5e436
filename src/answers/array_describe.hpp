// autarky: the parts of a network on a bare array, as its JSON has them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "answers/chip.hpp"

namespace autarky::compute {

constexpr auto describe(Type<ArrayBuffers> /*type*/) {
    using B = ArrayBuffers;
    return fields(item("ifmap", &B::ifmap, "B"_u, "For inputs"), item("filter", &B::filter, "B"_u, "For weights"),
                  item("ofmap", &B::ofmap, "B"_u, "For results"));
}
constexpr auto describe(Type<ArrayTraffic> /*type*/) {
    using T = ArrayTraffic;
    return fields(item("read", &T::read, "1"_u, "Words read"), item("written", &T::written, "1"_u, "Words written"));
}
constexpr auto describe(Type<SramAccesses> /*type*/) {
    using S = SramAccesses;
    return fields(item("ifmap", &S::ifmap, "1"_u, "Reads of inputs"),
                  item("filter", &S::filter, "1"_u, "Reads of weights"),
                  item("ofmap", &S::ofmap, "1"_u, "Writes of outputs"));
}

} // namespace autarky::compute

namespace autarky::answers {

struct ArrayRunView {
    std::optional<std::string_view> name;
    const compute::ArrayRun* run;
    const compute::Array* array;
    std::optional<compute::ArrayTraffic> dram{};
};
constexpr auto describe(Type<ArrayRunView> /*type*/) {
    using V = ArrayRunView;
    return fields(item("name", &V::name, "Name of the layer").absent_if("it is the sum"),
                  item(
                      "macs", [](const V& v) { return v.run->macs; }, "1"_u, "Multiplications with addition"),
                  item(
                      "cycles", [](const V& v) { return v.run->cycles; }, "1"_u, "Cycles"),
                  item(
                      "utilisation", [](const V& v) { return v.run->utilisation(*v.array); }, "1"_u,
                      "Share of the elements' time at work")
                      .null_if("there is no work"),
                  item(
                      "mapping_efficiency", [](const V& v) { return v.run->mapping_efficiency(); }, "1"_u,
                      "Share of the elements that a tile covers")
                      .null_if("there is no work"),
                  item(
                      "sram", [](const V& v) { return v.run->sram; }, "Accesses of the buffers"),
                  item("dram", &V::dram, "Words between DRAM and the buffers, at the least that these allow")
                      .absent_if("no configuration gives buffers"));
}

std::vector<ArrayRunView> layers_of(const ArrayFindings& found);
constexpr auto describe(Type<ArrayFindings> /*type*/) {
    using A = ArrayFindings;
    return fields(item("layers", &layers_of, "Its layers"),
                  item(
                      "total", [](const A& a) { return ArrayRunView{{}, &a.run.total, &a.array}; }, "All of them"),
                  item(
                      "unsupported", [](const A& a) { return a.network.unsupported; }, "1"_u,
                      "Operators that are not counted, and how often")
                      .absent_if("all are counted"),
                  item(
                      "remarks", [](const A& a) { return a.remarks(); },
                      "What is not counted, not used, or was chosen for the reader")
                      .absent_if("there is nothing to say"),
                  item("buffers", &A::buffers, "Buffers of the configuration").absent_if("none gives any"));
}

} // namespace autarky::answers

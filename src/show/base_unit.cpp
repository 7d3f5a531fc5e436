// autarky: spells the base units of a dimension.
// SPDX-License-Identifier: Apache-2.0
#include "show/base_unit.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <utility>

namespace autarky::show {

std::string base_unit(const Dim& dim) {
    const std::array<std::pair<int, const char*>, 11> parts{{{dim.money, "USD"},
                                                             {dim.operation, "OP"},
                                                             {dim.data, "bit"},
                                                             {dim.wafer, "wafer"},
                                                             {dim.die, "die"},
                                                             {dim.chip, "chip"},
                                                             {dim.unit, "unit"},
                                                             {dim.worker, "worker"},
                                                             {dim.energy, "J"},
                                                             {dim.length, "mm"},
                                                             {dim.time, "year"}}};
    std::string over;
    std::string under;
    for (const auto& [exponent, name] : parts) {
        if (exponent == 0) continue;
        const int size = std::abs(exponent);
        const std::string power = size == 1 ? name : fmt::format("{}^{}", name, size);
        if (exponent > 0)
            over += (over.empty() ? "" : "*") + power;
        else
            under += "/" + power;
    }
    return (over.empty() ? "1" : over) + under;
}

} // namespace autarky::show

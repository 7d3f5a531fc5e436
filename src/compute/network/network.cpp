// autarky: a network: its layers in the order of execution, and what could not be understood of it.
// SPDX-License-Identifier: Apache-2.0
#include "compute/network/network.hpp"

#include <fmt/format.h>

namespace autarky::compute {

std::string uncounted_text(const Network& network) {
    const Count n = uncounted(network);
    if (n == 0) return {};
    auto text = fmt::format("not counted: {} of {} nodes", n, std::max(n, network.nodes));
    constexpr std::size_t most_named = 6;
    std::size_t named = 0;
    for (const auto& [name, number] : network.unsupported) {
        if (named == most_named) {
            text += fmt::format(" and {} further operators", network.unsupported.size() - named);
            break;
        }
        text += fmt::format("{}{} x {}", named++ == 0 ? ": " : ", ", number, name);
    }
    if (network.uncounted_weights > 0) text += fmt::format("; they hold {} weights", network.uncounted_weights);
    return text;
}

} // namespace autarky::compute

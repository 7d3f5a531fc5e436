// autarky: suggestions for mistyped names, within a budget that hostile files cannot exhaust.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostics.hpp"

namespace autarky::scenario {

/// `did_you_mean`, but empty after many findings or for very many candidates.
inline std::string suggestion(std::string_view word, const std::vector<std::string_view>& candidates,
                              const Diagnostics& diagnostics) {
    constexpr std::size_t most_findings = 100, most_candidates = 5000;
    if (diagnostics.items().size() > most_findings || candidates.size() > most_candidates) return {};
    return did_you_mean(word, candidates);
}

} // namespace autarky::scenario

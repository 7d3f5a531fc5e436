// autarky: futures mixed of two independent ones, driver by driver: what variance-based sensitivity is estimated from.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "analysis/scenario_model.hpp"

namespace autarky::analysis {

/// A driver that may be drawn anew alone: one input with what moves with it, or a group of correlated inputs as a whole, so
/// that drivers are independent of each other.
struct FreeDriver {
    std::string name;
    std::vector<std::size_t> rows; ///< of Inputs::rows
    std::size_t members = 1;       ///< correlated inputs of a group, drivers that are counted as one, else 1
    bool is_group = false, is_luck = false;
};
/// Every uncertain input of a scenario is in exactly one; groups first, then in the order of the file.
std::vector<FreeDriver> drivers_of(const Inputs& inputs);

/// By driver: taken from the second future of a pair (else from the first).
using Mask = std::vector<bool>;

/// Which mixtures of how many pairs of futures. Eight pairs, an octet, share their masks.
struct MixtureRequest {
    std::size_t pairs = 0;
    std::size_t masks = 0; ///< of each pair
    std::function<Mask(std::size_t octet, std::size_t mask)> mask_of;
};
/// Values of the mixtures, [mask][pair]; NaN where there is none. Empty when it was stopped.
using MixtureValues = std::vector<std::vector<double>>;
using Mixtures = std::function<MixtureValues(const MixtureRequest&)>;

/// Mixtures of a scenario's futures and one column of its results. Pair k is futures k and k + 2^30 of the seed, so more
/// pairs change none; no figure depends on the threads. Keeps references to the model and to the drivers.
Mixtures mixtures_of(const ScenarioModel& model, std::size_t column, const std::vector<FreeDriver>& drivers,
                     std::uint64_t seed, unsigned threads,
                     std::function<bool(std::uint64_t done, std::uint64_t of)> stop);

/// Futures that mixtures evaluated to the end, and those of them that have no value.
struct EvaluationCount {
    std::uint64_t evaluations = 0, failed = 0;
};
/// The same mixtures, what they return added to `count`, which must outlive them.
Mixtures counted(Mixtures mixtures, EvaluationCount& count);

} // namespace autarky::analysis

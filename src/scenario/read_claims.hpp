// autarky: reads `[[claim]]` and `[[observation]]`.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/diagnostics.hpp"
#include "input/inputs.hpp"
#include "input/node.hpp"
#include "input/prices.hpp"
#include "input/read.hpp"
#include "input/sources.hpp"
#include "scenario/claims.hpp"

namespace autarky::scenario {

/// What claims and observations are read against.
struct ClaimContext {
    const Node& root;
    const Texts& texts;
    const Prices& prices;
    const Reader& reader; ///< knows the rows of every table
    const std::vector<KnownMetric>& metrics;
    int first_scenario_text = 0; ///< entries of the catalogue about rows that are not taken are left out
    SourceTable& sources;
    Inputs& inputs;
    Diagnostics& diagnostics;
};

std::vector<Claim> read_claims(const Node& root, ClaimContext context);
std::vector<Observation> read_observations(const Node& root, ClaimContext context);

/// The metric that `id` names, also through a pattern such as "labour.break_even.<region>"; null if there is none.
const KnownMetric* find_metric(const std::string& id, const std::vector<KnownMetric>& metrics, const Reader& reader);

} // namespace autarky::scenario

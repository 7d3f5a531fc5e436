// autarky: holds the claims of a scenario against what the model recomputes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/scenario_model.hpp"
#include "scenario/claims.hpp"

namespace autarky::analysis {

enum class Judgement {
    holds,            ///< true in at least 80 % of the futures
    holds_if,         ///< in between: `why` names the input that decides most, and where
    fails,            ///< true in less than 5 %
    cannot_be_judged, ///< no metric, or one that exists in no future
};
std::string_view name_of(Judgement judgement);

/// Shares of futures that divide the judgements.
inline constexpr double holds_from = 0.8, fails_below = 0.05;

struct AuditRow {
    const Claim* claim = nullptr;
    Judgement judgement = Judgement::cannot_be_judged;
    double p05 = 0.0, p50 = 0.0, p95 = 0.0; ///< recomputed, in the claim's unit; NaN where it does not exist
    double share = 0.0;                     ///< of the futures in which the statement is true
    std::string why;
};

struct AuditOptions {
    std::uint64_t samples = 5'000;
    std::uint64_t seed = 1;
    unsigned threads = 0; ///< 0: as many as the machine has
};

/// One row a claim, in file order. The same for any number of threads.
std::vector<AuditRow> audit(const ScenarioModel& model, const AuditOptions& options);

} // namespace autarky::analysis

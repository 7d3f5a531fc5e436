// autarky: holds the claims of a scenario against what the model recomputes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/scenario_model.hpp"
#include "core/watched.hpp"
#include "scenario/claims.hpp"

namespace autarky::analysis {

/// How sure a claim is, by the share of futures in which it is true.
enum class Judgement {
    holds,            ///< at least 80 %
    leans,            ///< 50 to 80 %
    open,             ///< 20 to 50 %
    unlikely,         ///< 5 to 20 %
    fails,            ///< less than 5 %
    cannot_be_judged, ///< no metric, one that exists in no future, or a condition that hardly any future has
};
std::string_view name_of(Judgement judgement);

/// Shares of futures that divide the judgements, the highest first.
inline constexpr std::array<double, 4> judgement_borders{0.8, 0.5, 0.2, 0.05};
/// What a share says; a share on a border belongs to the surer side.
Judgement judgement_of(double share);
/// The border from which a share of n futures lies at most two sampling errors away, the error of random draws at the border.
std::optional<double> near_border(double share, std::size_t n);

/// Whether the statement is true of a value (base units); a value that does not exist makes no statement true.
bool is_true(const Claim& claim, double value);

/// Fewer futures with the condition of a claim than these say nothing.
inline constexpr std::size_t least_futures = 30;

struct AuditRow {
    const Claim* claim = nullptr;
    Judgement judgement = Judgement::cannot_be_judged;
    double p05 = 0.0, p50 = 0.0, p95 = 0.0; ///< recomputed, in the claim's unit; NaN where it does not exist
    double share = 0.0;                     ///< of the futures judged in which the statement is true
    std::size_t futures = 0;                ///< judged: all, or those with the claim's condition
    std::optional<double> border{};         ///< of two judgements, which the share cannot be told from
    std::string only_if{};                  ///< condition on one input that lifts the share to 80 %; empty: none
    std::string why{};
};

struct AuditOptions {
    std::uint64_t samples = 5'000;
    std::uint64_t seed = 1;
    unsigned threads = 0; ///< 0: as many as the machine has
    Watched watched{};
};

struct Audited {
    std::vector<AuditRow> rows;
    std::uint64_t samples = 0; ///< futures that the rows are judged on
    /// Fewer futures, or fewer claims; no conditions were looked for. Without any future there are no rows.
    bool is_stopped = false;
};

/// One row a claim named by `rows` (of the loaded claims), in that order. The same for any number of threads.
Audited audit(const ScenarioModel& model, const std::vector<std::size_t>& rows, const AuditOptions& options);

} // namespace autarky::analysis

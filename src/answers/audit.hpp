// autarky: "do the claims hold?": the scenario's claims, held against what the model recomputes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/audit.hpp"
#include "answers/entry.hpp"
#include "answers/session.hpp"

namespace autarky::answers {

/// What counts as a failed gate.
enum class AuditGate { none, fails };
constexpr std::array<std::string_view, 2> choices(Type<AuditGate> /*type*/) { return {"none", "fails"}; }

struct AuditQuestion : ScenarioChoice {
    std::uint64_t samples = 5'000;
    std::uint64_t seed = 1;
    std::string section, word;
    AuditGate fail_on = AuditGate::none;
};
constexpr auto describe(Type<AuditQuestion> /*type*/) {
    using Q = AuditQuestion;
    constexpr double most = 1e6; // every one of them is kept
    return std::tuple_cat(scenario_fields<Q>(),
                          fields(asked("samples", &Q::samples, "1"_u, "Futures to judge on").as("N").from_to(100, most),
                                 asked("seed", &Q::seed, "1"_u, "Seed of the draws").as("S"),
                                 asked("section", &Q::section, "Only claims of this section of their source")
                                     .as("SECTION")
                                     .otherwise("all sections"),
                                 asked("word", &Q::word,
                                       "Only claims judged so (holds, leans, open, unlikely, fails), else those with "
                                       "this text in their name, statement or "
                                       "metric")
                                     .as("TEXT")
                                     .otherwise("all claims"),
                                 asked("fail_on", &Q::fail_on, "The gate fails when a claim does")));
}

struct AuditAnswer {
    std::shared_ptr<const Session> session; ///< owns the claims
    AuditQuestion question;
    std::vector<analysis::AuditRow> rows;
    std::uint64_t samples = 0; ///< futures that the claims were judged on
    bool is_stopped = false;   ///< fewer futures, or fewer claims; no conditions were looked for
};

AuditAnswer audit(const Catalogue& catalogue, const AuditQuestion& question, const Watch& watch = {});
/// "at least ", "at most ", "about " or nothing: what stands before the stated value of a claim.
std::string_view relation_text(const Claim& claim);
std::string text(const AuditAnswer& answer, const show::Page& page);
Standing standing(const AuditAnswer& answer);

extern const Entry audit_entry;

} // namespace autarky::answers

// autarky: the list of questions.
// SPDX-License-Identifier: Apache-2.0
#include "answers/questions.hpp"

#include <array>

#include "answers/anchor.hpp"
#include "answers/audit.hpp"
#include "answers/beginning.hpp"
#include "answers/check.hpp"
#include "answers/chip.hpp"
#include "answers/compare.hpp"
#include "answers/design.hpp"
#include "answers/die.hpp"
#include "answers/discover.hpp"
#include "answers/explain.hpp"
#include "answers/export.hpp"
#include "answers/flip.hpp"
#include "answers/grid/age.hpp"
#include "answers/grid/fix.hpp"
#include "answers/grid/flow.hpp"
#include "answers/grid/futures.hpp"
#include "answers/grid/host.hpp"
#include "answers/grid/nation.hpp"
#include "answers/map.hpp"
#include "answers/metrics.hpp"
#include "answers/option/dated.hpp"
#include "answers/option/decision.hpp"
#include "answers/option/perpetual.hpp"
#include "answers/package.hpp"
#include "answers/paths.hpp"
#include "answers/plan.hpp"
#include "answers/reticle.hpp"
#include "answers/run.hpp"
#include "answers/sense.hpp"
#include "answers/shards.hpp"
#include "answers/sources.hpp"
#include "answers/stress.hpp"
#include "answers/ttm.hpp"
#include "answers/update.hpp"
#include "answers/validate.hpp"
#include "answers/wafers.hpp"
#include "answers/workload.hpp"
#include "answers/worth.hpp"

namespace autarky::answers {

std::span<const Entry* const> questions() {
    static constexpr std::array all{
        &run_entry,           &map_entry,           &break_even_entry, &flip_entry,    &worth_entry,
        &sense_entry,         &discover_entry,      &update_entry,     &compare_entry, &wafers_entry,
        &stress_entry,        &anchor_entry,        &plan_entry,       &paths_entry,   &explain_entry,
        &metrics_entry,       &audit_entry,         &validate_entry,   &check_entry,   &sources_entry,
        &die_entry,           &package_entry,       &reticle_entry,    &ttm_entry,     &chip_entry,
        &design_entry,        &workload_entry,      &host_entry,       &fix_entry,     &flow_entry,
        &fault_entry,         &age_entry,           &nation_entry,     &cap_entry,     &futures_entry,
        &claims_entry,        &surface_entry,       &grid_list_entry,  &export_entry,  &mcdonald_siegel_entry,
        &perpetual_put_entry, &black_scholes_entry, &margrabe_entry,   &crr_entry,     &newsvendor_entry,
        &manne_entry,         &payoff_entry,        &code_entry,       &new_entry,     &shard_entry};
    return all;
}

const Entry* find_question(std::string_view name) {
    for (const auto* entry : questions()) {
        const auto own = entry->name;
        if (name == own) return entry;
        const auto family = entry->family;
        if (name.size() == family.size() + 1 + own.size() && name.starts_with(family) && name.ends_with(own))
            return entry;
    }
    return nullptr;
}

} // namespace autarky::answers

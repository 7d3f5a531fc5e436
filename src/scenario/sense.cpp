// autarky: whether a scenario that reads makes sense.
// SPDX-License-Identifier: Apache-2.0
#include "scenario/sense.hpp"

#include "scenario/sense_parts.hpp"

namespace autarky {

void check_sense(const Scenario<Uncertain>& scenario, const Inputs& inputs, const scenario::Node& root,
                 const scenario::Texts& texts, Diagnostics& diagnostics) {
    const scenario::Sense sense{scenario, inputs, root, texts, diagnostics};
    scenario::check_places(sense);
    scenario::check_devices(sense);
    scenario::check_market(sense);
    scenario::check_streets(sense);
    scenario::check_terms(sense);
    scenario::check_dates(sense);
    scenario::check_growth(sense);
    scenario::check_bounds(sense);
}

} // namespace autarky

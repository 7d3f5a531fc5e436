// autarky: warns of lead times that the model's pipeline of transformers cannot follow.
// SPDX-License-Identifier: Apache-2.0
#include "scenario/short_leads.hpp"

#include <fmt/format.h>

#include "scenario/central.hpp"

namespace autarky {

void warn_of_short_leads(const Scenario<Uncertain>& scenario, const Inputs& inputs, Diagnostics& diagnostics) {
    const double year = quantity(1.0, "year"_u).raw();
    for (std::size_t i = 0; i < scenario.grid.size(); ++i) {
        const auto& input = inputs.rows[static_cast<std::size_t>(scenario.grid[i].lead_time.raw().input)];
        const double lead = scenario::central_value(input.distribution);
        if (lead >= year) continue;
        diagnostics.warning(
            input.origin, "W0312",
            fmt::format("grid.{}.lead_time: {:.3g} year counts as 1 year, the shortest that the pipeline of "
                        "transformers knows",
                        scenario.grid.names[i], lead / year));
    }
}

} // namespace autarky

// autarky: loads the scenario that a command line names.
// SPDX-License-Identifier: Apache-2.0
#include "autarky/scenario_options.hpp"

#include <fmt/format.h>

#include "analysis/scenario_model.hpp"
#include "autarky/output.hpp"
#include "autarky/terminal.hpp"

namespace autarky::cli {

void add_scenario_options(Command& command, ScenarioOptions& options, bool with_argument) {
    if (with_argument)
        command.argument("SCENARIO", options.scenario,
                         "Name of a bundled scenario or a file; the bundled ai5 if left out");
    command.option("--variant", "VARIANT", options.variants, "Named set of overrides of the scenario");
    command.option("--set", "PATH=VALUE", options.sets,
                   "Another value for one key, such as economy.discount_rate=\"9 %/year\"");
}

Loaded load_scenario(const ScenarioOptions& options) {
    LoadRequest request;
    request.scenario = options.scenario;
    request.variants = options.variants;
    request.sets = options.sets;
    request.metrics = analysis::known_metrics();
    auto loaded = load(request);
    warn(loaded.warnings.render(terminal().colour_err));
    return loaded;
}

} // namespace autarky::cli

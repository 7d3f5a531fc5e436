// autarky: the options by which a command is told its scenario, and the loading of it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "autarky/program.hpp"
#include "scenario/load.hpp"

namespace autarky::cli {

struct ScenarioOptions {
    std::string scenario = "ai5";
    std::vector<std::string> variants, sets;
};

/// `--variant NAME` and `--set path=value`; the argument SCENARIO too, unless the command adds it itself.
void add_scenario_options(Command& command, ScenarioOptions& options, bool with_argument = true);

/// Loads it and prints its warnings on standard error. Claims and observations are checked against the model's metrics.
Loaded load_scenario(const ScenarioOptions& options);

} // namespace autarky::cli

// autarky: scenarios for the tests of analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "analysis/scenario_model.hpp"
#include "analysis/summary.hpp"

namespace autarky::analysis::test {

/// A loaded scenario with its model, at a fixed address because the model keeps a reference.
struct Studied {
    Loaded loaded;
    ScenarioModel model;
    explicit Studied(Loaded from) : loaded(std::move(from)), model(loaded) {}
};

/// tests/model/data/uncertain.toml, the bundled main scenario, or any other.
std::unique_ptr<Studied> small(const std::vector<std::string>& sets = {},
                               const std::vector<std::string>& variants = {});
std::unique_ptr<Studied> main_scenario(const std::vector<std::string>& variants = {});
std::unique_ptr<Studied> studied(const LoadRequest& request);

/// Runs with the metrics that every run accumulates.
Summary run(const Studied& on, std::uint64_t samples, std::uint64_t seed = 1,
            const std::vector<std::string>& patterns = {});

} // namespace autarky::analysis::test

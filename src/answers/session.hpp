// autarky: a scenario that is asked about: loaded once, shared by everything that asks.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "analysis/scenario_model.hpp"
#include "core/describe_plain.hpp"
#include "scenario/load.hpp"

namespace autarky::answers {

/// Which scenario, with which overrides: the fields that every question about a scenario begins with.
struct ScenarioChoice {
    std::string scenario = "ai5";
    std::vector<std::string> variant, set;
};

/// Those fields, for the description of a question that inherits them; `name` is SCENARIO where it stands without a name.
template <class Q> constexpr auto scenario_fields(bool is_positional = true) {
    auto scenario = asked("scenario", &ScenarioChoice::scenario, "Name of a bundled scenario or a file").as("SCENARIO");
    scenario.is_positional = is_positional;
    return fields(
        scenario, asked("variant", &ScenarioChoice::variant, "Named set of overrides of the scenario").as("VARIANT"),
        asked("set", &ScenarioChoice::set, "Another value for one key, such as economy.discount_rate=\"9 %/year\"")
            .as("PATH=VALUE"));
}

/// Owns a loaded scenario and the quarterly model over it. Immutable and shared: its answers may point into it.
class Session {
public:
    /// Claims and observations are checked against the model's metrics. Throws InputError.
    static std::shared_ptr<const Session> open(LoadRequest request);
    static std::shared_ptr<const Session> open(const ScenarioChoice& choice);
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session() = default;

    /// The same scenario with further "path=value" behind those that it has. Throws InputError.
    [[nodiscard]] std::shared_ptr<const Session> with(const std::vector<std::string>& sets) const;

    [[nodiscard]] const LoadRequest& request() const { return request_; }
    [[nodiscard]] const Loaded& loaded() const { return loaded_; }
    [[nodiscard]] const analysis::ScenarioModel& model() const { return model_; }

private:
    explicit Session(LoadRequest request);

    LoadRequest request_;
    Loaded loaded_;
    analysis::ScenarioModel model_;
};

} // namespace autarky::answers

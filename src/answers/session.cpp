// autarky: opens scenarios.
// SPDX-License-Identifier: Apache-2.0
#include "answers/session.hpp"

#include <utility>

namespace autarky::answers {

Session::Session(LoadRequest request) : request_(std::move(request)), loaded_(load(request_)), model_(loaded_) {}

std::shared_ptr<const Session> Session::open(LoadRequest request) {
    request.metrics = analysis::known_metrics();
    return std::shared_ptr<const Session>(new Session(std::move(request)));
}

std::shared_ptr<const Session> Session::open(const ScenarioChoice& choice) {
    LoadRequest request;
    request.scenario = choice.scenario;
    request.variants = choice.variant;
    request.sets = choice.set;
    return open(std::move(request));
}

std::shared_ptr<const Session> Session::with(const std::vector<std::string>& sets) const {
    LoadRequest changed = request_;
    changed.sets.insert(changed.sets.end(), sets.begin(), sets.end());
    return open(std::move(changed));
}

} // namespace autarky::answers

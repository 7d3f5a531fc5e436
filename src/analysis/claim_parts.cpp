// autarky: finds what a claim looks at in a model.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/claim_parts.hpp"

#include <algorithm>

#include "foundry/disruption.hpp"

namespace autarky::analysis {

ColumnSpan span_of(const ScenarioModel& model, const std::string& metric, const std::optional<Quarter>& at) {
    const auto* columns = metric.empty() ? nullptr : model.find(metric);
    if (columns == nullptr) return {};
    if (!at || columns->count == 1) return {columns->first, columns->count};
    const auto found = std::find(model.quarters().begin(), model.quarters().end(), at->text());
    if (found == model.quarters().end()) return {};
    return {columns->first + static_cast<std::size_t>(found - model.quarters().begin()), 1};
}

ClaimWindow window_of(const ScenarioModel& model, const Claim& claim) {
    if (!claim.given.starts_with(given_event)) return {};
    const auto& events = model.loaded().scenario.event;
    const auto name = claim.given.substr(given_event.size());
    const auto found = std::find(events.names.begin(), events.names.end(), name);
    if (found == events.names.end()) return {};
    const auto& horizon = model.loaded().scenario.horizon;
    return {&events.rows[static_cast<std::size_t>(found - events.names.begin())],
            (claim.at ? *claim.at : horizon.start).start(), ((claim.at ? *claim.at : horizon.end) + 1).start()};
}

Lanes happens_in(const ClaimWindow& window, const Lanes* inputs) {
    const auto value = [&](const auto& field) {
        if constexpr (requires { field.raw(); })
            return inputs[field.raw().input];
        else
            return inputs[field.input];
    };
    foundry::Event<Lanes> event;
    event.earliest.year = value(window.event->earliest.year);
    event.hazard = PerYear<Lanes>(value(window.event->hazard));
    event.luck = value(window.event->luck);
    event.duration = Duration<Lanes>(value(window.event->duration));
    const Lanes share = foundry::event_share(event, foundry::event_start(event), window.start, window.end);
    return select(share > Lanes(0.0), Lanes(1.0), Lanes(0.0));
}

} // namespace autarky::analysis

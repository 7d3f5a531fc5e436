// autarky: what of the power flow needs no library.
// SPDX-License-Identifier: Apache-2.0
#include "grid/feeder/power_flow.hpp"

#include <algorithm>
#include <limits>

namespace autarky::grid {

std::optional<FlowMethod> flow_method_named(std::string_view name) {
    for (const auto method :
         {FlowMethod::newton_raphson, FlowMethod::iterative_current, FlowMethod::linear, FlowMethod::linear_current})
        if (name == name_of(method)) return method;
    return std::nullopt;
}

std::string_view name_of(FlowMethod method) {
    switch (method) {
    case FlowMethod::newton_raphson: return "newton_raphson";
    case FlowMethod::iterative_current: return "iterative_current";
    case FlowMethod::linear: return "linear";
    case FlowMethod::linear_current: return "linear_current";
    }
    return {};
}

std::optional<StartVoltages> start_voltages_named(std::string_view name) {
    for (const auto start :
         {StartVoltages::automatic, StartVoltages::flat, StartVoltages::linear, StartVoltages::average_source})
        if (name == name_of(start)) return start;
    return std::nullopt;
}

std::string_view name_of(StartVoltages start) {
    switch (start) {
    case StartVoltages::automatic: return "automatic";
    case StartVoltages::flat: return "flat";
    case StartVoltages::linear: return "linear";
    case StartVoltages::average_source: return "average_source";
    }
    return {};
}

std::optional<TapStrategy> tap_strategy_named(std::string_view name) {
    for (const auto strategy :
         {TapStrategy::off, TapStrategy::any, TapStrategy::low, TapStrategy::high, TapStrategy::fast})
        if (name == name_of(strategy)) return strategy;
    return std::nullopt;
}

std::string_view name_of(TapStrategy strategy) {
    switch (strategy) {
    case TapStrategy::off: return "off";
    case TapStrategy::any: return "any";
    case TapStrategy::low: return "low";
    case TapStrategy::high: return "high";
    case TapStrategy::fast: return "fast";
    }
    return {};
}

const FlowColumn* FlowComponent::find(std::string_view column) const {
    const auto found = std::ranges::find(columns, column, &FlowColumn::name);
    return found == columns.end() ? nullptr : &*found;
}

double FlowComponent::at(std::string_view column, std::size_t scenario, std::size_t element, std::size_t phase) const {
    const FlowColumn* found = find(column);
    if (!found) return std::numeric_limits<double>::quiet_NaN();
    return found->values[(scenario * id.size() + element) * found->width + phase];
}

const FlowComponent* FlowResult::find(std::string_view component) const {
    const auto found = std::ranges::find(components, component, &FlowComponent::name);
    return found == components.end() ? nullptr : &*found;
}

bool FlowResult::has_failed(std::size_t scenario) const {
    return std::ranges::any_of(failed, [scenario](const FailedScenario& f) { return f.index == scenario; });
}

} // namespace autarky::grid

// autarky: what of the power flow needs no library.
// SPDX-License-Identifier: Apache-2.0
#include "grid/feeder/power_flow.hpp"

#include <algorithm>
#include <limits>

namespace autarky::grid {

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

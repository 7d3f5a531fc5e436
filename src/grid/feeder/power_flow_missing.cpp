// autarky: the power flow of a build that has no power-grid-model.
// SPDX-License-Identifier: Apache-2.0
#include "grid/feeder/library_names.hpp"
#include "grid/feeder/power_flow.hpp"

namespace autarky::grid {

const std::vector<LibraryComponent>& library_components(std::string_view /*dataset*/) {
    static const std::vector<LibraryComponent> none;
    return none;
}

bool power_flow_available() { return false; }
std::string power_flow_version() { return {}; }

std::unique_ptr<PowerFlow> PowerFlow::make(const std::string& /*text*/, const std::string& file,
                                           double /*frequency_hz*/, Diagnostics& findings) {
    findings.error({file, 0, 0, 0}, "E0410", "the power flow needs power-grid-model",
                   std::string(power_flow_missing_hint));
    return nullptr;
}

} // namespace autarky::grid

// autarky: short circuits of a feeder, in words and figures.
// SPDX-License-Identifier: Apache-2.0
#include "grid/feeder/short_circuit.hpp"

#include <cmath>
#include <limits>

#include "grid/feeder/feeder_rows.hpp"

namespace autarky::grid {

double FaultCurrent::highest() const { return std::fmax(std::fmax(ampere[0], ampere[1]), ampere[2]); }

std::vector<FaultCurrent> fault_currents(const FlowResult& result, std::size_t scenario, const FeederDocument& feeder) {
    constexpr std::array<std::string_view, 4> types{"three phases", "one phase to ground", "two phases",
                                                    "two phases to ground"};
    std::vector<FaultCurrent> out;
    const FlowComponent* faults = result.find("fault");
    const nlohmann::json& rows = feeder.rows("fault");
    for (std::size_t i = 0; faults && i < faults->id.size(); ++i) {
        FaultCurrent& one = out.emplace_back();
        one.id = faults->id[i];
        one.node = whole_of(rows[i], "fault_object");
        const auto type = whole_of(rows[i], "fault_type");
        if (type && *type >= 0 && *type < 4) one.type = types[static_cast<std::size_t>(*type)];
        const bool on = faults->at("energized", scenario, i) == 1.0;
        for (std::size_t phase = 0; phase < 3; ++phase) {
            constexpr double none = std::numeric_limits<double>::quiet_NaN();
            one.ampere[phase] = on ? faults->at("i_f", scenario, i, phase) : none;
            one.angle_rad[phase] = on ? faults->at("i_f_angle", scenario, i, phase) : none;
        }
    }
    return out;
}

} // namespace autarky::grid

// autarky: the simulation in the reading "Written", the one place where it is made. Speed is nothing here: it runs once a workbook.
// SPDX-License-Identifier: Apache-2.0
#include "model/simulate_written.hpp"

#include <cstdint>

#include "compute/chip/technology.hpp"
#include "grid/region/overload_written.hpp"
#include "model/bound_scenario.hpp"
#include "model/metrics.hpp"
#include "model/simulation.hpp"

namespace autarky {

/// The register file of compute/chip/technology.hpp, whose template is for the other readings: a quadratic in its width is known
/// by three of its values. Words and ports are numbers of a design and no inputs.
inline Written register_file_um2_90nm(const Written& words, const Written& width, const Written& ports) {
    const auto at = [&](double bits) { return compute::register_file_um2_90nm(words.value, bits, ports.value); };
    const double fixed = at(0.0), slope = 0.5 * (at(1.0) - at(-1.0)), bend = 0.5 * (at(1.0) + at(-1.0)) - fixed;
    Written area = Written(fixed) + Written(slope) * width + Written(bend) * width * width;
    area.value = at(width.value); // to the bit
    return area;
}

} // namespace autarky

namespace autarky::model {

Trajectory<Written> simulate_written(const Scenario<Uncertain>& scenario, const std::vector<double>& values) {
    auto& working = Working::current();
    working.clear();
    BoundScenario<Written> bound(scenario);
    bound.set([&](std::size_t row) {
        return Written(values[row], working.push_input(values[row], static_cast<std::int32_t>(row)));
    });
    return Simulation<Written>(bound.scenario()).run();
}

} // namespace autarky::model

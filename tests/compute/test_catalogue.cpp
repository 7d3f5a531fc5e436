// autarky: the chips and workloads of the catalogue can be read, used, and do what was measured on them.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include <fmt/format.h>

#include "analysis/design_inputs.hpp"
#include "compute/area.hpp"
#include "compute/energy.hpp"
#include "compute/networks.hpp"
#include "compute/performance.hpp"

using namespace autarky;
using namespace autarky::compute;

TEST_CASE("every chip of the catalogue is sound and its blocks fill its die") {
    try {
        for (const auto& name : analysis::chip_names(AUTARKY_SOURCE_DIR)) {
            CAPTURE(name);
            const auto chip = analysis::load_chip(name, AUTARKY_SOURCE_DIR).median();
            CHECK(accelerator_error(chip, chip.precision).empty());
            const auto blocks = block_areas(chip);
            const double die = chip.die_area.in("mm^2"_u);
            fmt::print("{} {:.0f} TOPS, die {:.1f}, sum {:.1f}: ", name, dense_peak(chip, chip.precision).in("TOPS"_u), die, sum_of_areas(blocks).in("mm^2"_u));
            for (const auto& b : blocks) fmt::print("{} {:.1f}, ", b.name, b.area.in("mm^2"_u));
            fmt::print("\n");
        }
    } catch (const InputError& error) {
        FAIL(error.diagnostics.render());
    }
}

// autarky: the scenario of scarce wafers stands where it says that it stands.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "engine/quantile.hpp"
#include "scenario/load.hpp"

using namespace autarky;

namespace {

Loaded bundled(const char* name) {
    LoadRequest request;
    request.scenario = name;
    request.data_folder = AUTARKY_SOURCE_DIR;
    return load(request);
}

constexpr double tenth = -1.2815515594600038; ///< normal score of the 10th percentile

} // namespace

TEST_CASE("every input that the scarce scenario changes is at the 10th or the 90th percentile of its band") {
    const auto base = bundled("ai5"), scarce = bundled("scarce");
    int changed = 0;
    for (const auto& row : scarce.inputs.rows) {
        if (row.path == "economy.decision_date") continue;
        const auto of = std::find_if(base.inputs.rows.begin(), base.inputs.rows.end(),
                                     [&](const Input& other) { return other.path == row.path; });
        REQUIRE_MESSAGE(of != base.inputs.rows.end(), row.path);
        if (of->written == row.written) continue;
        ++changed;
        const engine::Quantile band(of->distribution);
        const double value = engine::Quantile(row.distribution).median();
        const bool is_least = row.note.starts_with("10th");
        CHECK_MESSAGE((is_least || row.note.starts_with("90th")), row.path);
        // written with three digits
        CHECK_MESSAGE(std::fabs(value / band(is_least ? tenth : -tenth) - 1.0) < 0.006, row.path);
    }
    CHECK(changed > 80); // knots of 22 inputs
}

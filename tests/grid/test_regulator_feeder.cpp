// autarky: a feeder with a tap for every phase and loads between phases, from parts that power-grid-model has.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>

#include "grid/feeder/feeder_check.hpp"
#include "grid/feeder/power_flow.hpp"
#include "table.hpp"

using namespace autarky;
using namespace autarky::grid;
using autarky::test::table_of;
using autarky::test::text_of;

TEST_CASE("the IEEE 13-node feeder comes out as in OpenDSS at its published taps, one a phase") {
    if (!power_flow_available()) {
        MESSAGE("skipped: ", std::string(power_flow_missing_hint));
        return;
    }
    const std::string folder = std::string(AUTARKY_TEST_DATA_DIR) + "/ieee13/";
    const std::string text = text_of(folder + "feeder.json");
    Diagnostics findings;
    const FeederFacts facts = check_feeder(text, "ieee13", findings);
    const auto feeder = PowerFlow::make(text, "ieee13", 60.0, findings);
    REQUIRE_FALSE(findings.has_errors());
    CHECK(facts.needs_phases);
    FlowOptions options;
    options.symmetric = false;
    // The regulators' branches are so stiff (25,000 pu) that the usual 1e-8 would leave 250 W of error in them.
    options.tolerance = 1e-9;
    const FlowResult result = feeder->solve(options);
    REQUIRE(result.failed.empty());

    // OpenDSS stops at its default of 1e-4 between iterations; its voltages lie 1.3e-5 pu from ours.
    const FlowComponent& node = *result.find("node");
    const auto expected = table_of(folder + "opendss_fixed_taps.csv");
    REQUIRE(expected.at("id").size() == 41); // the feeder's nodes
    double worst = 0.0;
    for (std::size_t i = 0; i < expected.at("id").size(); ++i) {
        const auto found = std::ranges::find(node.id, static_cast<int>(expected.at("id")[i]));
        REQUIRE(found != node.id.end());
        const auto at = static_cast<std::size_t>(found - node.id.begin());
        const auto phase = static_cast<std::size_t>(expected.at("phase")[i]);
        const double volt = expected.at("volt")[i];
        worst = std::max(worst, std::fabs(node.at("u", 0, at, phase) - volt) / volt);
    }
    MESSAGE("farthest: ", worst, " of a voltage");
    CHECK(worst < 2e-5);

    // The last two loads are the shunt halves of the regulators, whose power is no load.
    double p = 0.0, q = 0.0, loss = 0.0;
    const FlowComponent& loads = *result.find("asym_load");
    for (std::size_t phase = 0; phase < 3; ++phase) {
        p += result.find("source")->at("p", 0, 0, phase);
        q += result.find("source")->at("q", 0, 0, phase);
        loss += result.find("source")->at("p", 0, 0, phase);
        for (std::size_t i = 0; i + 2 < loads.id.size(); ++i)
            loss -= loads.at("p", 0, i, phase);
    }
    CHECK(p == doctest::Approx(3.57797e6).epsilon(1e-4));
    CHECK(q == doctest::Approx(1.72254e6).epsilon(1e-4));
    CHECK(loss == doctest::Approx(110498.0).epsilon(2e-4));
}

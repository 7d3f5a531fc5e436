// autarky: one formula, many uses: compiled against a yield model that is changed in one line, by nine tenths.
// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "core/traced.hpp"
#include "model/bound_scenario.hpp"
#include "model/metrics.hpp"
#include "model/simulate.hpp"
#include "scenario/load.hpp"
#include "silicon/die_study.hpp"
#include "silicon/peers/cases.hpp"

using namespace autarky;

namespace {

const std::filesystem::path source_tree = AUTARKY_SOURCE_DIR;

/// The small test scenario of the model on a process without defects, whose parametric yield is 98 %.
Loaded without_defects() {
    LoadRequest request;
    request.scenario = (source_tree / "tests/model/data/small.toml").string();
    request.data_folder = source_tree.string();
    request.sets = {"process.alpha.defect_density_start=1e-9 1/cm^2", "process.alpha.defect_density_floor=1e-9 1/cm^2"};
    return load(request);
}

template <class R> void set_constants(model::BoundScenario<R>& bound, const Loaded& loaded) {
    bound.set([&](std::size_t row) { return R(loaded.inputs.rows[row].distribution.parameters.at(0)); });
}

} // namespace

TEST_CASE("a change of the yield formula is seen by `die`") {
    silicon::DieInput in;
    in.die = {26.0, 16.5, 0.1};
    in.density_per_cm2 = 0.1;
    in.wafer_price_usd = 20000.0;
    // unchanged: 226.25 USD; with nine tenths of the yield it is ten ninths of that
    CHECK(silicon::study(in).cost->die == doctest::Approx(226.25 / 0.9).epsilon(1e-4));
}

TEST_CASE("a change of the yield formula is seen by `validate`") {
    for (const auto* peer : {"actuary", "catch", "ttm"}) {
        int failed = 0;
        for (const auto& row : silicon::silicon_peer_cases(peer, source_tree / "validation"))
            failed += row.pass ? 0 : 1;
        CAPTURE(peer);
        CHECK(failed >= 5);
    }
}

TEST_CASE("a change of the yield formula is seen by `run`") {
    const Loaded loaded = without_defects();
    model::BoundScenario<double> bound(loaded.scenario);
    set_constants(bound, loaded);
    model::Simulation<double> simulation(bound.scenario());
    const auto trajectory = simulation.run();
    const auto metrics = model::metric_list(model::row_names(loaded.scenario));
    const auto values = model::quarter_values(trajectory.quarters.back());
    bool seen = false;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (metrics[i].id != "silicon.yield") continue;
        seen = true;
        CHECK(*values[i] == doctest::Approx(0.9 * 0.98).epsilon(1e-6));
    }
    CHECK(seen);
}

TEST_CASE("a change of the yield formula is seen by `explain`") {
    const Loaded loaded = without_defects();
    auto& tape = Tape::current();
    tape.clear();
    model::BoundScenario<Traced> bound(loaded.scenario);
    set_constants(bound, loaded);
    model::Simulation<Traced> simulation(bound.scenario());
    bound.set([&](std::size_t row) {
        const double value = loaded.inputs.rows[row].distribution.parameters.at(0);
        return Traced{value, tape.push_input(value, static_cast<std::int32_t>(row))};
    });
    static_cast<void>(simulation.run());
    int seen = 0;
    for (const auto& call : tape.calls()) {
        if (std::string_view(call.formula->id) != "silicon.yield_negative_binomial") continue;
        ++seen;
        CHECK(tape.nodes()[static_cast<std::size_t>(call.node)].value == doctest::Approx(0.9).epsilon(1e-6));
    }
    CHECK(seen > 0);
    tape.clear();
}

// autarky: every number that a scenario file may give is an ancestor of some metric.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "analysis/result_places.hpp"
#include "analysis/traced_case.hpp"
#include "engine/sampler.hpp"
#include "scenarios.hpp"

using namespace autarky;
using namespace autarky::analysis;

namespace {

/// "site.taylor.capacity[2026Q2]" -> "site.*.capacity": what the description knows, without the rows' names and dates.
std::string field_of(std::string_view path) {
    path = path.substr(0, path.find('['));
    const auto first = path.find('.'), last = path.rfind('.');
    if (first == std::string_view::npos || first == last) return std::string(path);
    return std::string(path.substr(0, first)) + ".*" + std::string(path.substr(last));
}

/// Inputs from which a metric can be reached along the tape, whatever the size of the derivative.
std::vector<bool> ancestors(const TracedCase& at, std::size_t n_columns, std::size_t n_inputs) {
    const auto& nodes = at.tape().nodes();
    std::vector<bool> seen(nodes.size()), out(n_inputs);
    for (std::size_t c = 0; c < n_columns; ++c)
        if (const auto node = at.result(c).node; node >= 0) seen[static_cast<std::size_t>(node)] = true;
    for (std::size_t node = nodes.size(); node-- > 0;) {
        if (!seen[node]) continue;
        for (const auto parent : nodes[node].parent)
            if (parent >= 0) seen[static_cast<std::size_t>(parent)] = true;
        if (const auto input = at.tape().input_at(static_cast<std::int32_t>(node)); input >= 0)
            out[static_cast<std::size_t>(input)] = true;
    }
    return out;
}

/// Whether another value of an input gives another result, in the reading of plain numbers: finds what a comparison, a
/// count or work before the simulation (a chip's time for its network) reads, which leaves no mark on the tape.
class Changes {
public:
    explicit Changes(const ScenarioModel& model) : bound_(model.loaded().scenario), simulation_(bound_.scenario()) {}

    bool changes(const std::vector<double>& values, std::size_t row) {
        auto changed = values;
        const auto before = results(values);
        for (const double other : {values[row] * 0.01, values[row] * 0.5, values[row] * 2.0, values[row] * 100.0,
                                   values[row] - 2.0, values[row] + 2.0, 0.02, 0.98}) {
            changed[row] = other;
            const auto after = results(changed);
            if (!std::equal(before.begin(), before.end(), after.begin(),
                            [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }))
                return true;
        }
        return false;
    }

private:
    std::vector<double> results(const std::vector<double>& values) {
        bound_.set([&](std::size_t row) { return values[row]; });
        std::vector<double> out;
        for (const auto* place : result_places(simulation_.run()))
            out.push_back(*place);
        return out;
    }

    model::BoundScenario<double> bound_;
    model::Simulation<double> simulation_;
};

/// What no bundled scenario uses and the model reads where it is used: storage bought for a street, an excursion, a chip
/// of equal units, a back end, a merchant's chip for data centres with a known area, another yield model, devices with few chips.
const std::vector<std::string> switched_on{
    "grid.us.storage_share=50 %",
    "grid.us.storage_utility=50 %",
    "grid.us.storage_customer=30 %",
    "grid.us.storage_buyer=20 %",
    "merchant.thor.data_centre=true",
    "merchant.thor.die_area=300 mm^2",
    "robot.optimus.most_shipped=1 chip/unit",
    "outlet.own_data_centre.most_shipped=1 chip/unit",
    "process.sf2.excursion_jump=0.2 1/cm^2",
    "process.sf2.excursion_start=2027Q1",
    "site.samsung_taylor_sf2.excursion_jump=0.2 1/cm^2",
    "site.samsung_taylor_sf2.excursion_start=2028Q1",
    "process.sf2.other_yield_model=bose_einstein",
    "process.sf2.other_yield_weight=50 %",
    "chip.ai5.units=10",
    "chip.ai5.unit_area=10 mm^2",
    "chip.ai5.spare_units=1",
    "back_end.osat={ source = \"working-estimate\", kind = \"test\", location = "
    "\"MY\", capacity = { series = [[\"2026Q1\", \"50_000 chip/month\"]] }, "
    "reserved = { series = [[\"2026Q1\", \"9_000 chip/month\"]] }, customer.other "
    "= { request = { series = [[\"2026Q1\", \"90 %\"]] }, firm = \"50 %\" } }",
    "chip.ai5.needs.osat={ back_end = \"osat\", amount = \"2 x\" }"};

} // namespace

TEST_CASE("every described number is an ancestor of some metric: no input does nothing") {
    std::map<std::string, bool> reached;
    const auto look = [&](const test::Studied& on) {
        const auto& rows = on.model.inputs().rows;
        const engine::Sampler sampler(on.model.inputs(), 1);
        for (const auto& values : {sampler.medians(), sampler.sample(0)}) {
            const TracedCase at(on.model, values, Leaves::all);
            const auto is_ancestor = ancestors(at, on.model.columns().size(), rows.size());
            for (std::size_t row = 0; row < rows.size(); ++row)
                reached[field_of(rows[row].path)] |= is_ancestor[row];
        }
        Changes other(on.model);
        for (const std::uint64_t sample : {0, 1})
            for (std::size_t row = 0; row < rows.size(); ++row)
                if (bool& is_reached = reached[field_of(rows[row].path)]; !is_reached)
                    is_reached = other.changes(sampler.sample(sample), row);
    };
    for (const char* scenario : {"ai5", "all-makers", "dojo", "scarce", "action-camera"}) {
        LoadRequest request;
        request.scenario = scenario;
        request.data_folder = AUTARKY_SOURCE_DIR;
        look(*test::studied(request));
        if (request.scenario == "ai5")
            for (const char* variant : {"article", "computed", "strait-crisis", "title-three"}) {
                request.variants = {variant};
                look(*test::studied(request));
            }
    }
    LoadRequest request;
    request.data_folder = AUTARKY_SOURCE_DIR;
    request.sets = switched_on;
    look(*test::studied(request));
    // Of an accelerator and a workload a run takes what devices leave open; `chip`, `design` and `workload` read the rest.
    const auto is_of_a_chip = [](const std::string& field) {
        return field.starts_with("accelerator.") || field.starts_with("workload.");
    };
    std::string unread;
    for (const auto& [field, is_ancestor] : reached)
        if (!is_ancestor && !is_of_a_chip(field)) unread += field + " ";
    CHECK(unread == "");
    CHECK(reached.size() > 300);
}

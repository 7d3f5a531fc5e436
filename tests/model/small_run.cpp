// autarky: loads and runs the small test scenario.
// SPDX-License-Identifier: Apache-2.0
#include "small_run.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace autarky::test {
namespace {

Loaded loaded_with(const std::vector<std::string>& sets, const std::string& file) {
    LoadRequest request;
    request.scenario = std::string(AUTARKY_TEST_DATA_DIR) + "/" + file;
    request.sets = sets;
    request.data_folder = AUTARKY_SOURCE_DIR;
    try {
        return load(request);
    } catch (const InputError& error) {
        FAIL(error.diagnostics.render());
        throw;
    }
}

} // namespace

SmallRun::SmallRun(const std::vector<std::string>& sets, const std::string& file) : loaded_(loaded_with(sets, file)) {
    model::BoundScenario<double> bound(loaded_.scenario);
    bound.set([&](std::size_t row) { return loaded_.inputs.rows[row].distribution.parameters.at(0); });
    model::Simulation<double> simulation(bound.scenario());
    trajectory_ = simulation.run();
    metrics_ = model::metric_list(model::row_names(loaded_.scenario));
}

std::size_t SmallRun::row_of(const std::string& metric) const {
    const auto found =
        std::find_if(metrics_.begin(), metrics_.end(), [&](const model::MetricInfo& m) { return m.id == metric; });
    REQUIRE_MESSAGE(found != metrics_.end(), metric);
    return static_cast<std::size_t>(found - metrics_.begin());
}

double SmallRun::at(const std::string& metric, const std::string& quarter) const {
    const auto row = row_of(metric);
    const auto q = static_cast<std::size_t>(*parse_quarter(quarter) - loaded_.scenario.horizon.start);
    REQUIRE(q < quarters());
    return *model::quarter_values(trajectory_.quarters[q])[row] / metrics_[row].unit_factor;
}

std::vector<double> SmallRun::series(const std::string& metric) const {
    const auto row = row_of(metric);
    std::vector<double> out;
    for (const auto& quarter : trajectory_.quarters)
        out.push_back(*model::quarter_values(quarter)[row] / metrics_[row].unit_factor);
    return out;
}

double SmallRun::sum(const std::string& metric) const {
    double total = 0.0;
    for (const double x : series(metric))
        total += x;
    return total;
}

} // namespace autarky::test

// autarky: runs a test scenario with numbers changed in place.
// SPDX-License-Identifier: Apache-2.0
#include "case_run.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace autarky::test {
namespace {

Loaded loaded_with(const std::string& file, const std::vector<std::string>& sets) {
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

CaseRun::CaseRun(const std::string& file, const std::vector<std::string>& sets) : loaded_(loaded_with(file, sets)) {
    bound_ = std::make_unique<model::BoundScenario<double>>(loaded_.scenario);
    simulation_ = std::make_unique<model::Simulation<double>>(bound_->scenario());
    metrics_ = model::metric_list(model::row_names(loaded_.scenario));
}

const model::Trajectory<double>& CaseRun::run(const Changes& changes) {
    std::map<std::string, int> used;
    bound_->set([&](std::size_t row) {
        const auto& input = loaded_.inputs.rows[row];
        const auto path = input.path.substr(0, input.path.find('['));
        const auto found = changes.find(path);
        if (found == changes.end()) return input.distribution.parameters.at(0);
        ++used[path];
        return found->second * input.unit_factor;
    });
    for (const auto& [path, value] : changes)
        REQUIRE_MESSAGE(used[path] > 0, "no input " << path << " = " << value);
    trajectory_ = &simulation_->run();
    return *trajectory_;
}

std::size_t CaseRun::row_of(const std::string& metric) const {
    const auto found =
        std::find_if(metrics_.begin(), metrics_.end(), [&](const model::MetricInfo& m) { return m.id == metric; });
    REQUIRE_MESSAGE(found != metrics_.end(), metric);
    return static_cast<std::size_t>(found - metrics_.begin());
}

double CaseRun::at(const std::string& metric, std::size_t q) const {
    const auto row = row_of(metric);
    return *model::quarter_values(trajectory_->quarters[q])[row] / metrics_[row].unit_factor;
}

std::vector<double> CaseRun::series(const std::string& metric) const {
    std::vector<double> out;
    for (std::size_t q = 0; q < quarters(); ++q)
        out.push_back(at(metric, q));
    return out;
}

double CaseRun::npv() const { return trajectory_->npv.raw() / 1e6; }

} // namespace autarky::test

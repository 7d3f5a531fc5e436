// autarky: runs the small test scenario with overrides and reads single results.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "model/bound_scenario.hpp"
#include "model/metrics.hpp"
#include "model/simulate.hpp"
#include "scenario/load.hpp"

namespace autarky::test {

/// One run of tests/model/data/small.toml, whose numbers are all constants.
class SmallRun {
public:
    explicit SmallRun(const std::vector<std::string>& sets = {}, const std::string& file = "small.toml");

    /// A metric in a quarter, in its own unit.
    [[nodiscard]] double at(const std::string& metric, const std::string& quarter) const;
    /// A metric in every quarter, in its own unit.
    [[nodiscard]] std::vector<double> series(const std::string& metric) const;
    [[nodiscard]] double sum(const std::string& metric) const;
    [[nodiscard]] const model::Trajectory<double>& trajectory() const { return trajectory_; }
    [[nodiscard]] std::size_t quarters() const { return trajectory_.quarters.size(); }

private:
    [[nodiscard]] std::size_t row_of(const std::string& metric) const;

    Loaded loaded_;
    std::vector<model::MetricInfo> metrics_;
    model::Trajectory<double> trajectory_;
};

} // namespace autarky::test

// autarky: one loaded test scenario, run many times with numbers changed in place: for properties over random scenarios.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "model/bound_scenario.hpp"
#include "model/metrics.hpp"
#include "model/simulate.hpp"
#include "scenario/load.hpp"

namespace autarky::test {

/// A scenario of constants; numbers are changed by path, in the unit of the file.
class CaseRun {
public:
    using Changes = std::map<std::string, double>;

    explicit CaseRun(const std::string& file, const std::vector<std::string>& sets = {});

    /// Runs with these numbers changed; every knot of a series is named by its series.
    const model::Trajectory<double>& run(const Changes& changes = {});
    /// A metric of the last run in quarter q, in its own unit.
    [[nodiscard]] double at(const std::string& metric, std::size_t q) const;
    [[nodiscard]] std::vector<double> series(const std::string& metric) const;
    /// NPV of the last run, MUSD.
    [[nodiscard]] double npv() const;
    [[nodiscard]] std::size_t quarters() const { return trajectory_->quarters.size(); }
    /// All metrics by quarter, to compare whole worlds.
    [[nodiscard]] const std::vector<model::MetricInfo>& metrics() const { return metrics_; }

private:
    [[nodiscard]] std::size_t row_of(const std::string& metric) const;

    Loaded loaded_;
    std::unique_ptr<model::BoundScenario<double>> bound_;
    std::unique_ptr<model::Simulation<double>> simulation_;
    std::vector<model::MetricInfo> metrics_;
    const model::Trajectory<double>* trajectory_ = nullptr;
};

/// Uniform draws of a fixed seed.
class Draw {
public:
    explicit Draw(unsigned seed) : engine_(seed) {}
    double between(double low, double high) {
        return low + (high - low) * static_cast<double>(engine_() >> 11U) * 0x1p-53;
    }

private:
    std::mt19937_64 engine_;
};

} // namespace autarky::test

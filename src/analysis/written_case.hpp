// autarky: one sample in the written reading: every operation and comparison behind its results.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "analysis/scenario_model.hpp"
#include "core/written.hpp"

namespace autarky::analysis {

/// The simulation of one sample with a record that holds for other inputs too.
/// Invariant: it owns the record of its thread; one case at a time lives in a thread, and it stays in that thread.
class WrittenCase {
public:
    /// `values`: one a row of Inputs::rows, in base units.
    WrittenCase(const ScenarioModel& model, const std::vector<double>& values);
    WrittenCase(const WrittenCase&) = delete;
    WrittenCase& operator=(const WrittenCase&) = delete;
    ~WrittenCase();

    /// A column of the model.
    [[nodiscard]] const Written& result(std::size_t column) const { return results_[column]; }
    [[nodiscard]] const Working& working() const { return Working::current(); }

private:
    std::vector<Written> results_;
};

} // namespace autarky::analysis

// autarky: what a report is about in a scenario: an input, a metric of a quarter, or the yield of a die on a process.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analysis/claim_parts.hpp"
#include "analysis/samples.hpp"
#include "analysis/scenario_model.hpp"

namespace autarky::analysis {

/// What one observation is about.
struct Subject {
    enum class Kind { none, input, column, yield };
    Kind kind = Kind::none;
    std::size_t at = 0; ///< column of the model; row of the process
    std::string why;    ///< of none
    std::vector<std::pair<std::size_t, double>>
        rows{}; ///< of an input: rows and their weights, two between knots of a series
};

/// Finds it, or says why the model has nothing to hold against the report. A report that is itself the source of the input,
/// or of a process's defect density, has no news for it.
Subject subject_of(const ScenarioModel& model, const Observation& seen);

/// "3,960 to 17,600 robot", "2026Q4 to 2027Q3", in the unit of the report; and one value.
std::string span_text(const Observation& seen, double low, double high);
std::string point_text(const Observation& seen, double value);

/// Figures of a sample: what the subjects are, then the value (npv) and the value so far (npv.make_vs_buy) at the end of each
/// of `quarters`, 0 before the first one, then the mean of each span of columns, 0 of none, then whether the event of each window
/// is under way in it, 1 of none.
FigureReading reading_of(const ScenarioModel& model, const std::vector<Observation>& seen,
                         const std::vector<Subject>& subjects, const std::vector<std::optional<std::size_t>>& quarters,
                         const std::vector<ColumnSpan>& spans, const std::vector<ClaimWindow>& windows);

} // namespace autarky::analysis

// autarky: which export rule stands behind a refusal in an explanation: its limits, day and paragraph in words.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "analysis/explain.hpp"
#include "core/traced.hpp"

namespace autarky::analysis {

/// Gives every line of the formula export.refusal a remark: the rule in force with its source and first day, the paragraph
/// whose limits it has, and the test that is met or missed. `values`: one a row of the model's inputs.
void add_export_remarks(Reason& root, const Tape& tape, const ScenarioModel& model, const std::vector<double>& values);

} // namespace autarky::analysis

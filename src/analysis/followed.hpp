// autarky: which inputs the formulas of a record follow as the program does: found by trying each.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/scenario_model.hpp"
#include "analysis/written_case.hpp"

namespace autarky::analysis {

/// An input whose change the formulas must not follow, because they would give another number than the program.
struct FixedInput {
    std::size_t row;
    std::string why;
};

/// A step that rounding decides: two numbers that are compared are equal but for rounding, and which of them is the smaller
/// changes the outcome. Another order of the same operations, or a program that counts a little otherwise, gives another one.
struct Undecided {
    std::int32_t step;
    std::string what; ///< the compared numbers, by the formulas that made them
};

struct Followed {
    std::vector<FixedInput> fixed;    ///< ascending by row
    std::vector<Undecided> undecided; ///< of the wanted steps, ascending
    std::size_t n_tried = 0;          ///< values of inputs that were tried
};

/// What is to be followed.
struct Following {
    std::size_t column;                   ///< of the model: the result that is compared with the program's
    std::span<const std::int32_t> wanted; ///< steps that must not hang on rounding: the result's own, and further ones
    const std::vector<double>& values;    ///< the record's inputs, one a row
    /// The result of the scenario loaded anew with one input at this value in base units; nothing where it is refused.
    std::function<std::optional<double>(std::size_t row, double value)> anew;
};

/// Tries each input behind the wanted steps at another value (95th percentile; a constant a tenth lower, a date half a year
/// earlier). The record is held against the model, and, where an input is read before sampling, against the
/// scenario loaded anew. A record that does not hold at a value says so itself, and follows.
Followed followed(const ScenarioModel& model, const WrittenCase& written, const Following& what);

/// Whether two results are one but for rounding: 1e-9 of the larger one, which thousands of steps do not use up.
bool agree(double a, double b);

} // namespace autarky::analysis

// autarky: where a result comes from: the tree of named formulas, inputs and sources behind it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "analysis/scenario_model.hpp"
#include "core/traced.hpp"
#include "engine/result.hpp"

namespace autarky::analysis {

/// A line of the tree.
struct Reason {
    enum class Kind {
        result,    ///< the metric itself, or an intermediate value that no formula names
        call,      ///< a named formula
        input,     ///< a number of the scenario
        constant,  ///< a number that no input can change
        reference, ///< a value whose own line, with all below it, stands elsewhere in the tree: `number` is that line's
        rest,      ///< `n_hidden` values of less weight that are not shown
    };
    Kind kind = Kind::constant;
    std::int32_t node = -1;  ///< on the tape that it was read from
    std::string context;     ///< tells it from neighbours of the same name: "site.tsmc_taiwan_n3"; often empty
    std::string role;        ///< what it is for the line above: "wafer price"
    double value = 0.0;      ///< base units
    std::string text;        ///< the value in a readable unit
    double elasticity = 0.0; ///< change of the result in percent when this value rises by one percent
    std::string remark{};    ///< what its formula does not say: which export rule a refusal comes from; often empty
    const Formula* formula = nullptr;
    const Input* input = nullptr;
    int number = 0;           ///< of a call whose parts are shown, or that is referred to; 0: none
    std::size_t n_hidden = 0; ///< parts that are not opened at this depth
    std::vector<Reason> parts{};
    Dim dim{}; ///< of the value
};

/// An input, all knots of a series together, and what it does to the result.
struct Lever {
    std::string name;
    double elasticity = 0.0; ///< as in Reason
};

/// Points into the model's inputs: the model must outlive it.
struct Explanation {
    const MetricColumns* metric = nullptr;
    std::string quarter;        ///< empty for a metric of the whole run
    bool exists = true;         ///< whether the value exists with every input at its median
    std::string text;           ///< that value in the metric's unit
    double value = 0.0;         ///< the same in the metric's unit
    engine::Statistics samples; ///< of a small run, base units
    std::uint64_t n_samples = 0;
    bool is_complete = false; ///< nothing is folded
    Reason root;
    std::vector<Lever> levers; ///< strongest first
};

struct ExplainOptions {
    std::optional<std::size_t> depth{}; ///< levels to open; not given: what weighs most, as far as `lines` reach
    std::size_t lines = 44;
    std::uint64_t samples = 2'000;
};

/// Explains one column. `quarter` is a row of ScenarioModel::quarters(), of no meaning for a metric of the whole run.
Explanation explain(const ScenarioModel& model, const MetricColumns& metric, std::size_t quarter,
                    const ExplainOptions& options = {});

} // namespace autarky::analysis

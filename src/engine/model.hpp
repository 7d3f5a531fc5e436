// autarky: what the engine asks of a model: its inputs, its result columns, and evaluators that fill them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "core/lanes.hpp"
#include "input/inputs.hpp"

namespace autarky::engine {

/// One number a sample: a metric at a quarter, or a scalar.
struct Column {
    std::string name;      ///< "silicon.yield[2026Q2]", unique
    bool optional = false; ///< NaN says "does not exist" and is counted as none; otherwise NaN fails the sample
    double origin = 0.0;   ///< quantiles are resolved relative to this value; for a date, its first possible one
};

/// Fills the columns for eight samples at a time. Each thread has its own; it may keep buffers between calls.
class Evaluator {
public:
    virtual ~Evaluator() = default;

    /// `inputs`: one entry a row of Model::inputs(), constants included. `columns`: one entry a Model::columns(); every
    /// entry is written at every call. Bit i of `failed` (0 at the call) is set when sample i of the eight makes no sense.
    /// The result must depend on `inputs` alone. Samples beyond the end of a run are evaluated too and dropped.
    virtual void evaluate(const Lanes* inputs, Lanes* columns, unsigned& failed) = 0;

    /// Why `lane` of the last call failed; asked only for lanes that the evaluator flagged.
    [[nodiscard]] virtual std::string reason(std::size_t lane) const {
        static_cast<void>(lane);
        return "flagged by the model";
    }
};

/// A model that can be sampled. Invariant: everything it returns stays the same while a run lasts; `evaluator()` may be
/// called from several threads at once.
class Model {
public:
    virtual ~Model() = default;
    [[nodiscard]] virtual const Inputs& inputs() const = 0;
    [[nodiscard]] virtual const std::vector<Column>& columns() const = 0;
    [[nodiscard]] virtual std::unique_ptr<Evaluator> evaluator() const = 0;
    /// Identity of the scenario with its variant and overrides (a sha256 in hex): states merge only when it is the same.
    [[nodiscard]] virtual std::string key() const = 0;
};

} // namespace autarky::engine

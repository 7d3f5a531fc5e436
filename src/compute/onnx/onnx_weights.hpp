// autarky: learned values of an ONNX graph, each counted once however it is reached.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compute/onnx/onnx_graph.hpp"

namespace autarky::compute {

class LearnedValues {
public:
    explicit LearnedValues(const OnnxGraph& graph);

    /// Learned numbers behind a constant value that no earlier call has brought. What is stored once and seen otherwise
    /// (Identity, Transpose, Reshape, Cast, DequantizeLinear, ...) is one; of a part of it (Slice, Split, Gather) the part
    /// counts; what is computed from stored numbers (a scale times a direction) counts as it comes out. `elements` stands
    /// for the number of a packed value, below 0 for its own.
    Count bring(const std::string& value, Count elements = -1);
    /// The same for an operand that may as well be a setting: nothing for a single number, for whole numbers and masks.
    Count bring_operand(const std::string& value);

private:
    struct Root {
        std::pair<const void*, std::string> key;
        Count all = 0, part = 0; ///< elements: stored, and reached
        bool is_real = false;
    };
    using Roots = std::vector<Root>;
    [[nodiscard]] const Roots& roots_of(const std::string& value, bool scaled, int depth) const;
    [[nodiscard]] Roots found_roots(const std::string& value, bool scaled, int depth) const;
    /// The same for values that are computed in the same way from the same stored numbers.
    [[nodiscard]] std::size_t formula_of(const std::string& value, int depth) const;
    Count take(const Roots& roots);

    const OnnxGraph& graph_;
    std::map<std::string, const GraphNode*> makers_; ///< of constants, by what they make
    std::map<std::pair<const void*, std::string>, Count> brought_;
    mutable std::map<std::string, std::size_t> formulas_;
    mutable std::map<std::pair<std::string, bool>, Roots> known_roots_;
    std::set<std::string> parts_; ///< parts that have been counted
};

} // namespace autarky::compute

// autarky: folds a tape into the tree of named formulas behind one of its nodes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unordered_map>
#include <vector>

#include "analysis/explain.hpp"

namespace autarky::analysis {

/// Builds trees over one tape. Nodes that no formula names are looked through.
class ReasonTree {
public:
    ReasonTree(const Tape& tape, const Inputs& inputs, std::int32_t result, double value);

    /// The tree to so many levels. A shared part stands where it comes first; later lines refer to it.
    [[nodiscard]] Reason to_depth(std::size_t depth);

private:
    using Nodes = std::vector<std::int32_t>;

    [[nodiscard]] Reason line_of(std::int32_t node, double value, const Dim& dim) const;
    void open(Reason& reason, std::int32_t node, std::size_t depth);
    void open_call(Reason& reason, const TapeCall& call, std::size_t depth);
    void add_named_below(Reason& reason, const Nodes& nodes, std::size_t depth);
    Reason part(std::int32_t node, double value, const Dim& dim, const char* role, std::size_t depth);
    [[nodiscard]] Nodes named_below(std::int32_t node, const Nodes& stops) const;
    [[nodiscard]] std::size_t n_parts(std::int32_t node) const;
    [[nodiscard]] bool is_named(std::int32_t node) const;
    [[nodiscard]] double elasticity(std::int32_t node, double value) const;

    const Tape& tape_;
    const Inputs& inputs_;
    std::int32_t result_;
    double value_;
    std::vector<double> adjoints_;
    std::unordered_map<std::int32_t, int> opened_; ///< number of the line of a node whose parts are shown
};

/// Lines that a tree takes.
std::size_t n_lines(const Reason& reason);
/// Whether nothing in it is folded.
bool is_complete(const Reason& reason);

} // namespace autarky::analysis

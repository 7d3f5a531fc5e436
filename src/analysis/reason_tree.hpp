// autarky: folds a tape into the tree of named formulas behind one of its nodes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "analysis/explain.hpp"

namespace autarky::analysis {

/// Builds trees over one tape. Nodes that no formula names are looked through.
class ReasonTree {
public:
    ReasonTree(const Tape& tape, const Inputs& inputs, std::int32_t result, double value);

    /// Everything to so many levels. A shared part stands where it comes first; later lines refer to it.
    [[nodiscard]] Reason to_depth(std::size_t depth);
    /// The first level, and then whatever weighs most, as long as the tree has at most so many lines.
    [[nodiscard]] Reason fitting(std::size_t lines);

private:
    using Nodes = std::vector<std::int32_t>;

    [[nodiscard]] Reason tree();
    [[nodiscard]] Reason line_of(std::int32_t node, double value, const Dim& dim) const;
    void open(Reason& reason, std::size_t level);
    void open_call(Reason& reason, const TapeCall& call, std::size_t level);
    void add_named_below(Reason& reason, Nodes nodes, std::size_t level);
    Reason part(std::int32_t node, double value, const Dim& dim, const char* role, std::size_t level);
    [[nodiscard]] Nodes named_below(std::int32_t node, const Nodes& stops) const;
    const Nodes& all_named_below(std::int32_t node);
    [[nodiscard]] std::size_t n_parts(std::int32_t node);
    [[nodiscard]] bool is_named(std::int32_t node) const;
    [[nodiscard]] double value_of_node(std::int32_t node) const;
    [[nodiscard]] double elasticity(std::int32_t node, double value) const;

    const Tape& tape_;
    const Inputs& inputs_;
    std::int32_t result_;
    double value_;
    std::vector<double> adjoints_;
    std::size_t depth_ = 0;                         ///< levels that are open anyway
    std::unordered_set<std::int32_t> wanted_;       ///< nodes that are open at any level
    std::unordered_map<std::int32_t, int> opened_;  ///< number of the line of a node whose parts are shown
    std::unordered_map<std::int32_t, Nodes> below_; ///< results of all_named_below
};

/// Lines that a tree takes, about.
std::size_t n_lines(const Reason& reason);
/// Whether nothing in it is folded.
bool is_complete(const Reason& reason);
/// Tells parts of the same name under one line apart by an entity that moves one of them and hardly the others.
/// `values`: one a row of Inputs::rows.
void add_contexts(Reason& reason, const Tape& tape, const Inputs& inputs, const std::vector<double>& values);

} // namespace autarky::analysis

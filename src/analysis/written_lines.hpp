// autarky: the steps of a record (core/written.hpp) that the lines of an explanation stand for.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "analysis/explain.hpp"
#include "core/traced.hpp"
#include "core/written.hpp"
#include "input/inputs.hpp"

namespace autarky::analysis {

/// A line of an explanation, outer ones first; step -1: none, the line holds a constant.
struct WrittenLine {
    const Reason* reason;
    std::size_t level;
    std::int32_t step;
};

/// The lines of a tree whose result is a step. Tape and record are of the same case.
std::vector<WrittenLine> written_lines(const Reason& root, std::int32_t result, const Tape& tape,
                                       const Working& working, const Inputs& inputs);

} // namespace autarky::analysis

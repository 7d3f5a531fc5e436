// autarky: the master program of the L-shaped method: decisions, the believed cost of each future, the measure of risk.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "plan/future_solver.hpp"

namespace autarky::plan {

class Master {
public:
    /// `floors`: by future, what it costs at least whatever is decided.
    Master(const TwoStage& problem, const Risk& risk, const std::vector<double>& floors, const std::vector<Cut>& cuts);

    [[nodiscard]] const Program& program() const { return program_; }
    /// The same with integers as numbers.
    [[nodiscard]] Program relaxed() const;
    [[nodiscard]] bool has_integers() const;

    void add(const Cut& cut) { program_.add(row_of(cut)); }
    [[nodiscard]] Row row_of(const Cut& cut) const;

    /// Decisions of a point of the master, inside their bounds; whole numbers where they are asked for.
    [[nodiscard]] std::vector<double> decisions(const std::vector<double>& point, bool as_integers) const;
    /// What it believes each future to cost.
    [[nodiscard]] std::vector<double> believed(const std::vector<double>& point) const;

private:
    void add_risk(const TwoStage& problem, const Risk& risk);

    std::size_t n_first_, n_futures_;
    Program program_;
};

} // namespace autarky::plan

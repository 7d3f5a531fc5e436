// autarky: HiGHS for a program: one thread, the same bits each time, and no answer that does not hold.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "plan/program.hpp"

namespace autarky::plan {

enum class Status { optimal, infeasible, unbounded, time_out };

struct Solution {
    Status status = Status::time_out;
    bool has_point = false;      ///< `value` is a feasible point
    double objective = 0.0;      ///< of that point
    double bound = -no_limit;    ///< no point costs less; of an optimal linear program its objective
    std::vector<double> value;   ///< by column
    std::vector<double> dual;    ///< by row: change of the optimum with its binding limit; none for an integer program
    std::vector<double> reduced; ///< by column: the same with its bound
};

/// The solver failed, or gave an answer that does not hold.
struct SolverFailure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Holds a program and solves it again after changes, from where it stood. Not copied; one thread at a time uses one.
class Solver {
public:
    /// Throws SolverFailure when the program is out of scale (see fault_of), or there is no solver in this build.
    /// `stop` ends a solve as if its time were over.
    explicit Solver(Program program, std::stop_token stop = {});
    Solver(Solver&&) noexcept;
    Solver& operator=(Solver&&) noexcept;
    Solver(const Solver&) = delete;
    Solver& operator=(const Solver&) = delete;
    ~Solver();

    void limit_row(std::size_t row, double lower, double upper);
    void add(Row row);

    /// Every optimum of a linear program is checked before it is given: its point, the signs of its duals, and that both
    /// objectives agree (strong duality). What does not hold is solved once more from nothing; then throws SolverFailure.
    /// `seconds`: then it stops.
    Solution solve(double seconds = no_limit);

    [[nodiscard]] const Program& program() const { return program_; }

private:
    struct Engine;
    Program program_;
    std::unique_ptr<Engine> engine_;
};

/// Whether this build has a solver, and which.
bool solver_available();
std::string solver_version();

/// What of an optimum of a linear program does not hold, in a sentence; empty when all does. Tolerances are those of the
/// solver, relative to the size of what is compared.
std::string doubt_of(const Program& program, const Solution& solution);

} // namespace autarky::plan

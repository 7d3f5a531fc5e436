// autarky: the solver of a build that has no HiGHS.
// SPDX-License-Identifier: Apache-2.0
#include "plan/solver.hpp"

namespace autarky::plan {

struct Solver::Engine {};

Solver::Solver(Program program, std::stop_token /*stop*/) : program_(std::move(program)) {
    throw SolverFailure("this build has no solver: tools/fetch_wheels.sh brings HiGHS");
}
Solver::Solver(Solver&&) noexcept = default;
Solver& Solver::operator=(Solver&&) noexcept = default;
Solver::~Solver() = default;
void Solver::limit_row(std::size_t /*row*/, double /*lower*/, double /*upper*/) {}
void Solver::add(Row /*row*/) {}
Solution Solver::solve(double /*seconds*/) { return {}; }

bool solver_available() { return false; }
std::string solver_version() { return {}; }

} // namespace autarky::plan

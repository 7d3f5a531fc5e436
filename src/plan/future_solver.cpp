// autarky: solves one future again and again as decisions move.
// SPDX-License-Identifier: Apache-2.0
#include "plan/future_solver.hpp"

#include <numeric>

namespace autarky::plan {
namespace {

double product(const std::vector<double>& a, const std::vector<double>& b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

} // namespace

double FutureSolver::cost(const std::vector<double>& first, double of_first) {
    place(solver_, first);
    solution_ = std::make_shared<const Solution>(solver_.solve());
    if (solution_->status == Status::infeasible) return no_limit;
    if (solution_->status != Status::optimal) throw SolverFailure("a future whose cost has no lower limit");
    return of_first + product(future_->first_cost, first) + solution_->objective;
}

Cut FutureSolver::cut(std::size_t number, const std::vector<double>& first, const std::vector<double>& first_cost) {
    if (solution_->status == Status::infeasible) {
        auto out = cut_of_no_way_out(first);
        out.future = number;
        return out;
    }
    Cut out{number, solution_->objective, slope(*solution_, first.size()), true};
    out.constant -= product(out.slope, first);
    for (std::size_t c = 0; c < first.size(); ++c)
        out.slope[c] += first_cost[c] + future_->first_cost[c];
    return out;
}

double FutureSolver::cost_of_more(std::size_t row, double more) {
    const double lower = solver_.program().rows[row].lower, upper = solver_.program().rows[row].upper;
    solver_.limit_row(row, lower, upper + more);
    const auto moved = solver_.solve();
    solver_.limit_row(row, lower, upper);
    if (moved.status == Status::infeasible) return no_limit;
    if (moved.status != Status::optimal) throw SolverFailure("a future whose cost has no lower limit");
    return moved.objective - solution_->objective;
}

/// Moves the limits of the rows by what the decisions take of them.
void FutureSolver::place(Solver& solver, const std::vector<double>& first) const {
    std::vector<double> moved(future_->program.rows.size(), 0.0);
    for (const auto& link : future_->links)
        moved[link.row] += link.factor * first[link.first];
    for (const auto& link : future_->links) {
        const auto& row = future_->program.rows[link.row];
        solver.limit_row(link.row, row.lower - moved[link.row], row.upper - moved[link.row]);
    }
}

/// A dual is the change of the optimum with its limit, and a decision takes `factor` of that limit.
std::vector<double> FutureSolver::slope(const Solution& at, std::size_t n) const {
    std::vector<double> out(n, 0.0);
    for (const auto& link : future_->links)
        out[link.first] -= link.factor * at.dual[link.row];
    return out;
}

/// By the duals of the elastic program: a ray of the solver would cost another solve and may be all zeros.
Cut FutureSolver::cut_of_no_way_out(const std::vector<double>& first) {
    if (!elastic_) {
        auto program = future_->program;
        for (auto& row : program.rows)
            row.may_give = true;
        elastic_.emplace(elastic(program).program);
    }
    place(*elastic_, first);
    const auto least = elastic_->solve();
    if (least.status != Status::optimal) throw SolverFailure("an elastic program without an optimum");
    Cut out{0, least.objective, slope(least, first.size()), false};
    out.constant -= product(out.slope, first);
    return out;
}

} // namespace autarky::plan

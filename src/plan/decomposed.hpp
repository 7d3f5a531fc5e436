// autarky: solves a two-stage program future by future: the L-shaped method with a cut a future.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <vector>

#include "plan/solver.hpp"
#include "plan/stopped.hpp"
#include "plan/two_stage.hpp"

namespace autarky::plan {

/// Below it the tolerances of the solver's own optima (1e-7 of a figure) decide what a gap is.
inline constexpr double finest_gap = 1e-6;

/// When to end. The gap is that of the best plan over the best bound, relative to the size of the plan's value.
struct Effort {
    double gap = 1e-4;
    double seconds = no_limit; ///< of the whole solve
};

/// A plan: what is decided now, and what it costs in each future.
struct Plan {
    Status status = Status::time_out; ///< time_out: the best plan that was found, if any
    std::vector<double> first;        ///< by first-stage column; empty: none was found
    std::vector<double> costs;        ///< by future, the first stage included
    double value = 0.0;               ///< mean + weight x CVaR of the costs
    double bound = -no_limit;         ///< no plan is worth less
    double gap = no_limit;            ///< (value - bound) / max(1, |value|)
    std::uint64_t rounds = 0, cuts = 0;
};

/// Van Slyke and Wets, SIAM J. Applied Mathematics 17(4):638-663, 1969, with a cut for each future (Birge and Louveaux,
/// European J. Operational Research 34(3):384-392, 1988). A cut bounds the cost of a future from below and knows nothing of
/// risk, so all cuts found so far serve every weight. The linear relaxation is solved first, then integers are asked for.
class Decomposed {
public:
    /// `threads`: futures that are solved at once, which changes no bit. Once `stop` is asked for, solve() ends with the best
    /// plan so far and all else throws Stopped, within a future's time. Throws SolverFailure, Stopped.
    Decomposed(TwoStage problem, unsigned threads, std::stop_token stop = {});
    Decomposed(Decomposed&&) noexcept;
    Decomposed& operator=(Decomposed&&) noexcept;
    Decomposed(const Decomposed&) = delete;
    Decomposed& operator=(const Decomposed&) = delete;
    ~Decomposed();

    /// The best plan. Of an infeasible program there is none: see least_miss.
    Plan solve(const Risk& risk, const Effort& effort);
    /// What first-stage decisions cost in each future; +infinity where they leave no way out.
    std::vector<double> costs(const std::vector<double>& first);
    /// The same of the plan of the last solve(): found anew, or, once a stop is asked for, as the solve found them.
    std::vector<double> costs_of_plan(const Plan& plan);
    /// Change of each future's last costs() when the upper limit of row `row` rises by `more` in every future.
    std::vector<double> worth_of_more(std::size_t row, double more);
    /// Of the last call of one of these: value of each column of a future; duals of its rows.
    [[nodiscard]] const Solution& last(std::size_t future) const;
    [[nodiscard]] const TwoStage& problem() const;

private:
    struct Work;
    std::unique_ptr<Work> work_;
};

/// Costs of who knows each future before deciding, the wait-and-see costs: one program a future, on all threads.
/// Throws Stopped.
std::vector<double> wait_and_see(const TwoStage& problem, unsigned threads, const std::stop_token& stop = {});

/// A row that cannot hold: by how much at least, in the plan that misses least in all.
struct Miss {
    std::string row;
    int future = -1; ///< -1: a row of the first stage
    double by = 0.0;
};
/// The rows that the plan with the least expected total of misses cannot hold, the largest miss first. Empty: it is feasible.
/// Throws Stopped.
std::vector<Miss> least_miss(const TwoStage& problem, unsigned threads, const std::stop_token& stop = {});

} // namespace autarky::plan

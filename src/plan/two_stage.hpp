// autarky: two-stage stochastic programs: what is decided now, and what can be done about it in each future.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "plan/program.hpp"

namespace autarky::plan {

/// What is decided now takes part in a row of a future: factor x first-stage column.
struct Link {
    std::size_t row = 0, first = 0;
    double factor = 0.0;
};
/// One future: its program, as if nothing were decided now, and how decisions reach into it.
struct Recourse {
    double probability = 0.0;
    Program program;
    std::vector<Link> links;
    std::vector<double> first_cost; ///< of each first-stage column, in this future
};
/// Minimise the cost of the first stage and the expected, or the risky, cost of the futures. First-stage columns have finite
/// bounds; all futures have the same columns and rows with their own figures.
struct TwoStage {
    Program first;
    std::vector<Recourse> futures;
};

/// What is minimised: mean + weight x CVaR, the mean of the worst 1 - level of the futures.
struct Risk {
    double weight = 0.0; ///< at least 0
    double level = 0.95; ///< 0 to below 1
};
/// Mean of costs by the futures' probabilities.
double mean_of(const std::vector<Recourse>& futures, const std::vector<double>& costs);
/// Their conditional value at risk: Rockafellar and Uryasev, J. of Risk 2(3):21-41, 2000; a future at the quantile counts in
/// part. Domain: 0 <= level < 1.
double cvar_of(const std::vector<Recourse>& futures, const std::vector<double>& costs, double level);
double measure_of(const std::vector<Recourse>& futures, const std::vector<double>& costs, const Risk& risk);

/// All of it as one program, the deterministic equivalent. Its first columns are those of the first stage, then eta where the
/// weight is above 0, then those of each future, named with _f and its number.
Program merged(const TwoStage& problem, const Risk& risk);
/// One future alone with probability 1: what is decided by who knows that it comes.
Program alone(const TwoStage& problem, const Recourse& future);
/// The future whose every figure is the mean of the futures'.
Recourse mean_future(const TwoStage& problem);
/// The same decisions over other futures; each row that may give has slack, at a cost of 1 a unit, and nothing else costs.
TwoStage elastic(const TwoStage& problem);

} // namespace autarky::plan

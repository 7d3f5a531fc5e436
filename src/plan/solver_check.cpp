// autarky: holds an optimum of a linear program against its definition.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plan/solver.hpp"

namespace autarky::plan {
namespace {

// HiGHS accepts 1e-7 a row in its own scaling; what is left after it undoes the scaling is at most some ten times that.
constexpr double tolerance = 1e-6;

bool is_inside(double value, double lower, double upper, double size) {
    const double slack = tolerance * (1.0 + size);
    return value >= lower - slack && value <= upper + slack;
}

/// What a multiplier earns at the limit that it belongs to; NaN when that limit does not exist.
double earned(double multiplier, double lower, double upper, double scale) {
    const double limit = multiplier > 0.0 ? lower : upper;
    if (std::isfinite(limit)) return multiplier * limit;
    return std::fabs(multiplier) <= tolerance * scale ? 0.0 : std::nan("");
}

} // namespace

std::string doubt_of(const Program& program, const Solution& solution) {
    double largest_cost = 1.0, primal = 0.0, dual = 0.0, size = 1.0;
    for (const auto& column : program.columns)
        largest_cost = std::max(largest_cost, std::fabs(column.cost));
    for (std::size_t c = 0; c < program.columns.size(); ++c) {
        const auto& column = program.columns[c];
        const double value = solution.value[c];
        if (!is_inside(value, column.lower, column.upper, std::fabs(value)))
            return fmt::format("{} = {} is outside its bounds", column.name, value);
        const double part = earned(solution.reduced[c], column.lower, column.upper, largest_cost);
        if (std::isnan(part)) return fmt::format("the reduced cost of {} has the wrong sign", column.name);
        primal += column.cost * value;
        dual += part;
        size += std::fabs(column.cost * value);
    }
    for (std::size_t r = 0; r < program.rows.size(); ++r) {
        const auto& row = program.rows[r];
        double activity = 0.0, moved = 0.0;
        for (const auto& term : row.terms) {
            activity += term.factor * solution.value[term.column];
            moved = std::max(moved, std::fabs(term.factor * solution.value[term.column]));
        }
        if (!is_inside(activity, row.lower, row.upper, moved))
            return fmt::format("{} = {} is outside its limits", row.name, activity);
        const double part = earned(solution.dual[r], row.lower, row.upper, largest_cost);
        if (std::isnan(part)) return fmt::format("the dual of {} has the wrong sign", row.name);
        dual += part;
        size += std::fabs(part);
    }
    if (std::fabs(primal - dual) > tolerance * size)
        return fmt::format("the objectives differ: {} and {}", primal, dual);
    return {};
}

} // namespace autarky::plan

// autarky: builds the master program.
// SPDX-License-Identifier: Apache-2.0
#include "plan/master.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace autarky::plan {

Master::Master(const TwoStage& problem, const Risk& risk, const std::vector<double>& floors,
               const std::vector<Cut>& cuts)
    : n_first_(problem.first.columns.size()), n_futures_(problem.futures.size()), program_(problem.first) {
    for (auto& column : program_.columns)
        column.cost = 0.0; // it is in the cost of every future
    for (std::size_t i = 0; i < n_futures_; ++i)
        program_.add(Column{fmt::format("cost_f{}", i), problem.futures[i].probability, floors[i]});
    if (risk.weight > 0.0) add_risk(problem, risk);
    for (const auto& cut : cuts)
        add(cut);
}

/// eta + sum of p max(cost - eta, 0) / (1 - level) in linear rows.
void Master::add_risk(const TwoStage& problem, const Risk& risk) {
    const std::size_t eta = program_.add(Column{"eta", risk.weight, -no_limit});
    for (std::size_t i = 0; i < n_futures_; ++i) {
        const double price = risk.weight * problem.futures[i].probability / (1.0 - risk.level);
        const std::size_t above = program_.add(Column{fmt::format("above_f{}", i), price});
        program_.add(
            Row{fmt::format("excess_f{}", i), 0.0, no_limit, {{eta, 1.0}, {above, 1.0}, {n_first_ + i, -1.0}}, false});
    }
}

Program Master::relaxed() const {
    Program out = program_;
    for (auto& column : out.columns)
        column.is_integer = false;
    return out;
}

bool Master::has_integers() const {
    for (const auto& column : program_.columns)
        if (column.is_integer) return true;
    return false;
}

/// A slope too small for a solver is left out at its worst, so that the cut stays one.
/// A future in which a right is all but worthless can have a dual beyond what a solver takes: its whole row is made smaller.
Row Master::row_of(const Cut& cut) const {
    double largest = std::fabs(cut.constant);
    for (const double slope : cut.slope)
        largest = std::max(largest, std::fabs(slope));
    const double scale = largest > largest_figure ? std::exp2(std::floor(std::log2(largest_figure / largest))) : 1.0;
    Row out{"cut", scale * cut.constant, no_limit, {}, false};
    if (cut.is_of_cost) out.terms.push_back({n_first_ + cut.future, scale});
    for (std::size_t c = 0; c < n_first_; ++c) {
        const double slope = scale * cut.slope[c];
        const auto& column = program_.columns[c];
        if (std::fabs(slope) >= smallest_factor)
            out.terms.push_back({c, -slope});
        else
            out.lower += std::min(slope * column.lower, slope * column.upper);
    }
    return out;
}

std::vector<double> Master::decisions(const std::vector<double>& point, bool as_integers) const {
    std::vector<double> out(point.begin(), point.begin() + static_cast<std::ptrdiff_t>(n_first_));
    for (std::size_t c = 0; c < n_first_; ++c) {
        const auto& column = program_.columns[c];
        if (as_integers && column.is_integer) out[c] = std::round(out[c]);
        out[c] = std::clamp(out[c], column.lower, column.upper);
    }
    return out;
}

std::vector<double> Master::believed(const std::vector<double>& point) const {
    const auto begin = point.begin() + static_cast<std::ptrdiff_t>(n_first_);
    return {begin, begin + static_cast<std::ptrdiff_t>(n_futures_)};
}

} // namespace autarky::plan

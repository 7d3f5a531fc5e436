// autarky: measures of risk, and the other programs that a two-stage program stands for.
// SPDX-License-Identifier: Apache-2.0
#include "plan/two_stage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace autarky::plan {
namespace {

/// Appends a future's columns and rows; the costs of its columns are those of the future. Where its columns begin.
std::size_t append(Program& program, const Recourse& future, const std::string& suffix) {
    const std::size_t begin = program.columns.size();
    for (auto column : future.program.columns) {
        column.name += suffix;
        program.add(std::move(column));
    }
    const std::size_t first_row = program.rows.size();
    for (auto row : future.program.rows) {
        row.name += suffix;
        for (auto& term : row.terms)
            term.column += begin;
        program.add(std::move(row));
    }
    for (const auto& link : future.links)
        program.rows[first_row + link.row].terms.push_back({link.first, link.factor});
    return begin;
}

void add_scaled(std::vector<double>& sum, const std::vector<double>& part, double by) {
    for (std::size_t i = 0; i < sum.size(); ++i)
        sum[i] += part[i] * by;
}

/// A limit that is infinite in one future is so in all.
double mean_limit(double sum, double part, double by) { return sum + part * by; }

} // namespace

double mean_of(const std::vector<Recourse>& futures, const std::vector<double>& costs) {
    double sum = 0.0;
    for (std::size_t i = 0; i < futures.size(); ++i)
        sum += futures[i].probability * costs[i];
    return sum;
}

double cvar_of(const std::vector<Recourse>& futures, const std::vector<double>& costs, double level) {
    std::vector<std::size_t> order(futures.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return costs[a] > costs[b]; });
    double left = 1.0 - level, sum = 0.0;
    for (const std::size_t i : order) {
        const double part = std::min(left, futures[i].probability);
        sum += part * costs[i];
        left -= part;
        if (left <= 0.0) break;
    }
    return sum / (1.0 - level);
}

double measure_of(const std::vector<Recourse>& futures, const std::vector<double>& costs, const Risk& risk) {
    const double mean = mean_of(futures, costs);
    return risk.weight > 0.0 ? mean + risk.weight * cvar_of(futures, costs, risk.level) : mean;
}

Program merged(const TwoStage& problem, const Risk& risk) {
    Program out = problem.first;
    const std::size_t n_first = out.columns.size();
    std::vector<double> first_cost(n_first);
    for (std::size_t c = 0; c < n_first; ++c)
        first_cost[c] = out.columns[c].cost;
    const std::size_t eta = n_first;
    if (risk.weight > 0.0) out.add(Column{"eta", risk.weight, -no_limit});
    for (std::size_t i = 0; i < problem.futures.size(); ++i) {
        const auto& future = problem.futures[i];
        const auto suffix = fmt::format("_f{}", i);
        const std::size_t begin = append(out, future, suffix);
        Row excess{"excess" + suffix, 0.0, no_limit, {}, false}; // eta + above - cost >= 0
        for (std::size_t c = 0; c < future.program.columns.size(); ++c) {
            auto& column = out.columns[begin + c];
            if (column.cost != 0.0) excess.terms.push_back({begin + c, -column.cost});
            column.cost *= future.probability;
        }
        for (std::size_t c = 0; c < n_first; ++c) {
            const double all = first_cost[c] + future.first_cost[c];
            if (all != 0.0) excess.terms.push_back({c, -all});
            out.columns[c].cost += future.probability * future.first_cost[c];
        }
        if (!(risk.weight > 0.0)) continue;
        const std::size_t above =
            out.add(Column{"above" + suffix, risk.weight * future.probability / (1.0 - risk.level)});
        excess.terms.push_back({eta, 1.0});
        excess.terms.push_back({above, 1.0});
        out.add(std::move(excess));
    }
    return out;
}

Program alone(const TwoStage& problem, const Recourse& future) {
    TwoStage one{problem.first, {future}};
    one.futures.front().probability = 1.0;
    return merged(one, {});
}

Recourse mean_future(const TwoStage& problem) {
    Recourse out = problem.futures.front();
    out.probability = 1.0;
    const auto clear = [](double& figure) { figure = 0.0; };
    for (auto& column : out.program.columns) {
        clear(column.cost);
        clear(column.lower);
        clear(column.upper);
    }
    for (auto& row : out.program.rows) {
        clear(row.lower);
        clear(row.upper);
        for (auto& term : row.terms)
            clear(term.factor);
    }
    for (auto& link : out.links)
        clear(link.factor);
    std::fill(out.first_cost.begin(), out.first_cost.end(), 0.0);
    for (const auto& future : problem.futures) {
        const double p = future.probability;
        for (std::size_t c = 0; c < out.program.columns.size(); ++c) {
            auto& column = out.program.columns[c];
            const auto& of = future.program.columns[c];
            column.cost += of.cost * p;
            column.lower = mean_limit(column.lower, of.lower, p);
            column.upper = mean_limit(column.upper, of.upper, p);
        }
        for (std::size_t r = 0; r < out.program.rows.size(); ++r) {
            auto& row = out.program.rows[r];
            const auto& of = future.program.rows[r];
            row.lower = mean_limit(row.lower, of.lower, p);
            row.upper = mean_limit(row.upper, of.upper, p);
            for (std::size_t t = 0; t < row.terms.size(); ++t)
                row.terms[t].factor += of.terms[t].factor * p;
        }
        for (std::size_t l = 0; l < out.links.size(); ++l)
            out.links[l].factor += future.links[l].factor * p;
        add_scaled(out.first_cost, future.first_cost, p);
    }
    for (auto& row : out.program.rows)
        for (auto& term : row.terms)
            if (std::fabs(term.factor) < smallest_factor) clear(term.factor); // in one future of many, and hardly there
    return out;
}

TwoStage elastic(const TwoStage& problem) {
    TwoStage out;
    out.first = elastic(problem.first).program;
    for (const auto& future : problem.futures) {
        Recourse relaxed{future.probability, elastic(future.program).program, future.links,
                         std::vector<double>(out.first.columns.size(), 0.0)};
        out.futures.push_back(std::move(relaxed));
    }
    return out;
}

} // namespace autarky::plan

// autarky: how long a plan of many sites, chips, quarters and futures takes: the decomposition on a made-up supply.
// SPDX-License-Identifier: Apache-2.0
//
//     bench_plan_size [SITES CHIPS QUARTERS FUTURES [THREADS [GAP]]]     5 2 41 100 and 12 3 41 200 if left out
//
// Every chip may be made at every site. Half of the sites have a contract, each contract a second site; two sites may grow. Need
// grows and swings from future to future, and what others leave is too little in some of them, so that contracts are worth
// something and not in every future. Prints time and gap, and fails where the gap that was asked for is not reached.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <vector>

#include "plan/decomposed.hpp"
#include "plan/wafer_problem.hpp"

using namespace autarky::plan;

namespace {

struct Size {
    std::size_t sites, chips, quarters, futures;
};

WaferShape shape_of(const Size& size) {
    WaferShape out;
    for (std::size_t q = 0; q < size.quarters; ++q)
        out.quarters.push_back(fmt::format("{}Q{}", 2026 + q / 4, q % 4 + 1));
    for (std::size_t g = 0; g < size.chips; ++g)
        out.chips.push_back(fmt::format("chip_{}", g));
    for (std::size_t i = 0; i < size.sites; ++i)
        out.sites.push_back(fmt::format("site_{}", i));
    for (std::size_t g = 0; g < size.chips; ++g)
        for (std::size_t i = 0; i < size.sites; ++i)
            out.lines.push_back({g, i});
    for (std::size_t i = 0; i + 1 < size.sites; i += 2)
        out.contracts.push_back({fmt::format("contract_{}", i), {i, i + 1}, true});
    for (std::size_t i = 0; i < std::min<std::size_t>(size.sites, 2); ++i)
        out.paths.push_back({fmt::format("path_{}", i), i, false});
    return out;
}

/// SplitMix64: the same numbers everywhere, between 0 and 1.
class Draws {
public:
    double next() {
        state_ += 0x9E3779B97F4A7C15ULL;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
        return static_cast<double>((z ^ (z >> 31U)) >> 11U) * 0x1p-53;
    }
    double between(double low, double high) { return low + (high - low) * next(); }

private:
    std::uint64_t state_ = 1;
};

/// Thousand wafers and chips, MUSD.
WaferFuture<double> future(const WaferShape& shape, Draws& draws) {
    WaferFuture<double> f;
    f.resize(shape);
    const std::size_t sites = shape.sites.size(), chips = shape.chips.size();
    const double growth = draws.between(0.5, 1.6), rate = draws.between(0.07, 0.12);
    const double tight = draws.between(0.4, 1.2), swing = draws.between(0.0, 6.28);
    for (std::size_t q = 0; q < shape.quarters.size(); ++q) {
        const auto years = static_cast<double>(q) / 4.0;
        f.discount[q] = std::pow(1.0 + rate, -years);
        f.instead[q] = 0.6 * std::pow(0.97, years);
        for (std::size_t g = 0; g < chips; ++g) {
            const double ramp = std::clamp((years - 1.0 - 2.5 * static_cast<double>(g)) / 2.0, 0.0, 1.0);
            const double fall = std::clamp(1.0 - (years - 4.0 - 2.5 * static_cast<double>(g)) / 2.0, 0.0, 1.0);
            const bool is_last = g + 1 == chips;
            f.needed[g][q] = 1'500.0 * growth * (1.0 + 0.25 * std::sin(1.3 * years + swing)) * ramp *
                             (is_last ? 1.0 : fall) * (0.5 + 0.1 * years);
            f.may_start[g][q] = years >= 0.5 + 2.5 * static_cast<double>(g) ? 1.0 : 0.0;
        }
        for (std::size_t i = 0; i < sites; ++i) {
            const double size = 10.0 + 3.0 * static_cast<double>(i % 4);
            f.capacity[i][q] = size * std::clamp(years / 3.0 + 0.2 * static_cast<double>(i % 3), 0.0, 1.0);
            f.firm[i][q] = f.capacity[i][q] * std::clamp(0.9 * tight, 0.0, 0.95);
            f.open[i][q] = f.capacity[i][q] * 0.3;
            f.price[i][q] = (18.0 + static_cast<double>(i % 5)) * std::pow(0.98, years);
        }
        for (std::size_t l = 0; l < shape.lines.size(); ++l) {
            f.per_wafer[l][q] = 60.0 + 20.0 * (1.0 - std::exp(-years / 2.0));
            f.variable[l][q] = 0.08;
        }
        for (std::size_t c = 0; c < shape.contracts.size(); ++c) {
            const double runs = years < 8.0 ? 1.0 : 0.0;
            f.maximum[c][q] = 3.0 * runs * std::clamp(years / 2.0, 0.0, 1.0);
            f.minimum[c][q] = 0.6 * f.maximum[c][q] * f.price[2 * c][q];
        }
        for (std::size_t p = 0; p < shape.paths.size(); ++p) {
            f.path_capacity[p][q] = years > 3.0 ? 2.0 : 0.0;
            f.path_capital[p][q] = years < 3.0 ? 25.0 : 0.0;
        }
    }
    f.share.assign(shape.lines.size(), 1.0 / static_cast<double>(sites));
    f.least_share.assign(shape.lines.size(), 0.0);
    f.lag.assign(shape.lines.size(), 2.0);
    f.price_factor.assign(shape.contracts.size(), draws.between(0.9, 1.05));
    f.loss_share.assign(shape.contracts.size(), draws.between(0.3, 0.85));
    f.path_price.assign(shape.paths.size(), 0.6);
    return f;
}

double since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// Whether the gap was reached.
bool measure(const Size& size, unsigned threads, double gap) {
    const auto shape = shape_of(size);
    Draws draws;
    std::vector<WaferFuture<double>> futures;
    for (std::size_t i = 0; i < size.futures; ++i)
        futures.push_back(future(shape, draws));
    const auto begin = std::chrono::steady_clock::now();
    const auto processor = std::clock();
    auto problem = wafer_problem(shape, futures, {});
    const std::size_t rows = problem.program.futures.front().program.rows.size();
    const std::size_t columns = problem.program.futures.front().program.columns.size();
    Decomposed solver(std::move(problem.program), threads);
    const auto plan = solver.solve({1.0, 0.9}, {gap, no_limit});
    fmt::print("{} sites x {} chips x {} quarters x {} futures, {} columns and {} rows a future, {} threads\n",
               size.sites, size.chips, size.quarters, size.futures, columns, rows, threads);
    fmt::print("  {:.1f} s on the clock, {:.1f} s of processors; gap {:.4f} % (asked {:.2f} %); {} rounds, {} cuts\n",
               since(begin), static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC, 100.0 * plan.gap,
               100.0 * gap, plan.rounds, plan.cuts);
    fmt::print("  mean + CVaR {:.1f} MUSD, bound {:.1f} MUSD; decisions", plan.value, plan.bound);
    for (const double x : plan.first)
        fmt::print(" {:.3g}", x);
    fmt::print("\n");
    return plan.gap <= gap;
}

} // namespace

int main(int argc, char** argv) {
    const auto number = [&](int at) { return static_cast<std::size_t>(std::strtoul(argv[at], nullptr, 10)); };
    const unsigned threads = argc > 5 ? static_cast<unsigned>(number(5)) : 2;
    const double gap = argc > 6 ? std::strtod(argv[6], nullptr) : 0.01;
    if (argc > 4) return measure({number(1), number(2), number(3), number(4)}, threads, gap) ? 0 : 1;
    const bool is_small_done = measure({5, 2, 41, 100}, threads, gap);
    return measure({12, 3, 41, 200}, threads, gap) && is_small_done ? 0 : 1;
}

// autarky: one future of a two-stage program: its cost at decisions, and the cut that it gives there.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "plan/solver.hpp"
#include "plan/stopped.hpp"
#include "plan/two_stage.hpp"

namespace autarky::plan {

/// Calls work(i) for i < n on `threads` threads. Whatever works on i has its own solver, so the order changes nothing.
/// Throws Stopped where it is asked to stop before the last.
template <class Work>
void for_each_future(std::size_t n, unsigned threads, const std::stop_token& stop, const Work& work) {
    oneapi::tbb::task_arena arena(static_cast<int>(std::max(threads, 1U)));
    arena.execute([&] {
        oneapi::tbb::parallel_for(std::size_t{0}, n, [&](std::size_t i) {
            go_on_unless(stop);
            work(i);
        });
    });
}

/// cost(x) >= constant + slope x; of decisions that leave no way out, 0 >= constant + slope x.
struct Cut {
    std::size_t future = 0;
    double constant = 0.0;
    std::vector<double> slope; ///< by first-stage column
    bool is_of_cost = true;
};

/// Keeps a reference to the future, which must outlive it.
class FutureSolver {
public:
    explicit FutureSolver(const Recourse& future) : future_(&future), solver_(future.program) {}

    /// Cost in this future of decisions that cost `of_first` in every one. +infinity where they leave no way out.
    double cost(const std::vector<double>& first, double of_first);
    /// The cut at the decisions of the last cost(); `first_cost` is what each costs in every future.
    Cut cut(std::size_t number, const std::vector<double>& first, const std::vector<double>& first_cost);
    /// Change of the last cost() when a row's upper limit rises by `more`, or falls; +infinity where nothing is left then.
    double cost_of_more(std::size_t row, double more);
    /// Of the last cost(), or of the one that was kept.
    [[nodiscard]] const Solution& solution() const { return *solution_; }
    void keep() { kept_ = solution_; }
    void back_to_kept() { solution_ = kept_; }

private:
    void place(Solver& solver, const std::vector<double>& first) const;
    [[nodiscard]] std::vector<double> slope(const Solution& at, std::size_t n) const;
    Cut cut_of_no_way_out(const std::vector<double>& first);

    const Recourse* future_;
    Solver solver_;
    std::optional<Solver> elastic_{};
    std::shared_ptr<const Solution> solution_ = std::make_shared<Solution>(), kept_ = solution_;
};

} // namespace autarky::plan

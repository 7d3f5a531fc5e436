// autarky: rounds of the L-shaped method: the master decides, the futures answer with cuts.
// SPDX-License-Identifier: Apache-2.0
#include "plan/decomposed.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>

#include "plan/master.hpp"

namespace autarky::plan {
namespace {

using Clock = std::chrono::steady_clock;

/// What every future costs at least: its program alone, integers as numbers.
std::vector<double> floors_of(const TwoStage& problem, unsigned threads, const std::stop_token& stop) {
    std::vector<double> out(problem.futures.size());
    for_each_future(out.size(), threads, stop, [&](std::size_t i) {
        auto program = alone(problem, problem.futures[i]);
        for (auto& column : program.columns)
            column.is_integer = false;
        const auto least = Solver(std::move(program)).solve();
        // An infeasible future has no cost; a cut will say so.
        constexpr double slack = 1e-6; // of a solver's optimum
        out[i] = least.status == Status::optimal ? least.objective - slack * (1.0 + std::fabs(least.objective)) : 0.0;
    });
    return out;
}

double gap_of(double value, double bound) { return (value - bound) / std::max(1.0, std::fabs(value)); }

} // namespace

/// Everything that lasts from one solve to the next.
struct Decomposed::Work {
    TwoStage problem;
    unsigned threads = 1;
    std::stop_token stop;
    std::vector<double> first_cost;
    std::vector<double> floors; ///< empty before the first solve
    std::vector<FutureSolver> futures;
    std::vector<Cut> cuts;

    Work(TwoStage of, unsigned on, std::stop_token until)
        : problem(std::move(of)), threads(on), stop(std::move(until)) {
        for (const auto& column : problem.first.columns)
            first_cost.push_back(column.cost);
        futures.reserve(problem.futures.size());
        for (const auto& future : problem.futures) {
            go_on_unless(stop);
            futures.emplace_back(future);
        }
    }

    std::vector<double> costs(const std::vector<double>& first) {
        std::vector<double> out(futures.size());
        const double of_first = std::inner_product(first.begin(), first.end(), first_cost.begin(), 0.0);
        for_each_future(futures.size(), threads, stop,
                        [&](std::size_t i) { out[i] = futures[i].cost(first, of_first); });
        return out;
    }
    /// Cuts at decisions whose costs were just found, where they say more than what is believed.
    std::vector<Cut> new_cuts(const std::vector<double>& first, const std::vector<double>& found,
                              const std::vector<double>& believed) {
        std::vector<std::optional<Cut>> made(futures.size());
        for_each_future(futures.size(), threads, stop, [&](std::size_t i) {
            constexpr double hardly = 1e-8; // as exact as a solver is
            if (found[i] > believed[i] + hardly * (1.0 + std::fabs(believed[i])))
                made[i] = futures[i].cut(i, first, first_cost);
        });
        std::vector<Cut> out;
        for (auto& cut : made)
            if (cut) out.push_back(std::move(*cut));
        return out;
    }
    Plan solve(const Risk& risk, const Effort& effort);
};

namespace {

/// The rounds of one solve.
template <class Work> class Rounds {
public:
    Rounds(Work& work, const Risk& risk, const Effort& effort)
        : work_(work), risk_(risk), effort_(effort), master_(work.problem, risk, work.floors, work.cuts) {}

    Plan run() {
        const bool has_integers = master_.has_integers();
        bool is_feasible = true;
        {
            Solver relaxed(master_.relaxed(), work_.stop);
            const auto solve = [&](double seconds) { return relaxed.solve(seconds); };
            is_feasible = rounds(solve, !has_integers, &relaxed);
        }
        const auto solve = [&](double seconds) { return Solver(master_.program(), work_.stop).solve(seconds); };
        if (is_feasible && has_integers && may_begin()) {
            best_relaxed_ = no_limit;
            is_feasible = rounds(solve, true, nullptr);
        }
        best_.cuts = work_.cuts.size();
        best_.gap = best_.first.empty() ? no_limit : gap_of(best_.value, best_.bound);
        if (!is_feasible)
            best_.status = Status::infeasible;
        else
            best_.status = best_.gap <= std::max(effort_.gap, finest_gap) ? Status::optimal : Status::time_out;
        return best_;
    }

private:
    /// Until the gap closes or nothing new is learned. False: nothing satisfies the master. `may_stand`: the decisions are
    /// a plan; else only the master learns from them, and one round of a plan is run however late it is, so that there is an
    /// incumbent with its gap. A stop ends the round that it meets. `also` takes every cut too.
    template <class Solve> bool rounds(const Solve& solve, bool may_stand, Solver* also) {
        bool is_owed = may_stand && may_begin();
        while (is_owed || !is_over()) {
            constexpr double grace = 10.0; // s; a master has a few columns a decision
            const auto found = solve(is_owed ? std::max(seconds_left(), grace) : seconds_left());
            is_owed = false;
            if (found.status == Status::infeasible) return false;
            best_.bound = std::max(best_.bound, found.bound);
            if (!found.has_point) return true;
            try {
                if (!round(found, may_stand, also)) return true;
            } catch (const Stopped&) {
                return true;
            }
        }
        return true;
    }
    /// The futures answer to a point of the master. False: there is no need of another round.
    bool round(const Solution& found, bool may_stand, Solver* also) {
        const auto first = master_.decisions(found.value, may_stand);
        const auto costs = work_.costs(first);
        ++best_.rounds;
        const double value = measure_of(work_.problem.futures, costs, risk_);
        best_relaxed_ = std::min(best_relaxed_, value);
        if (may_stand && (best_.first.empty() || value < best_.value) && std::isfinite(value)) {
            best_.first = first;
            best_.costs = costs;
            best_.value = value;
            for (auto& future : work_.futures)
                future.keep();
        }
        if (gap_of(best_relaxed_, best_.bound) <= effort_.gap) return false;
        const auto cuts = work_.new_cuts(first, costs, master_.believed(found.value));
        for (const auto& cut : cuts) {
            master_.add(cut);
            if (also != nullptr) also->add(master_.row_of(cut));
            work_.cuts.push_back(cut);
        }
        return !cuts.empty();
    }

    [[nodiscard]] double seconds_left() const {
        return std::max(effort_.seconds - std::chrono::duration<double>(Clock::now() - began_).count(), 0.0);
    }
    /// Whether any time was given and nobody has stopped it since.
    [[nodiscard]] bool may_begin() const { return effort_.seconds > 0.0 && !work_.stop.stop_requested(); }
    [[nodiscard]] bool is_over() const { return work_.stop.stop_requested() || seconds_left() <= 0.0; }

    Work& work_;
    const Risk& risk_;
    const Effort& effort_;
    Clock::time_point began_ = Clock::now();
    Master master_;
    Plan best_{};
    double best_relaxed_ = no_limit;
};

} // namespace

Plan Decomposed::Work::solve(const Risk& risk, const Effort& effort) {
    try {
        if (floors.empty()) floors = floors_of(problem, threads, stop);
    } catch (const Stopped&) {
        return {};
    }
    return Rounds<Work>(*this, risk, effort).run();
}

Decomposed::Decomposed(TwoStage problem, unsigned threads, std::stop_token stop)
    : work_(std::make_unique<Work>(std::move(problem), threads, std::move(stop))) {}
Decomposed::Decomposed(Decomposed&&) noexcept = default;
Decomposed& Decomposed::operator=(Decomposed&&) noexcept = default;
Decomposed::~Decomposed() = default;

Plan Decomposed::solve(const Risk& risk, const Effort& effort) { return work_->solve(risk, effort); }
std::vector<double> Decomposed::costs(const std::vector<double>& first) { return work_->costs(first); }
std::vector<double> Decomposed::costs_of_plan(const Plan& plan) {
    try {
        return costs(plan.first);
    } catch (const Stopped&) {
        for (auto& future : work_->futures)
            future.back_to_kept();
        return plan.costs;
    }
}
const Solution& Decomposed::last(std::size_t future) const { return work_->futures[future].solution(); }
const TwoStage& Decomposed::problem() const { return work_->problem; }

std::vector<double> Decomposed::worth_of_more(std::size_t row, double more) {
    std::vector<double> out(work_->futures.size());
    for_each_future(out.size(), work_->threads, work_->stop,
                    [&](std::size_t i) { out[i] = work_->futures[i].cost_of_more(row, more); });
    return out;
}

std::vector<double> wait_and_see(const TwoStage& problem, unsigned threads, const std::stop_token& stop) {
    std::vector<double> out(problem.futures.size());
    for_each_future(out.size(), threads, stop, [&](std::size_t i) {
        const auto best = Solver(alone(problem, problem.futures[i]), stop).solve();
        go_on_unless(stop);
        out[i] = best.has_point ? best.objective : no_limit;
    });
    return out;
}

std::vector<Miss> least_miss(const TwoStage& problem, unsigned threads, const std::stop_token& stop) {
    Decomposed relaxed(elastic(problem), threads, stop);
    const auto plan = relaxed.solve({}, {});
    go_on_unless(stop);
    if (plan.first.empty()) throw SolverFailure("an elastic plan without an optimum");
    static_cast<void>(relaxed.costs(plan.first));
    std::vector<Miss> out;
    const auto read = [&](const Program& program, const std::vector<double>& value, int future) {
        for (const auto& slack : elastic(program).slacks) {
            const double by = value[slack.below] + value[slack.above];
            constexpr double hardly = 1e-6;
            if (by > hardly) out.push_back({program.rows[slack.row].name, future, by});
        }
    };
    read(problem.first, plan.first, -1);
    for (std::size_t i = 0; i < problem.futures.size(); ++i)
        read(problem.futures[i].program, relaxed.last(i).value, static_cast<int>(i));
    std::stable_sort(out.begin(), out.end(), [](const Miss& a, const Miss& b) { return a.by > b.by; });
    return out;
}

} // namespace autarky::plan

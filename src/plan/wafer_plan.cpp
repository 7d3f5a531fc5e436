// autarky: seeks the plan of wafers and looks at it from all sides.
// SPDX-License-Identifier: Apache-2.0
#include "plan/wafer_plan.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>

#include "core/sorted_quantile.hpp"
#include "plan/wafer_frontier.hpp"

namespace autarky::plan {
namespace {

using Future = WaferFuture<double>;
using Costs = std::vector<double>;

/// Of the futures of a problem, `first` ones and the rest, each with probabilities that add to 1.
TwoStage part_of(const TwoStage& problem, std::size_t begin, std::size_t end) {
    TwoStage out{problem.first, {}};
    for (std::size_t i = begin; i < end; ++i) {
        out.futures.push_back(problem.futures[i]);
        out.futures.back().probability = 1.0 / static_cast<double>(end - begin);
    }
    return out;
}

CostSpread spread_of(const std::vector<Recourse>& futures, const Costs& costs, double level) {
    CostSpread out;
    out.mean = mean_of(futures, costs);
    const auto n = static_cast<double>(costs.size());
    double square = 0.0;
    for (const double cost : costs)
        square += (cost - out.mean) * (cost - out.mean);
    out.error = costs.size() > 1 ? std::sqrt(square / (n - 1.0) / n) : 0.0;
    out.tail = cvar_of(futures, costs, level);
    auto sorted = costs;
    std::sort(sorted.begin(), sorted.end());
    const auto at = [&](double p) { return sorted_quantile(sorted, p); };
    out.p5 = at(0.05);
    out.p25 = at(0.25);
    out.p50 = at(0.5);
    out.p75 = at(0.75);
    out.p95 = at(0.95);
    return out;
}

bool are_finite(const Costs& costs) {
    return std::all_of(costs.begin(), costs.end(), [](double cost) { return std::isfinite(cost); });
}

/// Whether decisions keep to the limits and rows of the first stage.
bool is_allowed(const Program& first, const std::vector<double>& decided) {
    constexpr double hardly = 1e-9; // sizes and signatures are whole or typed
    const auto is_within = [](double x, double lower, double upper) {
        return x >= lower - hardly && x <= upper + hardly;
    };
    for (std::size_t c = 0; c < decided.size(); ++c)
        if (!is_within(decided[c], first.columns[c].lower, first.columns[c].upper)) return false;
    for (const auto& row : first.rows) {
        double sum = 0.0;
        for (const auto& term : row.terms)
            sum += term.factor * decided[term.column];
        if (!is_within(sum, row.lower, row.upper)) return false;
    }
    return true;
}

/// One study: a problem, its solver and the plan.
class Study {
public:
    Study(const WaferShape& shape, const std::vector<Future>& futures, const WaferProblem& problem,
          const WaferPlanRequest& request)
        : shape_(shape),
          futures_(futures),
          problem_(problem),
          request_(request),
          solver_(part_of(problem.program, 0, futures.size()), request.threads, request.stop) {}

    Plan solve(double weight) { return solver_.solve({weight, request_.risk.level}, {request_.gap, request_.seconds}); }
    /// What the plan itself says, without solving more than its futures.
    void report(const Plan& plan, WaferPlan& out) {
        first_ = plan.first;
        plan_costs_ = solver_.costs_of_plan(plan);
        out.is_complete = plan.status == Status::optimal;
        out.value = plan.value;
        out.bound = plan.bound;
        out.gap = plan.gap;
        out.rounds = plan.rounds;
        out.cuts = plan.cuts;
        out.cost = spread_of(recourses(), plan_costs_, request_.risk.level);
        decisions(out);
        flows(out);
        prices(out);
    }
    /// What it takes to solve again and again for. Throws Stopped.
    void look_further(WaferPlan& out) {
        both_sides(problem_.layout.capacity_row, out.sites);
        both_sides(problem_.layout.back_end_row, out.back_ends);
        worths(out);
        out.reported = regret(as_reported(shape_, problem_));
    }
    FrontierPoint point(const Plan& plan, double weight, const char* sourcing) const {
        FrontierPoint out{sourcing,
                          weight,
                          mean_of(recourses(), plan.costs),
                          cvar_of(recourses(), plan.costs, request_.risk.level),
                          0.0,
                          0,
                          true,
                          true};
        out.is_complete = plan.status == Status::optimal;
        for (const auto& one : problem_.decisions.contracts)
            out.size += plan.first[one.size];
        for (const auto& one : problem_.decisions.paths)
            out.paths += plan.first[one.take] > 0.5 ? 1 : 0;
        return out;
    }
    /// None where decisions are not those that the terms allow, or leave no way out in some future.
    std::optional<PlanRegret> regret(const std::vector<double>& other) {
        if (!is_allowed(program().first, other)) return {};
        const auto costs = solver_.costs(other);
        if (!are_finite(costs)) return {};
        const double level = request_.risk.level;
        PlanRegret out;
        out.value = measure_of(recourses(), costs, request_.risk) - measure_of(recourses(), plan_costs_, request_.risk);
        out.mean = mean_of(recourses(), costs) - mean_of(recourses(), plan_costs_);
        out.tail = cvar_of(recourses(), costs, level) - cvar_of(recourses(), plan_costs_, level);
        Costs beyond(costs.size());
        for (std::size_t i = 0; i < costs.size(); ++i) {
            beyond[i] = costs[i] - plan_costs_[i];
            constexpr double hardly = 1e-6;
            out.p_better +=
                beyond[i] < -hardly * (1.0 + std::fabs(costs[i])) ? 1.0 / static_cast<double>(costs.size()) : 0.0;
        }
        std::sort(beyond.begin(), beyond.end());
        out.p95 = sorted_quantile(beyond, 0.95);
        out.largest = beyond.back();
        return out;
    }
    [[nodiscard]] const std::vector<Recourse>& recourses() const { return solver_.problem().futures; }
    [[nodiscard]] const TwoStage& program() const { return solver_.problem(); }

private:
    /// Mean over the futures of figures that a future has.
    template <class Figure> [[nodiscard]] double mean(Figure&& figure) const {
        double sum = 0.0;
        for (std::size_t i = 0; i < futures_.size(); ++i)
            sum += figure(i);
        return sum / static_cast<double>(futures_.size());
    }
    [[nodiscard]] double value(std::size_t future, std::size_t column) const {
        return column == absent ? 0.0 : solver_.last(future).value[column];
    }
    [[nodiscard]] double cost(std::size_t future, std::size_t column) const {
        return column == absent ? 0.0 : value(future, column) * recourses()[future].program.columns[column].cost;
    }
    /// Mean over the futures of a sum over all rows and quarters.
    template <class Of> [[nodiscard]] double total(const WaferLayout::ByQuarter& columns, Of&& of) const {
        return mean([&](std::size_t i) {
            double sum = 0.0;
            for (const auto& row : columns)
                for (const std::size_t column : row)
                    sum += of(i, column);
            return sum;
        });
    }

    void decisions(WaferPlan& out) const {
        const auto sum_of = [](const std::vector<double>& row) { return std::accumulate(row.begin(), row.end(), 0.0); };
        for (const auto& one : problem_.decisions.contracts) {
            const std::size_t k = one.contract;
            ContractDecision row{shape_.contracts[k].name, !one.sign.has_value(), true, first_[one.size]};
            if (one.sign) row.is_signed = first_[*one.sign] > 0.5;
            row.reserved = row.size * mean([&](std::size_t i) { return sum_of(futures_[i].maximum[k]); });
            row.minimum =
                row.size * mean([&](std::size_t i) { return futures_[i].discounted(futures_[i].minimum[k]); });
            if (one.sign)
                row.prepaid =
                    row.size * mean([&](std::size_t i) { return futures_[i].discounted(futures_[i].prepaid[k]); });
            out.contracts.push_back(row);
        }
        std::vector<bool> is_in(shape_.paths.size(), false);
        for (const auto& one : problem_.decisions.paths) {
            const auto& path = shape_.paths[one.path];
            is_in[one.path] = true;
            PathDecision row{path.name, shape_.sites[path.site], first_[one.take] > 0.5};
            row.capital =
                mean([&](std::size_t i) { return futures_[i].discounted(futures_[i].path_capital[one.path]); });
            row.income = mean([&](std::size_t i) { return futures_[i].discounted(futures_[i].path_income[one.path]); });
            row.wafers = total({problem_.layout.by_path[one.path]},
                               [this](std::size_t i, std::size_t c) { return value(i, c); });
            out.paths.push_back(row);
        }
        for (std::size_t p = 0; p < is_in.size(); ++p)
            if (!is_in[p]) out.left_out.push_back(shape_.paths[p].name);
    }
    void flows(WaferPlan& out) const {
        const auto& at = problem_.layout;
        const auto of_cost = [this](std::size_t i, std::size_t c) { return cost(i, c); };
        out.parts.open = total(at.open, of_cost);
        out.parts.contracted = total(at.contracted, of_cost);
        out.parts.paths = total(at.by_path, of_cost);
        out.parts.chips = total(at.started, of_cost);
        out.parts.outlets = total(at.to_outlet, of_cost);
        out.parts.bought = total(at.bought, of_cost);
        out.parts.settled = total(at.settled, of_cost);
        for (const auto& row : out.contracts)
            out.parts.prepaid += row.prepaid;
        for (const auto& row : out.paths)
            if (row.is_taken) {
                out.parts.capital += row.capital;
                out.parts.rated -= row.income;
            }
        out.needed = mean([&](std::size_t i) {
            double sum = 0.0;
            for (const auto& row : futures_[i].needed)
                sum += std::accumulate(row.begin(), row.end(), 0.0);
            return sum;
        });
        const double bought = total(at.bought, [this](std::size_t i, std::size_t c) { return value(i, c); });
        out.bought_share = out.needed > 0.0 ? bought / out.needed : 0.0;
    }

    void prices(WaferPlan& out) {
        std::vector<bool> binds(futures_.size(), false), never_asked = binds;
        price_rows(problem_.layout.capacity_row, out.sites, binds, [this](std::size_t s, std::size_t q) {
            return SiteQuarter{shape_.sites[s], shape_.quarters[q], wafers_of(s, q), 0.0, 0.0, {}, {}};
        });
        out.p_binds =
            static_cast<double>(std::count(binds.begin(), binds.end(), true)) / static_cast<double>(binds.size());
        price_rows(problem_.layout.back_end_row, out.back_ends, never_asked, [this](std::size_t b, std::size_t q) {
            const std::size_t row = problem_.layout.back_end_row[b][q];
            const double room = mean([&](std::size_t i) { return recourses()[i].program.rows[row].upper; });
            return BackEndQuarter{shape_.back_ends[b], shape_.quarters[q], room, 0.0, 0.0, {}, {}};
        });
    }
    /// Shadow prices of rows, by quarter.
    template <class One, class Make>
    void price_rows(const WaferLayout::ByQuarter& rows, std::vector<One>& out, std::vector<bool>& binds, Make&& make) {
        constexpr double notable = 1e-3; // a dollar a wafer or unit
        constexpr double to_usd = 1e3;   // of MUSD a thousand
        for (std::size_t s = 0; s < rows.size(); ++s)
            for (std::size_t q = 0; q < rows[s].size(); ++q) {
                if (rows[s][q] == absent) continue;
                One one = make(s, q);
                for (std::size_t i = 0; i < futures_.size(); ++i) {
                    const double price = -solver_.last(i).dual[rows[s][q]];
                    one.price += price / static_cast<double>(futures_.size());
                    if (price <= notable) continue;
                    one.p_binds += 1.0 / static_cast<double>(futures_.size());
                    binds[i] = true;
                }
                one.price *= to_usd;
                out.push_back(one);
            }
    }
    /// Of the dearest of `rows`, which `out` lists in this order, what one more saves and one fewer costs.
    template <class One> void both_sides(const WaferLayout::ByQuarter& rows, std::vector<One>& out) {
        constexpr std::size_t most = 12;
        constexpr double one_more = 1e-3; // thousand
        std::vector<std::size_t> places;
        for (const auto& row : rows)
            std::copy_if(row.begin(), row.end(), std::back_inserter(places),
                         [](std::size_t at) { return at != absent; });
        std::vector<std::size_t> order(out.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return out[a].price > out[b].price; });
        for (std::size_t k = 0; k < std::min(most, order.size()); ++k) {
            auto& one = out[order[k]];
            if (!(one.price > 0.0)) return;
            const auto more = side(places[order[k]], one_more), fewer = side(places[order[k]], -one_more);
            one.more = more; // both or, when it is stopped, none
            one.fewer = fewer;
        }
    }
    /// USD a wafer or unit, mean over the futures; none where some future has none to take.
    std::optional<double> side(std::size_t row, double more) {
        double sum = 0.0;
        constexpr double to_usd = 1e6;
        for (const double change : solver_.worth_of_more(row, more)) {
            if (!std::isfinite(change)) return {};
            sum += (more > 0.0 ? -change : change) * to_usd;
        }
        return sum / static_cast<double>(futures_.size());
    }
    /// Mean wafers started at a site in a quarter.
    [[nodiscard]] double wafers_of(std::size_t site, std::size_t q) const {
        const auto& at = problem_.layout;
        const std::size_t n = shape_.lines.size();
        return mean([&](std::size_t i) {
            double sum = 0.0;
            for (std::size_t l = 0; l < n; ++l) {
                if (shape_.lines[l].site != site) continue;
                sum += value(i, at.started[l][q]);
                for (std::size_t o = 0; o < shape_.outlets.size(); ++o)
                    sum += value(i, at.to_outlet[o * n + l][q]);
            }
            return sum < smallest_factor ? 0.0 : sum; // less than a thousandth of a wafer is the solver's tolerance
        });
    }
    /// What planning for all futures and what knowing the future are worth.
    void worths(WaferPlan& out) {
        const auto knowing = wait_and_see(program(), request_.threads, request_.stop);
        out.information_worth = out.value - measure_of(recourses(), knowing, request_.risk);
        const auto of_mean = Solver(alone(program(), mean_future(program())), request_.stop).solve(request_.seconds);
        if (of_mean.status != Status::optimal) return;
        std::vector<double> first(of_mean.value.begin(),
                                  of_mean.value.begin() + static_cast<std::ptrdiff_t>(first_.size()));
        for (std::size_t c = 0; c < first.size(); ++c)
            if (program().first.columns[c].is_integer) first[c] = std::round(first[c]);
        const double value = measure_of(recourses(), solver_.costs(first), request_.risk);
        if (std::isfinite(value)) out.stochastic_worth = value - out.value;
    }

    const WaferShape& shape_;
    const std::vector<Future>& futures_;
    const WaferProblem& problem_;
    const WaferPlanRequest& request_;
    Decomposed solver_;
    std::vector<double> first_;
    Costs plan_costs_;
};

/// Frontier of cost against risk, one problem's plans.
void add_frontier(Study& study, const WaferPlanRequest& request, const char* sourcing, Steps& steps, WaferPlan& out) {
    for (const double weight : frontier_weights) {
        if (request.stop.stop_requested()) return;
        const auto plan = study.solve(weight);
        if (!plan.first.empty()) out.frontier.push_back(study.point(plan, weight, sourcing));
        steps.next();
    }
}

bool has_second_sources(const WaferShape& shape) {
    for (std::size_t a = 0; a < shape.lines.size(); ++a)
        for (std::size_t b = 0; b < a; ++b)
            if (shape.lines[a].chip == shape.lines[b].chip) return true;
    return false;
}

void add_frontiers(const WaferShape& shape, const std::vector<Future>& futures, Study& study,
                   const WaferPlanRequest& request, Steps& steps, WaferPlan& out) {
    add_frontier(study, request, "as planned", steps, out);
    if (!has_second_sources(shape) || request.stop.stop_requested()) return;
    auto alone_terms = request;
    alone_terms.terms.has_one_source = true;
    const auto one_source = wafer_problem(shape, futures, alone_terms.terms, request.stop);
    Study single(shape, futures, one_source, alone_terms);
    add_frontier(single, alone_terms, "one site a chip", steps, out);
}

/// Throws Stopped; `out` is as good as it was then.
void seek(const WaferShape& shape, const std::vector<Future>& futures, const std::vector<Future>& fresh,
          const WaferPlanRequest& request, WaferPlan& out) {
    Steps steps(request, has_second_sources(shape) ? 2 : 1);
    auto all = futures; // columns and rows that both sets share
    all.insert(all.end(), fresh.begin(), fresh.end());
    const auto problem = wafer_problem(shape, all, request.terms, request.stop);
    out.has_choice = !problem.program.first.columns.empty();
    if (!out.has_choice) return;
    Study study(shape, futures, problem, request);
    steps.next();
    const auto plan = study.solve(request.risk.weight);
    steps.next();
    if (plan.status == Status::infeasible) out.misses = least_miss(study.program(), request.threads, request.stop);
    if (plan.first.empty()) return;
    study.report(plan, out);
    study.look_further(out);
    steps.next();
    Decomposed unseen(part_of(problem.program, futures.size(), all.size()), request.threads, request.stop);
    if (const auto costs = unseen.costs(plan.first); are_finite(costs))
        out.fresh = spread_of(unseen.problem().futures, costs, request.risk.level);
    steps.next();
    add_frontiers(shape, futures, study, request, steps, out);
}

} // namespace

WaferPlan plan_wafers(const WaferShape& shape, const std::vector<Future>& futures, const std::vector<Future>& fresh,
                      const WaferPlanRequest& request) {
    WaferPlan out;
    try {
        seek(shape, futures, fresh, request, out);
    } catch (const Stopped&) { // what was finished is there
    }
    out.is_stopped = request.stop.stop_requested();
    mark_pareto(out.frontier, request.gap);
    return out;
}

} // namespace autarky::plan

// autarky: two-stage programs against published figures, against each other, and at their limits.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

#include "farmer.hpp"
#include "plan/decomposed.hpp"

using namespace autarky::plan;

namespace {

const Effort exact{1e-9};

/// The book prints whole dollars.
doctest::Approx dollars(double value) { return doctest::Approx(value).epsilon(0.6 / 100'000.0); }

Plan solved(TwoStage problem, const Risk& risk = {}, unsigned threads = 1) {
    return Decomposed(std::move(problem), threads).solve(risk, exact);
}

/// Two depots of limited size, bought whole, and customers whose wishes are not known: small enough to try everything.
TwoStage depots(unsigned seed, std::size_t futures) {
    std::mt19937 draw(seed);
    const auto between = [&](double a, double b) { return a + (b - a) * static_cast<double>(draw() % 1000) / 1000.0; };
    TwoStage out;
    for (int d = 0; d < 2; ++d)
        out.first.add(Column{"open_" + std::to_string(d), between(20.0, 60.0), 0.0, 1.0, true});
    for (int d = 0; d < 2; ++d)
        out.first.add(Column{"size_" + std::to_string(d), between(0.5, 2.0), 0.0, 40.0});
    for (std::size_t d = 0; d < 2; ++d) // semi-continuous: nothing, or 10 to 40
        for (const double limit : {10.0, 40.0})
            out.first.add(Row{
                "size", limit < 20.0 ? 0.0 : -no_limit, limit < 20.0 ? no_limit : 0.0, {{2 + d, 1.0}, {d, -limit}}});
    for (std::size_t f = 0; f < futures; ++f) {
        Recourse one{1.0 / static_cast<double>(futures), {}, {}, {0.0, 0.0, 0.0, 0.0}};
        for (std::size_t d = 0; d < 2; ++d)
            one.program.add(Column{"sent_" + std::to_string(d), between(0.1, 1.0)});
        one.program.add(Column{"missed", 9.0});
        one.program.add(Row{"wish", between(10.0, 90.0), no_limit, {{0, 1.0}, {1, 1.0}, {2, 1.0}}});
        for (std::size_t d = 0; d < 2; ++d) {
            one.program.add(Row{"depot_" + std::to_string(d), -no_limit, 0.0, {{d, 1.0}}});
            one.links.push_back({1 + d, 2 + d, -1.0});
        }
        out.futures.push_back(one);
    }
    return out;
}

/// Cost of sizes in one future, by hand: wishes are met from the cheaper depot first.
double cost_by_hand(const TwoStage& p, const Recourse& f, const std::array<double, 2>& size) {
    double cost = 0.0, left = f.program.rows[0].lower;
    for (std::size_t d = 0; d < 2; ++d)
        cost += (size[d] > 0.0 ? p.first.columns[d].cost : 0.0) + p.first.columns[2 + d].cost * size[d];
    const std::size_t cheap = f.program.columns[0].cost <= f.program.columns[1].cost ? 0 : 1;
    for (const std::size_t d : {cheap, 1 - cheap}) {
        const double sent = std::min(left, size[d]);
        cost += sent * f.program.columns[d].cost;
        left -= sent;
    }
    return cost + left * 9.0;
}

} // namespace

TEST_CASE("a right whose worth is beyond the solver's scale is planned for all the same") {
    // Without it a future needs (1 - x) / 2e-6 units at 5,000 each: a slope of 2.5e9, where a program may hold 1e9.
    TwoStage rare;
    rare.first.add(Column{"x", 1e8, 0.0, 1.0});
    Recourse one{1.0, {}, {}, {0.0}};
    one.program.add(Column{"bought", 5'000.0});
    one.program.add(Row{"wish", 1.0, no_limit, {{0, 2e-6}}});
    one.links.push_back({0, 0, 1.0});
    rare.futures.push_back(one);
    const auto plan = solved(rare);
    CHECK(plan.status == Status::optimal);
    CHECK(plan.first.at(0) == doctest::Approx(1.0).epsilon(1e-9));
    CHECK(plan.value == doctest::Approx(1e8).epsilon(1e-6)); // the solver's tolerances, of 1e-7
}

TEST_CASE("the farmer's plan, and what it is worth to know more, are those of the book") {
    const auto problem = farmer();
    const auto plan = solved(problem);
    CHECK(plan.status == Status::optimal);
    CHECK(-plan.value == dollars(108'390.0));
    CHECK(plan.first[0] == doctest::Approx(170.0));
    CHECK(plan.first[1] == doctest::Approx(80.0));
    CHECK(plan.first[2] == doctest::Approx(250.0));

    const double knowing = mean_of(problem.futures, wait_and_see(problem, 1));
    CHECK(-knowing == dollars(115'406.0));
    CHECK(plan.value - knowing == doctest::Approx(7'016.0).epsilon(0.6 / 7'016.0)); // EVPI, whole dollars

    auto middle = problem;
    middle.futures = {mean_future(problem)};
    const auto of_mean = solved(middle);
    CHECK(-of_mean.value == dollars(118'600.0));
    const double mean_plan = mean_of(problem.futures, Decomposed(problem, 1).costs(of_mean.first));
    CHECK(-mean_plan == dollars(107'240.0));
    CHECK(mean_plan - plan.value == doctest::Approx(1'150.0).epsilon(0.6 / 1'150.0)); // VSS
}

TEST_CASE("future by future and all at once give one optimum, with and without risk") {
    for (const double weight : {0.0, 0.5, 10.0}) {
        const Risk risk{weight, 0.6};
        const auto problem = farmer();
        const auto whole = Solver(merged(problem, risk)).solve();
        REQUIRE(whole.status == Status::optimal);
        const auto plan = solved(problem, risk);
        CHECK(plan.value == doctest::Approx(whole.objective).epsilon(1e-8)); // the gap asked for is 1e-9
        CHECK(plan.gap <= 1e-8);
    }
}

TEST_CASE("plans with whole numbers are the best of all that can be tried") {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        const auto problem = depots(seed, 3);
        for (const double weight : {0.0, 1.0}) {
            const Risk risk{weight, 0.5};
            double best = no_limit;
            for (int a = 0; a <= 40; ++a)
                for (int b = 0; b <= 40; ++b) {
                    if ((a > 0 && a < 10) || (b > 0 && b < 10)) continue;
                    std::vector<double> costs;
                    for (const auto& f : problem.futures)
                        costs.push_back(cost_by_hand(problem, f, {a * 1.0, b * 1.0}));
                    best = std::min(best, measure_of(problem.futures, costs, risk));
                }
            const auto plan = solved(problem, risk);
            REQUIRE(plan.status == Status::optimal);
            // whole sizes are some of all: the plan costs no more, and by the slope of the cost hardly less
            CHECK(plan.value <= best * (1.0 + 1e-7));
            CHECK(plan.value >= best - 2.0 * 0.5 * 9.0 * (1.0 + weight));
            const auto whole = Solver(merged(problem, risk)).solve();
            CHECK(plan.value == doctest::Approx(whole.objective).epsilon(1e-6)); // gap of the integer search
        }
    }
}

TEST_CASE("to know more is worth nothing or more, and so is to plan for more than the mean") {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        const auto problem = depots(seed, 7);
        Decomposed futures(problem, 1);
        const auto plan = futures.solve({}, exact);
        const double slack = 1e-6 * std::fabs(plan.value);
        CHECK(plan.value - mean_of(problem.futures, wait_and_see(problem, 1)) >= -slack);
        auto middle = problem;
        middle.futures = {mean_future(problem)};
        CHECK(mean_of(problem.futures, futures.costs(solved(middle).first)) - plan.value >= -slack);
    }
}

TEST_CASE("as risk weighs more the mean rises and the tail falls; of numbers the frontier is convex") {
    Decomposed futures(farmer(), 1);
    double last_mean = -no_limit, last_tail = no_limit, last_slope = -no_limit;
    for (const double weight : {0.0, 0.1, 0.3, 1.0, 3.0, 10.0, 100.0}) {
        const Risk risk{weight, 0.6};
        const auto plan = futures.solve(risk, exact);
        const double mean = mean_of(futures.problem().futures, plan.costs);
        const double tail = cvar_of(futures.problem().futures, plan.costs, risk.level);
        const double slack = 1e-4; // of figures of 1e5
        CHECK(mean >= last_mean - slack);
        CHECK(tail <= last_tail + slack);
        if (mean > last_mean + 1.0 && std::isfinite(last_tail)) {
            const double slope = (tail - last_tail) / (mean - last_mean); // negative, and less so each time
            CHECK(slope >= last_slope - 1e-6);
            last_slope = slope;
        }
        last_mean = mean;
        last_tail = tail;
    }
}

TEST_CASE("the tail's mean counts a future at the quantile in part") {
    std::vector<Recourse> futures(4, Recourse{0.25, {}, {}, {}});
    const std::vector<double> costs{1.0, 2.0, 3.0, 10.0};
    CHECK(cvar_of(futures, costs, 0.0) == doctest::Approx(4.0));   // the mean
    CHECK(cvar_of(futures, costs, 0.75) == doctest::Approx(10.0)); // the worst quarter
    CHECK(cvar_of(futures, costs, 0.6) == doctest::Approx((0.25 * 10.0 + 0.15 * 3.0) / 0.4));
    CHECK(cvar_of(futures, costs, 0.99) == doctest::Approx(10.0));
}

TEST_CASE("the same bits each time, on one thread and on two") {
    const auto once = solved(depots(3, 16), {1.0, 0.8}, 1);
    const auto again = solved(depots(3, 16), {1.0, 0.8}, 1);
    const auto on_two = solved(depots(3, 16), {1.0, 0.8}, 2);
    CHECK(once.first == again.first);
    CHECK(once.costs == again.costs);
    CHECK(once.first == on_two.first);
    CHECK(once.costs == on_two.costs);
}

TEST_CASE("decisions that leave no way out are cut off; what cannot be is named with its size") {
    auto problem = depots(1, 3);
    for (auto& f : problem.futures) { // nothing may be missed
        f.program.columns[2].upper = 0.0;
        f.program.rows[0].lower = f.program.rows[0].upper = 30.0;
    }
    const auto plan = solved(problem);
    REQUIRE(plan.status == Status::optimal);
    CHECK(plan.first[2] + plan.first[3] == doctest::Approx(30.0));

    for (auto& f : problem.futures) {
        f.program.rows[0].lower = 95.0; // the depots hold 80
        f.program.rows[0].upper = no_limit;
        for (std::size_t r = 1; r < 3; ++r)
            f.program.rows[r].may_give = false;
    }
    for (auto& row : problem.first.rows)
        row.may_give = false;
    CHECK(solved(problem).status == Status::infeasible);
    const auto misses = least_miss(problem, 1);
    REQUIRE(misses.size() == 3);
    CHECK(misses.front().row == "wish");
    CHECK(misses.front().by == doctest::Approx(15.0));
}

TEST_CASE("without time there is no plan, and none is claimed") {
    const auto plan = Decomposed(farmer(), 1).solve({}, Effort{1e-9, 0.0});
    CHECK(plan.status == Status::time_out);
    CHECK(plan.first.empty());
}

TEST_CASE("a time that is over at once gives the plan of one round, marked, with a gap that holds") {
    for (const bool is_whole : {false, true}) { // acres as numbers, and whole ones
        auto problem = farmer();
        if (is_whole)
            for (auto& column : problem.first.columns)
                column.is_integer = true;
        Decomposed futures(problem, 1);
        const auto hasty = futures.solve({}, Effort{1e-9, 1e-9});
        REQUIRE(hasty.first.size() == problem.first.columns.size());
        CHECK(hasty.status == Status::time_out);
        CHECK(hasty.rounds == 1);
        const auto best = Decomposed(problem, 1).solve({}, exact);
        CHECK(hasty.bound <= best.value + 1e-6 * std::fabs(best.value));
        CHECK(hasty.value >= best.value - 1e-6 * std::fabs(best.value));
        CHECK(hasty.gap > 1e-6);
        CHECK(hasty.gap == doctest::Approx((hasty.value - hasty.bound) / std::fabs(hasty.value)));
        CHECK(futures.costs(hasty.first) == hasty.costs);
    }
}

TEST_CASE("a row that gives more changes the cost by its dual") {
    auto problem = farmer();
    Decomposed futures(problem, 1);
    const auto plan = futures.solve({}, exact);
    const auto before = futures.costs(plan.first);
    for (auto& f : problem.futures) // wheat that cattle need: what more of it costs
        f.program.rows[0].lower += 1.0;
    const auto after = Decomposed(problem, 1).costs(plan.first);
    for (std::size_t i = 0; i < 3; ++i)
        CHECK(after[i] - before[i] == doctest::Approx(futures.last(i).dual[0]));
}

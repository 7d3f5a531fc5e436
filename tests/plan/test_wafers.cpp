// autarky: plans of wafers against figures by hand, against trying everything, and against what must hold for any.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "plan/decomposed.hpp"
#include "plan/wafer_plan.hpp"

using namespace autarky::plan;
using Future = WaferFuture<double>;

namespace {

/// One chip at two sites, a contract at the first, six quarters; a wafer gives 100 chips a quarter after its start.
WaferShape shape() {
    WaferShape out;
    out.quarters = {"2028Q1", "2028Q2", "2028Q3", "2028Q4", "2029Q1", "2029Q2"};
    out.chips = {"one"};
    out.sites = {"home", "away"};
    out.lines = {{0, 0}, {0, 1}};
    out.contracts = {{"anchor", {0}, true}};
    return out;
}

/// Thousand chips needed a quarter from the second on; thousand wafers that others leave a quarter at each site.
Future future(double needed, double left_at_home, double left_away) {
    Future f;
    f.resize(shape());
    for (std::size_t q = 0; q < 6; ++q) {
        f.discount[q] = 1.0;
        f.instead[q] = 0.5; // a bought chip costs 500 USD
        f.needed[0][q] = q > 0 ? needed : 0.0;
        f.may_start[0][q] = 1.0;
        for (std::size_t i = 0; i < 2; ++i) {
            f.per_wafer[i][q] = 100.0;
            f.variable[i][q] = 0.1; // beyond the wafer 100 USD a chip
            f.price[i][q] = 20.0;   // 20,000 USD a wafer: 200 USD a chip
            f.firm[i][q] = 5.0;
        }
        f.capacity[0][q] = 5.0 + left_at_home;
        f.capacity[1][q] = 5.0 + left_away;
        f.maximum[0][q] = 0.5;
        f.minimum[0][q] = 4.0; // 0.2 thousand wafers at 20 MUSD a thousand
    }
    f.share = {0.7, 0.3};
    f.lag = {1.0, 1.0};
    f.price_factor = {1.0};
    f.loss_share = {0.5};
    return f;
}

WaferPlan planned(const std::vector<Future>& futures, const WaferTerms& terms = {}, double weight = 0.0,
                  WaferShape of = shape()) {
    WaferPlanRequest request;
    request.terms = terms;
    request.risk = {weight, 0.5};
    request.gap = 1e-8;
    return plan_wafers(of, futures, futures, request);
}

doctest::Approx near(double value) {
    return doctest::Approx(value).epsilon(1e-4);
} // the tie-break is up to 3e-3 of some 40

} // namespace

TEST_CASE("with wafers enough every chip is made, and costs what wafer and package cost") {
    auto f = future(10.0, 3.0, 3.0);
    f.maximum[0].assign(6, 0.0);
    f.minimum[0].assign(6, 0.0);
    const auto p = planned({f});
    CHECK(p.is_complete);
    CHECK(p.cost.mean == near(50.0 * 0.3));
    CHECK(p.parts.open == near(0.5 * 20.0));
    CHECK(p.parts.chips == near(50.0 * 0.1));
    CHECK(p.bought_share == doctest::Approx(0.0));
    CHECK(p.p_binds == 0.0);
    CHECK(p.needed == doctest::Approx(50.0));
}

TEST_CASE("where nothing is left without a contract, the contract is signed as large as it pays") {
    // 30 thousand chips a quarter take 0.3 thousand wafers; the contract reserves 0.5 at its size: 0.6 of it is enough
    const auto p = planned({future(30.0, 0.0, 0.0)});
    REQUIRE(p.contracts.size() == 1);
    CHECK(p.contracts[0].is_signed);
    CHECK(p.contracts[0].size == doctest::Approx(0.6).epsilon(1e-4));
    // five quarters of chips by contract; in the last quarter nothing can be in time and half of the minimum is settled
    CHECK(p.cost.mean == near(150.0 * 0.3 + 0.6 * 4.0 * 0.5));
    CHECK(p.parts.settled == near(0.6 * 4.0 * 0.5));
}

TEST_CASE("a price at which buying is cheaper leaves every contract unsigned") {
    auto f = future(30.0, 0.0, 0.0);
    f.instead.assign(6, 0.25);
    const auto p = planned({f});
    CHECK_FALSE(p.contracts[0].is_signed);
    CHECK(p.contracts[0].size == doctest::Approx(0.0));
    CHECK(p.cost.mean == near(150.0 * 0.25));
}

TEST_CASE("the size of a contract under uncertain need is the best of all that can be tried") {
    std::vector<Future> futures;
    const std::vector<double> needs{4.0, 9.0, 15.0, 22.0, 41.0};
    for (const double need : needs)
        futures.push_back(future(need, 0.0, 0.0));
    for (const double weight : {0.0, 2.0}) {
        std::vector<Recourse> chances(needs.size(), Recourse{0.2, {}, {}, {}});
        double best = no_limit;
        for (int step = 0; step <= 2000; ++step) {
            const double size = step / 1000.0;
            if (size > 0.0 && size < 0.1) continue;
            std::vector<double> costs;
            for (const double need : needs) { // by hand: five quarters of the same, the sixth settles all
                const double made = std::min(need / 100.0, 0.5 * size); // thousand wafers
                const double unmet = std::max(4.0 * size - made * 20.0, 0.0);
                costs.push_back(5.0 * (made * 20.0 + made * 100.0 * 0.1 + (need - made * 100.0) * 0.5 + 0.5 * unmet) +
                                0.5 * 4.0 * size);
            }
            best = std::min(best, measure_of(chances, costs, {weight, 0.5}));
        }
        const auto p = planned(futures, {}, weight);
        CHECK(p.value == doctest::Approx(best).epsilon(1e-4));     // sizes were tried in steps of a thousandth
        CHECK(p.value <= best + (1.0 + weight) * 3.0 * tie_break); // signed, at a size of up to 2
    }
}

TEST_CASE("what a wafer more is worth is what it saves; at a kink the two sides differ") {
    auto f = future(30.0, 0.25, 0.0); // 0.25 thousand wafers are left where 0.3 are wanted
    f.maximum[0].assign(6, 0.0);
    f.minimum[0].assign(6, 0.0);
    auto p = planned({f});
    CHECK(p.p_binds == 1.0);
    const auto* dearest = &p.sites.front();
    for (const auto& one : p.sites)
        if (one.price > dearest->price) dearest = &one;
    CHECK(dearest->site == "home");
    CHECK(dearest->price == doctest::Approx(100.0 * 500.0 - 20'000.0 - 100.0 * 100.0)); // USD a wafer
    REQUIRE(dearest->more);
    CHECK(*dearest->more == doctest::Approx(20'000.0).epsilon(1e-6));
    CHECK(*dearest->fewer == doctest::Approx(20'000.0).epsilon(1e-6));

    f = future(30.0, 0.3, 0.0); // just enough, in every quarter: one more saves nothing, one fewer costs all
    f.maximum[0].assign(6, 0.0);
    f.minimum[0].assign(6, 0.0);
    p = planned({f});
    for (const auto& one : p.sites) {
        if (!one.more) continue;
        CHECK(*one.more == doctest::Approx(0.0));
        if (one.site == "away") { // where there is none to take
            CHECK_FALSE(one.fewer);
            continue;
        }
        REQUIRE(one.fewer);
        CHECK(*one.fewer == doctest::Approx(20'000.0));
        CHECK(one.price <= *one.fewer * (1.0 + 1e-9));
    }
}

TEST_CASE("a second source, an outlet that pays more and a larger choice never make a plan dearer") {
    std::vector<Future> futures;
    for (const double need : {8.0, 20.0, 45.0})
        futures.push_back(future(need, 0.1, 0.2));
    const double plain = planned(futures).value;
    WaferTerms one_source;
    one_source.has_one_source = true;
    CHECK(planned(futures, one_source).value >= plain - 1e-6);
    WaferTerms small;
    small.most = 0.5;
    CHECK(planned(futures, small).value >= plain - 1e-6);

    auto with_outlet = shape();
    with_outlet.outlets = {"own_use"};
    double last = no_limit;
    for (const double gain : {0.0, 0.15, 0.3, 0.6}) {
        for (auto& f : futures) {
            f.outlet_gain.assign(2, std::vector<double>(6, gain));
            f.outlet_chips.assign(2, std::vector<double>(6, 3.0));
        }
        const double value = planned(futures, {}, 0.0, with_outlet).value;
        CHECK(value <= last + 1e-6);
        last = value;
    }
}

TEST_CASE("other customers' larger contracts bind in the end, and never make the plan cheaper") {
    double last = -no_limit, first = 0.0;
    for (const double left : {1.0, 0.4, 0.2, 0.0}) {
        auto f = future(30.0, left, left);
        f.maximum[0].assign(6, 0.0);
        f.minimum[0].assign(6, 0.0);
        const auto p = planned({f});
        CHECK(p.value >= last - 1e-6);
        if (last == -no_limit) first = p.value;
        last = p.value;
    }
    CHECK(last > first + 1.0);
}

TEST_CASE("knowing more and planning for all futures are worth nothing or more; the report regrets nothing or more") {
    std::vector<Future> futures;
    for (const double need : {4.0, 9.0, 15.0, 22.0, 41.0})
        futures.push_back(future(need, 0.05, 0.0));
    for (const double weight : {0.0, 1.0}) {
        const auto p = planned(futures, {}, weight);
        const double slack = 1e-6 * std::fabs(p.value);
        REQUIRE(p.stochastic_worth);
        CHECK(*p.stochastic_worth >= -slack);
        CHECK(p.information_worth >= -slack);
        REQUIRE(p.reported);
        CHECK(p.reported->value >= -slack);
        REQUIRE(p.fresh); // the same futures again
        CHECK(p.fresh->mean == doctest::Approx(p.cost.mean));
        const double sum = p.parts.open + p.parts.contracted + p.parts.paths + p.parts.chips + p.parts.bought +
                           p.parts.settled + p.parts.prepaid + p.parts.capital + p.parts.outlets;
        CHECK(sum == near(p.cost.mean));
        double mean = -no_limit, tail = no_limit;
        REQUIRE(p.frontier.size() >= 5); // five weights
        for (const auto& one : p.frontier) {
            if (one.sourcing != "as planned") continue;
            CHECK(one.mean >= mean - 1e-5);
            CHECK(one.tail <= tail + 1e-5);
            mean = one.mean;
            tail = one.tail;
        }
        // A plan that is beaten is beaten by one that is not, by more than the gap of the search in one way.
        for (const auto& one : p.frontier) {
            if (one.is_pareto) continue;
            CHECK(std::any_of(p.frontier.begin(), p.frontier.end(), [&](const auto& other) {
                return other.is_pareto && (other.mean < one.mean || other.tail < one.tail);
            }));
        }
        CHECK(std::any_of(p.frontier.begin(), p.frontier.end(), [](const auto& one) { return one.is_pareto; }));
    }
}

TEST_CASE("a contract that was signed before is no decision, and is settled where it is not used") {
    auto f = future(0.0, 1.0, 1.0);
    f.is_given = {1.0};
    const auto p = planned({f});
    CHECK(p.contracts[0].is_given);
    CHECK(p.contracts[0].size == 1.0);
    CHECK(p.cost.mean == near(6.0 * 4.0 * 0.5));
}

TEST_CASE("a path is taken where it saves more than its capital") {
    auto with_path = shape();
    with_path.paths = {{"extension", 0, false}};
    for (const double capital : {10.0, 40.0}) {
        auto f = future(30.0, 0.0, 0.0);
        f.resize(with_path);
        auto g = future(30.0, 0.0, 0.0);
        g.path_capacity.assign(1, std::vector<double>(6, 1.0));
        g.path_income.assign(1, std::vector<double>(6, 0.0));
        g.path_price = {0.5};
        g.path_capital = {{capital, 0.0, 0.0, 0.0, 0.0, 0.0}};
        g.maximum[0].assign(6, 0.0);
        g.minimum[0].assign(6, 0.0);
        const auto p = planned({g}, {}, 0.0, with_path);
        REQUIRE(p.paths.size() == 1);
        // 150 thousand chips at 100 USD of wafer and 100 of package against 500 bought: it saves 45 MUSD
        CHECK(p.paths[0].is_taken);
        CHECK(p.cost.mean == near(capital + 150.0 * 0.2));
    }
    auto g = future(30.0, 0.0, 0.0);
    g.path_capacity.assign(1, std::vector<double>(6, 1.0));
    g.path_income.assign(1, std::vector<double>(6, 0.0));
    g.path_price = {0.5};
    g.path_capital = {{50.0, 0.0, 0.0, 0.0, 0.0, 0.0}};
    g.maximum[0].assign(6, 0.0);
    g.minimum[0].assign(6, 0.0);
    const auto p = planned({g}, {}, 0.0, with_path);
    CHECK_FALSE(p.paths[0].is_taken);
    CHECK(p.cost.mean == near(150.0 * 0.5));
}

TEST_CASE("a share that cannot be kept is said with its size; without sites everything is bought") {
    WaferTerms terms;
    terms.without = {0, 1};
    const auto p = planned({future(30.0, 1.0, 1.0)}, terms);
    CHECK(p.bought_share == doctest::Approx(1.0));
    CHECK(p.cost.mean == near(150.0 * 0.5));

    terms.most_bought = 0.2;
    const auto none = planned({future(30.0, 1.0, 1.0), future(10.0, 1.0, 1.0)}, terms);
    REQUIRE(none.misses.size() == 2);
    CHECK(none.misses[0].row == "most_bought");
    CHECK(none.misses[0].future == 0);
    CHECK(none.misses[0].by == doctest::Approx(0.8 * 150.0));

    terms.without = {};
    terms.most_bought = 0.0;
    const auto all_made = planned({future(30.0, 1.0, 1.0)}, terms);
    CHECK(all_made.misses.empty());
    CHECK(all_made.bought_share == doctest::Approx(0.0));
}

TEST_CASE("a lag between two quarters brings wafers in both, and none is lost") {
    auto f = future(0.0, 5.0, 5.0);
    f.needed[0].assign(6, 0.0);
    f.needed[0][3] = 10.0;
    f.needed[0][4] = 10.0;
    f.lag = {1.25, 1.25};
    f.least_share = {0.0, 0.0};
    f.maximum[0].assign(6, 0.0);
    f.minimum[0].assign(6, 0.0);
    f.discount = {1.0, 0.99, 0.98, 0.97, 0.96, 0.95}; // later is cheaper: nothing is started early for show
    const auto p = planned({f});
    double wafers = 0.0;
    for (const auto& one : p.sites)
        wafers += one.wafers;
    // 20 thousand chips need 0.2 thousand wafers; what of them arrives after the last need is beyond it
    CHECK(wafers >= 0.2 - 1e-9);
    CHECK(wafers <= 0.2 / 0.75 + 1e-9);
    CHECK(p.bought_share == doctest::Approx(0.0));
}

// autarky: plans of wafers whose dies wait for a back end: against everything that can be tried, and against figures by hand.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "plan/wafer_plan.hpp"

using namespace autarky::plan;
using Future = WaferFuture<double>;

namespace {

constexpr std::size_t quarters = 5;
using Figures = std::vector<double>;

/// One chip at one site, with a contract that reserves and commits to nothing; a back end behind it where it is asked for.
WaferShape shape(bool has_back_end) {
    WaferShape out;
    out.quarters = {"2028Q1", "2028Q2", "2028Q3", "2028Q4", "2029Q1"};
    out.chips = {"one"};
    out.sites = {"home"};
    out.lines = {{0, 0}};
    out.contracts = {{"anchor", {0}, true}};
    if (!has_back_end) return out;
    out.back_ends = {"osat"};
    out.needs = {{0, 0}};
    return out;
}

/// A wafer gives 100 chips a quarter later, at 200 USD of wafer and 100 beyond it; assembly takes no time.
Future future(const Figures& needed, const Figures& instead, const Figures& room) {
    Future f;
    f.resize(shape(!room.empty()));
    f.discount.assign(quarters, 1.0);
    f.instead = instead;
    f.needed = {needed};
    f.may_start[0].assign(quarters, 1.0);
    f.per_wafer[0].assign(quarters, 100.0);
    f.variable[0].assign(quarters, 0.1);
    f.price[0].assign(quarters, 20.0);
    f.capacity[0].assign(quarters, 0.3); // 30 thousand chips a quarter
    f.passing[0].assign(quarters, 1.0);
    f.share = {1.0};
    f.lag = {1.0};
    f.assembly = {0.0};
    f.price_factor = {1.0};
    f.loss_share = {0.5};
    if (room.empty()) return f;
    f.need_units = {1.0};
    f.back_end_capacity = {room};
    return f;
}

WaferPlan planned(const Future& f, bool has_back_end = true, WaferShape of = {}) {
    WaferPlanRequest request;
    request.risk = {0.0, 0.5};
    request.gap = 1e-9;
    return plan_wafers(of.quarters.empty() ? shape(has_back_end) : of, {f}, {f}, request);
}

/// The least cost of all whole steps of five thousand chips: starts, dies that go through, stock, by quarter.
class AllWays {
public:
    AllWays(const Figures& needed, const Figures& instead, const Figures& room)
        : needed_(needed), instead_(instead), room_(room) {}
    double best() { return from(0, 0, 0, 0); }

private:
    static constexpr int most_started = 6;
    static constexpr double step = 5.0;

    /// Least cost from quarter q on: `arriving` steps come in it, so many wait and so many lie in stock.
    double from(std::size_t q, int arriving, int waiting, int stock) {
        if (q == quarters) return 0.0;
        const auto key = std::make_tuple(q, arriving, waiting, stock);
        if (const auto known = known_.find(key); known != known_.end()) return known->second;
        const int there = arriving + waiting, needed = static_cast<int>(needed_[q] / step),
                  most = std::min(there, static_cast<int>(room_[q] / step));
        double best = 1e300;
        for (int through = 0; through <= most; ++through)
            for (int bought = std::max(needed - stock - through, 0); bought <= needed;
                 ++bought) // stock may wait for worse
                for (int started = 0; started <= most_started; ++started) {
                    const double cost = step * (0.3 * started + instead_[q] * bought);
                    const int left = stock + through + bought - needed;
                    best = std::min(best, cost + from(q + 1, started, there - through, left));
                }
        return known_[key] = best;
    }

    Figures needed_, instead_, room_;
    std::map<std::tuple<std::size_t, int, int, int>, double> known_;
};

} // namespace

TEST_CASE("a plan behind a scarce back end is the best of all that can be tried") {
    const std::vector<std::tuple<Figures, Figures, Figures>> cases{
        {{0.0, 10.0, 30.0, 10.0, 20.0}, {0.5, 0.5, 0.6, 0.4, 0.5}, {15.0, 15.0, 15.0, 15.0, 15.0}},
        {{0.0, 5.0, 45.0, 30.0, 5.0}, {0.5, 0.5, 0.5, 0.7, 0.5}, {10.0, 10.0, 0.0, 25.0, 30.0}},
        {{5.0, 25.0, 25.0, 25.0, 25.0}, {0.9, 0.35, 0.25, 0.35, 0.9}, {0.0, 5.0, 30.0, 5.0, 10.0}},
        {{0.0, 20.0, 20.0, 20.0, 20.0}, {0.5, 0.5, 0.5, 0.5, 0.5}, {0.0, 0.0, 0.0, 0.0, 0.0}}};
    for (const auto& [needed, instead, room] : cases) {
        const auto p = planned(future(needed, instead, room));
        CHECK(p.cost.mean == doctest::Approx(AllWays(needed, instead, room).best()).epsilon(1e-7)); // of the solver
        CHECK(p.parts.open + p.parts.chips + p.parts.bought == doctest::Approx(p.cost.mean).epsilon(1e-7));
    }
}

TEST_CASE("the price of a unit of a back end is what the plan saves by one more, and costs by one fewer") {
    const Figures needed{0.0, 10.0, 30.0, 10.0, 20.0}, instead{0.5, 0.5, 0.6, 0.4, 0.5}, room(quarters, 15.0);
    const auto f = future(needed, instead, room);
    const auto p = planned(f);
    int told = 0;
    for (std::size_t q = 0; q < quarters; ++q) {
        const auto one = std::find_if(p.back_ends.begin(), p.back_ends.end(),
                                      [&](const auto& row) { return row.quarter == shape(true).quarters[q]; });
        if (one == p.back_ends.end() || !one->more) continue;
        ++told;
        const auto moved = [&](double by) {
            auto other = room;
            other[q] += by;
            return AllWays(needed, instead, other).best() - p.cost.mean;
        };
        // five thousand units: the sides are straight that far in this case; MUSD a thousand are thousand USD a unit
        CHECK(*one->more == doctest::Approx(-moved(5.0) / 5.0 * 1e3).epsilon(1e-5));
        REQUIRE(one->fewer);
        CHECK(*one->fewer == doctest::Approx(moved(-5.0) / 5.0 * 1e3).epsilon(1e-5));
        CHECK(one->price >= *one->more * (1.0 - 1e-6));
        CHECK(one->price <= *one->fewer * (1.0 + 1e-6));
    }
    CHECK(told >= 2);
}

TEST_CASE("a back end with room for all, or that no chip needs, changes nothing") {
    const Figures needed{0.0, 10.0, 30.0, 10.0, 40.0}, instead{0.5, 0.5, 0.6, 0.4, 0.5};
    const auto none = planned(future(needed, instead, {}), false);
    const auto ample = planned(future(needed, instead, Figures(quarters, 1e6)));
    auto idle_shape = shape(true);
    idle_shape.needs.clear();
    auto idle_future = future(needed, instead, Figures(quarters, 0.0));
    idle_future.need_units.clear();
    const auto idle = planned(idle_future, true, idle_shape);
    CHECK(none.back_ends.empty());
    CHECK(idle.back_ends.empty());
    for (const auto* other : {&ample, &idle}) {
        CHECK(other->cost.mean == doctest::Approx(none.cost.mean).epsilon(1e-12));
        CHECK(other->bought_share == doctest::Approx(none.bought_share).epsilon(1e-12));
    }
    for (const auto& one : ample.back_ends)
        CHECK(one.price == doctest::Approx(0.0));
}

TEST_CASE("a back end that stands still keeps back what it would have taken in, an assembly before the chips") {
    auto f = future({0.0, 0.0, 1.0, 20.0, 20.0}, Figures(quarters, 0.5), {100.0, 100.0, 0.0, 100.0, 100.0});
    f.lag = {2.0};
    f.assembly = {1.0};
    // Chips for the fourth quarter cannot go in in the third; they go in in the second and lie in stock. Nothing is bought.
    CHECK(planned(f).bought_share == doctest::Approx(0.0));
    f.back_end_capacity[0][1] = 0.0; // closed as long as those of the third and of the fourth could have been in time
    CHECK(planned(f).bought_share == doctest::Approx(21.0 / 41.0));
    f.assembly = {1.5}; // half of what arrives has gone in two quarters before
    f.back_end_capacity[0] = {100.0, 100.0, 100.0, 0.0, 0.0};
    CHECK(planned(f).bought_share == doctest::Approx(0.0));        // nothing arrives in the fifth, which lives on stock
    f.back_end_capacity[0] = {0.0, 100.0, 100.0, 0.0, 0.0};        // nor in the third, which needs a thousand:
    CHECK(planned(f).bought_share == doctest::Approx(1.0 / 41.0)); // its dies wait for the fourth
}

TEST_CASE("room is what fits of the buyer's contract, and its part of what contracts leave") {
    auto f = future(Figures(quarters, 80.0), Figures(quarters, 0.5), Figures(quarters, 100.0));
    f.back_end_firm = {Figures(quarters, 40.0)};
    f.back_end_reserved = {Figures(quarters, 20.0)};
    f.back_end_open = {Figures(quarters, 60.0)};
    const auto room_of = [](const WaferPlan& p) { return p.back_ends.back().room; };
    CHECK(room_of(planned(f)) == doctest::Approx(20.0 + 40.0 * 60.0 / 120.0));
    f.need_units = {2.0};
    f.passing[0].assign(quarters, 0.5); // four units a shipped chip: 320 are wanted
    const auto p = planned(f);
    CHECK(room_of(p) == doctest::Approx(20.0 + 40.0 * 300.0 / 360.0));
    CHECK(p.bought_share >= 1.0 - (20.0 + 40.0 * 300.0 / 360.0) / 4.0 / 80.0 - 1e-9); // at most what goes through
    f.back_end_firm = {Figures(quarters, 180.0)}; // contracts do not fit: all are cut alike
    CHECK(room_of(planned(f)) == doctest::Approx(20.0 * 100.0 / 200.0));
}

TEST_CASE("what rated orders pay for a path's wafers makes a path pay that would not") {
    auto with_path = shape(false);
    with_path.paths = {{"extension", 0, false}};
    auto f = future({0.0, 30.0, 30.0, 30.0, 30.0}, Figures(quarters, 0.5), {});
    f.capacity[0].assign(quarters, 0.0);
    f.path_capacity = {Figures(quarters, 1.0)};
    f.path_price = {0.5};
    f.path_capital = {{40.0, 0.0, 0.0, 0.0, 0.0}};
    f.path_income = {Figures(quarters, 0.0)};
    // 120 thousand chips at 200 USD against 500: it saves 36 MUSD of 40
    const auto none = planned(f, false, with_path);
    CHECK_FALSE(none.paths[0].is_taken);
    f.path_income = {{0.0, 2.0, 2.0, 2.0, 0.0}};
    const auto paid = planned(f, false, with_path);
    REQUIRE(paid.paths[0].is_taken);
    CHECK(paid.paths[0].income == doctest::Approx(6.0));
    CHECK(paid.parts.rated == doctest::Approx(-6.0));
    CHECK(paid.cost.mean == doctest::Approx(40.0 - 6.0 + 120.0 * 0.2).epsilon(1e-4)); // the tie-break is 1e-3 of 58
}

// autarky: plans that are stopped at any moment: soon, with the best so far, and with nothing that does not belong together.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <random>
#include <thread>

#include "farmer.hpp"
#include "plan/decomposed.hpp"
#include "plan/wafer_plan.hpp"

using namespace autarky::plan;
using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

namespace {

constexpr double soon = 2.0; // s; some hundredths on a machine with nothing else to do

double seconds_since(Clock::time_point began) { return Seconds(Clock::now() - began).count(); }

/// Asks for a stop after so many seconds.
class StopAfter {
public:
    explicit StopAfter(double seconds)
        : waiting_([this, seconds] {
              std::this_thread::sleep_for(Seconds(seconds));
              asked_ = Clock::now();
              stop_.request_stop();
          }) {}
    [[nodiscard]] std::stop_token token() const { return stop_.get_token(); }
    /// How long ago it asked; waits for it.
    double since() {
        waiting_.join();
        return seconds_since(asked_);
    }

private:
    std::stop_source stop_;
    Clock::time_point asked_;
    std::thread waiting_;
};

/// Whole numbers that fill several knapsacks to the brim: minutes of branching (Cornuejols and Dawande, IPCO 1998).
Program market_split() {
    constexpr std::size_t rows = 4, columns = 30;
    std::mt19937 draw(1);
    Program out;
    for (std::size_t c = 0; c < columns; ++c)
        out.add(Column{"x" + std::to_string(c), 0.0, 0.0, 1.0, true});
    for (std::size_t r = 0; r < 2 * rows; ++r)
        out.add(Column{"miss" + std::to_string(r), 1.0});
    for (std::size_t r = 0; r < rows; ++r) {
        Row row{"market" + std::to_string(r), 0.0, 0.0, {{columns + 2 * r, 1.0}, {columns + 2 * r + 1, -1.0}}};
        double sum = 0.0;
        for (std::size_t c = 0; c < columns; ++c) {
            row.terms.push_back({c, static_cast<double>(draw() % 100)});
            sum += row.terms.back().factor;
        }
        row.lower = row.upper = std::floor(sum / 2.0);
        out.add(row);
    }
    return out;
}

/// One chip at two sites, two contracts, forty quarters.
WaferShape shape() {
    WaferShape out;
    for (int q = 0; q < 40; ++q)
        out.quarters.push_back(std::to_string(2028 + q / 4) + "Q" + std::to_string(1 + q % 4));
    out.chips = {"one"};
    out.sites = {"home", "away"};
    out.lines = {{0, 0}, {0, 1}};
    out.contracts = {{"anchor", {0}, true}, {"second", {1}, true}};
    return out;
}

std::vector<WaferFuture<double>> futures(std::size_t n) {
    std::mt19937 draw(7);
    const auto between = [&](double a, double b) { return a + (b - a) * static_cast<double>(draw() % 1000) / 1000.0; };
    std::vector<WaferFuture<double>> out(n);
    for (auto& f : out) {
        f.resize(shape());
        for (std::size_t q = 0; q < 40; ++q) {
            f.discount[q] = std::pow(0.98, static_cast<double>(q));
            f.instead[q] = between(0.3, 0.8);
            f.needed[0][q] = between(20.0, 120.0);
            f.may_start[0][q] = 1.0;
            for (std::size_t i = 0; i < 2; ++i) {
                f.per_wafer[i][q] = between(60.0, 120.0);
                f.variable[i][q] = 0.1;
                f.price[i][q] = between(14.0, 26.0);
                f.firm[i][q] = 5.0;
                f.capacity[i][q] = 5.0 + between(0.1, 1.0);
                f.maximum[i][q] = 0.5;
                f.minimum[i][q] = 4.0;
            }
        }
        f.share = {0.7, 0.3};
        f.lag = {0.3, 0.7};
        f.price_factor = {1.0, 0.95};
        f.loss_share = {0.5, 0.5};
    }
    return out;
}

double sum_of(const CostParts& p) {
    return p.open + p.contracted + p.paths + p.chips + p.bought + p.settled + p.prepaid + p.capital + p.outlets +
           p.rated;
}

/// What holds of a plan whenever it was stopped.
void check_part(const WaferPlan& plan, const WaferPlan& whole) {
    if (plan.contracts.empty()) return; // before the first round was over
    constexpr double alike = 1e-6;
    CHECK(plan.contracts.size() == whole.contracts.size());
    CHECK(plan.value >= whole.bound - alike * std::fabs(whole.bound));
    CHECK(plan.bound <= whole.value + alike * std::fabs(whole.value));
    CHECK(plan.gap >= -alike);
    CHECK(plan.cost.mean <= plan.value);
    CHECK(plan.sites.size() == whole.sites.size());
    // Its flows are those of its own decisions, though the futures had gone on to others.
    CHECK(sum_of(plan.parts) == doctest::Approx(plan.cost.mean));
    for (const auto& site : plan.sites)
        CHECK((site.more || !site.fewer));
    CHECK(plan.frontier.size() <= whole.frontier.size());
}

} // namespace

TEST_CASE("a program of whole numbers that would take minutes is stopped soon, with a bound that holds") {
    StopAfter stop(0.2);
    const auto found = Solver(market_split(), stop.token()).solve();
    CHECK(stop.since() < soon);
    REQUIRE(found.status == Status::time_out);
    CHECK(found.bound >= -1e-6);
    if (found.has_point) CHECK(found.objective >= found.bound - 1e-6);
}

TEST_CASE("who is stopped before the first round has no plan, and nothing else is answered") {
    std::stop_source stop;
    Decomposed futures(farmer(), 2, stop.get_token());
    stop.request_stop();
    const auto plan = futures.solve({}, {});
    CHECK(plan.status == Status::time_out);
    CHECK(plan.first.empty());
    CHECK_THROWS_AS(static_cast<void>(futures.costs({100.0, 100.0, 100.0})), Stopped);
    CHECK_THROWS_AS(Decomposed(farmer(), 1, stop.get_token()), Stopped);
    CHECK_THROWS_AS(static_cast<void>(wait_and_see(farmer(), 1, stop.get_token())), Stopped);
    CHECK_THROWS_AS(static_cast<void>(least_miss(farmer(), 1, stop.get_token())), Stopped);
}

TEST_CASE("a plan that was found before a stop is told with its futures as they stood") {
    std::stop_source stop;
    Decomposed futures(farmer(), 1, stop.get_token());
    const auto plan = futures.solve({}, {1e-9});
    const auto expected = futures.costs_of_plan(plan);
    std::vector<std::vector<double>> values;
    for (std::size_t i = 0; i < expected.size(); ++i)
        values.push_back(futures.last(i).value);
    static_cast<void>(futures.costs({500.0, 0.0, 0.0})); // somewhere else
    stop.request_stop();
    CHECK(futures.costs_of_plan(plan) == plan.costs);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        CHECK(plan.costs[i] == doctest::Approx(expected[i]));
        for (std::size_t c = 0; c < values[i].size(); ++c)
            CHECK(futures.last(i).value[c] == doctest::Approx(values[i][c]));
    }
}

TEST_CASE("plans of wafers that are stopped at any moment end soon, and say only what belongs together") {
    const auto some = futures(12);
    WaferPlanRequest request;
    request.risk = {1.0, 0.8};
    request.threads = 2;
    const auto began = Clock::now();
    const auto whole = plan_wafers(shape(), some, some, request);
    const double took = seconds_since(began);
    REQUIRE(!whole.is_stopped);
    REQUIRE(whole.information_worth.has_value());
    int n_parts = 0;
    constexpr int moments = 8;
    for (int k = 0; k < moments; ++k) {
        CAPTURE(k);
        StopAfter stop(took * k / moments);
        request.stop = stop.token();
        const auto part = plan_wafers(shape(), some, some, request);
        CHECK(stop.since() < soon);
        check_part(part, whole);
        n_parts += part.is_stopped && !part.contracts.empty() ? 1 : 0;
    }
    CHECK(n_parts > 0);
}

TEST_CASE("a plan of wafers tells each of its steps, from none to all") {
    const auto some = futures(4);
    WaferPlanRequest request;
    std::vector<std::size_t> done;
    std::size_t all = 0;
    request.progress = [&](std::size_t steps, std::size_t of) {
        CHECK((all == 0 || all == of));
        all = of;
        done.push_back(steps);
    };
    (void)plan_wafers(shape(), some, some, request);
    REQUIRE(done.size() == all + 1);
    for (std::size_t k = 0; k < done.size(); ++k)
        CHECK(done[k] == k);
}

// autarky: an overloaded transformer means a slower charge, an exchange and its cost; who pays, what storage frees.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "case_run.hpp"
#include "small_run.hpp"

using autarky::test::CaseRun;
using autarky::test::Draw;
using autarky::test::SmallRun;

namespace {

constexpr const char* end = "2030Q4";

/// A setting of both grids of the small scenario.
std::vector<std::string> both(const std::vector<std::string>& settings) {
    std::vector<std::string> out;
    for (const auto& setting : settings)
        for (const char* grid : {"grid.north.", "grid.east."})
            out.push_back(grid + setting);
    return out;
}

void check_equal(const std::vector<double>& one, const std::vector<double>& other) {
    REQUIRE(one.size() == other.size());
    for (std::size_t q = 0; q < one.size(); ++q)
        CHECK(one[q] == other[q]);
}

} // namespace

TEST_CASE("only what the buyer pays is its cash: to the dollar of what was paid, and not a bit of what others pay") {
    const std::vector<std::string> storage{"storage_share=50 %"};
    auto with = [&](const char* utility, const char* customer, const char* buyer) {
        auto sets = storage;
        for (const char* thing : {"upgrade_", "storage_"}) {
            sets.push_back(thing + std::string("utility=") + utility);
            sets.push_back(thing + std::string("customer=") + customer);
            sets.push_back(thing + std::string("buyer=") + buyer);
        }
        return SmallRun(both(sets));
    };
    const SmallRun utility = with("100 %", "0 %", "0 %"), customer = with("0 %", "100 %", "0 %"),
                   buyer = with("0 %", "0 %", "100 %"), third = with("60 %", "15 %", "25 %");
    for (const char* cash : {"cash.make", "cash.buy", "npv.make_vs_buy"}) {
        CAPTURE(cash);
        check_equal(utility.series(cash), customer.series(cash));
    }
    const auto bill = buyer.series("grid.paid_buyer"), part = third.series("grid.paid_buyer");
    const auto free = utility.series("cash.make"), paid = buyer.series("cash.make"), split = third.series("cash.make");
    CHECK(bill.back() > 1.0);
    CHECK(utility.at("grid.paid_buyer", end) == 0.0);
    for (std::size_t q = 1; q < bill.size(); ++q) {
        CAPTURE(q);
        // Cash is some thousand MUSD a quarter: its last digits are those of 1e-12 of that.
        CHECK(free[q] - paid[q] == doctest::Approx(bill[q] - bill[q - 1]).epsilon(1e-9).scale(1.0));
        CHECK(free[q] - split[q] == doctest::Approx(part[q] - part[q - 1]).epsilon(1e-9).scale(1.0));
        CHECK(part[q] == doctest::Approx(0.25 * bill[q]).epsilon(1e-12));
    }
}

TEST_CASE("what is paid is what upgrades and storage cost, whoever pays it") {
    CaseRun run("small.toml");
    Draw draw(11);
    for (int i = 0; i < 200; ++i) {
        const double utility = draw.between(0.0, 60.0), customer = draw.between(0.0, 40.0);
        const double in_storage = draw.between(0.0, 50.0);
        run.run({{"grid.north.upgrade_utility", utility},
                 {"grid.north.upgrade_customer", customer},
                 {"grid.north.upgrade_buyer", 100.0 - utility - customer},
                 {"grid.north.storage_share", draw.between(0.0, 100.0)},
                 {"grid.north.storage_customer", in_storage},
                 {"grid.north.storage_buyer", 100.0 - in_storage},
                 {"grid.north.blocks_sale", draw.between(0.0, 100.0)},
                 {"grid.north.upgrade_rate", draw.between(1'000.0, 500'000.0)}});
        for (std::size_t q = 0; q < run.quarters(); ++q) {
            const double paid =
                run.at("grid.paid_utility", q) + run.at("grid.paid_customer", q) + run.at("grid.paid_buyer", q);
            const double cost = run.at("grid.upgrade_cost", q) + run.at("grid.storage_cost", q);
            CHECK(paid == doctest::Approx(cost).epsilon(1e-9));
            CHECK(run.at("grid.cost_on_time", q) >= run.at("grid.upgrade_cost", q));
        }
    }
}

TEST_CASE("a fifth of the transformers lengthens the wait, managed charging shortens it") {
    const std::string crews = "crew_rate=400_000 transformer/year";
    const SmallRun usual(both({crews, "upgrade_rate=100_000 transformer/year"})),
        fifth(both({crews, "upgrade_rate=20_000 transformer/year"})),
        managed(both({crews, "upgrade_rate=20_000 transformer/year", "managed_share=80 %"}));
    CHECK(fifth.at("grid.years_to_ready", end) > 1.5 * usual.at("grid.years_to_ready", end));
    CHECK(fifth.at("grid.below_wish", end) > 1.2 * usual.at("grid.below_wish", end));
    CHECK(fifth.at("grid.unserved", end) > 1.2 * usual.at("grid.unserved", end));
    CHECK(managed.at("grid.years_to_ready", end) < 0.8 * fifth.at("grid.years_to_ready", end));
    CHECK(managed.at("grid.below_wish", end) < 0.5 * fifth.at("grid.below_wish", end));
    CHECK(managed.at("grid.cost_on_time", end) < fifth.at("grid.cost_on_time", end));
    // No sale waits for one: it is a delay and a cost.
    CHECK(fifth.at("grid.never_sold", end) == 0.0);
    check_equal(fifth.series("deploy.vehicles"), usual.series("deploy.vehicles"));
}

TEST_CASE("where none waits the street is ready today") {
    const SmallRun away(both({"vehicles_at_home=0 %", "robots_at_home=0 %"}));
    for (const char* metric : {"grid.years_to_ready", "grid.below_wish", "grid.unserved", "grid.cost_on_time"})
        CHECK(away.at(metric, end) == 0.0);
}

TEST_CASE("storage frees devices, from the quarter after it is bought, at its cost") {
    const std::vector<std::string> slow{"upgrade_rate=20_000 transformer/year"};
    auto storing = slow;
    for (const char* setting :
         {"storage_share=60 %", "storage_utility=100 %", "storage_size=8 kWh/unit", "storage_cost=500 USD/kWh"})
        storing.emplace_back(setting);
    const SmallRun without(both(slow)), with(both(storing));
    const auto freed = with.series("grid.storage_freed"), below = with.series("grid.below_wish"),
               all = without.series("grid.below_wish"), cost = with.series("grid.storage_cost");
    CHECK(freed[0] == 0.0);
    CHECK(freed.back() > 1'000.0);
    CHECK(without.at("grid.storage_cost", end) == 0.0);
    double most = 0.0;
    for (std::size_t q = 0; q < freed.size(); ++q) {
        CHECK(below[q] + freed[q] == doctest::Approx(all[q]).epsilon(1e-9));
        most = std::max(most, 0.6 * all[q]);
        // 8 kWh at 500 USD for each device for which storage was ever bought; both grids buy for themselves.
        CHECK(cost[q] >= most * 8 * 500 / 1e6 * (1 - 1e-9));
    }
    const SmallRun gate(both({slow[0], "blocks_sale=100 %"}));
    storing.emplace_back("blocks_sale=100 %");
    const SmallRun opened{both(storing)};
    CHECK(opened.at("deploy.fleet_vehicles", end) > gate.at("deploy.fleet_vehicles", end));
    CHECK(opened.at("grid.never_sold", end) < gate.at("grid.never_sold", end));
}

TEST_CASE("devices never sold are what the grid took from sales in all quarters so far") {
    const SmallRun run(both({"blocks_sale=100 %", "upgrade_rate=20_000 transformer/year"}));
    const auto lost = run.series("sales.lost.grid"), never = run.series("grid.never_sold");
    double sum = 0.0;
    for (std::size_t q = 0; q < lost.size(); ++q) {
        sum += lost[q];
        CHECK(never[q] == doctest::Approx(sum).epsilon(1e-9));
    }
    CHECK(sum > 0.0);
}

TEST_CASE("money for the grid raises supply as far as it becomes units") {
    const std::vector<std::string> scarce{"upgrade_rate=20_000 transformer/year"};
    const auto with = [&](const char* knots, const char* response) {
        auto sets = scarce;
        sets.push_back(std::string("investment={ series = [") + knots + "] }");
        sets.push_back(std::string("investment_response=") + response);
        return SmallRun(both(sets));
    };
    const char* rising = R"(["2026Q1", "10 BUSD/year"], ["2028Q1", "20 BUSD/year"])";
    const SmallRun none(both(scarce)), flat = with(R"(["2026Q1", "10 BUSD/year"])", "100 %"),
                                       deaf = with(rising, "0 %"), half = with(rising, "50 %"),
                                       full = with(rising, "100 %");
    for (const char* metric : {"grid.transformers_upgraded", "grid.below_wish", "grid.years_to_ready"}) {
        CAPTURE(metric);
        check_equal(none.series(metric), flat.series(metric));
        check_equal(none.series(metric), deaf.series(metric));
    }
    CHECK(half.at("grid.transformers_upgraded", end) > 1.1 * none.at("grid.transformers_upgraded", end));
    CHECK(full.at("grid.transformers_upgraded", end) > 1.1 * half.at("grid.transformers_upgraded", end));
    CHECK(full.at("grid.years_to_ready", end) < none.at("grid.years_to_ready", end));
}

TEST_CASE("what is not served at the wished hour is what a slow charge leaves out") {
    const auto with = [](const char* share) { return SmallRun(both({std::string("slow_charging=") + share})); };
    const double none = with("0 %").at("grid.unserved", end);
    CHECK(none > 0.0);
    CHECK(with("75 %").at("grid.unserved", end) == doctest::Approx(0.25 * none).epsilon(1e-9));
    CHECK(with("100 %").at("grid.unserved", end) == 0.0);
}

TEST_CASE("with all supply taken by ageing no sample fails: there is no date, and all else has its numbers") {
    const SmallRun none(both({"replacement_share=100 %"}));
    CHECK(std::isnan(none.at("grid.years_to_ready", end)));
    CHECK(none.at("grid.transformers_upgraded", end) == 0.0);
    CHECK(none.at("grid.below_wish", end) > 0.0);
    CHECK(std::isfinite(none.at("npv.make_vs_buy", end)));
}

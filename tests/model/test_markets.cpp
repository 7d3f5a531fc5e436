// autarky: bans, licences, fallbacks: the rule looks at the chip that is really in the device.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>

#include "case_run.hpp"

using autarky::test::CaseRun;
using autarky::test::Draw;

namespace {

const std::vector<std::string> two_regions{
    "region.north.vehicle_share=60 %",
    "region.east={ source = \"test\", vehicle_share = \"40 %\", wage = \"14_000 USD/worker/year\", wage_growth = \"0 "
    "%/year\", "
    "workforce = \"1 Mworker\", automatable = \"1 %\", working_hours = \"2_000 h\", energy_price = \"0.1 USD/kWh\", "
    "export_controlled = true, second_stack = true, second_stack_cost = \"100 MUSD\", second_stack_time = \"1 year\" "
    "}"};

std::string ban(const std::string& curable) {
    return "event.ban={ source = \"test\", kind = \"market_closed\", location = \"east\", earliest = \"2027Q1\", "
           "hazard = "
           "\"1_000_000 %/year\", luck = \"0.5\", duration = \"20 year\", severity = \"100 %\", curable = \"" +
           curable + "\" }";
}
/// Refuses whatever has more than `limit` TPP; the chips of the plain fixture have 4,000.
std::string rule(const std::string& limit) {
    return "rule.r={ source = \"test\", effective = \"2027Q1\", tpp_limit = \"" + limit +
           " TPP\", refused_controlled = \"100 %\", refused_licensable = \"0 %\", luck = \"0.5\" }";
}
std::vector<std::string> with(std::vector<std::string> sets, const std::vector<std::string>& more) {
    sets.insert(sets.end(), more.begin(), more.end());
    return sets;
}
const std::string design = "fallback.second={ source = \"test\", region = \"east\", design_cost = \"200 MUSD\", time = "
                           "\"1 year\", device_cost = \"50 "
                           "USD/unit\" }";

} // namespace

TEST_CASE("a ban of 100 % that no stack cures closes the market; a curable one reopens it") {
    CaseRun closed("plain.toml", with(two_regions, {ban("0 %")}));
    closed.run();
    for (std::size_t q = 5; q < closed.quarters(); ++q)
        CHECK(closed.at("market.open.east", q) == doctest::Approx(0.0));
    CHECK(closed.at("market.open.north", 10) == doctest::Approx(100.0));
    CaseRun cured("plain.toml", with(two_regions, {ban("80 %")}));
    cured.run();
    CHECK(cured.at("market.open.east", 15) == doctest::Approx(80.0));
}

TEST_CASE("a refused chip leaves the market, in either world, unless something replaces it") {
    CaseRun free("plain.toml", with(two_regions, {rule("4_800")}));
    free.run();
    CHECK(free.at("market.open.east", 12) == doctest::Approx(100.0));
    CaseRun refused("plain.toml", with(two_regions, {rule("3_000")}));
    refused.run();
    CHECK(refused.at("market.open.east", 12) == doctest::Approx(0.0));
    CHECK(refused.at("deploy.vehicles", 12) == doctest::Approx(refused.at("deploy.vehicles_buy", 12)));
    CaseRun replaced("plain.toml", with(two_regions, {rule("3_000"), design}));
    replaced.run();
    CHECK(replaced.at("market.open.east", 15) == doctest::Approx(100.0));
}

TEST_CASE("only the own chip is refused: with none of them in the devices nothing is") {
    // own 12,000 TPP against the merchant's 4,000
    const std::vector<std::string> sets = with(two_regions, {rule("5_000"), "chip.one.throughput=1_500 TOPS"});
    CaseRun run("plain.toml", sets);
    run.run();
    CHECK(run.at("market.open.east", 12) == doctest::Approx(0.0));
    auto none = sets;
    none.emplace_back("chip.one.qualification_time=360 month");
    CaseRun bought("plain.toml", none);
    bought.run();
    CHECK(bought.at("market.open.east", 12) == doctest::Approx(100.0));
}

TEST_CASE("a dearer fallback never raises sales") {
    CaseRun run("plain.toml", with(two_regions, {rule("3_000"), design}));
    Draw draw(10);
    for (int i = 0; i < 500; ++i) {
        CaseRun::Changes changes{{"fallback.second.device_cost", draw.between(0.0, 9'000.0)},
                                 {"fallback.second.design_cost", draw.between(0.0, 2'000.0)},
                                 {"fallback.second.time", draw.between(0.1, 4.0)}};
        const auto sold = [&] {
            run.run(changes);
            double sum = 0.0;
            for (const double x : run.series("deploy.vehicles"))
                sum += x;
            return sum;
        };
        const double before = sold();
        changes["fallback.second.device_cost"] *= 1.3;
        CHECK(sold() <= before * (1.0 + 1e-12));
        changes["fallback.second.design_cost"] *= 2.0;
        CHECK(sold() <= before * (1.0 + 1e-12));
    }
}

TEST_CASE("a region's rules removed on both sides leave the value of a symmetric case as it is") {
    CaseRun with_rule("plain.toml", with(two_regions, {rule("3_000"), "merchant.first.porting_cost=0 MUSD"}));
    CaseRun without("plain.toml", with(two_regions, {"merchant.first.porting_cost=0 MUSD"}));
    // Equal compute cost on both sides: what the market is worth is the same in both worlds.
    without.run();
    const double cost = without.at("chip.unit_cost", 4);
    const CaseRun::Changes equal{{"merchant.first.list_price", cost}, {"merchant.first.unit_cost", 0.5 * cost}};
    without.run(equal);
    with_rule.run(equal);
    CHECK(with_rule.npv() == doctest::Approx(without.npv()).epsilon(1e-9));
}

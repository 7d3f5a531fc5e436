// autarky: rated orders of the state, and back ends that keep dies waiting: conserved, paid, and nothing where none is.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>

#include "case_run.hpp"
#include "small_run.hpp"

using autarky::test::CaseRun;
using autarky::test::SmallRun;

namespace {

std::string event(const std::string& kind, const std::string& severity) {
    return "event.it={ source = \"test\", kind = \"" + kind +
           "\", location = \"US\", earliest = \"2027Q1\", hazard = \"1_000_000 %/year\", luck = \"0.5\", "
           "duration = \"1 year\", severity = \"" +
           severity + "\" }";
}
const std::string tight = "site.home.capacity={ series = [[\"2026Q1\", \"3_000 wafer/month\"]] }";
const std::string rival = "customer.rival={ source = \"test\", site = \"home\", request = { series = [[\"2026Q1\", "
                          "\"50 %\"]] }, firm = \"50 %\" }";

std::string back_end(const std::string& capacity, const std::string& reserved = "0 chip/month") {
    return "back_end.osat={ source = \"test\", kind = \"assembly\", location = \"MY\", capacity = { series = "
           "[[\"2026Q1\", \"" +
           capacity + "\"]] }, reserved = { series = [[\"2026Q1\", \"" + reserved + "\"]] } }";
}
const std::string need = "chip.one.needs.osat={ back_end = \"osat\" }";

double sum_to(const std::vector<double>& series, std::size_t q) {
    double sum = 0.0;
    for (std::size_t i = 0; i <= q; ++i)
        sum += series[i];
    return sum;
}

} // namespace

TEST_CASE("what rated orders take is what a loss of supply takes, and comes from somebody") {
    CaseRun none("plain.toml", {tight, rival, "buyer.buys_shortfall=false"});
    CaseRun lost("plain.toml", {tight, rival, "buyer.buys_shortfall=false", event("supply_loss", "40 %")});
    CaseRun rated("plain.toml", {tight, rival, "buyer.buys_shortfall=false", event("rated_orders", "40 %")});
    none.run();
    lost.run();
    rated.run();
    for (std::size_t q = 0; q < rated.quarters(); ++q) {
        CAPTURE(q);
        CHECK(rated.at("foundry.wafers", q) == lost.at("foundry.wafers", q)); // nobody learns in this fixture
        const double taken = rated.at("rated.wafers.home", q);
        // a rate of 10,000 a year lets it begin, and end, ln 2 / 10,000 years late: a wafer in a quarter of 3,600
        CHECK(taken == doctest::Approx(q >= 4 && q < 8 ? 0.4 * 9'000.0 : 0.0).epsilon(5e-4).scale(3'600.0));
        const double own = rated.at("rated.from_own.home", q), others = rated.at("rated.from_others.home", q),
                     merchants = rated.at("rated.from_merchants.home", q);
        CHECK(own >= -1e-9);
        CHECK(others >= -1e-9);
        CHECK(own + others + merchants <= taken * (1.0 + 1e-12) + 1e-9);
        CHECK(rated.at("rated.paid.home", q) == doctest::Approx(taken * 10'000.0 / 1e6)); // at the site's price
    }
    // in the first quarter of it the same was asked for as without it
    CHECK(rated.at("rated.from_own.home", 4) ==
          doctest::Approx(none.at("foundry.wafers", 4) - rated.at("foundry.wafers", 4)));
    CHECK(rated.at("foundry.profit.home", 5) > lost.at("foundry.profit.home", 5)); // the state pays
    for (std::size_t q = 0; q < rated.quarters(); ++q) // the buyer is not charged for what it did not get
        CHECK(rated.at("foundry.wafer_cost.home", q) == lost.at("foundry.wafer_cost.home", q));
}

TEST_CASE("wafers that the state takes from the buyer count toward its minimum") {
    const std::string contract =
        "contract.anchor={ source = \"test\", signed = \"2025Q1\", ends = \"2031Q1\", minimum = { series = "
        "[[\"2026Q1\", \"1_500 wafer/month\"]] }, settling_share = \"100 %\", line.home = { site = \"home\" } }";
    CaseRun lost("plain.toml", {tight, rival, contract, event("supply_loss", "60 %")});
    CaseRun rated("plain.toml", {tight, rival, contract, event("rated_orders", "60 %")});
    lost.run();
    rated.run();
    for (std::size_t q = 0; q < rated.quarters(); ++q)
        CHECK(rated.at("contract.settled", q) <= lost.at("contract.settled", q) + 1e-9);
}

TEST_CASE("to the buyer a path with tenants is the path of its own part") {
    const auto grow = [](const std::string& capacity, const std::string& own, const std::string& tenants) {
        return "path.grow={ source = \"test\", site = \"home\", taken = true, decision = \"2024Q1\", lead_time = \"1 "
               "year\", "
               "capacity = \"" +
               capacity + "\", capex = \"0.5 MUSD*month/wafer\", own_share = \"" + own + "\", tenant_share = \"" +
               tenants +
               "\", fee = \"0 %\", life = \"10 year\", utilisation = \"90 %\", "
               "volatility = \"30 %\", payout = \"5 %/year\" }";
    };
    // the buyer pays for 600 of 1,000 wafers a month, or for all of a path of 600
    CaseRun shared("plain.toml", {tight, rival, grow("1_000 wafer/month", "60 %", "40 %")});
    CaseRun alone("plain.toml", {tight, rival, grow("600 wafer/month", "100 %", "0 %")});
    shared.run();
    alone.run();
    for (const std::string metric :
         {"foundry.wafers", "foundry.wafer_cost.home", "cash.make", "cash.buy", "foundry.chips"})
        for (std::size_t q = 0; q < shared.quarters(); ++q) // shares are rounded: some thousand sums
            CHECK(shared.at(metric, q) == doctest::Approx(alone.at(metric, q)).epsilon(1e-10));
    CHECK(shared.at("foundry.wafers", 8) > 0.0);
    // the tenants' 400 wafers a month are in the site's contracts, and in what it can start
    CHECK(shared.at("supply.firm.home", 8) - alone.at("supply.firm.home", 8) == doctest::Approx(1'200.0));
    CHECK(shared.at("supply.capacity.home", 8) - alone.at("supply.capacity.home", 8) == doctest::Approx(1'200.0));
}

TEST_CASE("the buyer is paid for wafers of capacity that it paid for") {
    const std::string path =
        "path.grow={ source = \"test\", site = \"home\", taken = true, decision = \"2024Q1\", lead_time = \"1 year\", "
        "capacity = \"1_000 wafer/month\", capex = \"0.5 MUSD*month/wafer\", own_share = \"100 %\", fee = \"0 %\", "
        "life = \"10 year\", utilisation = \"90 %\", volatility = \"30 %\", payout = \"5 %/year\" }";
    CaseRun rated("plain.toml", {path, event("rated_orders", "50 %")});
    rated.run();
    // half of 3,000 wafers a quarter at 10,000 USD, of which cash cost takes half
    CHECK(rated.at("rated.income", 5) == doctest::Approx(1'500.0 * 10'000.0 * 0.5 / 1e6));
    CHECK(rated.at("rated.income", 2) == 0.0);
}

TEST_CASE("a back end with room for all changes nothing; one without holds dies back and loses none") {
    const SmallRun none, ample({back_end("1_000_000_000 chip/month"), need}), idle({back_end("1 chip/month")});
    for (const auto* metric : {"foundry.chips", "foundry.wafers", "npv.make_vs_buy", "foundry.dies_in_progress"}) {
        CHECK(none.series(metric) == ample.series(metric)); // to the bit
        CHECK(none.series(metric) == idle.series(metric));  // no chip needs it
    }
    const SmallRun scarce({back_end("20_000 chip/month"), need, "buyer.buys_shortfall=false"});
    const auto good = scarce.series("foundry.dies_good"), chips = scarce.series("foundry.chips"),
               failed = scarce.series("foundry.chips_scrapped"), inside = scarce.series("foundry.dies_in_progress"),
               waiting = scarce.series("foundry.dies_waiting"), met = scarce.series("back_end.met.osat");
    bool has_bound = false;
    for (std::size_t q = 0; q < scarce.quarters(); ++q) {
        // sums of up to forty quarters, each rounded
        CHECK(sum_to(good, q) == doctest::Approx(sum_to(chips, q) + sum_to(failed, q) + inside[q]).epsilon(1e-9));
        CHECK(chips[q] + failed[q] <= 60'000.0 * (1.0 + 1e-9) + 1e-6);
        CHECK(waiting[q] >= -1e-6);
        CHECK(met[q] <= 100.0);
        has_bound = has_bound || met[q] < 99.0;
    }
    CHECK(has_bound);
    CHECK(sum_to(chips, scarce.quarters() - 1) < sum_to(none.series("foundry.chips"), scarce.quarters() - 1));
}

TEST_CASE("a loss at a back end's country stops it, a contract there keeps the buyer's dies going") {
    const auto rivals = [](const std::string& reserved) {
        return "back_end.osat={ source = \"test\", kind = \"assembly\", location = \"MY\", capacity = { series = "
               "[[\"2026Q1\", \"50_000 chip/month\"]] }, reserved = { series = [[\"2026Q1\", \"" +
               reserved +
               "\"]] }, customer.other = { request = { series = [[\"2026Q1\", \"100 %\"]] }, firm = \"20 %\" } }";
    };
    const SmallRun open({rivals("0 chip/month"), need, "buyer.buys_shortfall=false"});
    const SmallRun kept({rivals("40_000 chip/month"), need, "buyer.buys_shortfall=false"});
    CHECK(kept.sum("foundry.chips") > 1.05 * open.sum("foundry.chips"));
    const std::string strike =
        "event.it={ source = \"test\", kind = \"supply_loss\", location = \"MY\", earliest = \"2027Q1\", "
        "hazard = \"1_000_000 %/year\", luck = \"0.5\", duration = \"1 year\" }";
    const SmallRun struck({rivals("40_000 chip/month"), need, "buyer.buys_shortfall=false", strike});
    // the rate lets it begin ln 2 / 1,000,000 years late, well before that quarter: none, in per cent
    CHECK(struck.at("back_end.met.osat", "2027Q2") == doctest::Approx(0.0).epsilon(1e-6));
    CHECK(struck.at("back_end.met.osat", "2026Q4") == kept.at("back_end.met.osat", "2026Q4"));
    CHECK(struck.at("back_end.met.osat", "2028Q2") > 0.0);
}

TEST_CASE("an event may strike one back end by its name; what a back end takes is what leaves the bank") {
    const auto row = [](const std::string& name) {
        return "back_end." + name + "={ source = \"test\", kind = \"test\", location = \"MY\", capacity = { series = " +
               "[[\"2026Q1\", \"50_000 chip/month\"]] } }";
    };
    const auto strike = [](const std::string& place) {
        return "event.it={ source = \"test\", kind = \"supply_loss\", location = \"" + place +
               "\", earliest = \"2027Q1\", hazard = \"1_000_000 %/year\", luck = \"0.5\", duration = \"1 year\" }";
    };
    const std::vector<std::string> base{row("osat"), row("lab"), need, "chip.one.needs.lab={ back_end = \"lab\" }",
                                        "buyer.buys_shortfall=false"};
    const auto with = [&](const std::string& set) {
        auto sets = base;
        sets.push_back(set);
        return SmallRun(sets);
    };
    const SmallRun calm(base), one = with(strike("lab")), both = with(strike("MY"));
    // begins ln 2 / 1,000,000 years late, well before that quarter: none, in per cent
    CHECK(one.at("back_end.met.lab", "2027Q2") == doctest::Approx(0.0).epsilon(1e-6));
    CHECK(one.at("back_end.met.osat", "2027Q2") > 1.0);
    CHECK(both.at("back_end.met.osat", "2027Q2") == doctest::Approx(0.0).epsilon(1e-6));
    CHECK(one.at("back_end.capacity.lab", "2027Q2") == doctest::Approx(0.0).epsilon(1e-6));
    CHECK(one.at("back_end.capacity.osat", "2027Q2") == 150'000.0);
    const auto good = calm.series("foundry.dies_good"), waiting = calm.series("foundry.dies_waiting"),
               taken = calm.series("back_end.taken.osat");
    CHECK(taken == calm.series("back_end.taken.lab")); // a chip takes one unit of either
    for (std::size_t q = 0; q < calm.quarters(); ++q)  // sums of up to forty quarters, each rounded
        CHECK(sum_to(good, q) == doctest::Approx(sum_to(taken, q) + waiting[q]).epsilon(1e-9));
    CHECK(sum_to(one.series("back_end.taken.osat"), 7) < sum_to(taken, 7));
}

TEST_CASE("figures by site add up to the whole") {
    const SmallRun run;
    for (const std::string metric :
         {"foundry.wafers", "foundry.wafers_finished", "foundry.wafers_scrapped", "foundry.wafers_in_progress",
          "foundry.wafers_unmet_minimum", "foundry.wafers_to_outlets"})
        for (std::size_t q = 0; q < run.quarters(); ++q) // parts in another order than the whole
            CHECK(run.series(metric + ".home")[q] + run.series(metric + ".abroad")[q] ==
                  doctest::Approx(run.series(metric)[q]).epsilon(1e-9));
    CHECK(run.series("foundry.site_wafers.home") == run.series("foundry.wafers.home")); // its name until November 2026
}

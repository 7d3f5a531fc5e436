// autarky: what an event takes: properties of stress.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/stress.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "scenarios.hpp"

using namespace autarky;
using namespace autarky::analysis;
using Sets = std::vector<std::string>;

namespace {

constexpr std::size_t first = 8; // 2028Q1
constexpr std::uint64_t futures = 128;

/// A loss of supply from 2028Q1 for a year at a place.
Sets loss(const std::string& place, double severity, const std::string& more = {}) {
    return {"event.it={ source = \"test\", kind = \"supply_loss\", location = \"" + place +
            "\", earliest = \"2028Q1\", hazard = \"1_000_000 %/year\", luck = \"0.5\", duration = \"1 year\", severity "
            "= \"" +
            std::to_string(severity) + "\"" + more + " }"};
}
std::string parts(double share) { return ", parts_loss = \"" + std::to_string(share) + "\""; }

StressedCase struck(const Sets& by, const Sets& beside = {}) {
    auto both = beside;
    both.insert(both.end(), by.begin(), by.end());
    const auto without = test::small(beside), with = test::small(both);
    return stress(without->model, with->model, {first, futures, 1, 0, {}});
}

void check_nothing(const StressedCase& of) {
    CHECK(of.samples == futures);
    for (const auto* world : {&of.make, &of.buy})
        for (const auto* figure : {&world->behind, &world->late, &world->lost, &world->quarters, &world->value}) {
            CHECK(figure->mean == 0.0);
            CHECK(figure->p05 == 0.0);
            CHECK(figure->p95 == 0.0);
        }
    CHECK(of.value.change.mean == 0.0);
    CHECK(of.value.p_make_before == of.value.p_make_after);
    for (const auto& flow : of.flows)
        CHECK(flow.before == flow.after);
    for (const auto& q : of.quarters) {
        CHECK(q.make_before == q.make_after);
        CHECK(q.buy_before == q.buy_after);
    }
}

} // namespace

TEST_CASE("an event of no severity, or behind the horizon, takes nothing, to the bit") {
    const auto severe = loss("TW", 1.0, parts(0.4) + ", memory_multiple = \"3 x\"");
    for (const bool is_late : {false, true}) {
        const auto of = struck(is_late ? Sets{severe.front(), "event.it.earliest=2031Q1"} : loss("TW", 0.0));
        check_nothing(of);
    }
}

TEST_CASE("the more is lost of a region, the more devices are behind and lost, in both worlds: merchants make theirs "
          "there too") {
    double make = 0.0, buy = 0.0, lost_make = 0.0, lost_buy = 0.0;
    for (const double severity : {0.25, 0.5, 0.75, 1.0}) {
        const auto of = struck(loss("TW", severity, parts(0.4 * severity)));
        CHECK(of.make.behind.mean >= make);
        CHECK(of.buy.behind.mean >= buy);
        CHECK(of.make.lost.mean >= lost_make);
        CHECK(of.buy.lost.mean >= lost_buy);
        make = of.make.behind.mean;
        buy = of.buy.behind.mean;
        lost_make = of.make.lost.mean;
        lost_buy = of.buy.lost.mean;
    }
    CHECK(buy > 0.0);
    CHECK(make > 0.0);
    CHECK(lost_buy > 0.0);
    // Without any parts nothing is delivered for four quarters. The event comes a quarter of a day after they begin, at a rate of
    // 10,000 a year and the middle draw, so that 0.3 thousandths of the first one are left.
    const auto of = struck(loss("TW", 1.0, parts(1.0)));
    double meant = 0.0;
    for (std::size_t q = first; q < first + 4; ++q)
        meant += of.quarters[q].buy_before;
    CHECK(of.buy.behind.mean > 0.999 * meant);
    CHECK(of.buy.behind.mean <= meant);
}

TEST_CASE("a site that fails moves its wafers to the others, and merchants make up what is short") {
    const auto plenty = Sets{"site.home.capacity={ series = [[\"2026Q1\", \"200_000 wafer/month\"]] }"};
    const auto of = struck(loss("abroad", 1.0), plenty);
    double home = 0.0, abroad = 0.0;
    for (const auto& flow : of.flows) {
        if (flow.what == Moved::wafers && flow.source == "home") home = flow.after - flow.before;
        if (flow.what == Moved::wafers && flow.source == "abroad") abroad = flow.after - flow.before;
    }
    CHECK(abroad < 0.0);
    CHECK(home > 0.0);
    CHECK(of.onshore_after > of.onshore_before);
    // In the buy world no own chip is made: merchants are its one source, and a site of the make world is none of theirs.
    std::vector<StressedFlow> bought;
    for (const auto& flow : of.flows)
        if (flow.what == Moved::chips_buy) bought.push_back(flow);
    REQUIRE(bought.size() == 1);
    CHECK(bought.front().source == "merchants");
    CHECK(bought.front().after == bought.front().before);
    const auto alone = struck(loss("US", 1.0), {"buyer.buys_shortfall=false"});
    const auto saved = struck(loss("US", 1.0), {"buyer.buys_shortfall=true"});
    CHECK(saved.make.behind.mean < alone.make.behind.mean);
}

TEST_CASE("the discounted cash of both worlds is the value so far of make against buy") {
    const auto without = test::small(), with = test::small(loss("TW", 1.0));
    const auto of = stress(without->model, with->model, {first, futures, 1, 0, {}});
    const auto mean_of = [](const test::Studied& on) {
        const auto summary = test::run(on, futures, 1, {"npv.make_vs_buy"});
        return summary.result.find("npv.make_vs_buy[2030Q4]")->mean;
    };
    // The decision is the first day of the horizon, so nothing is spent before it and both are the same sum.
    CHECK(of.make.value.mean - of.buy.value.mean == doctest::Approx(mean_of(*with) - mean_of(*without)).epsilon(1e-9));
}

TEST_CASE("recovery is counted from the event's first quarter; what never recovers is told") {
    const auto of = struck(loss("TW", 1.0, parts(0.6)));
    CHECK(of.buy.quarters.p05 >= 4.0); // it lasts four quarters
    // Making has a source at home: what waited is made good within a year of the event's end, before the horizon's.
    CHECK(of.make.quarters.p05 >= 4.0);
    CHECK(of.make.quarters.p95 <= 8.0);
    CHECK(of.make.unrecovered == 0.0);
    const auto forever = struck(Sets{loss("TW", 1.0, parts(0.6)).front(), "event.it.duration=10 year"});
    CHECK(forever.make.unrecovered == 1.0);
    CHECK(forever.make.quarters.mean == 12.0); // from 2028Q1 to the end
}

// autarky: stress as it is asked: events of the catalogue, sites, days; what makes no sense.
// SPDX-License-Identifier: Apache-2.0
#include "answers/stress.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "answers/stress_events.hpp"
#include "refused.hpp"

using namespace autarky;
using namespace autarky::answers;
using test::has;

namespace {

const std::string uncertain = AUTARKY_SOURCE_DIR "/tests/model/data/uncertain.toml";
const std::string plain = AUTARKY_SOURCE_DIR "/tests/model/data/plain.toml";

const Catalogue& catalogue() {
    static const Catalogue out;
    return out;
}

StressQuestion about(std::vector<std::string> events, const std::string& scenario = uncertain) {
    StressQuestion out;
    out.scenario = scenario;
    out.event = std::move(events);
    out.samples = 64;
    return out;
}

std::string refused(const StressQuestion& question) {
    return test::refused([&] { (void)stress(catalogue(), question); });
}

} // namespace

TEST_CASE("what makes no sense is told with its field, and what was meant") {
    CHECK(has(refused(about({"strait_blokade"})), "event E0505 'strait_blokade'"));
    CHECK(has(refused(about({"strait_blokade"})), "strait_blockade"));
    CHECK(has(refused(about({"dragon"})), "earthquake, east_closes, excursion"));
    auto nothing = about({});
    CHECK(has(refused(nothing), "event E0506"));
    nothing.site = "hom";
    CHECK(has(refused(nothing), "site E0505 'hom' is no site of the scenario | did you mean 'home'?"));
    auto late = about({"strait_war"});
    late.at = "2041Q1";
    CHECK(has(refused(late), "at E0504 '2041Q1' is no quarter of the scenario | its quarters are 2026Q1 to 2030Q4"));
    CHECK(has(refused(about({"strait_war@2025Q1"})), "event E0504 '2025Q1'"));
    CHECK(has(refused(about({"strait_war", "strait_war@2029Q1"})), "stands twice"));
    auto parts = about({"parts_closed"});
    parts.site = "home";
    CHECK(has(refused(parts), "site E0504 'parts_closed' strikes no sites"));
    CHECK(has(refused(about({"parts_closed"}, plain)), "touches nothing of this scenario: there is no robot"));
    auto delay = about({"construction_delay"}, plain);
    delay.site = "home";
    CHECK(has(refused(delay), "touches nothing of this scenario: from 2028Q3 on nothing grows"));
    delay.lasts = 0.1;
    CHECK(has(refused(delay), "for E0504 'construction_delay' is shorter than half a quarter"));
    delay.lasts.reset();
    delay.severity = 0.01;
    CHECK(has(refused(delay), "severity E0504 'construction_delay' is shorter than half a quarter"));
}

TEST_CASE("an event of one site needs one; one that acts everywhere takes none; added capacity has no length") {
    CHECK(has(refused(about({"excursion"})), "site E0506 'excursion' strikes one site, and none is named"));
    CHECK(has(refused(about({"excursion"})), "own chips are made at home, abroad"));
    auto war = about({"strait_war"});
    war.site = "home";
    CHECK(has(refused(war), "site E0504 'strait_war' takes parts or memory of all devices"));
    auto added = about({"title_three"});
    added.lasts = 2.0;
    CHECK(has(refused(added), "for E0504 'title_three' has no length"));
}

TEST_CASE("two events that change the same number are refused, in either order") {
    for (const bool is_swapped : {false, true}) {
        const auto* first = is_swapped ? "title_three" : "construction_delay";
        const auto* second = is_swapped ? "construction_delay" : "title_three";
        auto question = about({first, second});
        question.site = "home";
        question.at = "2027Q1";
        question.set = {"site.home.capacity={ series = [[\"2026Q1\", \"1_000 wafer/month\"], [\"2029Q1\", \"3_000 "
                        "wafer/month\"]] }"};
        CHECK(has(refused(question),
                  std::string("event E0504 '") + first + "' and '" + second + "' both change site.home.capacity"));
    }
}

TEST_CASE("numbers of a question are held to their ranges") {
    const auto asked = [](const std::string& more) -> std::string {
        try {
            (void)from_json<StressQuestion>(R"({"event": ["strait_war"], )" + more + "}");
            return "nothing";
        } catch (const InputError& error) {
            return error.diagnostics.items().front().field + " " + error.diagnostics.items().front().code;
        }
    };
    CHECK(asked(R"("severity": 1.01)") == "severity E0504");
    CHECK(asked(R"("severity": -0.1)") == "severity E0504");
    CHECK(asked(R"("for": 0)") == "for E0504");
    CHECK(asked(R"("severity": 1)") == "nothing");
}

TEST_CASE("numbers of events are scaled as written") {
    CHECK(scaled("50 to 90 %", 0.5, 0.0, "severity") == "25 to 45 %");
    CHECK(scaled("1.2 to 2.5 x", 0.5, 1.0, "severity") == "1.1 to 1.75 x");
    CHECK(scaled("1.2 to 2.5 x", 0.0, 1.0, "severity") == "1 x");
    CHECK(scaled("discrete(1: 0.5, 2: 0.5)", 1.0, 0.0, "severity") == "discrete(1: 0.5, 2: 0.5)");
    CHECK_THROWS_AS((void)scaled("discrete(1: 0.5, 2: 0.5)", 0.5, 0.0, "severity"), InputError);
}

namespace {

/// One site that grows from 2026Q1 to 2029Q1.
std::shared_ptr<const Session> growing(const std::string& from, const std::string& to, const std::string& scenario) {
    ScenarioChoice choice;
    choice.scenario = scenario;
    choice.set = {"site.home.capacity={ series = [[\"2026Q1\", \"" + from + "\"], [\"2029Q1\", \"" + to + "\"]] }"};
    return Session::open(choice);
}

} // namespace

TEST_CASE("a delay moves what is planned after the day, an addition raises it; draws stay") {
    const auto session = growing("1_000 wafer/month", "3_000 wafer/month", plain);
    CHECK(later_capacity(*session, 0, "2028Q1", 3).front() ==
          "site.home.capacity={ series = [[\"2026Q1\", \"1_000 wafer/month\"], [\"2028Q1\", \"2333.33333333 "
          "wafer/month\"], [\"2028Q4\", \"2333.33333333 wafer/month\"], [\"2029Q4\", \"3_000 wafer/month\"]] }");
    CHECK(later_capacity(*session, 0, "2029Q1", 3).empty());
    CHECK(larger_capacity(*session, 0, "2030Q1", 1.5).front() ==
          "site.home.capacity={ series = [[\"2026Q1\", \"1_000 wafer/month\"], [\"2029Q1\", \"3_000 wafer/month\"], "
          "[\"2029-12-31\", \"3_000 wafer/month\"], [\"2030Q1\", \"4500 wafer/month\"]] }");
    const auto main = Session::open(ScenarioChoice{});
    const auto later = main->with(later_capacity(*main, 1, "2027Q2", 4)); // Arizona, N3, uncertain
    const analysis::StressRun run{5, 32, 1, 0, {}};
    const auto both = analysis::stress(main->model(), later->model(), run);
    for (std::size_t q = 0; q < 5; ++q) // to the end of 2026: the first knot that stays is that of 2027Q1
        CHECK(both.quarters[q].make_before == both.quarters[q].make_after);
    const auto arizona = std::find_if(both.flows.begin(), both.flows.end(), [](const auto& flow) {
        return flow.what == analysis::Moved::wafers && flow.source == "tsmc_arizona_n3";
    });
    REQUIRE(arizona != both.flows.end());
    CHECK(arizona->after != arizona->before);
    CHECK(main->loaded().inputs.streams == later->loaded().inputs.streams);
}

TEST_CASE("added capacity is a step on its day, between two knots as well") {
    // Half of the way, in other units, and the ends of ranges.
    const auto units = growing("1_000 to 2_000 wafer/month", "3 kwafer/month", plain);
    CHECK(has(larger_capacity(*units, 0, "2027Q3", 1.5).front(), "[\"2027Q3\", \"3000 to 3750 wafer/month\"]"));
    const auto on_knot = growing("3_000 wafer/month", "3_000 wafer/month", plain);
    CHECK(larger_capacity(*on_knot, 0, "2029Q1", 2.0).front() ==
          "site.home.capacity={ series = [[\"2026Q1\", \"3_000 wafer/month\"], [\"2028-12-31\", \"3000 wafer/month\"], "
          "[\"2029Q1\", \"6000 wafer/month\"]] }");
    const auto session =
        growing("1_000 wafer/month", "3_000 wafer/month", AUTARKY_SOURCE_DIR "/tests/model/data/small.toml");
    const auto larger = session->with(larger_capacity(*session, 0, "2028Q1", 1.5));
    const auto started = [&](std::size_t first) {
        const auto of = analysis::stress(session->model(), larger->model(), {first, 32, 1, 0, {}});
        for (const auto& flow : of.flows)
            if (flow.what == analysis::Moved::wafers && flow.source == "home") return flow.after / flow.before;
        return 0.0;
    };
    CHECK(started(0) == doctest::Approx(1.0).epsilon(1e-9)); // the eight quarters before the day
    CHECK(started(8) > 1.1);                                 // and from it on
}

TEST_CASE("every event of the catalogue happens in the main scenario, with its numbers and their grades") {
    for (const auto* name : {"strait_blockade", "strait_war", "earthquake", "excursion", "construction_delay",
                             "title_one", "title_three", "parts_closed", "memory_shortage"}) {
        CAPTURE(name);
        StressQuestion question;
        question.event = {name};
        question.at = "2028Q3";
        const bool is_of_a_site = name == std::string("excursion") || name == std::string("construction_delay");
        if (is_of_a_site) question.site = "tsmc_arizona_n3";
        question.samples = 32;
        const auto a = stress(catalogue(), question);
        REQUIRE(a.events.size() == 1);
        CHECK(a.events.front().from == "2028Q3");
        CHECK(a.events.front().numbers.size() >= 2);
        for (const auto& number : a.events.front().numbers) {
            CAPTURE(number.key);
            if (number.key == "as run") continue; // said by the program
            CHECK_FALSE(number.grade.empty());
            CHECK_FALSE(number.source.empty());
        }
        CHECK(a.of.samples == 32);
        CHECK((a.of.make.value.mean != 0.0 || a.of.value.change.mean != 0.0));
        CHECK(a.holds.size() == 4);
        CHECK(a.holds.front().is_scenarios);
    }
}

TEST_CASE("Title I takes wafers that are there, Title III adds wafers that are not") {
    auto question = about({"title_one"});
    question.set = {"site.home.capacity={ series = [[\"2026Q1\", \"2_000 wafer/month\"]] }"};
    question.at = "2028Q1";
    const auto one = stress(catalogue(), question);
    question.event = {"title_three"};
    const auto three = stress(catalogue(), question);
    const auto home = [](const StressAnswer& a) {
        for (const auto& flow : a.of.flows)
            if (flow.what == analysis::Moved::wafers && flow.source == "home") return flow.after - flow.before;
        return 0.0;
    };
    CHECK(home(one) < 0.0);
    CHECK(home(three) > 0.0);
    CHECK(one.events.front().kind == StressKind::rated_orders);
    CHECK(three.events.front().kind == StressKind::capacity_added);
    // The median of 10 to 40 %, a logit-normal: the logistic of the mean of both logits.
    CHECK(three.events.front().numbers.back().key == "as run");
    CHECK(three.events.front().numbers.back().value == "21 % more, in every future");
    CHECK(has(text(three, {}), "21 % more, in every future"));
}

TEST_CASE("severity 0 takes nothing, in any way to hold; a scenario with one source says so by its ways") {
    auto question = about({"strait_war"});
    question.severity = 0.0;
    const auto a = stress(catalogue(), question);
    for (const auto& way : a.holds) {
        CHECK(way.lost.mean == 0.0);
        CHECK(way.late.mean == 0.0);
        CHECK(way.value.mean == 0.0);
        CHECK(way.change.mean == 0.0);
    }
    CHECK(has(text(a, {}), "changes nothing in this scenario"));
    CHECK(a.holds.size() == 4);
    CHECK(stress(catalogue(), about({"strait_war"}, plain)).holds.size() == 2);
}

TEST_CASE("without an event of the scenario it never comes, so that one of no strength takes nothing, to the bit") {
    for (const auto* name : {"strait", "east_closes"}) {
        CAPTURE(name);
        auto question = about({name});
        question.severity = 0.0;
        question.set = {std::string("event.") + name + ".hazard=50 %/year"};
        const auto a = stress(catalogue(), question);
        for (const auto& way : a.holds) {
            CHECK(way.lost.mean == 0.0);
            CHECK(way.value.mean == 0.0);
            CHECK(way.change.mean == 0.0);
        }
        for (const auto& q : a.of.quarters) {
            CHECK(q.make_after == q.make_before);
            CHECK(q.buy_after == q.buy_before);
        }
        CHECK(a.of.samples == 64);
    }
}

TEST_CASE("the buy world does not depend on the make world's sources") {
    const auto session = Session::open(about({}));
    const auto [sets, kept] = single_source(*session);
    REQUIRE(sets.size() == 1);
    CHECK(sets.front() == "use=[\"-allocation.one_abroad\"]"); // 60 % at home, 40 % abroad
    REQUIRE(kept.size() == 1);
    CHECK(kept.front().chip == "one");
    CHECK(kept.front().site == "home");
    const auto events = sure_events(catalogue(), *session, {{"strait_war"}, {}, "2028Q1", {}, 1.0});
    const analysis::StressRun run{events.front().first, 64, 1, 0, {}};
    const auto single = session->with(sets);
    const auto two = analysis::stress(session->model(), session->with(events.front().sets)->model(), run);
    const auto one = analysis::stress(single->model(), single->with(events.front().sets)->model(), run);
    CHECK(two.buy.lost.mean == one.buy.lost.mean);
    CHECK(two.buy.value.mean == one.buy.value.mean);
    CHECK(two.buy.behind.mean > 0.0);
}

TEST_CASE("Title I: what the state takes is paid at the site's price, and half of it at half the strength") {
    auto question = about({"title_one"});
    question.at = "2028Q1";
    question.set = {"site.home.capacity={ series = [[\"2026Q1\", \"10_000 wafer/month\"]] }"};
    const auto whole = stress(catalogue(), question);
    REQUIRE(whole.of.state.size() == 2);
    const auto &make = whole.of.state[0], &buy = whole.of.state[1];
    CHECK(make.wafers == buy.wafers);
    CHECK(make.paid == buy.paid);
    CHECK(buy.own == 0.0);
    CHECK(make.own >= 0.0);
    CHECK(make.own + make.merchants + make.others + make.idle == doctest::Approx(make.wafers).epsilon(1e-9));
    CHECK(buy.merchants + buy.others + buy.idle == doctest::Approx(buy.wafers).epsilon(1e-9));
    CHECK(make.paid_for_own + make.paid_for_merchants <= make.paid);
    CHECK(make.income == 0.0); // the buyer has no capacity of its own there
    // at most half of each quarter's 30,000 wafers for three years, and the sites' price beneath 30,000 USD, discounted
    CHECK(make.wafers > 0.0);
    CHECK(make.wafers < 0.55 * 12.0 * 30'000.0);
    CHECK(make.paid < 30'000.0 * make.wafers);
    CHECK(make.paid > 1'000.0 * make.wafers);
    question.severity = 0.5;
    const auto half = stress(catalogue(), question);
    // each future keeps its percentile of a halved range, and what another event takes of a site is not taken twice
    CHECK(half.of.state[0].wafers == doctest::Approx(0.5 * make.wafers).epsilon(0.2));
    CHECK(stress(catalogue(), about({"strait_blockade"})).of.state.empty()); // a loss is nobody's order
}

TEST_CASE("Title III: added capacity costs the state its capital, and no world") {
    auto question = about({"title_three"});
    question.at = "2027Q1";
    question.set = {"site.home.capacity={ series = [[\"2026Q1\", \"10_000 wafer/month\"]] }",
                    "site.home.capital=0.5 MUSD*month/wafer"};
    const auto a = stress(catalogue(), question);
    CHECK(a.of.added.wafers.mean > 0.1 * 10'000.0);
    CHECK(a.of.added.wafers.mean < 0.4 * 10'000.0);
    CHECK(a.of.added.capital.mean == doctest::Approx(0.5e6 * a.of.added.wafers.mean).epsilon(1e-9));
    question.severity = 0.5;
    CHECK(stress(catalogue(), question).of.added.capital.mean ==
          doctest::Approx(0.5 * a.of.added.capital.mean).epsilon(1e-9));
    CHECK(stress(catalogue(), about({"title_one"})).of.added.capital.mean == 0.0);
}

TEST_CASE("one back end stops by its name, alone or by an event; what moves is told of it") {
    const std::string osat =
        "back_end.osat={ source = \"test\", kind = \"assembly\", location = \"MY\", capacity = { series = "
        "[[\"2026Q1\", \"200_000 chip/month\"]] } }";
    const std::string need = "chip.one.needs.osat={ back_end = \"osat\" }";
    auto question = about({});
    question.set = {osat, need};
    question.site = "osat";
    question.at = "2028Q1";
    const auto stopped = stress(catalogue(), question);
    REQUIRE(stopped.events.size() == 1);
    CHECK(stopped.events.front().name == "back_end_that_stops");
    CHECK(stopped.events.front().place == "osat");
    CHECK(stopped.of.make.behind.mean > 0.0);
    CHECK(stopped.of.buy.behind.mean == 0.0); // it serves own chips alone
    const auto moved = std::find_if(stopped.of.flows.begin(), stopped.of.flows.end(),
                                    [](const auto& flow) { return flow.what == analysis::Moved::dies; });
    REQUIRE(moved != stopped.of.flows.end());
    CHECK(moved->source == "osat");
    CHECK(moved->after < moved->before);
    CHECK(has(text(stopped, {}), "dies taken"));

    question.event = {"excursion"};
    CHECK(has(refused(question), "touches nothing of this scenario: there is no site in 'osat'"));
    question.event = {"title_one"};
    CHECK(has(refused(question), "there is no site and no merchant's fab in 'osat'"));
    question.event = {};
    question.site = "ost";
    CHECK(has(refused(question), "site E0505 'ost' is no site and no back end of the scenario | did you mean 'osat'?"));
}

// autarky: stress as it is asked: events of the catalogue, sites, days; what makes no sense.
// SPDX-License-Identifier: Apache-2.0
#include "answers/stress.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "answers/stress_events.hpp"

using namespace autarky;
using namespace autarky::answers;

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

/// Field, code and words of the first finding.
std::string refused(const StressQuestion& question) {
    try {
        (void)stress(catalogue(), question);
        return "nothing";
    } catch (const InputError& error) {
        const auto& item = error.diagnostics.items().front();
        return item.field + " " + item.code + " " + item.message + " | " + item.hint;
    }
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

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
    CHECK(has(refused(about({"construction_delay"}, plain)),
              "touches nothing of this scenario: from 2028Q3 on nothing grows"));
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
    CHECK(middle_of("50_000 to 100_000 wafer/month", "event") == 75'000.0);
}

TEST_CASE("a delay moves what is planned after the day, an addition raises it; draws stay") {
    auto question = about({}, plain);
    question.set = {
        "site.home.capacity={ series = [[\"2026Q1\", \"1_000 wafer/month\"], [\"2029Q1\", \"3_000 wafer/month\"]] }"};
    const auto session = Session::open(question);
    CHECK(later_capacity(*session, 0, "2028Q1", 3).front() ==
          "site.home.capacity={ series = [[\"2026Q1\", \"1_000 wafer/month\"], [\"2029Q4\", \"3_000 wafer/month\"]] }");
    CHECK(later_capacity(*session, 0, "2029Q1", 3).empty());
    CHECK(larger_capacity(*session, 0, "2030Q1", 1.5).front() ==
          "site.home.capacity={ series = [[\"2026Q1\", \"1_000 wafer/month\"], [\"2029Q1\", \"3_000 wafer/month\"], "
          "[\"2029Q4\", \"3_000 wafer/month\"], [\"2030Q1\", \"4500 wafer/month\"]] }");
    const auto main = Session::open(ScenarioChoice{});
    const auto later = main->with(later_capacity(*main, 1, "2027Q2", 4)); // Arizona, N3, uncertain
    const analysis::StressRun run{0, 32, 1, 0, {}};
    const auto both = analysis::stress(main->model(), later->model(), run);
    for (std::size_t q = 0; q < 5; ++q) // to the end of 2026: the first knot that stays is that of 2027Q1
        CHECK(both.quarters[q].make_before == both.quarters[q].make_after);
    CHECK(both.flows.size() > 0);
    CHECK(main->loaded().inputs.streams == later->loaded().inputs.streams);
}

TEST_CASE("every event of the catalogue happens in the main scenario, with its numbers and their grades") {
    for (const auto* name : {"strait_blockade", "strait_war", "earthquake", "excursion", "construction_delay",
                             "title_one", "title_three", "parts_closed", "memory_shortage"}) {
        CAPTURE(name);
        StressQuestion question;
        question.event = {name};
        question.at = "2028Q3";
        question.samples = 32;
        const auto a = stress(catalogue(), question);
        REQUIRE(a.events.size() == 1);
        CHECK(a.events.front().from == "2028Q3");
        CHECK(a.events.front().numbers.size() >= 2);
        for (const auto& number : a.events.front().numbers) {
            CAPTURE(number.key);
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

TEST_CASE("the buy world does not depend on the make world's sources") {
    const auto session = Session::open(about({}));
    const auto sets = single_source(*session);
    REQUIRE(sets.size() == 1);
    CHECK(sets.front() == "use=[\"-allocation.one_abroad\"]"); // 60 % at home, 40 % abroad
    const auto events = sure_events(catalogue(), *session, {{"strait_war"}, {}, "2028Q1", {}, 1.0});
    const analysis::StressRun run{events.front().first, 64, 1, 0, {}};
    const auto single = session->with(sets);
    const auto two = analysis::stress(session->model(), session->with(events.front().sets)->model(), run);
    const auto one = analysis::stress(single->model(), single->with(events.front().sets)->model(), run);
    CHECK(two.buy.lost.mean == one.buy.lost.mean);
    CHECK(two.buy.value.mean == one.buy.value.mean);
    CHECK(two.buy.behind.mean > 0.0);
}

// autarky: what reports say of the futures of the main scenario.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/update.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "analysis/audit.hpp"
#include "analysis/worth.hpp"
#include "scenarios.hpp"

using namespace autarky;
using namespace autarky::analysis;

namespace {

constexpr std::uint64_t samples = 1'024;

/// The main scenario with one more observation, given as the inside of a TOML table.
std::unique_ptr<test::Studied> with_report(const std::string& report) {
    LoadRequest request;
    if (!report.empty()) request.sets = {"observation=[{" + report + ", source=\"working-estimate\"}]"};
    request.metrics = known_metrics();
    request.data_folder = AUTARKY_SOURCE_DIR;
    return test::studied(request);
}

UpdateAnswer updated(const test::Studied& on, double since, double until, unsigned threads = 1) {
    UpdateRequest asked;
    asked.since = since;
    asked.until = until;
    asked.samples = samples;
    return update(on.model, asked, threads);
}

const LearnedReport& report_of(const UpdateAnswer& a, const std::string& id) {
    const auto found = std::find_if(a.reports.begin(), a.reports.end(), [&](const auto& r) { return r.id == id; });
    REQUIRE(found != a.reports.end());
    return *found;
}

} // namespace

TEST_CASE("without a report nothing is learned") {
    const auto a = updated(*with_report(""), 2090.0, 2091.0);
    CHECK(a.reports.empty());
    CHECK(a.after.p_make == a.before.p_make);
    CHECK(a.after.mean_usd == a.before.mean_usd);
    CHECK(a.effective == doctest::Approx(static_cast<double>(samples)));
    CHECK(a.moved.empty());
}

TEST_CASE("a report moves its input toward what it says, by the rule of precisions") {
    // discount_rate "7 to 12 %": a normal with the mean 9.5 and the sd 2.5 / 1.645 = 1.52; a report of 12 +- 1.52 halves the way
    const auto on = with_report("id=\"r\", date=2090, metric=\"economy.discount_rate\", value=\"12 %/year\", "
                                "error=\"1.52 %/year\"");
    const auto a = updated(*on, 2090.0, 2091.0);
    const auto& r = report_of(a, "r");
    CHECK(r.is_used);
    REQUIRE(!a.moved.empty());
    CHECK(a.moved.front().input == "economy.discount_rate");
    // 1,024 draws of a band that is not exactly normal: the mean is known to 0.05 of its sd, the shape to about as much
    CHECK(std::fabs(a.moved.front().after - 10.75) < 0.15);
    CHECK(std::fabs(a.moved.front().moved - 0.82) < 0.1);
    CHECK(a.after.mean_usd < a.before.mean_usd); // a higher rate lowers the value
    CHECK(r.percentile > 0.8);
    CHECK(a.effective < static_cast<double>(samples));
}

TEST_CASE("the same bits for any number of threads") {
    const auto on = with_report("");
    const auto one = updated(*on, 2025.75, 2030.0, 1), three = updated(*on, 2025.75, 2030.0, 3);
    const auto same = [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); };
    CHECK(one.after.mean_usd == three.after.mean_usd);
    CHECK(one.after.p_make == three.after.p_make);
    CHECK(one.log_score == three.log_score);
    REQUIRE(one.reports.size() == three.reports.size());
    for (std::size_t i = 0; i < one.reports.size(); ++i) {
        CHECK(same(one.reports[i].log_score, three.reports[i].log_score));
        CHECK(one.reports[i].expected == three.reports[i].expected);
    }
    REQUIRE(one.moved.size() == three.moved.size());
    for (std::size_t i = 0; i < one.moved.size(); ++i)
        CHECK(one.moved[i].after == three.moved[i].after);
    REQUIRE(one.watched.size() == three.watched.size());
    for (std::size_t i = 0; i < one.watched.size(); ++i) {
        CHECK(same(one.watched[i].worth_usd, three.watched[i].worth_usd));
        CHECK(one.watched[i].turn == three.watched[i].turn);
    }
}

TEST_CASE("where too few drawn futures are effective they are moved to what the report says") {
    // a normal of 9.5 +- 1.52 and a report of 12.5 +- 0.1: the rule of precisions gives 12.487 +- 0.0998, where one drawn future in
    // seventy lies
    const auto on = with_report("id=\"r\", date=2090, metric=\"economy.discount_rate\", value=\"12.5 %/year\", "
                                "error=\"0.1 %/year\"");
    const auto a = updated(*on, 2090.0, 2091.0), b = updated(*on, 2090.0, 2091.0, 3);
    REQUIRE(a.resampled);
    CHECK(a.power == 1.0);
    CHECK(a.resampled->futures == samples);
    CHECK(a.resampled->from_power < 1.0);
    CHECK(a.resampled->distinct > samples / 2);
    REQUIRE(!a.moved.empty());
    CHECK(a.moved.front().input == "economy.discount_rate");
    // the band's law is not exactly normal in its tail, and 1,024 futures know the mean to a few thousandths
    CHECK(std::fabs(a.moved.front().after - 12.487) < 0.03);
    CHECK(a.after.mean_usd == b.after.mean_usd); // the same bits for any number of threads
    CHECK(a.after.p50_usd == b.after.p50_usd);
    CHECK(a.resampled->distinct == b.resampled->distinct);
}

TEST_CASE("an indicator's course has a step before the reports and one after each that is used, and follows them") {
    const auto course_of = [](const UpdateAnswer& a) {
        const auto found = std::find_if(a.indicators.begin(), a.indicators.end(),
                                        [](const auto& one) { return one.watch == "the rate itself"; });
        REQUIRE(found != a.indicators.end());
        return *found;
    };
    const auto on = with_report("id=\"watched\", watch=\"the rate itself\", date=2030, "
                                "metric=\"economy.discount_rate\", error=\"1 %/year\", source=\"working-estimate\"}, "
                                "{id=\"r\", date=2090, metric=\"economy.discount_rate\", value=\"12 %/year\", "
                                "error=\"0.5 %/year\"");
    const auto course = course_of(updated(*on, 2090.0, 2091.0));
    CHECK(course.unit == "%/year");
    REQUIRE(course.steps.size() == 2);
    CHECK(course.steps[0].after.empty());
    CHECK(course.steps[1].after == "r");
    for (const auto& step : course.steps)
        CHECK((step.p5 < step.p50 && step.p50 < step.p95));
    // a report of 12 % from above its band's middle lifts the rate and narrows it
    CHECK(course.steps[1].p50 > course.steps[0].p50);
    CHECK(course.steps[1].p95 - course.steps[1].p5 < course.steps[0].p95 - course.steps[0].p5);
}

TEST_CASE("a report that cannot weigh the futures says why") {
    const auto why = [](const std::string& report) {
        return report_of(updated(*with_report("id=\"r\", date=2090, " + report), 2090.0, 2091.0), "r").why;
    };
    CHECK(why("metric=\"npv\", value=\"1 BUSD\"") == "a report without an error proves everything");
    CHECK(why("metric=\"deploy.vehicles\", value=\"5 vehicle\", error=\"1 vehicle\"") ==
          "its date lies outside of the horizon");
    CHECK(why("metric=\"economy.discount_rate\", value=\"80 %/year\", error=\"1 %/year\"")
              .find("no future comes near it") == 0);
    CHECK(why("of=\"process.sf2\", metric=\"silicon.yield\", value=\"50 %\", error=\"5 %\"") ==
          "a yield without the area of its die says nothing");
}

TEST_CASE("a yield report moves the defect density against it") {
    const auto yield = [](const char* value) {
        const auto a =
            updated(*with_report(std::string("id=\"r\", date=2027, of=\"process.sf2\", metric=\"silicon.yield\", "
                                             "area=\"150 mm^2\", error=\"4 %\", value=\"") +
                                 value + "\""),
                    2026.9, 2027.1);
        for (const auto& moved : a.moved)
            if (moved.input.starts_with("process.sf2.defect_density")) return moved.moved;
        return 0.0;
    };
    CHECK(yield("45 %") > 0.1);
    CHECK(yield("85 %") < -0.1);
}

TEST_CASE("what is to be watched is valued, or says why not") {
    const auto a = updated(*with_report(""), 2090.0, 2091.0);
    REQUIRE(a.watched.size() == 5);
    std::size_t valued = 0, ended = 0;
    for (const auto& one : a.watched) {
        CHECK(!one.watch.empty());
        valued += std::isfinite(one.worth_usd);
        ended += one.why.find("no automotive line") != std::string::npos;
        CHECK(one.why.empty() == std::isfinite(one.worth_usd));
        CHECK(one.why.empty() != one.expected.empty());
        CHECK(one.turn.empty() == !(one.worth_usd > 0.0)); // what turns nothing is worth nothing
    }
    CHECK(valued == 4);
    CHECK(ended == 1);
}

namespace {

WatchedReading read_as(const std::string& reading, const std::string& scenario = "ai5") {
    LoadRequest request;
    request.scenario = scenario;
    request.sets = {"observation=[{id=\"r\", watch=\"w\", " + reading + ", source=\"working-estimate\"}]"};
    request.metrics = known_metrics();
    request.data_folder = AUTARKY_SOURCE_DIR;
    const auto a = updated(*test::studied(request), 2090.0, 2091.0);
    return *std::find_if(a.watched.begin(), a.watched.end(), [](const auto& one) { return one.watch == "w"; });
}

} // namespace

TEST_CASE("a reading that tells the value itself is worth what perfect information is, and turns at zero") {
    const auto on = with_report("");
    const auto perfect = worth(on->model, {1, samples, 1}, 1);
    const auto found = read_as("date=2025, metric=\"npv\", error=\"0.001 MUSD\"");
    // Read before anything is spent. Of 32 bins the one that holds zero is judged as one.
    CHECK(std::fabs(found.worth_usd / perfect.perfect_usd - 1.0) < 0.03);
    CHECK(found.turn.starts_with("stop below"));
    CHECK(std::fabs(found.p_turn - perfect.choices.front().p_wrong) < 1.0 / 32.0);
}

TEST_CASE("who would buy now is told from where on to go on; what is read too late has no worth") {
    // dojo: buying is the better choice by the mean
    const auto found = read_as("date=2020, metric=\"npv\", error=\"0.001 MUSD\"", "dojo");
    CHECK(found.turn.starts_with("go on above"));
    CHECK(found.p_turn < 0.5);
    CHECK(read_as("date=2100, metric=\"npv\", error=\"1 MUSD\"").why == "its date lies outside of the horizon");
    // the known leaning of a source shifts what is read
    const auto plain = read_as("date=2025, metric=\"economy.discount_rate\", error=\"0.1 %/year\"");
    const auto leaning =
        read_as("date=2025, metric=\"economy.discount_rate\", error=\"0.1 %/year\", bias=\"10 %/year\"");
    CHECK(std::fabs(std::stod(plain.expected) - 7.0) < 0.3); // 5 % of the futures; the band is "7 to 12 %/year"
    CHECK(std::fabs(std::stod(leaning.expected) - 17.0) < 0.3);
}

TEST_CASE("a report of a row that its metric does not know is not used") {
    const auto a = updated(*with_report("id=\"r\", date=2027, of=\"chip.ai5\", metric=\"foundry.utilisation\", "
                                        "value=\"50 %\", error=\"5 %\""),
                           2026.9, 2027.1);
    CHECK(report_of(a, "r").why == "foundry.utilisation is no metric of chip.ai5");
}

TEST_CASE("claims before the reports are as the audit of the same futures finds them, those under a condition too") {
    const auto on = with_report("");
    UpdateRequest asked;
    asked.since = 2090.0; // no report: the shares after are those before
    asked.until = 2091.0;
    asked.samples = samples;
    asked.claims = true;
    const auto a = update(on->model, asked, 1);
    const auto& all = on->loaded.claims;
    std::vector<std::size_t> rows;
    for (const auto& one : a.claims)
        rows.push_back(static_cast<std::size_t>(
            std::find_if(all.begin(), all.end(), [&](const Claim& c) { return c.id == one.id; }) - all.begin()));
    const auto audited = audit(on->model, rows, {.samples = samples, .seed = asked.seed, .threads = 1}).rows;
    std::size_t by_event = 0, by_claim = 0;
    for (std::size_t k = 0; k < rows.size(); ++k) {
        const auto& one = a.claims[k];
        CAPTURE(one.id);
        const bool has_condition = !one.given.empty();
        const bool says_nothing = has_condition && audited[k].futures < least_futures;
        CHECK(std::isnan(one.before) == says_nothing);
        if (has_condition) ++(one.given.starts_with(given_event) ? by_event : by_claim);
        if (says_nothing) continue;
        // the same futures, counted there and summed as 1/1,024 here: the sum is exact, the quotient rounds once
        CHECK(one.before == doctest::Approx(audited[k].share).epsilon(1e-12));
        CHECK(one.after == doctest::Approx(one.before).epsilon(1e-12));
    }
    CHECK(by_event > 0);
    CHECK(by_claim > 0);
}

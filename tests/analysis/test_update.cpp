// autarky: what reports say of the futures of the main scenario.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/update.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>

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
    CHECK(a.moved.front().after == doctest::Approx(10.75).epsilon(0.02));
    CHECK(a.moved.front().moved == doctest::Approx(0.82).epsilon(0.15));
    CHECK(a.after.mean_usd < a.before.mean_usd); // a higher rate lowers the value
    CHECK(r.percentile > 0.8);
    CHECK(a.effective < static_cast<double>(samples));
}

TEST_CASE("the same bits for any number of threads") {
    const auto on = with_report("");
    const auto one = updated(*on, 2025.75, 2030.0, 1), three = updated(*on, 2025.75, 2030.0, 3);
    CHECK(one.after.mean_usd == three.after.mean_usd);
    CHECK(one.after.p_make == three.after.p_make);
    CHECK(one.log_score == three.log_score);
    REQUIRE(one.watched.size() == three.watched.size());
    for (std::size_t i = 0; i < one.watched.size(); ++i)
        CHECK((one.watched[i].worth_usd == three.watched[i].worth_usd || std::isnan(one.watched[i].worth_usd)));
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

TEST_CASE("what is to be watched is valued, or says why not; a reading is never worth less than nothing") {
    const auto a = updated(*with_report(""), 2090.0, 2091.0);
    REQUIRE(a.watched.size() == 5);
    std::size_t ended = 0;
    for (const auto& one : a.watched) {
        CHECK(!one.watch.empty());
        if (std::isfinite(one.worth_usd)) CHECK(one.worth_usd >= 0.0);
        ended += one.why.find("no automotive line") != std::string::npos;
        CHECK((one.why.empty() != one.expected.empty()));
    }
    CHECK(ended == 1);
}

TEST_CASE("a reading that tells the value itself is worth what perfect information is, and turns at zero") {
    const auto on =
        with_report("id=\"oracle\", watch=\"the value itself\", date=2025, metric=\"npv\", error=\"0.001 MUSD\"");
    const auto a = updated(*on, 2090.0, 2091.0);
    const auto found = std::find_if(a.watched.begin(), a.watched.end(),
                                    [](const auto& one) { return one.watch == "the value itself"; });
    REQUIRE(found != a.watched.end());
    CHECK(found->worth_usd > 1e8);
    CHECK(found->turn.starts_with("stop below"));
    // stopping in the first quarter costs what was spent in it, so the turn lies near zero; one bin of 32 is 3 %
    CHECK(found->p_turn == doctest::Approx(1.0 - a.before.p_make).epsilon(0.15));
}

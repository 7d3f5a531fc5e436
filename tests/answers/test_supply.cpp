// autarky: what an anchor's wafers teach, and ways to more wafers: against runs put beside each other, and what must hold for any.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "analysis/samples.hpp"
#include "answers/anchor.hpp"
#include "answers/paths.hpp"
#include "answers/update.hpp"
#include "refused.hpp"

using namespace autarky;
using namespace autarky::answers;
using test::has;
using test::refused;

namespace {

const std::string small = AUTARKY_SOURCE_DIR "/tests/model/data/small.toml";
const std::string uncertain = AUTARKY_SOURCE_DIR "/tests/model/data/uncertain.toml";

const Catalogue& catalogue() {
    static const Catalogue out;
    return out;
}

AnchorAnswer anchored(const std::string& per_wafer, const std::string& scenario = uncertain) {
    AnchorQuestion question;
    question.scenario = scenario;
    question.site = "home";
    question.samples = 64;
    question.set = {"process.alpha.learning_per_wafer=" + per_wafer};
    return anchor(catalogue(), question);
}

PathsAnswer on_paths(std::vector<std::string> sets, const std::string& scenario = uncertain, double wait = 1.0) {
    PathsQuestion question;
    question.scenario = scenario;
    question.samples = 64;
    question.wait = wait;
    question.set = std::move(sets);
    return paths(catalogue(), question);
}

} // namespace

TEST_CASE("what an anchor adds to yield: nothing where wafers do not teach, points beyond their error where they do") {
    const auto none = anchored("0 1/kwafer");
    REQUIRE(none.of.most.size() == 1);
    CHECK(none.of.most.front().wafers > 0.0);
    for (const auto& year : none.of.years)
        CHECK(year.points == 0.0); // to the bit
    const auto some = anchored("0.002 1/kwafer");
    REQUIRE(some.of.most.front().per_thousand);
    CHECK(*some.of.most.front().per_thousand > 3.0 * *some.of.most.front().per_thousand_error);
    CHECK(some.of.most.front().with > some.of.most.front().without);
    CHECK(100.0 * (some.of.most.front().with - some.of.most.front().without) ==
          doctest::Approx(some.of.most.front().points).epsilon(1e-9));
}

TEST_CASE("a site's profit is the sum of its quarters; payment by the good die moves risk and no mean") {
    AnchorQuestion question;
    question.scenario = uncertain;
    question.site = "home";
    question.samples = 64;
    question.set = {"economy.discount_rate=0 %/year"};
    const auto a = anchor(catalogue(), question);
    REQUIRE(a.profits.size() == 1);
    const auto& p = a.profits.front();
    ScenarioChoice choice;
    choice.scenario = uncertain;
    choice.set = question.set;
    const auto session = Session::open(choice);
    const auto sum_of = [&](const std::string& metric) {
        std::vector<std::size_t> columns;
        for (std::size_t q = 0; q < session->model().quarters().size(); ++q)
            columns.push_back(session->model().find(metric)->first + q);
        double sum = 0.0;
        for (const auto& quarter : analysis::values_of_columns(session->model(), columns, 64, 1, 1, {}))
            for (const double x : quarter)
                sum += x / 64.0;
        return sum;
    };
    CHECK(p.profit.mean == doctest::Approx(sum_of("foundry.profit.home")).epsilon(1e-9));
    CHECK(p.buyer == doctest::Approx(sum_of("foundry.wafer_cost.home")).epsilon(1e-9));
    CHECK(p.depreciation > 0.0);
    CHECK(p.utilisation > p.utilisation_without); // the buyer's wafers fill room that others leave
    CHECK(p.utilisation <= 1.0);
    CHECK(std::fabs(p.moved.mean) < 1e-9 * p.buyer);
    CHECK(p.moved.p05 < 0.0);
    CHECK(p.moved.p95 > 0.0);
    CHECK(p.by_good_die.mean == doctest::Approx(p.profit.mean).epsilon(1e-9));
    CHECK(has(text(a, {}), "who carries the yield"));

    // Where every future has the same yield nothing moves.
    question.scenario = AUTARKY_SOURCE_DIR "/tests/model/data/plain.toml";
    const auto plain = anchor(catalogue(), question);
    REQUIRE(plain.profits.size() == 1);
    CHECK(plain.profits.front().buyer > 0.0);
    CHECK(std::fabs(plain.profits.front().moved.p05) < 1e-9 * plain.profits.front().buyer);
    CHECK(std::fabs(plain.profits.front().moved.p95) < 1e-9 * plain.profits.front().buyer);
}

TEST_CASE("reports of a process give the rate of learning that is known of them") {
    AnchorQuestion question;
    question.samples = 8;
    question.site = "samsung_taylor_sf2";
    const auto a = anchor(catalogue(), question);
    REQUIRE(a.fits.size() == 1);
    const auto& fit = a.fits.front();
    REQUIRE(fit.rate);
    // A time constant of 12.6 to 15.4 months was fitted to some of these reports by others; more of them, which contradict
    // each other, leave more room.
    CHECK(*fit.rate == doctest::Approx(0.87).epsilon(0.5));
    CHECK(*fit.rate_error > 0.05);
    CHECK(fit.scenario > fit.in_time);
    int missed = 0;
    for (const auto& report : fit.reports) {
        CHECK(report.miss == doctest::Approx(100.0 * (report.reported - report.fitted)));
        missed += report.is_missed ? 1 : 0;
    }
    CHECK(missed >= 1); // 20 % and 55 to 60 % were reported of the same half-year
    CHECK(fit.reports.size() >= 9);
}

TEST_CASE("a path is worth the run with it less the run without it; parts of its capital add up") {
    const auto a = on_paths({});
    REQUIRE(a.paths.size() == 1);
    const auto& path = a.paths.front();
    CHECK(path.path == "grow");
    const auto mean_of = [](const std::string& taken) {
        ScenarioChoice choice;
        choice.scenario = uncertain;
        choice.set = {"path.grow.taken=" + taken};
        const auto session = Session::open(choice);
        const auto npv =
            analysis::values_of_columns(session->model(), {session->model().find("npv")->first}, 64, 1, 1, {});
        double sum = 0.0;
        for (const double x : npv.front())
            sum += x / 64.0;
        return sum;
    };
    CHECK(path.of.now.mean == doctest::Approx(mean_of("true") - mean_of("false")).epsilon(1e-9));
    CHECK(path.of.gain.mean == doctest::Approx(path.of.now.mean).epsilon(1e-9));
    CHECK(path.of.capital == doctest::Approx(path.of.own + path.of.partner + path.of.grants).epsilon(1e-12));
    CHECK(path.of.known.mean >= path.of.now.mean); // who knows takes it only where it pays
    CHECK(path.of.known.mean >= 0.0);
    CHECK(path.of.utilisation >= 0.0);
    CHECK(path.of.utilisation <= 1.0);
    CHECK(path.of.own_discounted < path.of.own);
    CHECK(path.of.p_taken_later >= 0.0);
    CHECK(path.of.p_taken_later <= 1.0);
}

TEST_CASE("a partner gains what its site earns more less its capital; who pays all of it wants a higher price") {
    PathsQuestion question;
    question.scenario = uncertain;
    question.samples = 64;
    question.wait = 1.0;
    const auto at = [&](const std::string& own, double rate) {
        question.set = {"path.grow.own_share=" + own, "path.grow.grant_share=20 %"};
        question.partner_rate = rate;
        return paths(catalogue(), question).paths.front().of;
    };
    const auto half = at("50 %", 0.09), all = at("100 %", 0.09), none = at("0 %", 0.09);
    CHECK(half.partners.capital == doctest::Approx(half.partner * 0.8)); // grants pay a fifth of anybody's part
    CHECK(all.partners.capital == doctest::Approx(0.0));
    CHECK(all.partners.gain.mean == doctest::Approx(all.partners.earns).epsilon(1e-9)); // no capital, so its earnings
    CHECK(none.partners.capital > half.partners.capital);
    // More years at earnings that do not fall below nothing are worth more; a higher rate makes them worth less.
    CHECK((half.partners.with_rest.mean - half.partners.gain.mean) * half.partners.earns >= 0.0);
    const auto dear = at("50 %", 0.2);
    CHECK(std::abs(dear.partners.earns) < std::abs(half.partners.earns));

    // Beside the difference of the two runs, put together here without any discount.
    const auto plain = at("50 %", 0.0);
    const auto profit_of = [](const std::string& taken) {
        ScenarioChoice choice;
        choice.scenario = uncertain;
        choice.set = {"path.grow.own_share=50 %", "path.grow.grant_share=20 %", "path.grow.taken=" + taken};
        const auto session = Session::open(choice);
        std::vector<std::size_t> columns;
        for (std::size_t q = 0; q < session->model().quarters().size(); ++q)
            columns.push_back(session->model().find("foundry.profit.home")->first + q);
        double sum = 0.0;
        for (const auto& quarter : analysis::values_of_columns(session->model(), columns, 64, 1, 1, {}))
            for (const double x : quarter)
                sum += x / 64.0;
        return sum;
    };
    CHECK(plain.partners.earns == doctest::Approx(profit_of("true") - profit_of("false")).epsilon(1e-9));
    CHECK(plain.partners.gain.mean == doctest::Approx(plain.partners.earns - plain.partners.capital).epsilon(1e-9));
}

TEST_CASE("who may give a path up, or wait, loses less by one that nobody needs") {
    // No own capital saved, all of it spent: the buyer pays for capacity that stands idle.
    const auto a = on_paths({"path.grow.own_share=100 %", "path.grow.capex=5 MUSD*month/wafer"});
    const auto& of = a.paths.front().of;
    CHECK(of.now.mean < -2.0 * of.now.error);
    CHECK(of.abandon.mean > of.now.mean);
    CHECK(of.abandon.mean < 0.0); // what was spent by then is gone
    CHECK(of.p_abandoned == 1.0);
    CHECK(of.wait.mean == 0.0);
    CHECK(of.p_taken_later == 0.0);
    CHECK(of.stage.mean == doctest::Approx(0.5 * of.now.mean).epsilon(0.2));
}

TEST_CASE("closed forms beside a path keep their order, and contain the payoff of taking it") {
    const auto a = on_paths({"path.grow.own_share=20 %", "path.grow.capex=0.05 MUSD*month/wafer"});
    REQUIRE(a.paths.front().forms);
    const auto& forms = *a.paths.front().forms;
    const double of_steps = 1e-6 * forms.investment; // a lattice of some hundred steps, far below the trigger
    CHECK(forms.at_end <= forms.until * (1.0 + 1e-3) + of_steps);
    CHECK(forms.until <= forms.forever * (1.0 + 1e-3) + of_steps);
    CHECK(forms.forever >= forms.worth - forms.investment - 1e-6 * forms.worth);
    CHECK(forms.trigger > forms.investment);
    CHECK(forms.worth - forms.investment == doctest::Approx(a.paths.front().of.now.mean).epsilon(1e-9));
}

TEST_CASE("paths and anchors that are not there are told with what there is") {
    CHECK(has(refused([] {
                  PathsQuestion q;
                  q.scenario = uncertain;
                  q.path = {"grw"};
                  (void)paths(catalogue(), q);
              }),
              "path E0505 there is no path 'grw' | did you mean 'grow'?"));
    CHECK(has(refused([] {
                  PathsQuestion q;
                  q.scenario = AUTARKY_SOURCE_DIR "/tests/model/data/plain.toml";
                  (void)paths(catalogue(), q);
              }),
              "scenario E0504 the scenario has no way to more wafers"));
    CHECK(has(refused([] {
                  AnchorQuestion q;
                  q.site = "taylor";
                  (void)anchor(catalogue(), q);
              }),
              "site E0505 'taylor' is no site of the scenario"));
    CHECK(has(refused([] {
                  AnchorQuestion q;
                  q.site = "terafab_14a";
                  (void)anchor(catalogue(), q);
              }),
              "site E0504 no own chip is made at 'terafab_14a'"));
    CHECK(has(refused([] { (void)from_json<PathsQuestion>(R"({"wait": -1})"); }), "wait E0504"));
    CHECK(has(refused([] { (void)from_json<PathsQuestion>(R"({"scale": 1})"); }), "scale E0504"));
}

TEST_CASE("a leaning of yield reports beyond all of the yield makes no sense") {
    for (const char* bias : {"200 %", "-100 %"}) {
        UpdateQuestion question;
        question.scenario = uncertain;
        question.press_bias = Stated{bias};
        CHECK(has(refused([&] { (void)update(catalogue(), question); }), "press_bias E0504"));
    }
}

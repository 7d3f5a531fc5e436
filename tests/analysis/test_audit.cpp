// autarky: claims, held against futures whose shares are known beforehand.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "analysis/audit.hpp"
#include "analysis/decider.hpp"
#include "scenarios.hpp"

using namespace autarky;
using namespace autarky::analysis;

namespace {

std::unique_ptr<test::Studied> with_claims() {
    LoadRequest request;
    request.scenario = AUTARKY_SOURCE_DIR "/tests/model/data/claims.toml";
    request.data_folder = AUTARKY_SOURCE_DIR;
    request.metrics = known_metrics();
    return test::studied(request);
}

std::vector<AuditRow> audited(const test::Studied& on, unsigned threads = 1, std::uint64_t samples = 2'000) {
    return audit(on.model, {0, 1, 2, 3, 4, 5}, {samples, 1, threads}).rows;
}

/// Numbers from 0 to 1 without order, the same on every machine.
double shuffled(std::uint64_t i) {
    i = (i ^ (i >> 30U)) * 0xbf58476d1ce4e5b9U;
    i = (i ^ (i >> 27U)) * 0x94d049bb133111ebU;
    return static_cast<double>((i ^ (i >> 31U)) >> 11U) * 0x1p-53;
}

} // namespace

TEST_CASE("a judgement is what its word says, and a border belongs to the surer side") {
    const auto just_below = [](double x) { return std::nextafter(x, 0.0); };
    CHECK(judgement_of(1.0) == Judgement::holds);
    CHECK(judgement_of(0.8) == Judgement::holds);
    CHECK(judgement_of(just_below(0.8)) == Judgement::leans);
    CHECK(judgement_of(0.5) == Judgement::leans);
    CHECK(judgement_of(just_below(0.5)) == Judgement::open);
    CHECK(judgement_of(0.2) == Judgement::open);
    CHECK(judgement_of(just_below(0.2)) == Judgement::unlikely);
    CHECK(judgement_of(0.05) == Judgement::unlikely);
    CHECK(judgement_of(just_below(0.05)) == Judgement::fails);
    CHECK(judgement_of(0.0) == Judgement::fails);
    CHECK(name_of(Judgement::leans) == "leans");
    CHECK(name_of(Judgement::unlikely) == "unlikely");
}

TEST_CASE("a share within two sampling errors of a border is told, and no other") {
    // Of 400 futures: 2 sqrt(0.8 x 0.2 / 400) = 0.04 at 80 %, 2 sqrt(0.05 x 0.95 / 400) = 0.0218 at 5 %.
    CHECK(near_border(0.839, 400) == 0.8);
    CHECK(near_border(0.761, 400) == 0.8);
    CHECK_FALSE(near_border(0.841, 400));
    CHECK_FALSE(near_border(0.759, 400));
    CHECK(near_border(0.029, 400) == 0.05);
    CHECK_FALSE(near_border(0.028, 400));
    CHECK_FALSE(near_border(0.0, 400));
    CHECK(near_border(0.0, 50) == 0.05); // none of 50 may well be one in twenty
}

TEST_CASE("the widest condition that lifts a statement is found, and luck is none") {
    constexpr std::size_t n = 1'000;
    std::vector<std::vector<float>> scores(400, std::vector<float>(n));
    for (std::size_t s = 0; s < scores.size(); ++s)
        for (std::size_t i = 0; i < n; ++i)
            scores[s][i] = static_cast<float>(shuffled(1 + i + s * n));
    for (std::size_t i = 0; i < n; ++i)
        scores[7][i] = static_cast<float>(i);
    const Splits splits(scores, 2);
    const auto all = bits_of(std::vector<bool>(n, true));
    std::vector<bool> last(n), chance(n);
    for (std::size_t i = 0; i < n; ++i) {
        last[i] = i >= 650;
        chance[i] = shuffled(~i) < 0.75;
    }
    // Above the 60 % point 350 of 400 are true, above the 50 % point only 350 of 500.
    const auto lifting = splits.lifting(all, bits_of(last), 0.8);
    CHECK(lifting.stream == 7);
    CHECK(lifting.above);
    CHECK(lifting.threshold == 600.0);
    CHECK(lifting.part == doctest::Approx(0.4).epsilon(1e-12));
    CHECK(lifting.share_if == doctest::Approx(0.875).epsilon(1e-12));
    CHECK(lifting.share_else == 0.0);
    CHECK(splits.strongest(all, bits_of(last)).stream == 7);
    CHECK(splits.lifting(all, bits_of(last), 1.0).part == doctest::Approx(0.3).epsilon(1e-12));
    CHECK(splits.lifting(all, bits_of(chance), 0.8).stream == -1);
    CHECK(splits.strongest(all, bits_of(chance)).stream == -1);
}

TEST_CASE("claims are judged on their metric, their difference and the futures of their condition") {
    const auto on = with_claims();
    const auto rows = audited(*on);
    REQUIRE(rows.size() == 6);
    // A half of 2,000 futures has a sampling error of 0.0112, a half of the 1,000 with the event one of 0.0158: four of them.
    // The median is sqrt(500 x 1,500) x 0.95^0.875 USD.
    CHECK(std::abs(rows[0].share - 0.5) < 0.05);
    CHECK(rows[0].futures == 2'000);
    CHECK(rows[0].border == 0.5);
    CHECK(rows[0].why.find("within two sampling errors of the border at 50 %") != std::string::npos);
    CHECK(rows[0].only_if.starts_with("merchant.first.list_price is at least"));
    CHECK(rows[0].why.ends_with("(half of the futures, by one input)"));
    CHECK(std::abs(static_cast<double>(rows[1].futures) / 2'000.0 - 0.5) < 0.05);
    CHECK(std::abs(rows[1].share - 0.5) < 0.07);
    CHECK(rows[1].why.find("futures that have event.coin") != std::string::npos);
    CHECK(rows[2].judgement == Judgement::holds);
    CHECK(rows[2].p05 == 0.0);
    CHECK(rows[2].p95 == 0.0);
    CHECK(rows[3].judgement == Judgement::holds);
    CHECK(rows[3].share == 1.0);
    CHECK(static_cast<double>(rows[3].futures) == doctest::Approx(rows[0].share * 2'000.0).epsilon(1e-12));
    CHECK(rows[3].p05 >= 828.016);
    CHECK(rows[4].judgement == Judgement::cannot_be_judged);
    CHECK(rows[4].why == "only 0 of 2,000 futures have event.never");
    CHECK(rows[5].judgement == Judgement::cannot_be_judged);
    CHECK(rows[5].why == "a motive");
}

TEST_CASE("an audit is the same for any number of threads, and for a choice of its claims") {
    const auto on = with_claims();
    const auto one = audited(*on, 1, 700), three = audited(*on, 3, 700);
    const auto some = audit(on->model, {3, 1}, {700, 1, 2}).rows;
    REQUIRE(some.size() == 2);
    for (std::size_t c = 0; c < one.size(); ++c) {
        CHECK(one[c].share == three[c].share);
        CHECK(one[c].why == three[c].why);
    }
    CHECK(some[0].claim->id == "T4");
    CHECK(some[0].share == one[3].share);
    CHECK(some[1].why == one[1].why);
}

TEST_CASE("an audit that is stopped is one of the futures that were finished, without conditions") {
    const auto on = with_claims();
    const auto half = audit(on->model, {0, 1, 2, 3, 4, 5},
                            {100'000, 1, 2, [](std::uint64_t done, std::uint64_t) { return done >= 500; }});
    REQUIRE(half.is_stopped);
    REQUIRE(half.samples >= 500);
    REQUIRE(half.samples < 100'000);
    const auto whole = audited(*on, 1, half.samples);
    REQUIRE(half.rows.size() == whole.size());
    for (std::size_t c = 0; c < whole.size(); ++c) {
        CHECK(half.rows[c].share == whole[c].share);
        CHECK(half.rows[c].futures == whole[c].futures);
        CHECK(half.rows[c].only_if.empty());
    }
    const auto none = audit(on->model, {0}, {1'000, 1, 1, [](std::uint64_t, std::uint64_t) { return true; }});
    CHECK(none.is_stopped);
    CHECK(none.samples == engine::chunk_size); // the chunk at hand is finished
}

TEST_CASE("all 128 claims of the essay are listed, each with a metric or with the reason why there is none") {
    const auto on = test::main_scenario();
    std::set<std::string> numbers;
    for (const auto& claim : on->loaded.claims) {
        CAPTURE(claim.id);
        numbers.insert(claim.id.substr(0, 4));
        CHECK_FALSE(claim.why.empty());
        CHECK_FALSE(claim.section.empty());
        CHECK((claim.metric.empty() || on->model.find(claim.metric) != nullptr));
        CHECK((claim.less.empty() || on->model.find(claim.less) != nullptr));
    }
    CHECK(numbers.size() == 128);
    CHECK(*numbers.begin() == "C001");
    CHECK(*numbers.rbegin() == "C128");
}

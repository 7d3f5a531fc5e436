// autarky: the verdict of a run.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "analysis/verdict.hpp"
#include "scenarios.hpp"

using namespace autarky;
using namespace autarky::analysis;

namespace {

/// A result of 1,000 samples of which some failed and a share of the others has a positive value.
engine::Result result(double positive_share, std::uint64_t failed, double mean) {
    engine::Result out;
    out.done = 1000;
    out.failed = failed;
    engine::Statistics npv;
    npv.name = "npv";
    npv.count = out.done - failed;
    npv.mean = mean;
    npv.positive_share = positive_share;
    out.columns.push_back(npv);
    return out;
}

} // namespace

TEST_CASE("failed samples stand at both ends of the probability") {
    const auto verdict = verdict_of(result(0.75, 200, 1.0));
    CHECK(verdict.p_make_low == doctest::Approx(0.6));  // 0.75 x 800 of 1,000
    CHECK(verdict.p_make_high == doctest::Approx(0.8)); // and the 200 that failed
    CHECK(verdict.p_make() == doctest::Approx(0.7));
}

TEST_CASE("a probability of all or nothing still has an error, one sample of all") {
    CHECK(verdict_of(result(1.0, 0, 1.0)).p_make_error == doctest::Approx(1e-3));
    CHECK(verdict_of(result(0.5, 0, 1.0)).p_make_error == doctest::Approx(0.0158113883));
}

TEST_CASE("the sentence says which way, how surely, and where the mean disagrees") {
    CHECK(sentence(verdict_of(result(0.95, 0, 1.0))) ==
          "Make: the own chip is worth more than buying in 95 % of the futures.");
    CHECK(sentence(verdict_of(result(0.7, 0, 1.0))) ==
          "Lean to make: the own chip is worth more than buying in 70 % of the futures.");
    CHECK(
        sentence(verdict_of(result(0.7, 0, -1.0))) ==
        "Lean to make: the own chip is worth more than buying in 70 % of the futures, but the rare bad ones cost more "
        "than the others gain.");
    CHECK(sentence(verdict_of(result(0.5, 0, -1.0))) ==
          "Too close to call: the own chip is worth more than buying in 50 % of the futures; the mean favours buying.");
    CHECK(
        sentence(verdict_of(result(0.3, 0, 1.0))) ==
        "Lean to buy: buying is worth more than the own chip in 70 % of the futures, but the rare good ones gain more "
        "than the others lose.");
    CHECK(sentence(verdict_of(result(0.0, 0, -1.0))) ==
          "Buy: buying is worth more than the own chip in 100 % of the futures.");
    CHECK(sentence(verdict_of(result(0.5, 300, 1.0))) ==
          "No verdict: 30 % of the samples failed, and what they would say decides.");
    const auto empty = verdict_of(result(0.0, 1000, 0.0));
    CHECK(empty.is_empty);
    CHECK(sentence(empty) == "No verdict: every sample failed.");
    auto none = result(0.5, 0, 1.0); // and of no sample at all
    none.done = 0;
    CHECK(verdict_of(none).call() == Call::none);
    CHECK(verdict_of(none).p_make_low == 0.0);
    CHECK(verdict_of(none).p_make_high == 1.0);
}

TEST_CASE("the verdict of a run is that of its samples: dearer merchants favour making") {
    const auto cheap = test::run(*test::small({"merchant.first.list_price=\"150 USD/chip\""}), 512);
    const auto dear = test::run(*test::small({"merchant.first.list_price=\"3_000 USD/chip\""}), 512);
    CHECK(cheap.verdict.p_make() < dear.verdict.p_make());
    CHECK(cheap.verdict.npv.mean < dear.verdict.npv.mean);
    CHECK(dear.verdict.npv.p05 <= dear.verdict.npv.p50);
    CHECK(dear.verdict.npv.p50 <= dear.verdict.npv.p95);
    CHECK(dear.verdict.npv.standard_error > 0.0);
}

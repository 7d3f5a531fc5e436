// autarky: what each driver is and does, and what the numbers of a scenario rest on.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/frame.hpp"
#include "engine/sampler.hpp"
#include "scenarios.hpp"

using namespace autarky;
using namespace autarky::analysis;

namespace {

const FrameDriver& driver(const Frame& frame, const std::string& name) {
    const auto found =
        std::find_if(frame.drivers.begin(), frame.drivers.end(), [&](const auto& d) { return d.name == name; });
    REQUIRE_MESSAGE(found != frame.drivers.end(), name);
    return *found;
}

Frame frame_with(const std::vector<std::string>& sets) {
    const auto on = test::small(sets);
    return frame_of(on->model, selected_metrics(on->model, {}));
}

} // namespace

TEST_CASE("a driver's gradient is in USD by the unit that the file writes, and a rise is one that can be pictured") {
    const auto frame = frame_with({});
    const auto& price = driver(frame, "merchant.first.list_price");
    CHECK(price.unit == "USD/chip");
    CHECK(price.rise == "10 %");
    CHECK(price.gradient_usd > 0.0); // a dearer merchant favours making
    // a tenth of the price in the mean over futures: measured, with an error, near the slope of the median case
    CHECK(price.rise_error_usd > 0.0);
    CHECK(price.rise_usd == doctest::Approx(price.gradient_usd * 0.1 * std::sqrt(500.0 * 1500.0)).epsilon(0.3));
    CHECK(price.written == "500 to 1_500 USD/chip");

    const auto& rate = driver(frame, "economy.discount_rate");
    CHECK(rate.rise == "1 point a year");
    CHECK(rate.rise_usd == doctest::Approx(rate.gradient_usd).epsilon(0.3)); // the unit is %/year
    CHECK(driver(frame, "chip.one.tapeout").rise == "a quarter later");
    CHECK(driver(frame, "chip.one.tapeout").rise_usd < 0.0); // a late chip is worth less
    CHECK(driver(frame, "process.alpha.wafer_price").rise_usd < 0.0);
}

TEST_CASE("the gradient predicts what a small change of an input does to the case at medians") {
    const auto base = frame_with({"merchant.first.list_price=\"900 to 1_000 USD/chip\""});
    const auto& price = driver(base, "merchant.first.list_price");
    // one part in 10^5 of the price, with everything else at its median
    const auto up = frame_with({"merchant.first.list_price=\"900.009 to 1_000.01 USD/chip\""});
    const double change = std::sqrt(900.0 * 1000.0) * 1e-5;
    CHECK(up.median_case_usd - base.median_case_usd == doctest::Approx(price.gradient_usd * change).epsilon(1e-3));
}

TEST_CASE("the knots of a series are one driver and rise together") {
    const auto frame = frame_with({"economy.memory_price={ series = [[\"2026Q1\", \"2 to 4 USD/GB\"], [\"2029Q1\", \"1 "
                                   "to 3 USD/GB\"]], source = \"test\" }"});
    const auto& memory = driver(frame, "economy.memory_price");
    CHECK(memory.members == std::vector<std::string>{"economy.memory_price"});
    CHECK(memory.rise == "10 %");
    CHECK(std::count_if(frame.drivers.begin(), frame.drivers.end(),
                        [](const auto& d) { return d.name.starts_with("economy.memory_price"); }) == 1);
}

TEST_CASE("without effects there are no drivers, and the value at the medians is the same to the last bit") {
    for (const bool is_main : {false, true}) {
        const auto on = is_main ? test::main_scenario() : test::small();
        const auto selected = selected_metrics(on->model, {});
        const auto none = frame_of(on->model, selected, {}, Effects::none);
        const auto slopes = frame_of(on->model, selected, {}, Effects::slopes);
        CHECK(none.drivers.empty());
        CHECK(!slopes.drivers.empty());
        CHECK(none.median_case_usd == slopes.median_case_usd);
        CHECK(none.numbers == slopes.numbers);
    }
}

TEST_CASE("numbers are counted by what supports them") {
    const auto on = test::small();
    const auto frame = frame_of(on->model, selected_metrics(on->model, {}));
    CHECK(std::accumulate(frame.numbers.begin(), frame.numbers.end(), 0.0) ==
          static_cast<double>(on->loaded.inputs.rows.size()));
    CHECK(frame.numbers[1] == 2.0); // discount rate and wafer price cite the paper
    CHECK(frame.uncertain[1] == 2.0);
    CHECK(frame.numbers[default_class] > 0.0);
    CHECK(driver(frame, "process.alpha.wafer_price").support[1] == 1.0);
    CHECK(driver(frame, "merchant.first.list_price").support[assumption_class] == 1.0);
    for (const auto& d : frame.drivers)
        CHECK(std::accumulate(d.support.begin(), d.support.end(), 0.0) == doctest::Approx(1.0));
}

TEST_CASE("the shares of explained variance by support sum to one, and the drivers name every uncertain stream") {
    const auto summary = test::run(*test::small(), 2048);
    CHECK(std::accumulate(summary.variance.begin(), summary.variance.end(), 0.0) == doctest::Approx(1.0));
    CHECK(summary.drivers.size() == summary.frame.drivers.size());
    CHECK(summary.drivers.front().what->name ==
          "merchant.first.list_price"); // threefold range, nothing else comes near
    double sum = summary.result.unexplained;
    for (const auto& d : summary.drivers)
        sum += d.share;
    CHECK(sum == doctest::Approx(1.0));
}

TEST_CASE("a correlated group is one driver, measured in deviations of its first member") {
    const auto on = test::main_scenario();
    const auto frame = frame_of(on->model, selected_metrics(on->model, {}));
    const auto& groups = on->loaded.inputs.groups;
    REQUIRE(!groups.empty());
    const auto& group = driver(frame, groups.front().name);
    CHECK(group.unit == "standard deviation");
    CHECK(group.members.size() == groups.front().streams.size());
    CHECK(std::isfinite(group.gradient_usd));
}

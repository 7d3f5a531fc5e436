// autarky: tests of whole runs: the same bits by any way, failures, absent values, interruption.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/exact_quantile.hpp"
#include "engine/result.hpp"
#include "engine/run.hpp"
#include "small_models.hpp"

using namespace autarky;
using namespace autarky::engine;
using autarky::engine::test::FunctionModel;

namespace {

constexpr double absent = std::numeric_limits<double>::quiet_NaN();

/// Five inputs, two of them correlated; columns of several shapes, one of which may be absent; some samples fail.
FunctionModel mixed_model(std::string key = "mixed") {
    Inputs inputs;
    test::add_input(inputs, "price", {Family::lognormal, {9.9, 0.1}});
    test::add_input(inputs, "yield", {Family::logit_normal, {1.0, 0.5}});
    test::add_input(inputs, "months", {Family::pert, {3.0, 6.0, 14.0}});
    test::add_input(inputs, "volume", {Family::uniform, {1.0, 9.0}});
    test::add_input(inputs, "respins", {Family::discrete, {0.0, 1.0, 2.0}, {0.5, 0.3, 0.2}});
    inputs.groups = {{"cost", {0, 1}, {1.0, 0.0, -0.6, 0.8}}};
    const std::vector<Column> columns{{"cost"}, {"npv"}, {"break_even", true}, {"date", false, 2020.0}, {"constant"}};
    return {inputs, columns,
            [](const auto& x, auto& y) {
                y[0] = x[0] / (62.0 * x[1]);
                y[1] = x[3] * (400.0 - y[0]) - 300.0 * (1.0 + x[4]);
                y[2] = y[0] < 450.0 ? 300.0 / (450.0 - y[0]) : absent;
                y[3] = 2026.0 + x[2] / 12.0 + x[4];
                y[4] = 7.25;
                return x[1] > 0.45; // a yield that makes no sense
            },
            std::move(key)};
}

RunOptions options_for(std::uint64_t samples, unsigned threads = 1) {
    RunOptions options;
    options.sampling = Sampling::random;
    options.samples = samples;
    options.seed = 17;
    options.threads = threads;
    options.driver_column = 1;
    return options;
}

} // namespace

TEST_CASE("a run has the same hash on 1, 2 and 4 threads") {
    const FunctionModel model = mixed_model();
    const std::string hash = run(model, options_for(20'001, 1)).hash();
    CHECK(run(model, options_for(20'001, 2)).hash() == hash);
    CHECK(run(model, options_for(20'001, 4)).hash() == hash);
    CHECK(run(model, options_for(20'002, 1)).hash() != hash);
}

TEST_CASE("1, 2, 7 and 64 shards merge in any order to the bits of one run") {
    const FunctionModel model = mixed_model();
    const std::string whole = run(model, options_for(20'001)).hash();
    for (const std::uint64_t n : {1U, 2U, 7U, 64U}) {
        std::vector<State> parts;
        for (std::uint64_t k = 1; k <= n; ++k) {
            RunOptions options = options_for(20'001, static_cast<unsigned>(1 + k % 2));
            options.range = shard(options.samples, k, n);
            parts.push_back(State::parse(run(model, options).bytes()));
        }
        std::reverse(parts.begin(), parts.end());
        std::rotate(parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(n / 2), parts.end());
        State total = parts[0];
        for (std::size_t k = 1; k < parts.size(); ++k)
            total.merge(parts[k]);
        CHECK(total.missing().empty());
        CHECK(total.hash() == whole);
    }
}

TEST_CASE("parts may be cut anywhere, not only between chunks") {
    const FunctionModel model = mixed_model();
    State total = run(model, options_for(1000)).emptied();
    for (const SampleRange range :
         {SampleRange{333, 334}, SampleRange{0, 1}, SampleRange{1, 332}, SampleRange{667, 333}}) {
        RunOptions options = options_for(1000);
        options.range = range;
        total.merge(run(model, options));
    }
    CHECK(total.hash() == run(model, options_for(1000)).hash());
}

TEST_CASE("an interrupted run is exactly a run of the samples that it finished") {
    const FunctionModel model = mixed_model();
    for (const unsigned threads : {1U, 3U}) {
        std::stop_source stop;
        RunOptions options = options_for(4'000'000'000, threads); // would take minutes
        options.stop = stop.get_token();
        options.progress = [&](std::uint64_t, std::uint64_t) { stop.request_stop(); };
        const State some = run(model, options);
        REQUIRE(some.ranges.size() == 1);
        CHECK(some.ranges[0].first == 0);
        CHECK(some.ranges[0].count % chunk_size == 0);
        CHECK(some.missing().size() == 1);
        RunOptions again = options_for(4'000'000'000, 2);
        again.range = some.ranges[0];
        CHECK(run(model, again).hash() == some.hash());
    }
}

TEST_CASE("failed samples are counted, named and left out of every column, wherever they fall") {
    const FunctionModel model = mixed_model();
    constexpr std::uint64_t n = 10'003;
    const State state = run(model, options_for(n, 2));
    const Sampler sampler(model.inputs(), 17);
    std::vector<std::uint64_t> failed;
    for (std::uint64_t k = 0; k < n; ++k)
        if (!(sampler.sample(k)[1] > 0.45)) failed.push_back(k);
    REQUIRE(failed.size() > Failures::n_kept);
    CHECK(state.failures.count == failed.size());
    REQUIRE(state.failures.first.size() == Failures::n_kept);
    for (std::size_t k = 0; k < Failures::n_kept; ++k) {
        CHECK(state.failures.first[k].sample == failed[k]);
        CHECK(state.failures.first[k].reason == "refused by the test");
    }
    for (const ColumnState& column : state.columns)
        CHECK(column.count + column.none == n - failed.size());
    CHECK(state.drivers.count == n - failed.size());
}

TEST_CASE("a value that is not finite fails its sample and is named, an absent one does not") {
    const FunctionModel model(test::independent(1, {Family::uniform, {0.0, 1.0}}), {{"a"}, {"b", true}, {"c"}},
                              [](const auto& x, auto& y) {
                                  y[0] = x[0] < 0.1 ? absent : 1.0;
                                  y[1] = x[0] > 0.5 ? absent : x[0];
                                  y[2] = x[0] > 0.9 ? std::numeric_limits<double>::infinity() : 2.0;
                                  return true;
                              });
    RunOptions options = options_for(10'000);
    options.driver_column = 1;
    const State state = run(model, options);
    const Result result = summarise(state);
    // Binomial: 0.2 +- 4 sqrt(0.16 / 10000); of the good 0.8, a half does not exist.
    CHECK(static_cast<double>(result.failed) == doctest::Approx(2000).epsilon(0.08));
    CHECK(result.find("b")->none_share == doctest::Approx(0.5).epsilon(0.05));
    CHECK(result.find("b")->count + state.columns[1].none == 10'000 - result.failed);
    CHECK(result.find("a")->none_share == 0.0);
    CHECK(state.drivers.count == result.find("b")->count);
    for (const Failure& failure : result.first_failures)
        CHECK((failure.reason == "a is not a number" || failure.reason == "c is beyond all bounds"));
    CHECK(result.find("nothing") == nullptr);
}

TEST_CASE("a column that exists in no sample has no figures and does not fail the run") {
    const FunctionModel model(test::independent(1, {Family::uniform, {0.0, 1.0}}), {{"never", true}},
                              [](const auto&, auto& y) {
                                  y[0] = absent;
                                  return true;
                              });
    RunOptions options = options_for(1000);
    options.driver_column = 0;
    const Result result = summarise(run(model, options));
    CHECK(result.failed == 0);
    CHECK(result.columns[0].none_share == 1.0);
    CHECK(std::isnan(result.columns[0].mean));
    CHECK(std::isnan(result.columns[0].p50));
    CHECK(result.drivers.empty());
}

TEST_CASE("figures agree with those computed from all samples at once") {
    const FunctionModel model = mixed_model();
    constexpr std::uint64_t n = 5000;
    const Result result = summarise(run(model, options_for(n, 2)));
    const Sampler sampler(model.inputs(), 17);
    std::vector<double> npv;
    for (std::uint64_t k = 0; k < n; ++k) {
        const auto x = sampler.sample(k);
        if (x[1] > 0.45) npv.push_back(x[3] * (400.0 - x[0] / (62.0 * x[1])) - 300.0 * (1.0 + x[4]));
    }
    long double sum = 0.0, squares = 0.0;
    std::size_t positive = 0;
    for (const double v : npv) {
        sum += v;
        positive += v > 0.0 ? 1 : 0;
    }
    const auto count = static_cast<long double>(npv.size());
    for (const double v : npv)
        squares += (v - sum / count) * (v - sum / count);
    const Statistics& s = *result.find("npv");
    CHECK(s.count == npv.size());
    CHECK(s.mean == doctest::Approx(static_cast<double>(sum / count)).epsilon(1e-15));
    CHECK(s.standard_deviation ==
          doctest::Approx(static_cast<double>(std::sqrt(squares / (count - 1)))).epsilon(1e-14));
    CHECK(s.standard_error == doctest::Approx(s.standard_deviation / std::sqrt(static_cast<double>(npv.size()))));
    CHECK(s.positive_share == static_cast<double>(positive) / static_cast<double>(npv.size()));
    CHECK(result.find("constant")->p95 == 7.25);
    CHECK(result.find("date")->p50 == doctest::Approx(2026.9).epsilon(2e-4)); // within 0.3 years
}

TEST_CASE("asking for some columns only changes nothing about them, nor about what fails") {
    const FunctionModel model = mixed_model();
    RunOptions options = options_for(5000);
    const State all = run(model, options);
    options.columns = {1, 3};
    const State some = run(model, options);
    REQUIRE(some.columns.size() == 2);
    CHECK(some.columns[1].name == "date");
    CHECK(some.columns[1].sum.canonical() == all.columns[3].sum.canonical());
    CHECK(some.columns[0].histogram == all.columns[1].histogram);
    CHECK(some.failures.count == all.failures.count);
}

TEST_CASE("progress ends at the total, on any number of threads") {
    const FunctionModel model = mixed_model();
    std::uint64_t last = 0, total = 0;
    RunOptions options = options_for(3000, 2);
    options.range = {100, 2000};
    options.progress = [&](std::uint64_t done, std::uint64_t of) {
        CHECK(done >= last);
        CHECK(done <= of);
        last = done;
        total = of;
    };
    CHECK(run(model, options).done() == 2000);
    CHECK(last == 2000);
    CHECK(total == 2000);
}

TEST_CASE("options that make no sense are refused with a sentence") {
    const FunctionModel model = mixed_model();
    RunOptions options = options_for(0);
    CHECK_THROWS_WITH_AS(static_cast<void>(run(model, options)), "the number of samples must be from 1 to 4294967296",
                         std::invalid_argument);
    options = options_for(1'000'000'000'000);
    CHECK(check_options(model, options) == "the number of samples must be from 1 to 4294967296");
    options = options_for(100);
    options.range = {90, 11};
    CHECK(check_options(model, options) == "samples 90 to 100 are not among the 100 of the run");
    options = options_for(100);
    options.columns = {5};
    CHECK(check_options(model, options) == "the columns to accumulate must be ascending rows of the model's columns");
    options = options_for(100);
    options.driver_column = 5;
    CHECK(check_options(model, options) == "the driver column is not a column of the model");
}

TEST_CASE("an exception of the model ends the run and reaches the caller") {
    const FunctionModel model(test::independent(1, {Family::uniform, {0.0, 1.0}}), {{"a"}},
                              [](const auto& x, auto&) -> bool {
                                  if (x[0] > 0.99) throw std::runtime_error("out of order");
                                  return true;
                              });
    RunOptions options = options_for(100'000, 2);
    options.driver_column = -1;
    CHECK_THROWS_WITH(static_cast<void>(run(model, options)), "out of order");
}

TEST_CASE("a second pass gives the exact sample quantiles") {
    const FunctionModel model = mixed_model();
    constexpr std::uint64_t n = 5000;
    const State state = run(model, options_for(n, 2));
    const Sampler sampler(model.inputs(), 17);
    std::vector<double> npv, date;
    for (std::uint64_t k = 0; k < n; ++k) {
        const auto x = sampler.sample(k);
        if (!(x[1] > 0.45)) continue;
        npv.push_back(x[3] * (400.0 - x[0] / (62.0 * x[1])) - 300.0 * (1.0 + x[4]));
        date.push_back(2026.0 + x[2] / 12.0 + x[4]);
    }
    std::sort(npv.begin(), npv.end());
    std::sort(date.begin(), date.end());
    const std::vector<double> p{0.0, 0.05, 0.31, 0.5, 0.95, 1.0};
    const auto exact_npv = exact_quantiles(model, options_for(n, 2), state, 1, p);
    const auto exact_date = exact_quantiles(model, options_for(n, 1), state, 3, p);
    for (std::size_t k = 0; k < p.size(); ++k) {
        const double position = std::ceil(p[k] * static_cast<double>(npv.size()));
        const auto at = static_cast<std::size_t>(std::max(position, 1.0)) - 1;
        CHECK(exact_npv[k] == npv[at]);
        CHECK(exact_date[k] == date[at]);
    }
    CHECK(exact_quantiles(model, options_for(n), state, 4, p) == std::vector<double>(p.size(), 7.25));
}

TEST_CASE("the second pass refines buckets that hold too many values to keep") {
    // Of 600,000 values between 1 and 1.001 all share one bucket; a third of another column's are one same number.
    const FunctionModel model(test::independent(1, {Family::uniform, {0.0, 1.0}}), {{"narrow"}, {"lump"}},
                              [](const auto& x, auto& y) {
                                  y[0] = 1.0 + 0.001 * x[0];
                                  y[1] = -1.0 - std::max(0.0, x[0] - 0.6);
                                  return true;
                              });
    constexpr std::uint64_t n = 600'000;
    RunOptions options = options_for(n, 2);
    const State state = run(model, options);
    const std::vector<double> p{0.25, 0.5};
    const auto narrow = exact_quantiles(model, options, state, 0, p);
    const Sampler sampler(model.inputs(), 17);
    std::vector<double> x;
    Draws draws;
    Lanes input;
    for (std::uint64_t chunk = 0; x.size() < n; ++chunk) {
        sampler.draw(chunk, draws);
        for (std::size_t group = 0; group < groups_a_chunk && x.size() < n; ++group) {
            sampler.write_values(draws, group, &input);
            for (const double v : input.array())
                x.push_back(1.0 + 0.001 * v);
        }
    }
    for (std::size_t k = 0; k < p.size(); ++k) {
        const auto at = x.begin() + static_cast<std::ptrdiff_t>(p[k] * n) - 1;
        std::nth_element(x.begin(), at, x.end());
        CHECK(narrow[k] == *at);
    }
    CHECK(exact_quantiles(model, options, state, 1, std::vector{0.8}) == std::vector{-1.0});
}

// autarky: parts of a run, and the whole made of them.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "analysis/part.hpp"
#include "engine/run.hpp"
#include "scenarios.hpp"

using namespace autarky;
using namespace autarky::analysis;

namespace {

struct Request {
    std::uint64_t samples = 1000, seed = 1;
    std::vector<std::string> sets{}, metrics{};
};

Part part(std::uint64_t index, std::uint64_t n, const Request& request = {}) {
    const auto on = test::small(request.sets);
    const auto selected = selected_metrics(on->model, request.metrics);
    engine::RunOptions options;
    options.samples = request.samples;
    options.seed = request.seed;
    options.columns = columns_of(on->model, selected);
    options.driver_column = on->model.verdict_column();
    options.range = engine::shard(request.samples, index, n);
    return {frame_of(on->model, selected), engine::run(on->model, options)};
}

/// A part and the name of the file that it would be in.
struct NamedPart {
    std::string file;
    Part part;
};

Part put_together(const std::vector<NamedPart>& parts, Gaps gaps = Gaps::refused) {
    std::vector<std::string> files;
    for (std::size_t k = 0; k < parts.size(); ++k)
        files.push_back(parts[k].file);
    return merged(
        files,
        [&](const std::string& file) {
            return std::find_if(parts.begin(), parts.end(), [&](const auto& one) { return one.file == file; })->part;
        },
        gaps);
}

std::string whole_bytes(const std::vector<NamedPart>& parts) { return part_bytes(put_together(parts)); }

std::string refusal(const std::vector<NamedPart>& parts) {
    try {
        static_cast<void>(put_together(parts));
    } catch (const engine::StateError& error) {
        return error.what();
    }
    return "nothing is refused";
}

std::string reading(const std::string& bytes) {
    try {
        static_cast<void>(part_from(bytes));
    } catch (const engine::StateError& error) {
        return error.what();
    }
    return "it can be read";
}

} // namespace

TEST_CASE("parts in any order give the whole run, byte for byte") {
    const auto whole = whole_bytes({{"all", part(1, 1)}});
    CHECK(whole_bytes({{"b", part(2, 2)}, {"a", part(1, 2)}}) == whole);
    std::vector<NamedPart> seven;
    for (std::uint64_t i = 7; i >= 1; --i)
        seven.push_back({std::to_string(i), part(i, 7)});
    CHECK(whole_bytes(seven) == whole);
}

TEST_CASE("parts put together in a tree, whatever its branches, give the whole run, byte for byte") {
    std::vector<NamedPart> leaves;
    for (std::uint64_t i = 1; i <= 9; ++i)
        leaves.push_back({std::to_string(i), part(i, 9)});
    const auto whole = whole_bytes(leaves);
    const auto branch = [&](const std::string& name, const std::vector<std::size_t>& of) {
        std::vector<NamedPart> some;
        for (const std::size_t i : of)
            some.push_back(leaves.at(i));
        const auto sum = part_bytes(put_together(some, Gaps::kept)); // through its file, as between machines
        return NamedPart{name, part_from(sum)};
    };
    CHECK(whole_bytes({branch("a", {0, 1, 2}), branch("b", {3, 4, 5}), branch("c", {6, 7, 8})}) == whole);
    CHECK(whole_bytes({branch("odd", {8, 0, 4, 2, 6}), branch("even", {5, 1, 3, 7})}) == whole); // with gaps between
    const NamedPart two{"two", put_together({branch("a", {0, 3}), branch("b", {7})}, Gaps::kept)};
    CHECK(whole_bytes({branch("rest", {1, 2, 4, 5, 6, 8}), two}) == whole);
    CHECK(part_bytes(branch("alone", {4}).part) == part_bytes(leaves[4].part));
    // a larger part is told apart as its parts are
    CHECK(refusal({branch("a", {0, 1}), {"b", part(2, 9)}}).starts_with("b has samples "));
    CHECK(refusal({branch("a", {0, 1})}).ends_with("in no part: samples 223 to 999"));
    // and ends a run where that is asked for, if it has no gaps of its own
    const auto begun = put_together({branch("a", {0, 1}), leaves[2], leaves[5]}, Gaps::end_there);
    CHECK(begun.state.ranges == std::vector<engine::SampleRange>{{0, part(3, 9).state.ranges.front().end()}});
    CHECK_THROWS_AS(put_together({branch("a", {0, 2})}, Gaps::end_there), engine::StateError);
}

TEST_CASE("a part survives the way to its file and back, byte for byte") {
    const auto bytes = part_bytes(part(1, 2));
    CHECK(part_bytes(part_from(bytes)) == bytes);
    CHECK(part_bytes(part(1, 2)) == bytes); // the same part again
}

TEST_CASE("a file that is no part, is cut off or damaged is refused with a sentence") {
    const auto bytes = part_bytes(part(1, 2));
    CHECK(reading("") == "it is no part of a run");
    CHECK(reading("{}\n") == "it is no part of a run");
    CHECK(reading(bytes.substr(0, 30)) == "it is cut off or damaged");
    CHECK(reading(bytes.substr(0, bytes.size() - 10)) == "it is cut off or damaged");
    auto damaged = bytes;
    damaged[damaged.size() - 100] = static_cast<char>(damaged[damaged.size() - 100] ^ 1);
    CHECK(reading(damaged) == "it is damaged: its checksum is wrong");
    // every length is refused, none crashes
    for (std::size_t n = 0; n < bytes.size(); n += 997)
        CHECK(reading(bytes.substr(0, n)) != "it can be read");
}

TEST_CASE("a head that is not that of its state is refused, though every checksum is right") {
    using Change = std::function<void(Part&)>;
    const auto metric = [](std::size_t k, auto change) {
        return Change([=](Part& p) { change(p.frame.metrics.at(k)); });
    };
    const std::vector<Change> changes{metric(0, [](FrameMetric& m) { m.id = "chip.unit_cost"; }),
                                      metric(0, [](FrameMetric& m) { m.id = "no.such"; }),
                                      metric(0, [](FrameMetric& m) { m.unit = "%"; }),
                                      metric(0, [](FrameMetric& m) { m.unit_factor *= 1e6; }),
                                      metric(0, [](FrameMetric& m) { m.may_be_none = !m.may_be_none; }),
                                      metric(0, [](FrameMetric& m) { m.quarterly = !m.quarterly; }),
                                      metric(0, [](FrameMetric& m) { m.count = 1'000'000'000; }),
                                      metric(0, [](FrameMetric& m) { m.count -= 1; }),
                                      [](Part& p) { p.frame.metrics.pop_back(); },
                                      [](Part& p) { p.frame.metrics.push_back(p.frame.metrics.front()); },
                                      [](Part& p) { std::swap(p.frame.metrics[0], p.frame.metrics[1]); },
                                      [](Part& p) { p.frame.metrics.clear(); },
                                      [](Part& p) { p.frame.quarters.pop_back(); },
                                      [](Part& p) { p.frame.quarters.clear(); },
                                      [](Part& p) { p.frame.quarters.front() = "soon"; },
                                      [](Part& p) { std::swap(p.frame.quarters[0], p.frame.quarters[1]); },
                                      [](Part& p) { p.frame.drivers.clear(); },
                                      [](Part& p) { p.frame.drivers.front().members.emplace_back("another"); },
                                      [](Part& p) { p.frame.drivers.front().support[0] = 7.0; },
                                      [](Part& p) { p.frame.sha256 = "of another scenario"; },
                                      [](Part& p) { p.state.columns.pop_back(); },
                                      [](Part& p) { std::swap(p.state.columns[0], p.state.columns[1]); }};
    for (std::size_t k = 0; k < changes.size(); ++k) {
        CAPTURE(k);
        auto changed = part(1, 2);
        changes[k](changed);
        CHECK(reading(part_bytes(changed)).starts_with("its head and its state do not belong together: "));
    }
    CHECK(reading(part_bytes(part(1, 2)) + "more") == "there is something behind its end");
}

TEST_CASE("parts of different runs, given twice, overlapping or missing are refused and named") {
    CHECK(refusal({}) == "there are no parts to merge");
    CHECK(refusal({{"a", part(1, 2)}, {"b", part(2, 2, {.seed = 2})}}) ==
          "b is of another run than a: another seed (2 instead of 1)");
    CHECK(refusal({{"a", part(1, 2)}, {"b", part(2, 2, {.samples = 2000})}}) ==
          "b is of another run than a: a run of 2000 samples instead of 1000");
    CHECK(refusal({{"a", part(1, 2)}, {"b", part(2, 2, {.sets = {"economy.discount_rate=\"9 %/year\""}})}}) ==
          "b is of another run than a: another scenario, variant or override");
    CHECK(refusal({{"a", part(1, 2)}, {"b", part(2, 2, {.metrics = {"cash.*"}})}}) ==
          "b is of another run than a: other --metrics");
    auto other = part(2, 2);
    other.frame.median_case_usd += 1.0; // as a program of the same version with other formulas gives it
    CHECK(refusal({{"a", part(1, 2)}, {"b", std::move(other)}}) ==
          "b is of another run than a: other formulas, of a changed program of the same version");
    CHECK(refusal({{"a", part(1, 2)}, {"b", part(1, 2)}}) == "b has samples 0 to 511, which a has already");
    CHECK(refusal({{"a", part(1, 2)}, {"b", part(1, 3)}}).starts_with("b has samples 0 to "));
    CHECK(refusal({{"a", part(1, 2)}}) == "488 of 1000 samples are in no part: samples 512 to 999");
}

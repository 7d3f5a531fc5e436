// autarky: tests of states as bytes, and of what may not be merged.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>

#include "core/sha256.hpp"
#include "engine/result.hpp"
#include "engine/run.hpp"
#include "small_models.hpp"

using namespace autarky;
using namespace autarky::engine;
using autarky::engine::test::FunctionModel;

namespace {

FunctionModel small_model(std::string key = "scenario one") {
    Inputs inputs = test::independent(3, {Family::lognormal, {0.0, 1.0}});
    inputs.groups = {{"pair", {0, 2}, {1.0, 0.0, 0.6, 0.8}}};
    return {inputs,
            {{"a"}, {"b", true}},
            [](const auto& x, auto& y) {
                y[0] = x[0] - x[1];
                y[1] = x[2] > 1.0 ? x[2] : std::nan("");
                return x[1] < 9.0;
            },
            std::move(key)};
}

State part(std::uint64_t first, std::uint64_t count, std::uint64_t samples = 1000, std::uint64_t seed = 1,
           const FunctionModel& model = small_model()) {
    RunOptions options;
    options.sampling = Sampling::random;
    options.samples = samples;
    options.seed = seed;
    options.threads = 1;
    options.range = {first, count};
    options.driver_column = 0;
    return run(model, options);
}

} // namespace

TEST_CASE("SHA-256 gives its published values") {
    // FIPS 180-4 examples: "abc", 448 bits; the empty message.
    CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256_hex(std::string(1'000'000, 'a')) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("a state comes back from its bytes, whole or empty") {
    for (const State& state : {part(0, 1000), part(300, 5), part(0, 1).emptied()}) {
        const State back = State::parse(state.bytes());
        CHECK(back.bytes() == state.bytes());
        CHECK(back.hash() == state.hash());
        CHECK(back.key == state.key);
        CHECK(back.ranges == state.ranges);
        CHECK(back.failures.first == state.failures.first);
    }
}

TEST_CASE("counts of values seen often survive parts, merging and bytes, and leave the hash alone") {
    const FunctionModel model{
        test::independent(2, {Family::lognormal, {0.0, 1.0}}), {{"price"}}, [](const auto& x, auto& y) {
            y[0] = x[0] > 1.2 ? 8000.0 + x[1] : 8000.0; // 8,000 in 57 % of the futures
            return true;
        }};
    const State whole = part(0, 1000, 1000, 1, model);
    REQUIRE(whole.columns[0].few.are_many());
    REQUIRE(whole.columns[0].few.often().size() == 1);
    const auto& [value, count] = whole.columns[0].few.often()[0];
    CHECK(value == 8000.0);
    CHECK(count > 500);
    for (const double p : {0.05, 0.25, 0.5})
        CHECK(whole.columns[0].quantiles()(p) == 8000.0);
    State merged = State::parse(part(700, 300, 1000, 1, model).bytes());
    merged.merge(State::parse(part(0, 60, 1000, 1, model).bytes())); // still few
    merged.merge(part(60, 640, 1000, 1, model));
    CHECK(merged.bytes() == whole.bytes());
    CHECK(State::parse(whole.bytes()).columns[0].few == whole.columns[0].few);
    State without = whole;
    without.columns[0].few = {};
    without.columns[0].few.set_many();
    CHECK(without.hash() == whole.hash());
    CHECK_THROWS_AS(merged.emptied().merge(without.emptied()), StateError); // parts must count the same values
    without.columns[0].few.set_often({8000.0});
    without.columns[0].few.add(8000.0, 1001);
    CHECK_THROWS_AS(static_cast<void>(State::parse(without.bytes())), StateError);
}

TEST_CASE("damaged bytes are refused, whichever byte it is") {
    const std::string bytes = part(0, 200).bytes();
    CHECK_THROWS_WITH_AS(static_cast<void>(State::parse("something else")), "this is no state of a run", StateError);
    for (std::size_t at = 0; at < bytes.size(); at += 7) {
        std::string damaged = bytes;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
        CHECK_THROWS_AS(static_cast<void>(State::parse(damaged)), StateError);
        CHECK_THROWS_AS(static_cast<void>(State::parse(bytes.substr(0, at))), StateError);
    }
}

TEST_CASE("bytes with a right checksum and wrong content are refused too") {
    std::string body = part(0, 200).bytes();
    body.resize(body.size() - 64);
    for (const std::size_t keep : {body.size() - 1, body.size() / 2, std::size_t{40}}) {
        std::string cut = body.substr(0, keep);
        cut += sha256_hex(cut);
        CHECK_THROWS_AS(static_cast<void>(State::parse(cut)), StateError);
    }
    std::string more = body + "x";
    more += sha256_hex(more);
    CHECK_THROWS_WITH(static_cast<void>(State::parse(more)), "the state is damaged: it is too long");
}

TEST_CASE("any one byte changed under a repaired checksum gives a refusal or a state that can be used") {
    std::string body = part(256, 300).bytes();
    body.resize(body.size() - 64);
    int n_refused = 0, n_tried = 0;
    for (std::size_t at = 0; at < body.size(); ++at)
        for (const char flip : {'\x01', '\x40', '\x7f'}) {
            std::string changed = body;
            changed[at] = static_cast<char>(changed[at] ^ flip);
            changed += sha256_hex(changed);
            ++n_tried;
            try {
                State state = State::parse(changed);
                static_cast<void>(summarise(state));
                state.merge(state.emptied());
                CHECK(State::parse(state.bytes()).hash() == state.hash());
            } catch (const StateError&) {
                ++n_refused;
            }
        }
    // What is left are names, reasons, seeds and low bits of bounds and sums: nothing else can tell them.
    CHECK(n_refused > n_tried * 8 / 10); // 5,868 of 6,582
}

TEST_CASE("parts of another run are refused and change nothing") {
    State state = part(0, 500);
    const std::string before = state.hash();
    CHECK_THROWS_WITH(state.merge(part(500, 500, 1000, 2)), "the part has seed 2 instead of 1");
    CHECK_THROWS_WITH(state.merge(part(500, 500, 2000)), "the part belongs to a run of 2000 samples instead of 1000");
    CHECK_THROWS_WITH(state.merge(part(500, 500, 1000, 1, small_model("scenario two"))),
                      "the part is of another scenario (scenario two instead of scenario one)");
    State foreign = part(500, 500);
    foreign.key.engine = "0.0.9";
    state.key.engine = "0.0.1";
    CHECK_THROWS_WITH(state.merge(foreign), "the part was made by version 0.0.9 instead of 0.0.1");
    state.key.engine = part(0, 1).key.engine;
    State fewer = part(500, 500);
    fewer.columns.pop_back();
    CHECK_THROWS_WITH(state.merge(fewer), "the part accumulates other metrics");
    CHECK_THROWS_WITH(state.merge(part(0, 500)), "samples 0 to 499 are in already");
    CHECK_THROWS_WITH(state.merge(part(490, 20)), "samples 490 to 499 are in already");
    CHECK(state.hash() == before);
}

TEST_CASE("what is missing is listed") {
    State state = part(100, 200);
    CHECK(state.missing() == std::vector<SampleRange>{{0, 100}, {300, 700}});
    state.merge(part(900, 100));
    CHECK(state.missing() == std::vector<SampleRange>{{0, 100}, {300, 600}});
    state.merge(part(0, 100));
    CHECK(state.ranges == std::vector<SampleRange>{{0, 300}, {900, 100}});
    state.merge(part(300, 600));
    CHECK(state.missing().empty());
    CHECK(state.ranges == std::vector<SampleRange>{{0, 1000}});
}

TEST_CASE("shards cover a run without gap or overlap and begin at chunks") {
    for (const std::uint64_t samples : {1ULL, 7ULL, 1000ULL, 100'000ULL, 4'294'967'296ULL})
        for (const std::uint64_t n : {1ULL, 2ULL, 7ULL, 64ULL}) {
            std::uint64_t next = 0;
            for (std::uint64_t k = 1; k <= n; ++k) {
                const SampleRange range = shard(samples, k, n);
                CHECK(range.first == next);
                CHECK((samples / n < chunk_size || range.first % chunk_size == 0));
                next = range.end();
            }
            CHECK(next == samples);
        }
}

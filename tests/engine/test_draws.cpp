// autarky: tests of the generator and of the map from samples to draws.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include "engine/draws.hpp"
#include "engine/philox.hpp"

using namespace autarky;
using namespace autarky::engine;

TEST_CASE("Philox4x32-10 gives its published known answers") {
    // Random123 1.14, examples/kat_vectors, lines "philox4x32 10".
    constexpr std::uint32_t ones = 0xffffffff;
    static_assert(philox::words({0, 0, 0, 0}, {0, 0}) == philox::Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
    static_assert(philox::words({ones, ones, ones, ones}, {ones, ones}) ==
                  philox::Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
    static_assert(philox::words({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
                  philox::Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("the ten-thousandth word of std::philox4x32 comes out") {
    // C++26 [rand.predef]: key 20111115, counter from 0, word 10000 is the last of block 2500.
    CHECK(philox::words({2499, 0, 0, 0}, {20111115, 0})[3] == 1955073260);
}

TEST_CASE("draws follow the documented map of sample, name and occurrence") {
    // Seed 42, name hash 7, sample c = 1000000's counter: u of the first and of the second pair, from an independent
    // implementation in Python of the map in draws.hpp.
    const StreamKey seven{7, 0}, one{1, 0}, zero{0, 0};
    CHECK(uniform(42, zero, 0) == 0.46858651833910503);
    CHECK(uniform(42, zero, 4) == 0.34086154938517887);
    CHECK(uniform(42, one, 0) == 0.12624985422241941);
    CHECK(uniform(42, one, 1) == 0.99148735872677063);
    CHECK(uniform(42, one, 5) == 0.22568875739947802);
    CHECK(uniform(42, seven, 2000000) == 0.0057542409429657271); // counter 4 * 250000
    CHECK(uniform(42, seven, 2000004) == 0.74781283840659507);
}

TEST_CASE("eight draws at once are the eight single draws") {
    const StreamKey stream{name_hash("process.sf2.wafer_price"), 3};
    for (const std::uint64_t group : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{12345}, max_samples / 8 - 1}) {
        const Lanes lanes = uniforms(0x123456789abcdef0, stream, group);
        for (std::uint64_t lane = 0; lane < 8; ++lane)
            CHECK(lanes[lane] == uniform(0x123456789abcdef0, stream, 8 * group + lane));
    }
}

TEST_CASE("names are hashed by FNV-1a, and a draw depends on nothing but seed, name, sample and occurrence") {
    // Published FNV-1a 64 test values of the empty string, "a" and "foobar".
    CHECK(name_hash("") == 0xcbf29ce484222325);
    CHECK(name_hash("a") == 0xaf63dc4c8601ec8c);
    CHECK(name_hash("foobar") == 0x85944171f73967e8);
    const StreamKey x{name_hash("x"), 0};
    std::set<double> draws;
    for (std::uint64_t sample = 0; sample < 1000; ++sample)
        draws.insert(uniform(1, x, sample));
    draws.insert(uniform(2, x, 0));
    draws.insert(uniform(std::uint64_t{1} << 32U | 1U, x, 0));
    draws.insert(uniform(1, {name_hash("y"), 0}, 0));
    draws.insert(uniform(1, {name_hash("x"), 1}, 0));
    CHECK(draws.size() == 1004);
}

TEST_CASE("uniform draws keep away from 0 and 1 and fill the interval evenly") {
    const StreamKey x{name_hash("even"), 0};
    constexpr int n_bins = 64, n_a_bin = 2000;
    std::vector<int> counts(n_bins);
    double least = 1.0, most = 0.0;
    for (std::uint64_t group = 0; group < n_bins * n_a_bin / 8; ++group)
        for (const double u : uniforms(99, x, group).array()) {
            ++counts[static_cast<std::size_t>(u * n_bins)];
            least = std::min(least, u);
            most = std::max(most, u);
        }
    CHECK(least > 0.0);
    CHECK(most < 1.0);
    double chi_squared = 0.0;
    for (const int n : counts)
        chi_squared += (n - n_a_bin) * (n - n_a_bin) / static_cast<double>(n_a_bin);
    CHECK(chi_squared < 63.0 + 4.0 * std::sqrt(2.0 * 63.0)); // four standard deviations of chi-squared with 63 degrees
}

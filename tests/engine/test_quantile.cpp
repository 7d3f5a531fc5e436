// autarky: tests of normal scores and of the quantile functions of all families.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "engine/draws.hpp"
#include "engine/quantile.hpp"

using namespace autarky;
using namespace autarky::engine;

namespace {

/// Scores over the reach of a draw, more of them in the centre.
std::vector<double> some_scores() {
    std::vector<double> z;
    z.reserve(2400);
    for (std::uint64_t k = 0; k < 2000; ++k)
        z.push_back(normal_score(uniform(5, {name_hash("scores"), 0}, k)));
    for (double x = -8.2; x < 8.3; x += 0.05)
        z.push_back(x);
    z.insert(z.end(), {0.0, -9.3, 9.3, -40.0, 40.0});
    z.resize((z.size() + 7) / 8 * 8);
    return z;
}

std::vector<Distribution> one_of_each_form() {
    return {{Family::constant, {3.5}},
            {Family::normal, {-1.0, 2.0}},
            {Family::lognormal, {0.3, 0.6}},
            {Family::logit_normal, {-2.0, 0.7}},
            {Family::uniform, {2.0, 5.0}},
            {Family::loguniform, {2.0, 500.0}},
            {Family::triangular, {1.0, 2.0, 4.0}},
            {Family::triangular, {1.0, 1.0, 4.0}},
            {Family::pert, {500.0, 600.0, 900.0}},
            {Family::beta, {0.5, 3.0, -1.0, 1.0}},
            {Family::discrete, {3.0, 1.0, 2.0}, {0.2, 0.5, 0.3}},
            {Family::metalog, {10.0, 15.0, 25.0}},
            {Family::empirical, {-2.0, 0.0, 0.5, 0.5, 7.0, 11.0}},
            {Family::bounded_metalog, {-1.0, 0.2, 1.0, 0.0, 1.0}},
            {Family::bounded_metalog, {1.0, 1.5, 2.5, 3.0, no_bound}},
            {Family::bounded_metalog, {1.0, 1.5, 2.5, -no_bound, 3.0}},
            {Family::loguniform, {2.0, 500.0}, {}, 5.0, 50.0},
            {Family::normal, {0.9, 0.1}, {}, 0.0, 1.0},
            {Family::lognormal, {0.3, 0.6}, {}, 0.5, 3.0},
            {Family::triangular, {1.0, 2.0, 4.0}, {}, 1.5, 3.0},
            {Family::empirical, {-2.0, 0.0, 0.5, 0.5, 7.0, 11.0}, {}, 0.0, 8.0}};
}

Family family_named(const std::string& name) {
    constexpr std::array<std::pair<const char*, Family>, 7> names{{{"normal", Family::normal},
                                                                   {"lognormal", Family::lognormal},
                                                                   {"uniform", Family::uniform},
                                                                   {"triangular", Family::triangular},
                                                                   {"pert", Family::pert},
                                                                   {"beta", Family::beta},
                                                                   {"metalog", Family::metalog}}};
    return std::find_if(names.begin(), names.end(), [&](const auto& n) { return n.first == name; })->second;
}

std::vector<std::string> split(const std::string& line, char by) {
    std::vector<std::string> parts;
    std::stringstream in(line);
    for (std::string part; std::getline(in, part, by);)
        parts.push_back(part);
    return parts;
}

} // namespace

TEST_CASE("normal scores agree with 25-digit values into the far tails") {
    // Quantiles of the normal distribution, computed with mpmath. AS 241 states about 1e-16 relative.
    const std::array<std::pair<double, double>, 10> cases{{{0.75, 0.6744897501960817},
                                                           {0.9, 1.2815515655446006},
                                                           {0.95, 1.6448536269514722},
                                                           {0.975, 1.9599639845400543},
                                                           {0.99, 2.326347874040841},
                                                           {0.999, 3.0902323061678136},
                                                           {0.9999, 3.7190164854556804},
                                                           {1e-6, -4.753424308822899},
                                                           {1e-10, -6.361340902404057},
                                                           {0x1p-53, -8.209536151601387}}};
    CHECK(normal_score(0.5) == 0.0);
    for (const auto& [u, z] : cases)
        CHECK(normal_score(u) == doctest::Approx(z).epsilon(1e-14));
    CHECK(normal_score(1e-20) == doctest::Approx(-9.262340089798407).epsilon(1e-14));
}

TEST_CASE("normal scores are symmetric and invert the normal distribution") {
    for (std::uint64_t k = 0; k < 1000; ++k) {
        const double u = uniform(8, {1, 0}, k);
        CHECK(normal_score(1.0 - u) == -normal_score(u));
        // One unit in the last place of z moves the probability by up to z^2 units.
        CHECK(normal_probability(normal_score(u)) == doctest::Approx(u).epsilon(1e-13));
    }
}

TEST_CASE("a block of normal scores has the bits of single ones and of eight at a time") {
    std::vector<double> u(256), z(256);
    for (std::size_t k = 0; k < u.size(); ++k)
        u[k] = uniform(21, {name_hash("block"), 0}, k);
    u[3] = 0x1p-53;
    u[4] = 1.0 - 0x1p-53;
    u[5] = 0.075;
    u[6] = 0.925;
    u[255] = 1e-14;
    normal_scores(u, z);
    for (std::size_t k = 0; k < u.size(); ++k) {
        CHECK(z[k] == normal_score(u[k]));
        CHECK(z[k] == normal_score(Lanes::load(&u[k / 8 * 8]))[k % 8]);
    }
}

TEST_CASE("a loguniform is uniform in the logarithm, and a bounded metalog passes through its percentiles") {
    constexpr double of_table = 1e-6; // the stated error of a quantile table is below it
    const Quantile log_uniform({Family::loguniform, {2.0, 500.0}});
    for (const double z : {-3.0, -1.0, 0.0, 0.5, 2.5})
        CHECK(log_uniform(z) == doctest::Approx(2.0 * std::pow(250.0, normal_probability(z))).epsilon(of_table));
    const double z90 = 1.2815515655446004;
    for (const MetalogBounds bounds :
         {MetalogBounds{0.0, 100.0}, MetalogBounds{0.0, no_bound}, MetalogBounds{-no_bound, 100.0}}) {
        const Quantile q({Family::bounded_metalog,
                          {bounds.freed(20.0), bounds.freed(35.0), bounds.freed(60.0), bounds.low, bounds.high}});
        CHECK(q(-z90) == doctest::Approx(20.0).epsilon(of_table));
        CHECK(q(0.0) == doctest::Approx(35.0).epsilon(of_table));
        CHECK(q(z90) == doctest::Approx(60.0).epsilon(of_table));
        for (const double z : {-8.0, -4.0, 4.0, 8.0}) {
            CHECK(q(z) >= bounds.low);
            CHECK(q(z) <= bounds.high);
        }
    }
}

TEST_CASE("every family gives the same bits one by one and eight at a time") {
    const auto z = some_scores();
    for (const Distribution& d : one_of_each_form()) {
        const Quantile quantile(d);
        for (std::size_t k = 0; k < z.size(); k += 8) {
            const auto eight = quantile(Lanes::load(&z[k])).array();
            for (std::size_t lane = 0; lane < 8; ++lane)
                CHECK_MESSAGE(eight[lane] == quantile(z[k + lane]), static_cast<int>(d.family), " at ", z[k + lane]);
        }
    }
}

TEST_CASE("every quantile function increases and stays within its bounds") {
    auto z = some_scores();
    std::sort(z.begin(), z.end());
    for (const Distribution& d : one_of_each_form()) {
        const Quantile quantile(d);
        const double spread = quantile(1.645) - quantile(-1.645);
        for (std::size_t k = 1; k < z.size(); ++k) {
            CHECK(quantile(z[k]) >= quantile(z[k - 1]) - quantile.error() * spread);
            CHECK(quantile(z[k]) >= d.low);
            CHECK(quantile(z[k]) <= d.high);
        }
    }
}

TEST_CASE("quantiles agree with those that other programs computed") {
    std::ifstream in(AUTARKY_TEST_DATA_DIR "/quantiles.csv");
    REQUIRE(in);
    std::string line;
    int n = 0;
    while (std::getline(in, line)) {
        if (line.starts_with('#') || line.starts_with("family")) continue;
        const auto part = split(line, ',');
        Distribution d{.family = family_named(part[0]), .parameters = {}};
        for (const std::string& p : split(part[1], ';'))
            d.parameters.push_back(std::stod(p));
        if (!part[2].empty()) d.low = std::stod(part[2]);
        if (!part[3].empty()) d.high = std::stod(part[3]);
        const Quantile quantile(d);
        const double spread = quantile(1.645) - quantile(-1.645);
        const double expected = std::stod(part[5]);
        // Closed forms to the rounding of parameters that have 15 digits; tables to twice their stated error, which is
        // measured at some points only.
        const double allowed = 1e-14 * std::fabs(expected) + (2.0 * quantile.error() + 1e-14) * spread;
        CHECK_MESSAGE(std::fabs(quantile(normal_score(std::stod(part[4]))) - expected) <= allowed, line);
        ++n;
    }
    CHECK(n == 111);
}

TEST_CASE("tables state an error below a ten-millionth of the 5 % to 95 % range") {
    // Cubics on cells of 1/16: h^4 / 384 = 4e-8 times the fourth derivative, which is of the order of the spread.
    for (const Distribution& d : one_of_each_form())
        CHECK_MESSAGE(Quantile(d).error() < 1e-7, static_cast<int>(d.family));
}

TEST_CASE("a discrete number takes its values in ascending order with their probabilities") {
    const Quantile q({Family::discrete, {3.0, 1.0, 2.0}, {0.2, 0.5, 0.3}});
    CHECK(q(normal_score(0.499)) == 1.0);
    CHECK(q(normal_score(0.501)) == 2.0);
    CHECK(q(normal_score(0.799)) == 2.0);
    CHECK(q(normal_score(0.801)) == 3.0);
    CHECK(q(40.0) == 3.0);
    CHECK(q(-40.0) == 1.0);
    // Probabilities need not sum to one, those of zero are never drawn, bounds leave values out.
    const Quantile some({Family::discrete, {1.0, 2.0, 3.0, 4.0}, {2.0, 2.0, 0.0, 4.0}, 1.5, 9.0});
    CHECK(some(normal_score(0.33)) == 2.0);
    CHECK(some(normal_score(0.34)) == 4.0);
}

TEST_CASE("an empirical number is linear between its order statistics") {
    const Quantile q({Family::empirical, {0.0, 10.0, 40.0}});
    CHECK(q.at_probability(0.25) == doctest::Approx(5.0));
    CHECK(q.at_probability(0.75) == doctest::Approx(25.0));
    CHECK(q(0.0) == doctest::Approx(10.0));
    CHECK(q(40.0) == 40.0);
    // Bounds at 5 and 25 leave u between 1/4 and 3/4.
    const Quantile cut({Family::empirical, {0.0, 10.0, 40.0}, {}, 5.0, 25.0});
    CHECK(cut.at_probability(0.5) == doctest::Approx(10.0));
    CHECK(cut.at_probability(0.0) == doctest::Approx(5.0));
    CHECK(cut.at_probability(1.0) == doctest::Approx(25.0));
}

TEST_CASE("bounds that no draw can reach change nothing, bounds that exclude everything are refused") {
    const Quantile free({Family::normal, {10.0, 1.0}}), far({Family::normal, {10.0, 1.0}, {}, 0.0, 1e6});
    CHECK(far.form() == Form::linear);
    CHECK(far(1.234) == free(1.234));
    CHECK_THROWS_WITH(Quantile({Family::normal, {10.0, 1.0}, {}, 20.0, 30.0}),
                      "only 0 of the distribution lies between 20 and 30");
    CHECK_THROWS_WITH(Quantile({Family::uniform, {1.0, 2.0}, {}, 3.0, 4.0}),
                      "the bounds exclude the whole distribution");
    CHECK_THROWS_WITH(Quantile({Family::triangular, {1.0, 2.0, 4.0}, {}, 5.0, 6.0}),
                      "the bounds exclude the whole distribution");
}

TEST_CASE("a one-sided truncation keeps the far tail exact") {
    // Normal(0, 1) above 5: median where Q(x) = Q(5) / 2, mpmath: 5.13398...; from Q(5) = 2.866515718791939e-07.
    const Quantile q({Family::normal, {0.0, 1.0}, {}, 5.0, 1e308});
    const double x = q(0.0);
    CHECK(0.5 * autarky::erfc(x / std::sqrt(2.0)) == doctest::Approx(0.5 * 2.866515718791939e-07).epsilon(1e-6));
    CHECK(q(-8.0) == doctest::Approx(5.0).epsilon(1e-9));
}

TEST_CASE("parameters that are no distribution are refused with a sentence") {
    CHECK_THROWS_WITH(Quantile({Family::normal, {1.0, -1.0}}), "a standard deviation is negative");
    CHECK_THROWS_WITH(Quantile({Family::normal, {1.0}}), "the distribution has 1 parameters instead of 2");
    CHECK_THROWS_WITH(Quantile({Family::pert, {3.0, 2.0, 4.0}}), "a pert distribution needs low <= mode <= high");
    CHECK_THROWS_WITH(Quantile({Family::metalog, {10.0, 11.0, 99.0}}),
                      "no three-term metalog has these 10 %, 50 % and 90 % quantiles");
    CHECK_THROWS_WITH(Quantile({Family::lognormal, {NAN, 1.0}}), "a parameter of the distribution is not finite");
    CHECK_THROWS_WITH(Quantile({Family::empirical, {2.0, 1.0}}),
                      "the values of an empirical distribution must be sorted");
}

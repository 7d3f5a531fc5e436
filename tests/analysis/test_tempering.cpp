// autarky: tempered moves of futures and the leaning of reports, against conjugate cases.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/tempering.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <numbers>

#include "analysis/hearing.hpp"
#include "engine/draws.hpp"
#include "engine/normal_score.hpp"

using namespace autarky;
using namespace autarky::analysis;

namespace {

constexpr std::size_t n_moved = 4'096;

double normal(std::uint64_t seed, std::size_t which, std::uint64_t index) {
    return engine::normal_score(
        engine::uniform(seed, {engine::name_hash("test"), static_cast<std::uint32_t>(which)}, index));
}

/// Futures of two independent standard normal inputs; a report of value `y` and error `sd` is about the first.
class TwoInputs {
public:
    TwoInputs(double y, double sd, std::uint64_t seed) : y_(y), sd_(sd), seed_(seed) {
        for (std::size_t k = 0; k < n_moved; ++k)
            for (std::size_t d = 0; d < at_.size(); ++d)
                at_[d].push_back(normal(seed, d, k));
    }
    [[nodiscard]] std::vector<double> logs() const { return logs_of(at_); }
    MovedSet set() {
        return {[this](const auto& picks) {
                    const auto before = at_;
                    for (std::size_t d = 0; d < at_.size(); ++d)
                        for (std::size_t k = 0; k < n_moved; ++k)
                            at_[d][k] = before[d][picks[k]];
                },
                [this](const Proposal& how) -> std::optional<std::vector<double>> {
                    tried_ = at_;
                    for (std::size_t d = 0; d < at_.size(); ++d) {
                        const bool is_anew = how.kind == Proposal::Kind::apart_anew
                                                 ? d == 1
                                                 : d == how.round / 4 % 2; // no report is about 1
                        const double keep = how.kind == Proposal::Kind::little ? how.keep : is_anew ? 0.0 : 1.0;
                        for (std::size_t k = 0; k < n_moved; ++k)
                            tried_[d][k] = keep * at_[d][k] +
                                           std::sqrt(1.0 - keep * keep) * normal(seed_ + 1, d, how.round * n_moved + k);
                    }
                    return logs_of(tried_);
                },
                [this](const std::vector<bool>& accepted) {
                    for (std::size_t d = 0; d < at_.size(); ++d)
                        for (std::size_t k = 0; k < n_moved; ++k)
                            if (accepted[k]) at_[d][k] = tried_[d][k];
                }};
    }
    [[nodiscard]] std::pair<double, double> mean_and_sd(std::size_t d) const {
        double mean = 0.0, square = 0.0;
        for (const double z : at_[d]) {
            mean += z / static_cast<double>(n_moved);
            square += z * z / static_cast<double>(n_moved);
        }
        return {mean, std::sqrt(square - mean * mean)};
    }

private:
    using Scores = std::array<std::vector<double>, 2>;
    [[nodiscard]] std::vector<double> logs_of(const Scores& scores) const {
        Observation seen;
        seen.value = y_;
        seen.error = sd_;
        std::vector<double> out;
        for (const double z : scores[0])
            out.push_back(log_likelihood(seen, z));
        return out;
    }

    double y_, sd_;
    std::uint64_t seed_;
    Scores at_, tried_;
};

/// log density of N(0, variance) at x.
double log_normal_density(double x, double variance) {
    return -0.5 * (x * x / variance + std::log(2.0 * std::numbers::pi * variance));
}

} // namespace

TEST_CASE("moved futures stand where the conjugate posterior is, however little of the prior is left") {
    struct Case {
        double y, sd, scatter;
    };
    // the first is the degenerate case of reweighting: 0.56 % of the futures effective; in the second none of 4,096 is near
    for (const Case c : {Case{3.0, 0.25, 0.07}, Case{5.0, 0.1, 1.0}}) {
        CAPTURE(c.y);
        TwoInputs futures(c.y, c.sd, 7);
        const auto set = futures.set();
        const auto how = move_to_power_one(futures.logs(), 0.0, 7, set);
        REQUIRE(how);
        const double variance = 1.0 / (1.0 + 1.0 / (c.sd * c.sd));
        const double sd = std::sqrt(variance), mean = variance * c.y / (c.sd * c.sd);
        // 4,096 futures, partly copies of each other: a tenth of the standard deviation is four errors of some 1,600 free ones
        const auto [got_mean, got_sd] = futures.mean_and_sd(0);
        CHECK(std::fabs(got_mean - mean) < 0.1 * sd);
        CHECK(std::fabs(got_sd / sd - 1.0) < 0.1);
        // an input that no report is about stays as it was
        const auto [other_mean, other_sd] = futures.mean_and_sd(1);
        CHECK(std::fabs(other_mean) < 0.1);
        CHECK(std::fabs(other_sd - 1.0) < 0.1);
        // Evidence: over twelve seeds its log scattered by 0.07 and by 1.0 (the second begins with no future near); four times that.
        CHECK(std::fabs(how->log_evidence - log_normal_density(c.y, 1.0 + c.sd * c.sd)) < c.scatter * 4.0);
        CHECK(how->powers > 2);
        CHECK(how->accepted > 0.05);
    }
}

TEST_CASE("the evidence that moved futures tell is right in the mean") {
    constexpr double y = 3.0, sd = 0.25;
    constexpr int n_seeds = 12;
    double mean = 0.0;
    for (std::uint64_t seed = 1; seed <= n_seeds; ++seed) {
        TwoInputs futures(y, sd, seed);
        const auto set = futures.set();
        const auto how = move_to_power_one(futures.logs(), 0.0, seed, set);
        REQUIRE(how);
        mean += std::exp(how->log_evidence - log_normal_density(y, 1.0 + sd * sd)) / n_seeds;
    }
    CHECK(std::fabs(mean - 1.0) < 0.08); // four errors: 0.07 a seed over the root of twelve
}

TEST_CASE("futures that can be weighed at once take one step, and a stop gives nothing") {
    TwoInputs futures(0.5, 2.0, 3);
    auto set = futures.set();
    const auto how = move_to_power_one(futures.logs(), 0.0, 3, set);
    REQUIRE(how);
    CHECK(how->powers == 1);
    set.propose = [](const Proposal&) -> std::optional<std::vector<double>> { return std::nullopt; };
    CHECK(!move_to_power_one(futures.logs(), 0.0, 3, set));
}

TEST_CASE("the leaning of a grade is learned with the truth: two reports of one grade share it") {
    // truth N(0.5, 0.05), leaning N(0.04, 0.0243), reports of 0.62 and 0.60 with errors of 0.04: a normal law of two unknowns
    constexpr std::size_t n = 200'000;
    constexpr double truth_sd = 0.05, lean_mean = 0.04, lean_sd = 0.0243, error = 0.04;
    std::vector<double> truth(n);
    DrawnLeaning leaning{Grade::press, std::vector<double>(n)};
    for (std::size_t i = 0; i < n; ++i) {
        truth[i] = 0.5 + truth_sd * normal(1, 0, i);
        leaning.bias[i] = lean_mean + lean_sd * normal(1, 1, i);
    }
    Observation a;
    a.metric = "silicon.yield";
    a.grade = Grade::press;
    a.value = 0.62;
    a.error = error;
    Observation b = a;
    b.value = 0.60;
    const auto logs = hear_all({&a, &b}, {&truth, &truth}, {leaning});
    Weights weights(n);
    weights.learn(logs);
    double t = 0.0, l = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
        t += weights.values()[i] * truth[i];
        l += weights.values()[i] * leaning.bias[i];
    }
    // precision matrix of (truth, leaning) and its right-hand side
    const double p = 2.0 / (error * error), tt = 1.0 / (truth_sd * truth_sd) + p, ll = 1.0 / (lean_sd * lean_sd) + p;
    const double rt = 0.5 / (truth_sd * truth_sd) + 1.22 / (error * error);
    const double rl = lean_mean / (lean_sd * lean_sd) + 1.22 / (error * error);
    const double det = tt * ll - p * p;
    // 200,000 independent draws, some 100,000 effective: means are known to 0.05 / 300
    CHECK(std::fabs(t - (ll * rt - p * rl) / det) < 6e-4);
    CHECK(std::fabs(l - (tt * rl - p * rt) / det) < 4e-4);

    // one that states its own bias takes that, and another grade none
    b.bias = 0.01;
    const Hearing hearing({leaning});
    CHECK(hearing.bias_of(a, 3) == leaning.bias[3]);
    CHECK(hearing.bias_of(b, 3) == 0.01);
    a.grade = Grade::filing;
    CHECK(hearing.bias_of(a, 3) == 0.0);
}

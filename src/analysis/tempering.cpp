// autarky: tempers, resamples and moves futures.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/tempering.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "analysis/evidence.hpp"
#include "engine/draws.hpp"

namespace autarky::analysis {
namespace {

constexpr int rounds_a_step = 4, rounds_at_the_end = 12;
constexpr double kept_effective = 0.5; ///< share of the futures that a step leaves effective
constexpr std::uint64_t accept_stream = engine::name_hash("evidence.accept");

/// Weights of a step of the power, adding to 1; the log of their mean before that.
struct StepWeights {
    std::vector<double> values;
    double log_mean = 0.0;

    [[nodiscard]] double effective() const {
        return 1.0 / std::inner_product(values.begin(), values.end(), values.begin(), 0.0);
    }
};

StepWeights weights_of(const std::vector<double>& logs, double step) {
    StepWeights out;
    const double most = *std::max_element(logs.begin(), logs.end());
    double sum = 0.0;
    for (const double log : logs)
        sum += out.values.emplace_back(std::exp(step * (log - most)));
    for (auto& value : out.values)
        value /= sum;
    out.log_mean = step * most + std::log(sum / static_cast<double>(logs.size()));
    return out;
}

/// The longest step that leaves enough of them effective.
double step_of(const std::vector<double>& logs, double longest) {
    const double least = kept_effective * static_cast<double>(logs.size());
    if (weights_of(logs, longest).effective() >= least) return longest;
    double low = 0.0, high = longest;
    constexpr int halvings = 40;
    for (int k = 0; k < halvings; ++k) {
        const double step = 0.5 * (low + high);
        (weights_of(logs, step).effective() >= least ? low : high) = step;
    }
    return low;
}

/// Rounds of proposals at one power. How far they go is fitted to how many are accepted.
class Mover {
public:
    Mover(std::vector<double>& logs, std::uint64_t seed, const MovedSet& set) : logs_(logs), seed_(seed), set_(set) {}

    bool move(double power, int rounds, TemperedMoves& out) {
        using Kind = Proposal::Kind;
        constexpr std::array<Kind, 4> order{Kind::little, Kind::apart_anew, Kind::little, Kind::some_anew};
        double accepted = 0.0, little = 0.0;
        for (int k = 0; k < rounds; ++k) {
            const auto kind = order[static_cast<std::size_t>(k) % order.size()];
            const auto share = one_round(power, kind, static_cast<std::uint64_t>(out.rounds++));
            if (!share) return false;
            if (kind != Kind::little) continue;
            accepted += *share;
            little += 1.0;
            fit(*share);
        }
        out.accepted = accepted / little;
        return true;
    }

private:
    std::optional<double> one_round(double power, Proposal::Kind kind, std::uint64_t round) {
        const auto proposed = set_.propose({round, kind, std::sqrt(1.0 - reach_ * reach_)});
        if (!proposed) return std::nullopt;
        std::vector<bool> accepted(logs_.size());
        std::size_t count = 0;
        for (std::size_t i = 0; i < logs_.size(); ++i) {
            const double u = engine::uniform(seed_, {accept_stream, static_cast<std::uint32_t>(round)}, i);
            accepted[i] = std::isfinite((*proposed)[i]) && std::log(u) < power * ((*proposed)[i] - logs_[i]);
            if (!accepted[i]) continue;
            logs_[i] = (*proposed)[i];
            ++count;
        }
        set_.accept(accepted);
        return static_cast<double>(count) / static_cast<double>(logs_.size());
    }
    /// Between a sixth and a third of the proposals are to be accepted.
    void fit(double share) {
        constexpr double few = 1.0 / 6.0, many = 1.0 / 3.0, shorter = 0.6, longer = 1.5, shortest = 1e-4;
        reach_ = std::clamp(share < few ? reach_ * shorter : share > many ? reach_ * longer : reach_, shortest, 1.0);
    }

    std::vector<double>& logs_;
    std::uint64_t seed_;
    const MovedSet& set_;
    double reach_ = 0.5; ///< share of fresh draws in the scores: keep^2 + reach^2 = 1
};

} // namespace

std::optional<TemperedMoves> move_to_power_one(std::vector<double> logs, double start, std::uint64_t seed,
                                               const MovedSet& set) {
    TemperedMoves out;
    Mover mover(logs, seed, set);
    if (!mover.move(start, rounds_a_step, out)) return std::nullopt;
    constexpr int most_powers = 200; // a step that reaches no further than rounding ends the work
    for (double power = start; power < 1.0 && out.powers < most_powers; ++out.powers) {
        const double step = step_of(logs, 1.0 - power);
        const auto weights = weights_of(logs, step);
        out.log_evidence += weights.log_mean;
        const auto picks = resampled(weights.values, logs.size());
        set.resample(picks);
        const auto before = logs;
        for (std::size_t k = 0; k < picks.size(); ++k)
            logs[k] = before[picks[k]];
        power = step == 1.0 - power ? 1.0 : power + step;
        if (!mover.move(power, rounds_a_step, out)) return std::nullopt;
        if (power == 1.0 && !mover.move(power, rounds_at_the_end, out)) return std::nullopt;
    }
    return out;
}

} // namespace autarky::analysis

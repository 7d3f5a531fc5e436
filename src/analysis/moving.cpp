// autarky: moves futures.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/moving.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "analysis/apart.hpp"
#include "engine/normal_score.hpp"
#include "engine/quantile.hpp"
#include "input/grade.hpp"

namespace autarky::analysis {
namespace {

constexpr std::uint64_t other_seed = 0x9e3779b97f4a7c15; // golden ratio: fresh draws share none with the scenario's own
constexpr std::uint64_t block_stream = engine::name_hash("evidence.block");
using Columns = std::vector<std::vector<double>>;

engine::StreamKey key_of(const GradeLeaning& leaning) {
    return {engine::name_hash(fmt::format("evidence.leaning.{}", grade_name(leaning.grade))), 0};
}

void copy_future(const engine::Draws& from, std::size_t a, engine::Draws& to, std::size_t b) {
    const auto copy = [&](const auto& source, auto& target) {
        for (std::size_t row = 0; row < source.size() / engine::chunk_size; ++row)
            target[row * engine::chunk_size + b] = source[row * engine::chunk_size + a];
    };
    copy(from.scores, to.scores);
    copy(from.probabilities, to.probabilities);
}

/// Where a set of futures stands: their scores, those of the leanings, and what they come to.
struct Stand {
    std::vector<engine::Draws> draws; ///< by chunk
    Columns leaning_scores, figures;  ///< [leaning][future], [figure][future]
};

class MovingFutures {
public:
    MovingFutures(const ScenarioModel& model, const MoveAsked& asked)
        : model_(model),
          asked_(asked),
          sampler_(engine::sampler_of(model, asked.seed)),
          fresh_(model.inputs(), asked.seed ^ other_seed), // random: a step must not depend on the one before it
          n_(asked.starts.size()) {
        for (const auto& leaning : asked.leanings)
            quantiles_.emplace_back(leaning.points);
        set_blocks();
    }

    /// Log likelihoods where the futures were drawn; nothing when stopped.
    std::optional<std::vector<double>> begin() {
        engine::Draws drawn;
        std::optional<std::size_t> chunk;
        at_.draws.resize(n_ / engine::chunk_size);
        for (std::size_t k = 0; k < n_; ++k) {
            const std::size_t wanted = asked_.starts[k] / engine::chunk_size;
            if (chunk != wanted) sampler_.draw(wanted, drawn);
            chunk = wanted;
            auto& to = at_.draws[k / engine::chunk_size];
            if (k % engine::chunk_size == 0) to = drawn;
            copy_future(drawn, asked_.starts[k] % engine::chunk_size, to, k % engine::chunk_size);
        }
        for (const auto& leaning : asked_.leanings) {
            auto& scores = at_.leaning_scores.emplace_back();
            for (const auto future : asked_.starts)
                scores.push_back(engine::normal_score(engine::uniform(asked_.seed, key_of(leaning), future)));
        }
        return evaluate(at_);
    }

    MovedSet set() {
        return {[this](const auto& picks) { resample(picks); }, [this](const auto& how) { return propose(how); },
                [this](const auto& accepted) { accept(accepted); }};
    }

    MovedFutures end(TemperedMoves how) {
        MovedFutures out;
        out.leanings = leanings(at_);
        out.inputs = moments_of(model_, at_.draws, at_.figures[asked_.value_figure], asked_.seed);
        out.distinct = distinct();
        out.figures = std::move(at_.figures);
        out.how = how;
        return out;
    }

private:
    /// Streams that are correlated move together: a block.
    void set_blocks() {
        block_.resize(sampler_.n_streams());
        for (std::size_t s = 0; s < block_.size(); ++s)
            block_[s] = s;
        const auto apart = streams_apart(sampler_, asked_.futures, asked_.truths);
        apart_.assign(block_.size() + asked_.leanings.size(), true);
        for (const auto& group : sampler_.groups())
            for (const int stream : group.streams)
                block_[static_cast<std::size_t>(stream)] = static_cast<std::size_t>(group.streams.front());
        for (std::size_t s = 0; s < block_.size(); ++s)
            if (!apart[s]) apart_[block_[s]] = false;
        for (std::size_t l = 0; l < asked_.leanings.size(); ++l)
            apart_[block_.size() + l] =
                std::none_of(asked_.reports.begin(), asked_.reports.end(), [&](const Observation* one) {
                    return takes_leaning(*one) && one->grade == asked_.leanings[l].grade;
                });
    }

    [[nodiscard]] double keep_of(const Proposal& how, std::size_t block) const {
        if (how.kind == Proposal::Kind::little) return how.keep;
        if (how.kind == Proposal::Kind::apart_anew) return apart_[block] ? 0.0 : 1.0;
        const double u = engine::uniform(asked_.seed, {block_stream, static_cast<std::uint32_t>(how.round)}, block);
        return u < 0.5 ? 0.0 : 1.0;
    }

    std::optional<std::vector<double>> propose(const Proposal& how) {
        tried_.draws = at_.draws;
        tried_.leaning_scores = at_.leaning_scores;
        std::vector<double> keep;
        for (const auto block : block_)
            keep.push_back(keep_of(how, block));
        engine::Draws fresh;
        for (std::size_t chunk = 0; chunk < tried_.draws.size(); ++chunk) {
            fresh_.draw(how.round * tried_.draws.size() + chunk, fresh);
            sampler_.mix(fresh, keep, tried_.draws[chunk]);
        }
        for (std::size_t l = 0; l < tried_.leaning_scores.size(); ++l) {
            const double kept = keep_of(how, block_.size() + l);
            for (std::size_t k = 0; k < n_; ++k) {
                const double u =
                    engine::uniform(asked_.seed ^ other_seed, key_of(asked_.leanings[l]), how.round * n_ + k);
                auto& score = tried_.leaning_scores[l][k];
                score = kept * score + std::sqrt(1.0 - kept * kept) * engine::normal_score(u);
            }
        }
        return evaluate(tried_);
    }

    void accept(const std::vector<bool>& accepted) {
        for (std::size_t k = 0; k < n_; ++k)
            if (accepted[k]) take(tried_, k, at_, k);
    }

    void resample(const std::vector<std::size_t>& picks) {
        const Stand before = at_;
        for (std::size_t k = 0; k < n_; ++k)
            if (picks[k] != k) take(before, picks[k], at_, k);
    }

    static void take(const Stand& from, std::size_t a, Stand& to, std::size_t b) {
        copy_future(from.draws[a / engine::chunk_size], a % engine::chunk_size, to.draws[b / engine::chunk_size],
                    b % engine::chunk_size);
        for (std::size_t l = 0; l < from.leaning_scores.size(); ++l)
            to.leaning_scores[l][b] = from.leaning_scores[l][a];
        for (std::size_t f = 0; f < from.figures.size(); ++f)
            to.figures[f][b] = from.figures[f][a];
    }

    [[nodiscard]] std::vector<DrawnLeaning> leanings(const Stand& stand) const {
        std::vector<DrawnLeaning> out;
        for (std::size_t l = 0; l < quantiles_.size(); ++l) {
            auto& one = out.emplace_back();
            one.grade = asked_.leanings[l].grade;
            for (const double score : stand.leaning_scores[l])
                one.bias.push_back(quantiles_[l](score));
        }
        return out;
    }

    std::optional<std::vector<double>> evaluate(Stand& stand) {
        auto figures = values_read_at(model_, asked_.reading, stand.draws, asked_.seed, asked_.threads, asked_.stop);
        if (figures.empty() || figures.front().size() < n_) return std::nullopt;
        stand.figures = std::move(figures);
        std::vector<const std::vector<double>*> truths;
        for (const auto figure : asked_.figure_of_report)
            truths.push_back(&stand.figures[figure]);
        return hear_all(asked_.reports, truths, leanings(stand));
    }

    [[nodiscard]] std::size_t distinct() const {
        std::vector<std::vector<double>> rows(n_);
        for (std::size_t k = 0; k < n_; ++k)
            for (const auto figure : asked_.figure_of_report)
                rows[k].push_back(at_.figures[figure][k]);
        std::sort(rows.begin(), rows.end());
        return static_cast<std::size_t>(std::unique(rows.begin(), rows.end()) - rows.begin());
    }

    const ScenarioModel& model_;
    const MoveAsked& asked_;
    engine::Sampler sampler_, fresh_;
    std::size_t n_;
    std::vector<engine::Quantile> quantiles_;
    std::vector<std::size_t> block_; ///< of a stream; a leaning is a block behind them
    std::vector<bool> apart_;        ///< blocks that have no say in the reports
    Stand at_, tried_;
};

} // namespace

std::vector<DrawnLeaning> draw_leanings(const std::vector<GradeLeaning>& leanings,
                                        const std::vector<std::size_t>& futures, std::uint64_t seed) {
    std::vector<DrawnLeaning> out;
    for (const auto& leaning : leanings) {
        const engine::Quantile quantile(leaning.points);
        auto& one = out.emplace_back();
        one.grade = leaning.grade;
        for (const auto future : futures)
            one.bias.push_back(quantile(engine::normal_score(engine::uniform(seed, key_of(leaning), future))));
    }
    return out;
}

std::optional<MovedFutures> move_futures(const ScenarioModel& model, const MoveAsked& asked) {
    MovingFutures futures(model, asked);
    auto logs = futures.begin();
    if (!logs) return std::nullopt;
    const auto set = futures.set();
    const auto how = move_to_power_one(std::move(*logs), asked.power, asked.seed, set);
    if (!how) return std::nullopt;
    return futures.end(*how);
}

} // namespace autarky::analysis

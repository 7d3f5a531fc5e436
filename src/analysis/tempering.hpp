// autarky: leads futures from where they were drawn to where the reports put them, by steps of the likelihood's power.
// SPDX-License-Identifier: Apache-2.0
//
// Sources: Del Moral, Doucet and Jasra, J. R. Stat. Soc. B 68(3), 2006 (samplers over a sequence of tempered distributions, steps
// chosen by the effective sample size); Cotter, Roberts, Stuart and White, Statist. Sci. 28(3), 2013 (moves that keep a normal
// prior exactly: z' = keep z + sqrt(1 - keep^2) fresh).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace autarky::analysis {

/// One proposal for every future at once.
struct Proposal {
    enum class Kind {
        little,     ///< every normal score a little: keep z + sqrt(1 - keep^2) fresh
        apart_anew, ///< scores that have no say in the reports are drawn anew: nearly all are accepted
        some_anew,  ///< half of the scores, chosen by round, are drawn anew and the others stay
    };
    std::uint64_t round = 0; ///< fresh draws are those of this number
    Kind kind = Kind::little;
    double keep = 0.0; ///< of `little`
};

/// What is moved. Futures are numbered from 0; each call of `propose` and `accept` is about all of them.
struct MovedSet {
    /// Future k becomes a copy of future picks[k].
    std::function<void(const std::vector<std::size_t>& picks)> resample;
    /// Log likelihoods of the proposals, -infinity where one cannot be. Nothing: the work was stopped.
    std::function<std::optional<std::vector<double>>(const Proposal&)> propose;
    /// Those that are true take their proposals' place.
    std::function<void(const std::vector<bool>& accepted)> accept;
};

struct TemperedMoves {
    int powers = 0;            ///< steps of the power
    int rounds = 0;            ///< proposals for every future
    double accepted = 0.0;     ///< share of the little moves of the last rounds that were
    double log_evidence = 0.0; ///< log of the mean likelihood, from the start power on
};

/// `logs`: log likelihoods of futures that stand where the power `start` puts them. Each step raises the power as far as half of
/// them stay effective, resamples, and moves all. At the end they stand where the power 1 puts them, all of one weight. The same
/// bits whatever `propose` does in parallel. Nothing: the work was stopped.
std::optional<TemperedMoves> move_to_power_one(std::vector<double> logs, double start, std::uint64_t seed,
                                               const MovedSet& set);

} // namespace autarky::analysis

// autarky: futures that were drawn from the scenario, moved to where reports put them: evaluated anew at every move.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "analysis/hearing.hpp"
#include "analysis/reported.hpp"
#include "analysis/samples.hpp"
#include "analysis/tempering.hpp"

namespace autarky::analysis {

/// Most futures that are moved: each move is a run of as many.
inline constexpr std::size_t most_moved = 2'048;

/// A leaning of each future: the same draws for the same seed, whatever else is drawn. `futures`: sample numbers.
std::vector<DrawnLeaning> draw_leanings(const std::vector<GradeLeaning>& leanings,
                                        const std::vector<std::size_t>& futures, std::uint64_t seed);

struct MoveAsked {
    FigureReading reading;                     ///< figures of a future
    std::size_t value_figure = 0;              ///< the one that is the value
    std::vector<const Observation*> reports;   ///< those that count
    std::vector<std::size_t> figure_of_report; ///< what each is about
    std::vector<GradeLeaning> leanings;
    std::vector<std::size_t>
        starts; ///< sample numbers, ascending, as drawn by the weights at `power`; a multiple of a chunk
    std::vector<std::size_t> futures; ///< sample numbers of the drawn futures, and what each report is about in them
    std::vector<const std::vector<double>*> truths;
    double power = 1.0;
    std::uint64_t seed = 1;
    unsigned threads = 0;
    std::function<bool(std::uint64_t, std::uint64_t)> stop{};
};

/// All of one weight.
struct MovedFutures {
    std::vector<std::vector<double>> figures; ///< [figure][future]
    std::vector<DrawnLeaning> leanings;
    InputMoments inputs;
    std::size_t distinct = 0; ///< futures that are no copy of another one in what the reports are about
    TemperedMoves how;
};

/// Nothing: the work was stopped.
std::optional<MovedFutures> move_futures(const ScenarioModel& model, const MoveAsked& asked);

} // namespace autarky::analysis

// autarky: "simulate making against buying": the question, and what a run means.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/part.hpp"
#include "analysis/summary.hpp"
#include "answers/entry.hpp"
#include "answers/session.hpp"

namespace autarky::answers {

struct RunQuestion : ScenarioChoice {
    std::vector<std::string> metrics;
    std::uint64_t samples = 20'000;
    std::uint64_t seed = 1;
    bool quick = false;
};
constexpr auto describe(Type<RunQuestion> /*type*/) {
    using Q = RunQuestion;
    return std::tuple_cat(
        scenario_fields<Q>(),
        fields(asked("metrics", &Q::metrics,
                     "Metrics of the JSON, such as 'grid.*'; others than the usual ones are accumulated too")
                   .as("GLOB"),
               asked("samples", &Q::samples, "1"_u, "Number of samples").as("N").from_to(1, 1e9),
               asked("seed", &Q::seed, "1"_u, "Seed of the draws: same seed, same figures").as("S"),
               asked("quick", &Q::quick, "Only the verdict and the metrics asked for; effects of drivers as slopes")));
}

/// A run and what it means. It owns what it points into.
struct RunAnswer {
    std::string scenario_asked; ///< as the question names it
    analysis::Summary summary;
    std::uint64_t wanted = 0; ///< samples that were asked for
};

RunAnswer run(const Catalogue& catalogue, const RunQuestion& question, const Watch& watch = {});
std::string text(const RunAnswer& answer, const show::Page& page);
Standing standing(const RunAnswer& answer);
std::string picture(const RunAnswer& answer);

/// One part of a divided run: the second of seven is {2, 7}.
struct Shard {
    std::uint64_t index = 0, n = 0;
};
/// How a run is carried out; no figure depends on it.
struct RunHow {
    std::optional<Shard> shard{};
    std::string store{};                         ///< file that keeps finished samples; empty: none
    std::function<void(const Loaded&)> loaded{}; ///< sees the scenario before the work
};
/// The samples of a run or of a part of it, with the frame that gives them a meaning. Throws InputError, and
/// engine::StoreError for a store that cannot be used.
analysis::Part run_part(const RunQuestion& question, const RunHow& how, const Watch& watch);
/// The answer that samples make.
RunAnswer answer_of(analysis::Part part, const std::string& scenario_asked, std::uint64_t wanted, unsigned threads);

/// A line for every die of uncertain size: how far its gross dies may be from the exact packing. Usually there is none.
std::string packing_text(const Loaded& loaded);

extern const Entry run_entry;

/// The answer as every face sees it.
Reply reply_of(RunAnswer answer);

} // namespace autarky::answers

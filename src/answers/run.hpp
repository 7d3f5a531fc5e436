// autarky: "simulate making against buying": the question, and what a run means.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/part.hpp"
#include "analysis/summary.hpp"
#include "answers/entry.hpp"
#include "answers/session.hpp"

namespace autarky::engine {
constexpr std::array<std::string_view, 2> choices(Type<Sampling> /*type*/) {
    return {name_of(Sampling::random), name_of(Sampling::sobol)};
}
} // namespace autarky::engine

namespace autarky::answers {

struct RunQuestion : ScenarioChoice {
    std::vector<std::string> metrics;
    std::uint64_t samples = 16'384;
    std::uint64_t seed = 1;
    engine::Sampling sampling = engine::usual_sampling;
    bool quick = false;
    std::optional<analysis::Effects> effects;

    /// How the effects of drivers are found, where nothing was said too.
    [[nodiscard]] analysis::Effects wanted_effects() const {
        return effects.value_or(quick ? analysis::Effects::slopes : analysis::Effects::measured);
    }
};
constexpr auto describe(Type<RunQuestion> /*type*/) {
    using Q = RunQuestion;
    return std::tuple_cat(
        scenario_fields<Q>(),
        fields(
            asked("metrics", &Q::metrics,
                  "Metrics of the JSON, such as 'grid.*'; others than the usual ones are accumulated too")
                .as("GLOB"),
            asked("samples", &Q::samples, "1"_u, "Number of samples").as("N").from_to(1, 4294967296.0),
            asked("seed", &Q::seed, "1"_u, "Seed of the draws: same seed, same figures").as("S"),
            asked(
                "sampling", &Q::sampling,
                "Draws each by itself, or points that fill the space of the inputs evenly (Sobol, scrambled): smaller "
                "errors"),
            asked("quick", &Q::quick, "Only the verdict and the metrics asked for; effects of drivers as slopes"),
            asked("effects", &Q::effects,
                  "Effects of drivers: of the strongest measured on futures of their own, or slopes at the medians, or "
                  "no drivers at all")
                .otherwise("measured; quick: slopes")));
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

// --- parts of a run ---------------------------------------------------------------------------------------------------------

/// A run whose samples are kept or that is one of several parts: what is asked where there are files. No figure depends on it.
struct PartQuestion : RunQuestion {
    std::optional<std::string> resume;
    std::string shard;
};
constexpr auto describe(Type<PartQuestion> /*type*/) {
    using Q = PartQuestion;
    return std::tuple_cat(
        describe(Type<RunQuestion>{}),
        fields(asked("resume", &Q::resume, "Keep finished samples in this file and go on from those that are there")
                   .as("STORE"),
               asked("shard", &Q::shard, "Run only part I of N and write it to a file, to be merged").as("I/N")));
}

/// What is told before the work.
struct PartNews {
    std::function<void(const Loaded&)> loaded{};          ///< the scenario; every file that is read is known by then
    std::function<void(const std::string& line)> store{}; ///< what the store has of this run
};

/// Samples with the frame that gives them a meaning.
struct PartAnswer {
    analysis::Part part;
    bool is_shard = false;
    std::uint64_t wanted = 0; ///< samples of the run, or of the part of it
    [[nodiscard]] std::uint64_t done() const { return part.state.done(); }
    /// Whether they are the first ones, a run of their own; those of a part, or with gaps between them, are not.
    [[nodiscard]] bool is_prefix() const;
    /// The file of a part.
    [[nodiscard]] std::string bytes() const;
};

/// Throws InputError; of family E06 for a store that cannot be used.
PartAnswer run_part(const PartQuestion& question, const PartNews& news, const Watch& watch);
/// The answer that samples make; `threads` is what it says of them, 0: several machines' or unknown. Throws InputError where
/// there is not one sample.
RunAnswer answer_of(PartAnswer part, const std::string& scenario_asked, unsigned threads);

struct MergeQuestion {
    std::vector<std::string> files;
    bool unfinished = false;
};
constexpr auto describe(Type<MergeQuestion> /*type*/) {
    using Q = MergeQuestion;
    return fields(asked("files", &Q::files, "Files of parts, all parts of one run").positional("FILES").required(),
                  asked("unfinished", &Q::unfinished,
                        "Parts may be missing: the run ends before the first sample that is in none"));
}

/// The run that its parts make; with `unfinished` maybe its beginning, a run of its own. Throws InputError (family E06): a file that is no part, parts that do not make one run.
RunAnswer merge(const MergeQuestion& question);
/// The part that several parts make, from their files or from their bytes: it may have gaps, and merges on as they would. Throws
/// as `merge` does.
PartAnswer larger_part(const std::vector<std::string>& files);
PartAnswer larger_part(std::span<const std::string_view> parts);

// ----------------------------------------------------------------------------------------------------------------------------

/// A line for every die of uncertain size: how far its gross dies may be from the exact packing. Usually there is none.
std::string packing_text(const Loaded& loaded);

extern const Entry run_entry;

/// The answer as every face sees it.
Reply reply_of(RunAnswer answer);

} // namespace autarky::answers

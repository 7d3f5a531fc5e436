// autarky: the command `run`: from a scenario to the verdict.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <stop_token>
#include <thread>

#include "analysis/part.hpp"
#include "analysis/selection.hpp"
#include "analysis/summary.hpp"
#include "autarky/commands.hpp"
#include "autarky/interrupt.hpp"
#include "autarky/output.hpp"
#include "autarky/progress.hpp"
#include "autarky/run_output.hpp"
#include "autarky/scenario_options.hpp"
#include "engine/run_store.hpp"
#include "input/files.hpp"

namespace autarky::cli {
namespace {

struct RunArguments : ScenarioOptions {
    bool quick = false;
    std::vector<std::string> metrics;
    std::uint64_t samples = 20'000;
    std::uint64_t seed = 1;
    unsigned threads = 0;
    std::string shard;
    std::optional<std::string> store;
    ResultOptions result;
};

struct Shard {
    std::uint64_t index = 0, n = 0;
};

Shard shard_from(const std::string& text) {
    Shard shard;
    const char* end = text.data() + text.size();
    const auto index = std::from_chars(text.data(), end, shard.index);
    const bool has_slash = index.ec == std::errc{} && index.ptr != end && *index.ptr == '/';
    const auto n = has_slash ? std::from_chars(index.ptr + 1, end, shard.n) : index;
    if (!has_slash || n.ec != std::errc{} || n.ptr != end || shard.index < 1 || shard.index > shard.n)
        throw UsageError("E0504", fmt::format("--shard: '{}' is no part of a run", text),
                         "the second of seven parts is --shard 2/7");
    return shard;
}

void check(const RunArguments& arguments) {
    if (arguments.samples < 1 || arguments.samples > engine::max_samples)
        throw UsageError("E0504", fmt::format("--samples: {} samples cannot be run", arguments.samples),
                         fmt::format("a run has 1 to {} samples", engine::max_samples));
    constexpr unsigned most_threads = 1024;
    if (arguments.threads > most_threads)
        throw UsageError("E0504", fmt::format("--threads: {} threads are too many", arguments.threads),
                         fmt::format("0 is one for each processor, {} is the most", most_threads));
    if (!arguments.shard.empty() && (arguments.result.output.empty() || arguments.result.output == "-"))
        throw UsageError("E0506", "--shard needs a file for the part", "for example: --shard 1/4 -o part-1");
    if (arguments.store && arguments.store->empty())
        throw UsageError("E0506", "--resume needs the name of a file", "for example: --resume runs.sqlite");
    if (arguments.store && *arguments.store == arguments.result.output)
        throw UsageError("E0506", "--resume and -o name the same file",
                         "the result would take the place of the run store");
    if (!arguments.shard.empty() && (arguments.result.json || arguments.result.csv))
        throw UsageError("E0504", "--shard writes a part, not JSON", "'autarky merge' makes JSON of all parts");
}

/// What the store had for this run, a line.
std::string found_text(const engine::Found& found, const std::string& store) {
    if (found.done > 0) return fmt::format("resumed at {} of {} samples from {}\n", found.done, found.wanted, store);
    if (found.has_other_formulas)
        return fmt::format(
            "{} has this run with other formulas, of a changed program of the same version: starting anew\n", store);
    if (found.n_pieces > 0) return fmt::format("nothing in {} fits this run: starting anew\n", store);
    return fmt::format("finished samples are kept in {}\n", store);
}

/// Why an interrupted run shows nothing.
std::string unfinished_text(std::uint64_t done, std::uint64_t wanted, bool is_stored) {
    if (done == 0) return "interrupted before anything was finished: there is nothing to show";
    return fmt::format("interrupted after {} of {} samples: {}", done, wanted,
                       is_stored ? "the same command goes on from there"
                                 : "a part is written when all of its samples are finished; --resume keeps them");
}

/// Runs with a progress line; Ctrl-C ends it at the samples that are finished. With a store, these are kept there.
engine::State simulated(const engine::Model& model, engine::RunOptions options, const std::string& store) {
    const InterruptWatch watch;
    ProgressLine line;
    std::stop_source stop;
    options.stop = stop.get_token();
    options.progress = [&](std::uint64_t done, std::uint64_t total) {
        line.show(done, total);
        if (InterruptWatch::is_interrupted()) stop.request_stop();
    };
    if (store.empty()) return engine::run(model, options);
    const auto tell = [&](const engine::Found& found) {
        line.clear();
        warn(found_text(found, store));
    };
    try {
        engine::RunStore kept(store);
        return engine::run_stored(model, options, kept, tell);
    } catch (const engine::StoreError& trouble) {
        throw FileError("E0617", trouble.what());
    }
}

Exit run(const RunArguments& arguments) {
    check(arguments);
    std::optional<Shard> shard;
    if (!arguments.shard.empty()) shard = shard_from(arguments.shard);
    ResultWriter writer(arguments.result); // before the work: an output that cannot be written is said at once
    const auto loaded = load_scenario(arguments);
    if (arguments.store) scenario::note_read(*arguments.store);
    writer.refuse_inputs();
    warn(answers::packing_text(loaded));
    const analysis::ScenarioModel model(loaded);
    const auto selected = analysis::selected_metrics(
        model, arguments.metrics, arguments.quick ? analysis::verdict_metrics() : analysis::standing_metrics());
    engine::RunOptions options;
    options.samples = arguments.samples;
    options.seed = arguments.seed;
    options.threads = arguments.threads != 0 ? arguments.threads : std::max(1U, std::thread::hardware_concurrency());
    const analysis::SelectedColumns columns(model, analysis::columns_of(model, selected));
    options.driver_column = columns.verdict_column();
    if (shard) options.range = engine::shard(arguments.samples, shard->index, shard->n);
    auto frame = analysis::frame_of(model, selected, arguments.sets,
                                    arguments.quick ? analysis::Effects::slopes : analysis::Effects::measured);
    auto state = simulated(columns, options, arguments.store.value_or(""));
    const std::uint64_t wanted = options.range ? options.range->count : options.samples;
    const std::uint64_t done = state.done();
    const bool is_interrupted = done < wanted;
    // The first samples are a run of their own; those of a part, or with gaps between the parts of a store, are not.
    const bool is_prefix = !state.ranges.empty() && state.ranges.front() == engine::SampleRange{0, done};
    if (is_interrupted && (shard || !is_prefix)) {
        complain(unfinished_text(done, wanted, arguments.store.has_value()));
        return InterruptWatch::exit();
    }
    if (shard) {
        writer.write(analysis::part_bytes({std::move(frame), std::move(state)}));
        return Exit::ok;
    }
    auto summary = analysis::summary_of(std::move(frame), std::move(state), options.threads);
    const Exit exit = writer.write(std::move(summary), arguments.scenario);
    if (!is_interrupted) return exit;
    complain(fmt::format("interrupted after {0} of {1} samples: these are the figures of --samples {0}", done, wanted));
    return InterruptWatch::exit();
}

} // namespace

void add_run(Program& program) {
    auto& command = program.command("run", "Simulates making against buying and gives the verdict");
    auto& arguments = command.keep<RunArguments>();
    command.example("autarky run", "the bundled scenario");
    command.example("autarky run --variant reported --samples 100000", "on the reported inputs, with more samples");
    command.example("autarky run --set economy.discount_rate=\"9 %/year\"", "with another value of one input");
    command.example("autarky run my.toml --json -o result.json", "a scenario of your own, as JSON into a file");
    add_scenario_options(command, arguments);
    command.option("--metrics", "GLOB", arguments.metrics,
                   "Metrics of the JSON, such as 'grid.*'; others than the usual ones are accumulated too");
    command.flag("--quick", arguments.quick,
                 "Only the verdict and the metrics asked for; effects of drivers as slopes");
    command.option("-n,--samples", "N", arguments.samples, "Number of samples, 20,000 if left out");
    command.option("--seed", "S", arguments.seed, "Seed of the draws, 1 if left out: same seed, same figures");
    command.option("--threads", "T", arguments.threads, "Threads, all processors if left out; no figure depends on it");
    add_result_options(command, arguments.result);
    command.option("--resume", "STORE", arguments.store,
                   "Keep finished samples in this file and go on from those that are there");
    command.option("--shard", "I/N", arguments.shard, "Run only part I of N and write it to FILE for 'autarky merge'");
    command.details(
        "Ctrl-C (SIGTERM and SIGHUP too) stops and shows the samples that are finished, exactly as --samples with that "
        "number would; a second one ends at once. A store keeps one state for each scenario, seed, size and part, "
        "however "
        "many samples it has; several processes may work on one at the same time, each on another part.");
    command.runs([&arguments] { return run(arguments); });
}

} // namespace autarky::cli

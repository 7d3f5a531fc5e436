// autarky: the command `run`: from a scenario to the verdict.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <utility>

#include "answers/workbook.hpp"
#include "autarky/ask.hpp"
#include "autarky/commands.hpp"
#include "autarky/run_output.hpp"
#include "autarky/terminal.hpp"

namespace autarky::cli {
namespace {

using answers::PartAnswer;
using answers::PartQuestion;

/// How the command goes with its files.
void check(const PartQuestion& question, const ResultOptions& result) {
    const bool is_part = !question.shard.empty();
    if (is_part && (result.output.empty() || result.output == "-"))
        throw UsageError("E0506", "--shard needs a file for the part", "for example: --shard 1/4 -o part-1");
    if (is_part && (result.json || result.csv))
        throw UsageError("E0504", "--shard writes a part, not JSON", "'autarky merge' makes JSON of all parts");
    if (is_part && (result.output.ends_with(".xlsx") || result.output.ends_with(".csv")))
        throw UsageError("E0504", fmt::format("--output: {} is named for a table, and a part is none", result.output),
                         "'autarky merge' makes tables of all parts");
    const bool is_text = !is_part && !result.json && !result.csv && result.output.empty();
    if (is_text && !question.metrics.empty() && !question.quick && !question.resume)
        throw UsageError("E0506", "--metrics: it changes only JSON, tables and the verdict alone (--quick)",
                         "add --json, --csv or --quick");
    if (question.resume && !question.resume->empty() && *question.resume == result.output)
        throw UsageError("E0506", "--resume and -o name the same file",
                         "the result would take the place of the run store");
}

/// Why an interrupted run shows nothing.
std::string unfinished_text(const PartAnswer& made, bool is_stored) {
    if (made.done() == 0) return nothing_to_show;
    return fmt::format("interrupted after {} of {} samples: {}", made.done(), made.wanted,
                       is_stored ? "the same command goes on from there"
                                 : "a part is written when all of its samples are finished; --resume keeps them");
}

/// The samples that are finished when it ends or is interrupted.
PartAnswer simulated(const PartQuestion& question, unsigned threads, const ResultWriter& writer) {
    Watching watching(threads);
    const answers::PartNews news{.loaded =
                                     [&](const Loaded& loaded) {
                                         writer.refuse_inputs();
                                         warn(answers::packing_text(loaded));
                                     },
                                 .store = [&](const std::string& line) { watching.say(line); }};
    return answers::run_part(question, news, watching.watch());
}

Exit run(const answers::Given& given, unsigned threads, const ResultOptions& result) {
    const auto& shape = answers::question_shape<PartQuestion>();
    asks(shape);
    check_threads(threads);
    const auto question = answers::question_from<PartQuestion>(given);
    check(question, result);
    ResultWriter writer(result); // before the work: an output that cannot be written is said at once
    auto made = simulated(question, threads, writer);
    const auto done = made.done();
    const bool is_interrupted = done < made.wanted;
    if (is_interrupted && !made.is_prefix()) {
        complain(unfinished_text(made, question.resume.has_value()));
        return InterruptWatch::exit();
    }
    if (made.is_shard) {
        writer.write(made.bytes());
        return Exit::ok;
    }
    made.wanted = done; // what is shown is a run of its own
    const answers::Watch quiet{.progress = {}, .stop = {}, .threads = threads, .notice = {}};
    const auto workbook = [&](const answers::RunAnswer& answer) {
        return answers::whole_run_workbook(answers::Catalogue(), question, answer, quiet);
    };
    const Exit exit = writer.write(answers::answer_of(std::move(made), question.scenario, quiet.n_threads()), workbook);
    if (!is_interrupted) return exit;
    complain(fmt::format("interrupted after {0} of {1} samples: these are the figures of --samples {0}", done,
                         question.samples));
    return InterruptWatch::exit();
}

} // namespace

void add_run(Program& program) {
    auto& command = program.command("run", std::string(answers::run_entry.summary));
    command.example("autarky run", "the bundled scenario");
    command.example("autarky run --variant reported --samples 100000", "on the reported inputs, with more samples");
    command.example("autarky run --set economy.discount_rate=\"9 %/year\"", "with another value of one input");
    command.example("autarky run my.toml --json -o result.json", "a scenario of your own, as JSON into a file");
    command.example("autarky run -o result.xlsx", "a workbook: verdict, bands, drivers, inputs, claims");
    auto& given = add_fields(command, answers::question_shape<PartQuestion>());
    auto& threads = command.keep<unsigned>();
    command.option("--threads", "T", threads, "Threads, all processors if left out; no figure depends on it");
    auto& result = command.keep<ResultOptions>();
    add_result_options(command, result);
    command.details(
        "Ctrl-C (SIGTERM and SIGHUP too) stops and shows the samples that are finished, exactly as --samples with that "
        "number would; a second one ends at once. A store keeps one state for each scenario, seed, size and part, "
        "however many samples it has; several processes may work on one at the same time, each on another part.");
    command.runs([&given, &threads, &result] { return run(given, threads, result); });
}

} // namespace autarky::cli

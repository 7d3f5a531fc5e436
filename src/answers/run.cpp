// autarky: runs a scenario, and describes what came out.
// SPDX-License-Identifier: Apache-2.0
#include "answers/run.hpp"

#include <fmt/format.h>

#include "analysis/selection.hpp"
#include "answers/run_describe.hpp"
#include "core/refuse.hpp"
#include "engine/run.hpp"
#include "engine/run_store.hpp"
#include "scenario/packed.hpp"

namespace autarky::answers {

analysis::Part run_part(const RunQuestion& question, const RunHow& how, const Watch& watch) {
    if (question.samples < 1 || question.samples > engine::max_samples)
        refuse_field("samples", "E0504", fmt::format("{} samples cannot be run", question.samples),
                     fmt::format("a run has 1 to {} samples", engine::max_samples));
    const auto session = Session::open(question);
    const auto& model = session->model();
    watch.settle(session->loaded().warnings);
    if (how.loaded) how.loaded(session->loaded());
    const auto selected = analysis::selected_metrics(
        model, question.metrics, question.quick ? analysis::verdict_metrics() : analysis::standing_metrics());
    const analysis::SelectedColumns columns(model, analysis::columns_of(model, selected));
    engine::RunOptions options;
    options.samples = question.samples;
    options.seed = question.seed;
    options.threads = watch.n_threads();
    options.driver_column = columns.verdict_column();
    options.stop = watch.stop;
    options.progress = watch.progress;
    if (how.shard) options.range = engine::shard(question.samples, how.shard->index, how.shard->n);
    auto frame = analysis::frame_of(model, selected, question.set,
                                    question.quick ? analysis::Effects::slopes : analysis::Effects::measured);
    if (how.store.empty()) return {std::move(frame), engine::run(columns, options)};
    try {
        engine::RunStore kept(how.store);
        return {std::move(frame), engine::run_stored(columns, options, kept)};
    } catch (const engine::StoreError& trouble) {
        refuse({}, "E0617", trouble.what());
    }
}

RunAnswer answer_of(analysis::Part part, const std::string& scenario_asked, std::uint64_t wanted, unsigned threads) {
    return {scenario_asked, analysis::summary_of(std::move(part.frame), std::move(part.state), threads), wanted};
}

RunAnswer run(const Catalogue& /*catalogue*/, const RunQuestion& question, const Watch& watch) {
    return answer_of(run_part(question, {}, watch), question.scenario, question.samples, watch.n_threads());
}

Standing standing(const RunAnswer& answer) {
    if (answer.summary.has_too_many_failures()) return Standing::unreliable;
    return answer.summary.result.done < answer.wanted ? Standing::interrupted : Standing::good;
}

std::string picture(const RunAnswer& answer) { return analysis::verdict_svg(answer.summary); }

std::string packing_text(const Loaded& loaded) {
    std::string out;
    const auto& scenario = loaded.scenario;
    if (scenario.packed == nullptr) return out;
    for (std::size_t i = 0; i < scenario.allocation.size(); ++i) {
        const auto& die = scenario.packed->rows[i];
        if (!die.is_uncertain) continue;
        out += fmt::format("chip.{} at site.{}: {} gross dies at the median size; over its 5 to 95 % range the scaled "
                           "closed form is within {:.1f} % of the exact packing\n",
                           scenario.chip.names[static_cast<std::size_t>(scenario.allocation[i].chip.index)],
                           scenario.site.names[static_cast<std::size_t>(scenario.allocation[i].site.index)],
                           die.scale.dies_at_median, 100.0 * die.scale.worst_residual);
    }
    return out;
}

Reply reply_of(RunAnswer answer) { return {std::move(answer), run_entry}; }

const Entry run_entry = threaded(
    entry_of<&run, RunQuestion, RunAnswer>("", "run", "Simulates making against buying and gives the verdict"));

} // namespace autarky::answers

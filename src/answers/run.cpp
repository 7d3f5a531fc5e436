// autarky: runs a scenario, and describes what came out.
// SPDX-License-Identifier: Apache-2.0
#include "answers/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

#include "analysis/selection.hpp"
#include "answers/run_describe.hpp"
#include "core/refuse.hpp"
#include "engine/run.hpp"
#include "engine/run_store.hpp"
#include "input/files.hpp"
#include "scenario/packed.hpp"

namespace autarky::answers {

namespace {

/// One part of a divided run: the second of seven is {2, 7}.
struct Shard {
    std::uint64_t index = 0, n = 0;
};

std::optional<Shard> shard_from(const std::string& text) {
    if (text.empty()) return std::nullopt;
    Shard shard;
    const char* end = text.data() + text.size();
    const auto index = std::from_chars(text.data(), end, shard.index);
    const bool has_slash = index.ec == std::errc{} && index.ptr != end && *index.ptr == '/';
    const auto n = has_slash ? std::from_chars(index.ptr + 1, end, shard.n) : index;
    if (!has_slash || n.ec != std::errc{} || n.ptr != end || shard.index < 1 || shard.index > shard.n)
        refuse_field("shard", "E0504", fmt::format("'{}' is no part of a run", text),
                     fmt::format("the second of seven parts is {} 2/7", field_mark("shard")));
    return shard;
}

/// What the store had for this run, a line.
std::string found_text(const engine::Found& found, const std::string& store) {
    if (found.done > 0) return fmt::format("resumed at {} of {} samples from {}", found.done, found.wanted, store);
    if (found.has_other_formulas)
        return fmt::format(
            "{} has this run with other formulas, of a changed program of the same version: starting anew", store);
    if (found.n_pieces > 0) return fmt::format("nothing in {} fits this run: starting anew", store);
    return fmt::format("finished samples are kept in {}", store);
}

engine::State simulated(const engine::Model& model, const engine::RunOptions& options,
                        const std::optional<std::string>& store, const PartNews& news) {
    if (!store) return engine::run(model, options);
    try {
        engine::RunStore kept(*store);
        return engine::run_stored(model, options, kept, [&](const engine::Found& found) {
            if (news.store) news.store(found_text(found, *store));
        });
    } catch (const engine::StoreError& trouble) {
        refuse({}, "E0617", trouble.what());
    }
}

} // namespace

PartAnswer run_part(const PartQuestion& question, const PartNews& news, const Watch& watch) {
    const auto shard = shard_from(question.shard);
    if (question.resume && question.resume->empty()) refuse_field("resume", "E0506", "it needs the name of a file");
    const auto session = Session::open(question);
    const auto& model = session->model();
    watch.settle(session->loaded().warnings);
    if (question.resume) scenario::note_read(*question.resume);
    if (news.loaded) news.loaded(session->loaded());
    const auto selected = analysis::selected_metrics(
        model, question.metrics, question.quick ? analysis::verdict_metrics() : analysis::standing_metrics());
    const analysis::SelectedColumns columns(model, analysis::columns_of(model, selected));
    engine::RunOptions options;
    options.samples = question.samples;
    options.seed = question.seed;
    options.sampling = question.sampling;
    options.threads = watch.n_threads();
    const bool has_drivers = question.wanted_effects() != analysis::Effects::none;
    const bool is_random = question.sampling == engine::Sampling::random; // else scramblings tell the column's error
    options.driver_column = has_drivers || !is_random ? columns.verdict_column() : -1;
    options.only_errors = !has_drivers;
    options.stop = watch.stop;
    options.progress = watch.progress;
    if (shard) options.range = engine::shard(question.samples, shard->index, shard->n);
    auto frame = analysis::frame_of(model, selected, question.set, question.wanted_effects());
    auto state = simulated(columns, options, question.resume, news);
    return {{std::move(frame), std::move(state)},
            shard.has_value(),
            options.range ? options.range->count : options.samples};
}

bool PartAnswer::is_prefix() const {
    const auto& ranges = part.state.ranges;
    return !is_shard && !ranges.empty() && ranges.front() == engine::SampleRange{0, done()};
}

std::string PartAnswer::bytes() const { return analysis::part_bytes(part); }

RunAnswer answer_of(PartAnswer made, const std::string& scenario_asked, unsigned threads) {
    if (made.done() == 0)
        refuse({}, "E0504", "it was stopped before a sample was finished, so there is nothing to show",
               "more time, or fewer samples");
    return {scenario_asked, analysis::summary_of(std::move(made.part.frame), std::move(made.part.state), threads),
            made.wanted};
}

namespace {

analysis::Part part_in(std::string_view bytes, const std::string& name) {
    try {
        return analysis::part_from(bytes);
    } catch (const engine::StateError& trouble) {
        refuse({}, "E0615", fmt::format("{} cannot be merged: {}", name, trouble.what()),
               fmt::format("a part is what a run with {} writes", field_mark("shard")));
    }
}

analysis::Part part_of_file(const std::string& name) {
    constexpr std::size_t largest = 1'000'000'000;
    const auto file = scenario::read_file(name, largest);
    if (!file.trouble.empty()) refuse({}, "E0614", fmt::format("cannot read {}: {}", name, file.trouble));
    return part_in(file.content, name);
}

PartAnswer put_together(const std::vector<std::string>& names, const analysis::PartReader& read, analysis::Gaps gaps) {
    try {
        PartAnswer out{analysis::merged(names, read, gaps), gaps == analysis::Gaps::kept, 0};
        out.wanted = out.part.state.key.samples;
        return out;
    } catch (const engine::StateError& trouble) {
        refuse({}, "E0616", trouble.what());
    }
}

} // namespace

RunAnswer merge(const MergeQuestion& question) {
    const auto gaps = question.unfinished ? analysis::Gaps::end_there : analysis::Gaps::refused;
    auto whole = put_together(question.files, part_of_file, gaps);
    const auto scenario = whole.part.frame.scenario;
    return answer_of(std::move(whole), scenario, 0);
}

PartAnswer larger_part(const std::vector<std::string>& files) {
    return put_together(files, part_of_file, analysis::Gaps::kept);
}

PartAnswer larger_part(std::span<const std::string_view> parts) {
    std::vector<std::string> names;
    for (std::size_t k = 0; k < parts.size(); ++k)
        names.push_back(fmt::format("part {}", k + 1));
    const auto read = [&](const std::string& name) {
        const auto k = std::find(names.begin(), names.end(), name) - names.begin();
        return part_in(parts[static_cast<std::size_t>(k)], name);
    };
    return put_together(names, read, analysis::Gaps::kept);
}

RunAnswer run(const Catalogue& /*catalogue*/, const RunQuestion& question, const Watch& watch) {
    return answer_of(run_part({question, {}, {}}, {}, watch), question.scenario, watch.n_threads());
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

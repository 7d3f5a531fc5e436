// autarky: writes the script of a divided run.
// SPDX-License-Identifier: Apache-2.0
#include "answers/shards.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "analysis/selection.hpp"
#include "core/refuse.hpp"

namespace autarky::answers {
namespace {

/// A word as a shell reads it, whatever is in it.
std::string quoted(const std::string& word) {
    std::string out = "'";
    for (const char c : word)
        out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

std::string options(const ShardQuestion& q) {
    std::string out = quoted(q.scenario);
    for (const auto& one : q.variant)
        out += " --variant " + quoted(one);
    for (const auto& one : q.set)
        out += " --set " + quoted(one);
    for (const auto& one : q.metrics)
        out += " --metrics " + quoted(one);
    if (q.quick) out += " --quick";
    if (q.effects)
        out += fmt::format(" --effects {}", choices(Type<analysis::Effects>{})[static_cast<std::size_t>(*q.effects)]);
    if (q.sampling != engine::usual_sampling) out += fmt::format(" --sampling {}", name_of(q.sampling));
    return out + fmt::format(" --samples {} --seed {}", q.samples, q.seed);
}

constexpr const char* script = R"(#!/bin/bash
# autarky: {samples} samples in {shards} parts, as an array of Slurm.
# "bash FILE" submits it and what puts the parts together; the bits are
# those of a single run. A task that died is run again with the same result
# by "sbatch --array=7 FILE"; then put the parts together by hand, as below.
# A cluster takes arrays up to its MaxArraySize (scontrol show config).
#SBATCH --job-name=autarky
#SBATCH --array=1-{shards}
#SBATCH --cpus-per-task=1
#SBATCH --requeue
set -euo pipefail
folder={folder}
mkdir -p -- "$folder"
if [ -z "${{SLURM_ARRAY_TASK_ID:-}}" ]; then
    array=$(sbatch --parsable --export=ALL --array=1-{shards} "$0")
    sbatch --job-name=autarky-merge --dependency="afterok:${{array%%;*}}" \
        --wrap "'${{AUTARKY:-autarky}}' merge $folder/part-* --json -o $folder/result.json"
    exit
fi
part=$folder/part-$SLURM_ARRAY_TASK_ID
exec "${{AUTARKY:-autarky}}" run {options} \
    --shard "$SLURM_ARRAY_TASK_ID/{shards}" --threads "${{SLURM_CPUS_PER_TASK:-1}}" -o "$part"
)";

} // namespace

ShardAnswer shard(const Catalogue& /*catalogue*/, const ShardQuestion& question, const Watch& watch) {
    if (question.shards > question.samples)
        refuse_field("shards", "E0504",
                     fmt::format("{} samples do not give {} parts", question.samples, question.shards));
    const auto is_plain = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.' || c == '/';
    };
    if (question.folder.empty() || question.folder.front() == '-' ||
        !std::all_of(question.folder.begin(), question.folder.end(), is_plain))
        refuse_field("folder", "E0504", fmt::format("'{}' is no plain name of a folder", question.folder),
                     "letters, digits, - _ . and /");
    const auto session = Session::open(question);
    watch.settle(session->loaded().warnings);
    (void)analysis::selected_metrics(session->model(), question.metrics, analysis::standing_metrics());
    return {question.shards, fmt::format(fmt::runtime(script), fmt::arg("samples", question.samples),
                                         fmt::arg("shards", question.shards), fmt::arg("folder", question.folder),
                                         fmt::arg("options", options(question)))};
}

std::string text(const ShardAnswer& answer, const show::Page& /*page*/) { return answer.script; }

const Entry shard_entry =
    entry_of<&shard, ShardQuestion, ShardAnswer>("", "shard", "A run divided into the tasks of a Slurm array");

} // namespace autarky::answers

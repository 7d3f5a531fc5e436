// autarky: "how do I divide this run?": a Slurm array whose tasks are its parts.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "answers/run.hpp"

namespace autarky::answers {

struct ShardQuestion : RunQuestion {
    std::uint64_t shards = 16;
    std::string folder = "autarky-parts";
};
constexpr auto describe(Type<ShardQuestion> /*type*/) {
    using Q = ShardQuestion;
    return std::tuple_cat(
        describe(Type<RunQuestion>{}),
        fields(asked("shards", &Q::shards, "1"_u, "Parts, a task of the array each").as("N").from_to(1, 100'000),
               asked("folder", &Q::folder, "Where the tasks write their parts, seen by all of them").as("DIR")));
}

struct ShardAnswer {
    std::uint64_t shards = 0;
    std::string script;
};
constexpr auto describe(Type<ShardAnswer> /*type*/) {
    using A = ShardAnswer;
    return fields(
        item("shards", &A::shards, "1"_u, "Tasks of the array"),
        item("script", &A::script, "The script: bash runs it and submits the array, and the merge behind it"));
}

/// Reads the scenario for its findings, so that a mistake is told here and not by every task. Throws InputError.
ShardAnswer shard(const Catalogue& catalogue, const ShardQuestion& question, const Watch& watch = {});
std::string text(const ShardAnswer& answer, const show::Page& page);

extern const Entry shard_entry;

} // namespace autarky::answers

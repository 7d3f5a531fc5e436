// autarky: "where does making pay?": over any two inputs, and over volume.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "analysis/break_even.hpp"
#include "analysis/map.hpp"
#include "answers/entry.hpp"
#include "answers/session.hpp"

namespace autarky::answers {

struct MapQuestion : ScenarioChoice {
    std::string x, y;
    std::uint64_t samples = 1000, seed = 1;
    int columns = 13, rows = 11;
};
constexpr auto describe(Type<MapQuestion> /*type*/) {
    using Q = MapQuestion;
    constexpr double most = 1e6;
    return std::tuple_cat(
        fields(asked("x", &Q::x, "Horizontal axis: an input, INPUT=LOW..HIGH to set it, INPUT*LOW..HIGH to multiply it")
                   .positional("X")
                   .otherwise("yearly volume of the first programme, 1/8 to 8 times"),
               asked("y", &Q::y, "Vertical axis, in the same way")
                   .positional("Y")
                   .otherwise("utilisation of the first own chip over the merchant's")),
        scenario_fields<Q>(false),
        fields(asked("samples", &Q::samples, "1"_u, "Futures at each point, the same ones everywhere")
                   .as("N")
                   .from_to(8, most),
               asked("seed", &Q::seed, "1"_u, "Seed of the draws").as("S"),
               asked("columns", &Q::columns, "1"_u, "Points along x").as("N").from_to(2, 200),
               asked("rows", &Q::rows, "1"_u, "Points along y").as("N").from_to(2, 200)));
}

using analysis::MapAnswer;
MapAnswer map(const Catalogue& catalogue, const MapQuestion& question, const Watch& watch = {});
std::string text(const MapAnswer& answer, const show::Page& page);
std::string picture(const MapAnswer& answer);

struct BreakEvenQuestion : ScenarioChoice {
    std::uint64_t samples = 2000, seed = 1;
};
constexpr auto describe(Type<BreakEvenQuestion> /*type*/) {
    using Q = BreakEvenQuestion;
    constexpr double most = 1e6;
    return std::tuple_cat(
        scenario_fields<Q>(),
        fields(asked("samples", &Q::samples, "1"_u, "Futures whose roots are sought").as("N").from_to(8, most),
               asked("seed", &Q::seed, "1"_u, "Seed of the draws").as("S")));
}

using analysis::BreakEvenAnswer;
BreakEvenAnswer break_even(const Catalogue& catalogue, const BreakEvenQuestion& question, const Watch& watch = {});
std::string text(const BreakEvenAnswer& answer, const show::Page& page);

extern const Entry map_entry, break_even_entry;

} // namespace autarky::answers

namespace autarky::analysis {
// found beside the answers' types, which live here
using answers::picture;
using answers::text;
} // namespace autarky::analysis

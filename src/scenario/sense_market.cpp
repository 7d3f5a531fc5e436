// autarky: whether makers, rivals, jobs and parts leave anything to reckon with.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "scenario/sense_parts.hpp"

namespace autarky::scenario {
namespace {

constexpr const char* code = "E0402";

/// Whether a series is zero at each of its knots, in every sample.
template <class Q> bool is_nothing(const Sense& sense, const Series<Q>& series) {
    return std::ranges::all_of(series.values, [&](const auto& knot) { return sense.most(leaf_of(knot)) == 0.0; });
}

/// Whether rows are given and a number of theirs is zero in all of them.
template <class Row> bool adds_to_nothing(const Sense& sense, const Table<Row>& rows, Uncertain Row::* number) {
    return rows.size() > 0 &&
           std::ranges::all_of(rows.rows, [&](const auto& row) { return sense.most(row.*number) == 0.0; });
}

} // namespace

void check_market(const Sense& sense) {
    const auto& s = sense.s;
    for (std::size_t i = 0; i < s.maker.size(); ++i) {
        const auto& name = s.maker.names[i];
        if (is_nothing(sense, s.maker[i].volume))
            sense.error(sense.origin({"maker", name, "volume"}), code,
                        fmt::format("maker.{}.volume: this maker sells no vehicle at any time", name),
                        fmt::format("give its vehicles a year, or leave it out: use = [\"-maker.{}\"]", name));
    }
    for (std::size_t i = 0; i < s.robot.size(); ++i) {
        const auto& name = s.robot.names[i];
        if (is_nothing(sense, s.robot[i].productivity))
            sense.error(
                sense.origin({"robot", name, "productivity"}), code,
                fmt::format("robot.{}.productivity: there is no task that it does: its output is always 0", name),
                "give the output at the median task, such as \"0.4 x\"");
        if (adds_to_nothing(sense, s.robot[i].part, &market::RobotPart<Uncertain>::share))
            sense.error(sense.origin({"robot", name, "part"}), code,
                        fmt::format("robot.{}.part: the shares of its parts add to nothing", name),
                        "give at least one part a share above 0 %");
    }
    for (std::size_t r = 0; r < s.region.size(); ++r)
        if (adds_to_nothing(sense, s.region[r].occupation, &market::Occupation<Uncertain>::share))
            sense.error(
                sense.origin({"region", s.region.names[r], "occupation"}), code,
                fmt::format("region.{}.occupation: the shares of its occupations add to nothing", s.region.names[r]),
                "give at least one occupation a share above 0 %");
    if (adds_to_nothing(sense, s.rival, &market::Rival<Uncertain>::weight))
        sense.error(sense.origin({"rival"}), code, "rival: the weights of the rivals add to nothing",
                    "give at least one rival a weight above 0, or use none: use = [\"-rival.*\"]");
}

} // namespace autarky::scenario

// autarky: "what does this load do to a transformer?": temperatures, ageing, loss of life.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "answers/entry.hpp"
#include "grid/heat/heat_spec.hpp"
#include "grid/heat/series_csv.hpp"

namespace autarky::answers {

/// What a step is that is longer than the others of a regular series.
enum class Gaps { refuse, hold };
constexpr std::array<std::string_view, 2> choices(Type<Gaps> /*type*/) { return {"refuse", "hold"}; }
/// The load between two rows.
enum class BetweenRows { hold, line };
constexpr std::array<std::string_view, 2> choices(Type<BetweenRows> /*type*/) { return {"hold", "line"}; }
/// What a time is of its row's step.
enum class Stamps { end, begin };
constexpr std::array<std::string_view, 2> choices(Type<Stamps> /*type*/) { return {"end", "begin"}; }

struct AgeQuestion {
    std::vector<std::string> target;
    std::string load, spec;
    grid::HeatModel model = grid::HeatModel::iec60076_7;
    std::optional<grid::Paper> paper;
    std::string start;
    Gaps gaps = Gaps::refuse;
    BetweenRows between = BetweenRows::hold;
    Stamps stamps = Stamps::end;
    bool daylight_saving = false;
    std::string column;
    std::optional<double> power_factor, ambient;
};
constexpr auto describe(Type<AgeQuestion> /*type*/) {
    using Q = AgeQuestion;
    return fields(
        asked("target", &Q::target, "The load series, and the street of the catalogue whose transformer carries it")
            .positional("TARGET"),
        asked("load", &Q::load, "The load series: CSV with minute or timestamp, load (A, kVA, kW, pu), ambient_c")
            .as("FILE"),
        asked("spec", &Q::spec, "Data sheet of the transformer (TOML) by the standard's names").as("FILE"),
        asked("model", &Q::model, "Which standard"),
        asked("paper", &Q::paper, "Insulation").otherwise("kraft in IEC, upgraded in IEEE"),
        asked("start", &Q::start, "State at the first row: cold (at ambient), steady, or this top oil")
            .as("cold|steady|CELSIUS")
            .otherwise("cold"),
        asked("gaps", &Q::gaps, "A step longer than the others; hold: the row after it holds over all of it"),
        asked("between", &Q::between, "Load between rows: held, or on a line"),
        asked("stamps", &Q::stamps, "What a time is of its row's step"),
        asked("daylight_saving", &Q::daylight_saving, "Times without an offset follow summer time"),
        asked("column", &Q::column, "The load's column, where several could be it").as("NAME"),
        asked("power_factor", &Q::power_factor, "1"_u, "Of a load in kW").from_to(0.01, 1),
        asked("ambient", &Q::ambient, unit_named("degC"), "Ambient of a series without ambient_c")
            .from_to(-90, 100)
            .as("CELSIUS"));
}

struct AgeAnswer {
    AgeQuestion question;
    std::string unit; ///< which transformer, in words
    grid::HeatSpec spec;
    grid::SeriesColumns rows; ///< as they stand in the file
    grid::LoadSeries<double> series;
    grid::HeatSeries<double> heat;
};

AgeAnswer age(const Catalogue& catalogue, const AgeQuestion& question, const Watch& watch = {});
std::string text(const AgeAnswer& answer, const show::Page& page);
std::string picture(const AgeAnswer& answer);
extern const Entry age_entry;

} // namespace autarky::answers

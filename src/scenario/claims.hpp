// autarky: claims and observations: what was stated about the world, to be judged and learnt from.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/calendar.hpp"
#include "core/describe.hpp"
#include "core/diagnostics.hpp"
#include "core/dim.hpp"
#include "input/inputs.hpp"

namespace autarky {

/// A result that the model computes, as far as claims need to know it. An id may hold the name of a table in angle
/// brackets ("labour.break_even.<region>"): then any row of that table may stand there.
struct KnownMetric {
    std::string id;
    std::string unit; ///< "1" or empty: a plain number; "date": decimal years
};

/// How a claim is held against the recomputed value.
enum class Comparison {
    within,   ///< the value lies in the stated interval
    at_least, ///< it is not below the stated value
    at_most,  ///< it is not above the stated value
    about,    ///< it lies within `tolerance` of the stated value
};
constexpr std::array<std::string_view, 4> choices(Type<Comparison> /*type*/) {
    return {"within", "at_least", "at_most", "about"};
}

/// A claim that is `given` an event names it as "event.strait_crisis".
inline constexpr std::string_view given_event = "event.";

/// `[[claim]]`: a statement that the model can recompute, or says why it cannot.
struct Claim {
    std::string id;
    std::string text;
    std::string metric;        ///< empty: the claim cannot be judged by the model
    std::string less;          ///< metric that is taken off: make less buy is what making causes; empty: none
    std::string given;         ///< only futures count with this event under way, or in which this claim is true
    std::optional<Quarter> at; ///< none: the metric has no time, or its whole horizon counts
    double low = 0.0;          ///< stated interval in base units; both ends equal for a single value
    double high = 0.0;
    Comparison comparison = Comparison::within;
    double tolerance = 0.0; ///< relative, for `about`
    Dim dim{};
    std::string unit; ///< as written
    double unit_factor = 1.0;
    std::string written; ///< the stated interval as written
    std::string section; ///< place inside the source
    std::string why;     ///< a remark, such as why it cannot be judged
    int source = -1;     ///< row of Inputs::sources
    Origin origin{};
};

/// What kind of yield a report means.
enum class YieldKind { unknown, defect, parametric, total };
constexpr std::array<std::string_view, 4> choices(Type<YieldKind> /*type*/) {
    return {"unknown", "defect", "parametric", "total"};
}

/// What a report says of the value that it states.
enum class Says {
    about,    ///< normal around the truth, `error` its standard deviation
    relative, ///< lognormal around the truth, `error` the standard deviation of its logarithm
    at_least, ///< the truth, as the source sees it, is not below
    at_most,  ///< it is not above
    between,  ///< it lies in the stated interval
    count,    ///< so many of `trials`, the truth being their share
};
constexpr std::array<std::string_view, 6> choices(Type<Says> /*type*/) {
    return {"about", "relative", "at_least", "at_most", "between", "count"};
}

/// `[[observation]]`: something that was measured or reported at a date; without a value, a reading that is still to come.
struct Observation {
    std::string id;
    double date = 0.0;  ///< decimal years
    double known = 0.0; ///< when it is told, decimal years: its date, if nothing else is said
    std::string day;    ///< the date that it is known as written
    std::string of;     ///< row that it is about ("process.sf2"), or empty
    std::string metric; ///< a metric, or the path of an input
    double value = 0.0; ///< base units
    double error = 0.0; ///< standard deviation, base units
    double bias = 0.0;  ///< known tendency of the source, base units: the truth is expected at value - bias
    Says says = Says::about;
    double low = 0.0, high = 0.0; ///< of `between`, base units
    double trials = 0.0;          ///< of `count`
    std::string group;            ///< reports that lean on each other; empty: on nobody
    double correlation = 0.0;     ///< of their errors, in [0, 1)
    std::string watch;            ///< name of the indicator whose next reading this is; empty: a report
    std::string ended;            ///< why there will be no further reading; empty: there will
    Dim dim{};
    std::string unit;
    double unit_factor = 1.0;
    std::string written;
    double area = 0.0; ///< die area that a yield belongs to, mm^2; 0: not stated
    YieldKind yield_kind = YieldKind::unknown;
    Grade grade = Grade::assumption;
    int source = -1;
    std::string note;
    Origin origin{};
};

} // namespace autarky

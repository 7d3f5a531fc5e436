// autarky: the grid quantities that published cases name.
// SPDX-License-Identifier: Apache-2.0
#include "grid/cases.hpp"

#include <string>

#include "grid/heat/ageing.hpp"
#include "grid/heat/heat_c5791.hpp"
#include "grid/heat/heat_iec60076.hpp"
#include "grid/street/diversity.hpp"

namespace autarky::grid {
namespace {

/// A load that changes at some minutes; the first entry is where it begins.
struct Step {
    double until_min, load;
};

template <class Model, std::size_t n>
typename Model::State at_minute(const Model& unit, typename Model::State state, const Step (&steps)[n],
                                double ambient_c, double minute) {
    double now = 0.0;
    for (const Step& step : steps) {
        const double until = step.until_min < minute ? step.until_min : minute;
        if (until > now) state = unit.after(state, unit.ultimate(step.load), ambient_c, unit.decay(until - now));
        now = until;
    }
    return state;
}

Iec60076<double>::State example_of_the_standard(const Iec60076<double>& unit, double minute) {
    constexpr Step steps[]{{190, 1.0}, {365, 0.6}, {500, 1.5}, {705, 0.3}, {730, 2.1}, {745, 0.0}};
    return at_minute(unit, unit.at_ambient(38.3), steps, 25.6, minute);
}

Iec60076<double> unit_of_the_standard() {
    Iec60076<double> unit = iec_power_onaf<double>();
    unit.loss_ratio = 1000.0, unit.oil_rise_k = 38.3, unit.gradient_k = 14.5, unit.hot_spot_factor = 1.4;
    return unit;
}

C5791Ode<double> unit_of_the_working_group() {
    C5791Ode<double> unit;
    unit.loss_ratio = 6.6955729072954195, unit.tau_oil_min = 142.8655098804937;
    return unit;
}

C5791Ode<double>::State step_of_the_working_group(const C5791Ode<double>& unit, double minute) {
    constexpr Step steps[]{{60, 1.0}, {300, 1.6}, {2880, 0.5}};
    return at_minute(unit, unit.steady(unit.ultimate(1.0), 30.0), steps, 30.0, minute);
}

} // namespace

double case_quantity(std::string_view what, const CaseInputs& in) {
    if (what == "kraft_rate") return kraft_ageing_rate(in.number("hot_spot"));
    if (what == "upgraded_rate") return upgraded_ageing_rate(in.number("hot_spot"));
    if (what == "home_peak") return diversified_peak_kw(in.number("p_one"), in.number("p_many"), in.number("n"));
    if (what == "steady_top_oil" || what == "steady_hot_spot") {
        Iec60076<double> unit;
        unit.loss_ratio = in.number("loss_ratio");
        unit.oil_rise_k = in.number("oil_rise");
        unit.surcharge_k = in.number_or("surcharge", 0.0);
        unit.gradient_k = in.number_or("gradient", unit.gradient_k);
        unit.hot_spot_factor = in.number_or("factor", unit.hot_spot_factor);
        const auto state = unit.steady(unit.ultimate(in.number("load")), in.number("ambient"));
        return what == "steady_top_oil" ? unit.top_oil_c(state) : unit.hot_spot_c(state);
    }
    if (what == "iec_250mva_top_oil" || what == "iec_250mva_hot_spot") {
        const Iec60076<double> unit = unit_of_the_standard();
        const auto state = example_of_the_standard(unit, in.number("minute"));
        return what == "iec_250mva_top_oil" ? unit.top_oil_c(state) : unit.hot_spot_c(state);
    }
    if (what == "ode_52mva_top_oil" || what == "ode_52mva_hot_spot") {
        const C5791Ode<double> unit = unit_of_the_working_group();
        const auto state = step_of_the_working_group(unit, in.number("minute"));
        return what == "ode_52mva_top_oil" ? unit.top_oil_c(state) : unit.hot_spot_c(state);
    }
    throw CaseError("there is no grid quantity '" + std::string(what) + "'");
}

} // namespace autarky::grid

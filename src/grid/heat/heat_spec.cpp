// autarky: heat models by name, and a load series through one of them.
// SPDX-License-Identifier: Apache-2.0
#include "grid/heat/heat_spec.hpp"

namespace autarky::grid {

HeatSpec default_heat_spec(HeatModel model) {
    HeatSpec spec;
    spec.model = model;
    spec.paper = model == HeatModel::iec60076_7 ? Paper::kraft : Paper::thermally_upgraded;
    return spec;
}

namespace {

template <class Model>
HeatSeries<double> run(const Model& unit, const HeatStart& start, double rated_a, const LoadSeries<double>& series) {
    const double ambient = series.ambient_c.front();
    auto state = unit.at_ambient(ambient);
    switch (start.kind) {
    case HeatStart::Kind::ambient: break;
    case HeatStart::Kind::steady: state = unit.steady(unit.ultimate(series.load_pu.front()), ambient); break;
    case HeatStart::Kind::load: state = unit.steady(unit.ultimate(start.value / rated_a), ambient); break;
    case HeatStart::Kind::top_oil: state = unit.at_ambient(start.value); break;
    }
    if constexpr (requires { state.oil_rise_k; }) // the classic form keeps the rise and the ambient apart
        if (start.kind == HeatStart::Kind::top_oil) state.oil_rise_k = start.value - ambient, state.ambient_c = ambient;
    return heat_series<double>(unit, series, state);
}

} // namespace

HeatSeries<double> heat_of(const HeatSpec& spec, LoadSeries<double> series) {
    const double rated = spec.rated_current_a > 0.0 ? spec.rated_current_a : 1.0;
    for (double& load : series.load_pu)
        load /= rated;
    switch (spec.model) {
    case HeatModel::iec60076_7: return run(spec.iec, spec.start, rated, series);
    case HeatModel::c57_91: {
        C5791Classic<double> unit;
        static_cast<C5791Unit<double>&>(unit) = spec.c5791;
        unit.correct_time_constant = spec.correct_time_constant;
        return run(unit, spec.start, rated, series);
    }
    case HeatModel::c57_91_ode: {
        C5791Ode<double> unit;
        static_cast<C5791Unit<double>&>(unit) = spec.c5791;
        return run(unit, spec.start, rated, series);
    }
    }
    return {};
}

} // namespace autarky::grid

// autarky: a load series through a heat model: temperatures, ageing rates, loss of life.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cassert>
#include <cstddef>
#include <span>
#include <vector>

#include "grid/heat/ageing.hpp"
#include "grid/heat/heat.hpp"

namespace autarky::grid {

/// What a transformer is asked to carry. The load and the ambient of a row hold over the step that ends at it.
template <class R> struct LoadSeries {
    std::vector<double> minute; ///< strictly increasing
    std::vector<R> load_pu;     ///< of rated current; negative is reverse flow
    std::vector<R> ambient_c;
    [[nodiscard]] std::size_t size() const { return minute.size(); }
};

/// Row by row what the transformer feels.
template <class R> struct HeatSeries {
    std::vector<R> top_oil_c, hot_spot_c, kraft_rate, upgraded_rate;
    R kraft_aged_min = R(0.0), upgraded_aged_min = R(0.0); ///< sum of rate times step, minutes of normal life
    R highest_top_oil_c = R(-273.0), highest_hot_spot_c = R(-273.0);
    double minutes = 0.0;

    [[nodiscard]] R aged_min(Paper p) const { return p == Paper::kraft ? kraft_aged_min : upgraded_aged_min; }
    /// Equivalent ageing factor: aged time over elapsed time (F_EQA).
    [[nodiscard]] R equivalent_factor(Paper p) const { return minutes > 0.0 ? aged_min(p) / R(minutes) : R(0.0); }
};

/// Runs the series from a given state at its first row. Each step may have its own length.
/// The rate of a row is the one at the end of its step, as IEC 60076-7 sums it; the first row adds nothing.
template <class R, class Model>
HeatSeries<R> heat_series(const Model& unit, const LoadSeries<R>& series, typename Model::State state) {
    const std::size_t n = series.size();
    assert(series.load_pu.size() == n && series.ambient_c.size() == n);
    HeatSeries<R> out;
    for (auto* column : {&out.top_oil_c, &out.hot_spot_c, &out.kraft_rate, &out.upgraded_rate})
        column->reserve(n);
    double step_before = -1.0;
    typename Model::Decay left{};
    for (std::size_t row = 0; row < n; ++row) {
        double step = 0.0;
        if (row > 0) {
            step = series.minute[row] - series.minute[row - 1];
            assert(step > 0.0);
            if (step != step_before) left = unit.decay(R(step));
            step_before = step;
            state = unit.after(state, unit.ultimate(series.load_pu[row]), series.ambient_c[row], left);
        }
        const R oil = Model::top_oil_c(state);
        const R hot = Model::hot_spot_c(state);
        out.top_oil_c.push_back(oil);
        out.hot_spot_c.push_back(hot);
        out.kraft_rate.push_back(kraft_ageing_rate(hot));
        out.upgraded_rate.push_back(upgraded_ageing_rate(hot));
        out.kraft_aged_min += out.kraft_rate.back() * R(step);
        out.upgraded_aged_min += out.upgraded_rate.back() * R(step);
        out.highest_top_oil_c = max(out.highest_top_oil_c, oil);
        out.highest_hot_spot_c = max(out.highest_hot_spot_c, hot);
        out.minutes += step;
    }
    return out;
}

/// The series with load and ambient read as straight lines between rows, cut into steps of at most `longest_min`. A step has
/// the mean of its line, so that temperatures are second order in the step: with its end they would run half a step ahead,
/// which is a kelvin where a load doubles in half an hour.
template <class R> LoadSeries<R> interpolated(const LoadSeries<R>& rows, double longest_min) {
    LoadSeries<R> out;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const double width = row > 0 ? rows.minute[row] - rows.minute[row - 1] : 0.0;
        const int parts = row > 0 && width > longest_min ? static_cast<int>(width / longest_min + 0.999999) : 1;
        for (int part = 1; part <= parts; ++part) {
            const double end = static_cast<double>(part) / parts, middle = (part - 0.5) / parts;
            const std::size_t before = row > 0 ? row - 1 : row;
            out.minute.push_back(row > 0 ? rows.minute[before] + end * width : rows.minute[row]);
            const auto line = [&](const std::vector<R>& v) { return v[before] + R(middle) * (v[row] - v[before]); };
            out.load_pu.push_back(line(rows.load_pu));
            out.ambient_c.push_back(line(rows.ambient_c));
        }
    }
    return out;
}

} // namespace autarky::grid

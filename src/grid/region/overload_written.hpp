// autarky: the overload curves in the reading "written": formulas that hold in every cell of the table.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "core/written_real.hpp"
#include "grid/region/overload_curve.hpp"

namespace autarky::grid {

/// What each point of an axis weighs when a value lies between two of them: linear, 0 beyond its neighbours. They sum to 1.
inline std::vector<Written> weights_of_points(const std::vector<double>& points, const Written& x) {
    const Written inside = clamp(x, points.front(), points.back());
    std::vector<Written> out;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const auto from_left = [&] { return (inside - points[i - 1]) / (points[i] - points[i - 1]); };
        const auto to_right = [&] { return (points[i + 1] - inside) / (points[i + 1] - points[i]); };
        const Written weight = i == 0                   ? to_right()
                               : i + 1 == points.size() ? from_left()
                                                        : min(from_left(), to_right());
        out.push_back(max(weight, Written(0.0)));
    }
    return out;
}

/// The other readings enter the table in one cell; here all points stand in the formula, and the values are those of the others
/// to the bit.
template <>
inline void OverloadCurve<Written>::add(const OverloadTable& table, const Written& managed, const Written& clustering,
                                        const Written& units, const Written& places) {
    using namespace overload;
    const auto by_managed = weights_of_points(table.managed(), managed);
    const auto by_clustering = weights_of_points(table.clustering(), clustering);
    const Corner<double> corner(table, managed.value, clustering.value);
    const auto by_units = corner.weights(units.value), by_places = corner.weights(places.value);
    const std::size_t m = corner.managed.cell[0], c = corner.clustering.cell[0];
    for (std::size_t i = 0; i < n_all; ++i) {
        Written sum;
        for (std::size_t row = 0; row < by_managed.size(); ++row) {
            Written along;
            for (std::size_t column = 0; column < by_clustering.size(); ++column)
                along += by_clustering[column] * table.terms(row, column)[i];
            sum += by_managed[row] * along;
        }
        const bool is_of_units = i < waiting_terms || i >= ageing_terms;
        const auto& w = is_of_units ? by_units : by_places;
        const double value = terms_[i].value + (w[0] * table.terms(m, c)[i] + w[1] * table.terms(m, c + 1)[i] +
                                                w[2] * table.terms(m + 1, c)[i] + w[3] * table.terms(m + 1, c + 1)[i]);
        terms_[i] += (is_of_units ? units : places) * sum;
        terms_[i].value = value;
    }
}

} // namespace autarky::grid

// autarky: the overload surfaces along one sample's line: reads the tables that the program carries.
// SPDX-License-Identifier: Apache-2.0
#include "grid/region/overload_curve.hpp"

#include <cassert>

#include "grid/nation/overload_surface.hpp"
#include "grid/overload_texts.hpp"

namespace autarky::grid {
namespace {

using namespace overload;

/// Terms of the piecewise cubic with these values and slopes: a polynomial, and beyond each knot a change of its second
/// and third coefficient. A value at 0 is the present state and does not count.
void write_terms(const std::vector<double>& x, const std::array<double, n_points>& f,
                 const std::array<double, n_points>& slope, Terms& terms, std::size_t at) {
    std::array<double, n_points - 1> second{}, third{};
    for (std::size_t i = 0; i + 1 < n_points; ++i) {
        const double h = x[i + 1] - x[i];
        const double secant = (f[i + 1] - f[i]) / h;
        second[i] = (3.0 * secant - 2.0 * slope[i] - slope[i + 1]) / h;
        third[i] = (slope[i] + slope[i + 1] - 2.0 * secant) / (h * h);
    }
    terms[at] = slope[0], terms[at + 1] = second[0], terms[at + 2] = third[0];
    for (std::size_t k = 0; k < n_knots; ++k) {
        const double h = x[k + 1] - x[k];
        terms[at + 3 + 2 * k] = second[k + 1] - (second[k] + 3.0 * third[k] * h);
        terms[at + 4 + 2 * k] = third[k + 1] - third[k];
    }
}

void write_terms(const Surface& surface, double managed, double clustering, Terms& terms, std::size_t at) {
    const Curve<double> line = surface.along_first<double>({managed, clustering});
    std::array<double, n_points> f{}, slope{};
    for (std::size_t i = 0; i < n_points; ++i)
        f[i] = line.values[i], slope[i] = line.slopes[i];
    write_terms(line.points, f, slope, terms, at);
}

OverloadTable table_of(const char* text, const char* name) {
    Diagnostics findings;
    const auto tables = read_tables(text, name, findings);
    assert(tables.has_value()); // the build carries these files; a test reads them
    return {tables->over, tables->waiting, tables->ageing, tables->homes_a_unit, tables->places_a_unit, tables->car_w};
}

} // namespace

OverloadTable::OverloadTable(const Surface& over, const Surface& waiting, const Surface& ageing, double homes,
                             double places, double car)
    : homes_a_unit(homes),
      places_a_unit(places),
      car_w(car),
      managed_(over.axes()[1].points),
      clustering_(over.axes()[2].points) {
    const std::vector<double>& points = over.axes()[0].points;
    assert(points.size() == n_points && points.front() == 0.0);
    last = points.back();
    for (std::size_t k = 0; k < n_knots; ++k)
        knots[k] = points[k + 1];
    for (const double m : managed_)
        for (const double c : clustering_) {
            Terms terms{};
            write_terms(over, m, c, terms, 0);
            write_terms(waiting, m, c, terms, waiting_terms);
            write_terms(ageing, m, c, terms, ageing_terms);
            terms_.push_back(terms);
        }
}

const OverloadStreets& overload_streets() {
    static const OverloadStreets streets{table_of(overload_us_text, "overload_us.toml"),
                                         table_of(overload_europe_text, "overload_europe.toml")};
    assert(streets.pole.knots == streets.station.knots && streets.pole.last == streets.station.last);
    return streets;
}

} // namespace autarky::grid

// autarky: the overload surfaces along one sample's line: what a region's streets show as its fleet grows.
// SPDX-License-Identifier: Apache-2.0
//
// Managed share, clustering and the mix of pole units and stations hold over a sample, the fleet grows by quarter. So the
// line is cut from the surfaces once a sample; a quarter costs some sixty multiplications and no table look-up.
#pragma once

#include <array>
#include <cstddef>

#include "core/formula.hpp"
#include "core/surface.hpp"

namespace autarky::grid {

inline constexpr Formula overload_formula{"grid.overload_share", "Share of street transformers over their limit",
                                          "overload surface at (devices a car place, managed share, clustering)",
                                          "street simulation, catalogue/grid/overload_*.toml"};
inline constexpr Formula ageing_formula{"grid.ageing_rate",
                                        "Life that devices take from a unit within its limit, years a year",
                                        "ageing surface at the same point", "street simulation, IEC 60076-7"};
inline constexpr Formula waiting_formula{"grid.waiting_share", "Share of car places whose device is one too many",
                                         "waiting surface at the same point", "street simulation"};

/// Two shares at one penetration: of units over their limit, of places whose device is one too many.
template <class R> struct Overload {
    R over{}, waiting{};
};

namespace overload {
inline constexpr std::size_t n_points = 10;             ///< of the axis of penetration
inline constexpr std::size_t n_knots = n_points - 2;    ///< between its ends
inline constexpr std::size_t n_terms = 3 + 2 * n_knots; ///< of a curve: p, p^2, p^3, and two a knot
inline constexpr std::size_t waiting_terms = n_terms, ageing_terms = 2 * n_terms; ///< where those of the curves begin
inline constexpr std::size_t n_all = 3 * n_terms;
using Terms = std::array<double, n_all>;
} // namespace overload

/// One kind of street: terms of the curves at each node of managed share and clustering.
class OverloadTable {
public:
    OverloadTable() = default;
    OverloadTable(const Surface& over, const Surface& waiting, const Surface& ageing, double homes_a_unit,
                  double places_a_unit, double car_w);

    double homes_a_unit = 1.0, places_a_unit = 1.0, car_w = 1.0;
    std::array<double, overload::n_knots> knots{};
    double last = 1.0; ///< end of the axis of penetration; beyond it the curves hold

    [[nodiscard]] const std::vector<double>& managed() const { return managed_; }
    [[nodiscard]] const std::vector<double>& clustering() const { return clustering_; }
    [[nodiscard]] const overload::Terms& terms(std::size_t managed, std::size_t clustering) const {
        return terms_[managed * clustering_.size() + clustering];
    }

private:
    std::vector<double> managed_, clustering_;
    std::vector<overload::Terms> terms_;
};

/// The two kinds of street that the program carries: American pole and pad units, European stations.
struct OverloadStreets {
    OverloadTable pole, station;
};
const OverloadStreets& overload_streets();

/// Where between four nodes of a table a sample lies.
template <class R> struct Corner {
    detail::Place<R> managed, clustering;

    Corner(const OverloadTable& table, const R& managed_share, const R& correlation)
        : managed(detail::place_on<R>(table.managed(), managed_share)),
          clustering(detail::place_on<R>(table.clustering(), correlation)) {}
    /// Weights of the nodes when this kind of street is `part` of all.
    [[nodiscard]] std::array<R, 4> weights(const R& part) const {
        const R high = managed.into * part;
        const R low = part - high;
        const R low_high = low * clustering.into;
        const R high_high = high * clustering.into;
        return {low - low_high, low_high, high - high_high, high_high};
    }
};

/// The shares of one region as functions of the penetration, in one sample.
template <class R> class OverloadCurve {
public:
    /// `station_units`, `station_places`: parts of the units and of the car places that belong to stations.
    OverloadCurve(const OverloadStreets& streets, const R& managed, const R& clustering, const R& station_units,
                  const R& station_places)
        : streets_(&streets) {
        terms_.fill(R(0.0));
        add(streets.pole, managed, clustering, R(1.0) - station_units, R(1.0) - station_places);
        add(streets.station, managed, clustering, station_units, station_places);
    }

    /// Domain: any penetration; below 0 it is 0, beyond the axis the curves hold.
    [[nodiscard]] Overload<R> at(const R& penetration) const {
        using namespace overload;
        const R p = clamp(penetration, R(0.0), R(streets_->pole.last));
        const R square = p * p;
        R over = p * (terms_[0] + p * terms_[1] + square * terms_[2]);
        R waiting = p * (terms_[n_terms] + p * terms_[n_terms + 1] + square * terms_[n_terms + 2]);
        for (std::size_t k = 0; k < n_knots; ++k) {
            const R beyond = max(p - R(streets_->pole.knots[k]), R(0.0));
            const R squared = beyond * beyond;
            over = over + squared * (terms_[3 + 2 * k] + beyond * terms_[4 + 2 * k]);
            waiting = waiting + squared * (terms_[n_terms + 3 + 2 * k] + beyond * terms_[n_terms + 4 + 2 * k]);
        }
        return {named(overload_formula, max(over, R(0.0)), arg("devices a car place", penetration)),
                named(waiting_formula, max(waiting, R(0.0)), arg("devices a car place", penetration))};
    }

    /// Years of life a year that the devices take from a unit, those over their limit counting nothing.
    [[nodiscard]] R ageing_at(const R& penetration) const {
        using namespace overload;
        const R p = clamp(penetration, R(0.0), R(streets_->pole.last));
        const R* term = &terms_[ageing_terms];
        R years = p * (term[0] + p * term[1] + p * p * term[2]);
        for (std::size_t k = 0; k < n_knots; ++k) {
            const R beyond = max(p - R(streets_->pole.knots[k]), R(0.0));
            years = years + beyond * beyond * (term[3 + 2 * k] + beyond * term[4 + 2 * k]);
        }
        return named(ageing_formula, max(years, R(0.0)), arg("devices a car place", penetration));
    }

private:
    void add(const OverloadTable& table, const R& managed, const R& clustering, const R& units, const R& places) {
        using namespace overload;
        if constexpr (std::is_same_v<R, Lanes>) {
            if ((units == R(0.0)).bits() == 0xFFU && (places == R(0.0)).bits() == 0xFFU) return;
        } else if constexpr (std::is_same_v<R, double>) {
            if (units == 0.0 && places == 0.0) return;
        } // a derivation needs the slope towards the other kind of street
        const Corner<R> corner(table, managed, clustering);
        const std::array<R, 4> by_units = corner.weights(units), by_places = corner.weights(places);
        const auto& m = corner.managed.cell;
        const auto& c = corner.clustering.cell;
        if constexpr (std::is_same_v<R, Lanes>) {
            std::array<std::array<double, Lanes::width>, n_all> sums;
            for (std::size_t i = 0; i < n_all; ++i)
                terms_[i].store(sums[i].data());
            std::array<std::array<double, Lanes::width>, 4> w_units, w_places;
            for (std::size_t k = 0; k < 4; ++k)
                by_units[k].store(w_units[k].data()), by_places[k].store(w_places[k].data());
            for (std::size_t lane = 0; lane < Lanes::width; ++lane) {
                const Terms& t0 = table.terms(m[lane], c[lane]);
                const Terms& t1 = table.terms(m[lane], c[lane] + 1);
                const Terms& t2 = table.terms(m[lane] + 1, c[lane]);
                const Terms& t3 = table.terms(m[lane] + 1, c[lane] + 1);
                Terms row;
                blend(row, 0, {w_units[0][lane], w_units[1][lane], w_units[2][lane], w_units[3][lane]}, t0, t1, t2, t3);
                blend(row, waiting_terms, {w_places[0][lane], w_places[1][lane], w_places[2][lane], w_places[3][lane]},
                      t0, t1, t2, t3);
                blend(row, ageing_terms, {w_units[0][lane], w_units[1][lane], w_units[2][lane], w_units[3][lane]}, t0,
                      t1, t2, t3);
                for (std::size_t i = 0; i < n_all; ++i)
                    sums[i][lane] += row[i];
            }
            for (std::size_t i = 0; i < n_all; ++i)
                terms_[i] = Lanes::load(sums[i].data());
        } else {
            for (std::size_t i = 0; i < n_all; ++i) {
                const auto& w = i < waiting_terms || i >= ageing_terms ? by_units : by_places;
                terms_[i] = terms_[i] +
                            (w[0] * R(table.terms(m[0], c[0])[i]) + w[1] * R(table.terms(m[0], c[0] + 1)[i]) +
                             w[2] * R(table.terms(m[0] + 1, c[0])[i]) + w[3] * R(table.terms(m[0] + 1, c[0] + 1)[i]));
            }
        }
    }
    /// In the order of the other readings, so that lanes agree with them to the last bit.
    static void blend(overload::Terms& to, std::size_t from, const std::array<double, 4>& w, const overload::Terms& t0,
                      const overload::Terms& t1, const overload::Terms& t2, const overload::Terms& t3) {
        for (std::size_t i = from; i < from + overload::n_terms; ++i)
            to[i] = w[0] * t0[i] + w[1] * t1[i] + w[2] * t2[i] + w[3] * t3[i];
    }

    const OverloadStreets* streets_;
    std::array<R, overload::n_all> terms_;
};

} // namespace autarky::grid

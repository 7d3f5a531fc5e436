// autarky: a table of results of work that is no formula, as a smooth function in every reading.
// SPDX-License-Identifier: Apache-2.0
//
// Power flows, linear programs, street simulations run before sampling. What they found enters the model here: axes,
// values, a stated error, a source. Between the points the surface is cubic with a continuous slope; along every line of
// the table it is monotone where the table is (slopes after Fritsch and Butland 1984), so it makes no bumps of its own.
// Outside its axes it holds its edge.
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <string>
#include <vector>

#include "core/formula.hpp"
#include "core/real.hpp"

namespace autarky {

/// One input of the work that made the table.
struct SurfaceAxis {
    std::string name;
    std::string unit;
    std::vector<double> points; ///< strictly ascending, at least two
};

namespace detail {

/// Numbers that a reading looks at together: eight for Lanes, else one.
template <class R> inline constexpr std::size_t lanes_of = 1;
template <> inline constexpr std::size_t lanes_of<Lanes> = Lanes::width;

template <class R> std::array<double, lanes_of<R>> values_of(const R& x) {
    if constexpr (lanes_of<R> == Lanes::width)
        return x.array();
    else
        return {value_of(x)};
}
template <class R> R gathered(const std::array<double, lanes_of<R>>& values) {
    if constexpr (lanes_of<R> == Lanes::width)
        return Lanes::load(values.data());
    else
        return R(values[0]);
}

/// Where x lies on an axis: the cell, and how far into it (0 to 1).
template <class R> struct Place {
    std::array<std::size_t, lanes_of<R>> cell;
    R into, width;
};

template <class R> Place<R> place_on(const std::vector<double>& points, const R& x) {
    const R inside = clamp(x, R(points.front()), R(points.back()));
    const auto at = values_of<R>(inside);
    Place<R> out{};
    std::array<double, lanes_of<R>> left{}, width{};
    for (std::size_t lane = 0; lane < lanes_of<R>; ++lane) {
        std::size_t cell = 0;
        while (cell + 2 < points.size() && points[cell + 1] <= at[lane])
            ++cell;
        out.cell[lane] = cell;
        left[lane] = points[cell];
        width[lane] = points[cell + 1] - points[cell];
    }
    out.width = gathered<R>(width);
    out.into = (inside - gathered<R>(left)) / out.width;
    return out;
}

/// The cubic with values f0, f1 and slopes d0, d1 at the ends of a cell.
template <class R> R hermite(const Place<R>& at, const R& f0, const R& f1, const R& d0, const R& d1) {
    const R t = at.into;
    const R rise = f1 - f0;
    const R a = d0 * at.width - rise;
    const R b = rise - d1 * at.width;
    const R u = R(1.0) - t;
    return f0 + t * rise + t * u * (a * u + b * t);
}

/// Slopes at the points of a line of the table that keep it monotone.
inline std::vector<double> monotone_slopes(const std::vector<double>& x, const std::vector<double>& f) {
    const std::size_t n = x.size();
    std::vector<double> step(n - 1), secant(n - 1), slope(n);
    for (std::size_t i = 0; i + 1 < n; ++i) {
        step[i] = x[i + 1] - x[i];
        secant[i] = (f[i + 1] - f[i]) / step[i];
    }
    if (n == 2) return {secant[0], secant[0]};
    for (std::size_t i = 1; i + 1 < n; ++i) {
        if (secant[i - 1] * secant[i] <= 0.0) continue;
        const double w1 = 2.0 * step[i] + step[i - 1];
        const double w2 = step[i] + 2.0 * step[i - 1];
        slope[i] = (w1 + w2) / (w1 / secant[i - 1] + w2 / secant[i]);
    }
    const auto end = [](double near_step, double next_step, double near, double next) {
        const double s = ((2.0 * near_step + next_step) * near - near_step * next) / (near_step + next_step);
        if (s * near <= 0.0) return 0.0;
        const bool turns = near * next <= 0.0;
        return turns && (s < 0.0 ? -s : s) > 3.0 * (near < 0.0 ? -near : near) ? 3.0 * near : s;
    };
    slope[0] = end(step[0], step[1], secant[0], secant[1]);
    slope[n - 1] = end(step[n - 2], step[n - 3], secant[n - 2], secant[n - 3]);
    return slope;
}

} // namespace detail

/// A line of a surface in one reading: cheap enough for a loop over quarters (no look-up by lane).
template <class R> struct Curve {
    std::vector<double> points;
    std::vector<R> values, slopes;

    [[nodiscard]] R at(const R& x) const {
        const R inside = clamp(x, R(points.front()), R(points.back()));
        R left(points[0]), width(points[1] - points[0]);
        R f0 = values[0], f1 = values[1], d0 = slopes[0], d1 = slopes[1];
        for (std::size_t i = 1; i + 1 < points.size(); ++i) {
            const auto beyond = inside >= R(points[i]);
            left = select(beyond, R(points[i]), left);
            width = select(beyond, R(points[i + 1] - points[i]), width);
            f0 = select(beyond, values[i], f0), f1 = select(beyond, values[i + 1], f1);
            d0 = select(beyond, slopes[i], d0), d1 = select(beyond, slopes[i + 1], d1);
        }
        detail::Place<R> place{};
        place.width = width;
        place.into = (inside - left) / width;
        return detail::hermite(place, f0, f1, d0, d1);
    }
};

/// A table over up to eight axes. The reading is chosen at the call: one table serves all three.
class Surface {
public:
    Surface() = default;
    /// `values` in the order of nested loops over the axes, the last one fastest.
    Surface(std::vector<SurfaceAxis> axes, std::vector<double> values, double error, std::string made_by)
        : stated_error(error), source(std::move(made_by)), axes_(std::move(axes)) {
        std::size_t size = 1;
        for (const SurfaceAxis& axis : axes_) {
            assert(axis.points.size() >= 2);
            size *= axis.points.size();
        }
        assert(size == values.size());
        strides_.assign(axes_.size(), 1);
        for (std::size_t k = axes_.size(); k-- > 1;)
            strides_[k - 1] = strides_[k] * axes_[k].points.size();
        derivatives_.assign(std::size_t{1} << axes_.size(), {});
        derivatives_[0] = std::move(values);
        for (std::size_t mask = 1; mask < derivatives_.size(); ++mask)
            derive(mask);
    }

    double stated_error = 0.0; ///< largest distance to the work itself that its test allows, in the units of the values
    std::string source;

    [[nodiscard]] const std::vector<SurfaceAxis>& axes() const { return axes_; }
    [[nodiscard]] const std::vector<double>& values() const { return derivatives_[0]; }

    /// Value at one point, an entry an axis.
    template <class R> [[nodiscard]] R at(const std::vector<R>& point) const {
        assert(point.size() == axes_.size());
        std::vector<detail::Place<R>> places;
        for (std::size_t k = 0; k < axes_.size(); ++k)
            places.push_back(detail::place_on<R>(axes_[k].points, point[k]));
        return eval<R>(places, 0, 0, {});
    }
    /// The line along the first axis with the others held, for use many times.
    template <class R> [[nodiscard]] Curve<R> along_first(const std::vector<R>& others) const {
        assert(others.size() + 1 == axes_.size());
        std::vector<detail::Place<R>> places(1);
        for (std::size_t k = 1; k < axes_.size(); ++k)
            places.push_back(detail::place_on<R>(axes_[k].points, others[k - 1]));
        Curve<R> curve;
        curve.points = axes_[0].points;
        for (std::size_t i = 0; i < curve.points.size(); ++i) {
            Offsets<R> offsets{};
            offsets.fill(i * strides_[0]);
            curve.values.push_back(eval<R>(places, 1, 0, offsets));
            curve.slopes.push_back(eval<R>(places, 1, 1, offsets));
        }
        return curve;
    }

private:
    template <class R> using Offsets = std::array<std::size_t, detail::lanes_of<R>>;

    template <class R>
    R eval(const std::vector<detail::Place<R>>& places, std::size_t axis, std::size_t mask, Offsets<R> offsets) const {
        if (axis == axes_.size()) {
            std::array<double, detail::lanes_of<R>> found{};
            for (std::size_t lane = 0; lane < found.size(); ++lane)
                found[lane] = derivatives_[mask][offsets[lane]];
            return detail::gathered<R>(found);
        }
        Offsets<R> low = offsets, high = offsets;
        for (std::size_t lane = 0; lane < low.size(); ++lane) {
            low[lane] += places[axis].cell[lane] * strides_[axis];
            high[lane] = low[lane] + strides_[axis];
        }
        const std::size_t sloped = mask | (std::size_t{1} << axis);
        return detail::hermite<R>(places[axis], eval(places, axis + 1, mask, low), eval(places, axis + 1, mask, high),
                                  eval(places, axis + 1, sloped, low), eval(places, axis + 1, sloped, high));
    }
    /// Fills the table of derivatives along the axes of `mask`, from the one without its lowest axis.
    void derive(std::size_t mask) {
        std::size_t axis = 0;
        while ((mask >> axis & 1U) == 0)
            ++axis;
        const std::vector<double>& from = derivatives_[mask & (mask - 1)];
        const std::vector<double>& points = axes_[axis].points;
        std::vector<double>& to = derivatives_[mask];
        to.resize(from.size());
        std::vector<double> line(points.size());
        for (std::size_t start = 0; start < from.size(); ++start) {
            if (start / strides_[axis] % points.size() != 0) continue;
            for (std::size_t i = 0; i < points.size(); ++i)
                line[i] = from[start + i * strides_[axis]];
            const std::vector<double> slopes = detail::monotone_slopes(points, line);
            for (std::size_t i = 0; i < points.size(); ++i)
                to[start + i * strides_[axis]] = slopes[i];
        }
    }

    std::vector<SurfaceAxis> axes_;
    std::vector<std::size_t> strides_;
    std::vector<std::vector<double>> derivatives_; ///< [mask]: bit k is a derivative along axis k
};

} // namespace autarky

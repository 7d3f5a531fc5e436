// autarky: peels and pastes boxes.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/prim.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>

#include "analysis/binomial.hpp"

namespace autarky::analysis {
namespace {

using Points = std::vector<std::size_t>;

double density_of(const Cases& cases, const Points& points) {
    const auto n = std::count_if(points.begin(), points.end(), [&](std::size_t i) { return cases.is_case[i]; });
    return points.empty() ? 0.0 : static_cast<double>(n) / static_cast<double>(points.size());
}

Points inside(const Box& box, const Cases& cases) {
    Points out;
    for (std::size_t i = 0; i < cases.points(); ++i)
        if (is_in(box, cases, i)) out.push_back(i);
    return out;
}

BoxStep step_of(const Box& box, const Cases& cases, const Points& points) {
    BoxStep out;
    const double n = static_cast<double>(points.size()), all = static_cast<double>(cases.points());
    out.density = density_of(cases, points);
    out.mass = all > 0.0 ? n / all : 0.0;
    const auto wanted = static_cast<double>(cases.cases());
    out.coverage = wanted > 0.0 ? out.density * n / wanted : 0.0;
    out.restricted = static_cast<std::uint64_t>(
        std::count_if(box.limits.begin(), box.limits.end(), [](const BoxLimit& l) { return l.is_restricted(); }));
    return out;
}

/// Half-way between two values: no point's own value, unless there is no number between them. Never the upper one, which a
/// limit holds on its other side.
double halfway(double below, double above) {
    const double middle = 0.5 * (below + above);
    return middle < above ? middle : below;
}

/// A limit half-way between two neighbours; ties are passed toward the inside. Where there are ties up to the end, the limit
/// stands on their other side, so that they stay in the box.
double limit_at(const std::vector<double>& sorted, double share, bool is_high) {
    const double at = static_cast<double>(sorted.size() - 1) * share;
    auto lower = static_cast<std::size_t>(std::floor(at)), upper = static_cast<std::size_t>(std::ceil(at));
    if (share > 0.5)
        while (sorted[lower] == sorted[upper] && lower > 0)
            --lower;
    else
        while (sorted[lower] == sorted[upper] && upper + 1 < sorted.size())
            ++upper;
    const double at_limit = sorted[lower];
    if (at_limit != sorted[upper]) return halfway(at_limit, sorted[upper]);
    if (is_high) {
        const auto above = std::upper_bound(sorted.begin(), sorted.end(), at_limit);
        return above == sorted.end() ? at_limit : halfway(at_limit, *above);
    }
    const auto tied = std::lower_bound(sorted.begin(), sorted.end(), at_limit);
    return tied == sorted.begin() ? std::nextafter(at_limit, -std::numeric_limits<double>::infinity())
                                  : halfway(*std::prev(tied), at_limit);
}

struct Peel {
    Box box;
    Points points;
    double gain = 0.0; ///< rise of the density a share of the points taken off
};

/// The better of two peels; of equal ones that of the later dimension stays out.
void keep_better(std::optional<Peel>& best, Peel&& one) {
    if (!best || one.gain > best->gain) best = std::move(one);
}

std::optional<Peel> best_peel(const Cases& cases, const Box& box, const Points& points, double share) {
    std::optional<Peel> best;
    const double before = density_of(cases, points);
    const auto all = static_cast<double>(points.size());
    for (std::size_t d = 0; d < cases.x.size(); ++d) {
        std::vector<double> sorted;
        for (const auto i : points)
            sorted.push_back(cases.x[d][i]);
        std::sort(sorted.begin(), sorted.end());
        for (const bool from_above : {true, false}) {
            Peel one{box, {}, 0.0};
            auto& limit = one.box.limits[d];
            (from_above ? limit.high : limit.low) = limit_at(sorted, from_above ? 1.0 - share : share, from_above);
            for (const auto i : points)
                if (limit.holds(cases.x[d][i])) one.points.push_back(i);
            const auto left = static_cast<double>(one.points.size());
            if (one.points.empty() || left == all) continue;
            one.gain = (density_of(cases, one.points) - before) * all / (all - left); // "lenient": a point taken off
            keep_better(best, std::move(one));
        }
    }
    return best;
}

/// A restricted limit moved outward over a share of the points that lie beyond it and inside all others.
std::optional<Peel> best_paste(const Cases& cases, const Box& box, const Points& points, double share) {
    std::optional<Peel> best;
    const double before = density_of(cases, points);
    const auto all = static_cast<double>(points.size());
    for (std::size_t d = 0; d < cases.x.size(); ++d)
        for (const bool from_above : {true, false}) {
            const double now = from_above ? box.limits[d].high : box.limits[d].low;
            if (!std::isfinite(now)) continue;
            Peel one{box, {}, 0.0};
            auto& limit = from_above ? one.box.limits[d].high : one.box.limits[d].low;
            limit = from_above ? std::numeric_limits<double>::infinity() : -std::numeric_limits<double>::infinity();
            std::vector<double> beyond;
            for (const auto i : inside(one.box, cases))
                if (from_above ? cases.x[d][i] > now : cases.x[d][i] <= now) beyond.push_back(cases.x[d][i]);
            if (beyond.empty()) continue;
            std::sort(beyond.begin(), beyond.end());
            limit = limit_at(beyond, from_above ? share : 1.0 - share, from_above);
            one.points = inside(one.box, cases);
            const auto grown = static_cast<double>(one.points.size());
            if (grown == all) continue;
            one.gain = (density_of(cases, one.points) - before) * all / (grown - all);
            keep_better(best, std::move(one));
        }
    return best;
}

/// P(at least k of n), each with probability p.
double binomial_tail(std::size_t k, std::size_t n, double p) {
    if (k == 0 || p >= 1.0) return 1.0;
    if (p <= 0.0) return 0.0;
    double out = 0.0;
    for (std::size_t j = n; j >= k; --j) // the smallest terms first
        out += std::exp(log_binomial(static_cast<double>(j), static_cast<double>(n), p));
    return std::min(out, 1.0);
}

struct Split {
    std::size_t dimension = 0;
    double at = 0.0, impurity = 0.0;
};

/// The cut of a leaf that leaves the least impurity.
std::optional<Split> best_split(const Cases& cases, const Points& points, std::size_t least_points) {
    std::optional<Split> best;
    for (std::size_t d = 0; d < cases.x.size(); ++d) {
        auto sorted = points;
        std::sort(sorted.begin(), sorted.end(),
                  [&](std::size_t a, std::size_t b) { return cases.x[d][a] < cases.x[d][b]; });
        std::vector<double> before{0.0}; // cases up to here
        for (const auto i : sorted)
            before.push_back(before.back() + (cases.is_case[i] ? 1.0 : 0.0));
        for (std::size_t k = least_points; k + least_points <= sorted.size(); ++k) {
            const double below = cases.x[d][sorted[k - 1]], above = cases.x[d][sorted[k]];
            if (!(below < above)) continue;
            const auto left = static_cast<double>(k), right = static_cast<double>(sorted.size() - k);
            const double in_left = before[k], in_right = before.back() - before[k];
            const double impurity = in_left * (1.0 - in_left / left) + in_right * (1.0 - in_right / right);
            if (!best || impurity < best->impurity) best = Split{d, halfway(below, above), impurity};
        }
    }
    return best;
}

void grow(const Cases& cases, const Box& box, const Points& points, int depth, std::size_t least,
          std::vector<Leaf>& out) {
    const double cases_here = density_of(cases, points) * static_cast<double>(points.size());
    const double impurity = cases_here * (1.0 - density_of(cases, points));
    const auto split = depth > 0 ? best_split(cases, points, least) : std::nullopt;
    constexpr double least_gain = 0.01; // of what is impure: a split that tells less is noise
    if (!split || !(impurity - split->impurity > least_gain * impurity)) {
        out.push_back({box.limits, step_of(box, cases, points)});
        return;
    }
    for (const bool is_below : {true, false}) {
        Box half = box;
        auto& limit = half.limits[split->dimension];
        (is_below ? limit.high : limit.low) = split->at;
        Points inner;
        for (const auto i : points)
            if (limit.holds(cases.x[split->dimension][i])) inner.push_back(i);
        grow(cases, half, inner, depth - 1, least, out);
    }
}

Points all_points(const Cases& cases) {
    Points out(cases.points());
    std::iota(out.begin(), out.end(), std::size_t{0});
    return out;
}

} // namespace

std::size_t Cases::cases() const { return static_cast<std::size_t>(std::count(is_case.begin(), is_case.end(), true)); }
bool BoxLimit::is_restricted() const { return std::isfinite(low) || std::isfinite(high); }

bool is_in(const Box& box, const Cases& cases, std::size_t point) {
    for (std::size_t d = 0; d < box.limits.size(); ++d)
        if (!box.limits[d].holds(cases.x[d][point])) return false;
    return true;
}

BoxStep judged(const Box& box, const Cases& cases) { return step_of(box, cases, inside(box, cases)); }

std::vector<Box> prim(const Cases& cases, const PrimSettings& settings) {
    Box box{std::vector<BoxLimit>(cases.x.size()), {}};
    auto points = all_points(cases);
    box.is = step_of(box, cases, points);
    std::vector<Box> out{box};
    const auto all = static_cast<double>(cases.points());
    for (;;) {
        auto next = best_peel(cases, box, points, settings.peel);
        if (!next || !(next->gain > 0.0) || static_cast<double>(next->points.size()) < settings.least_mass * all) break;
        box = next->box;
        points = std::move(next->points);
        box.is = step_of(box, cases, points);
        out.push_back(box);
    }
    for (;;) {
        auto next = best_paste(cases, box, points, settings.paste);
        if (!next || !(next->gain > 0.0)) break;
        box = next->box;
        points = std::move(next->points);
        box.is = step_of(box, cases, points);
        out.push_back(box);
    }
    return out;
}

const Box& best_box(const std::vector<Box>& trajectory) {
    const double whole = trajectory.front().is.density;
    const auto worth = [whole](const Box& box) { return box.is.coverage * (box.is.density - whole); };
    return *std::max_element(trajectory.begin(), trajectory.end(),
                             [&](const Box& a, const Box& b) { return worth(a) < worth(b); });
}

double quasi_p(const Box& box, std::size_t dimension, bool of_low, const Cases& cases) {
    Box without = box;
    auto& limit = of_low ? without.limits[dimension].low : without.limits[dimension].high;
    if (!std::isfinite(limit)) return 1.0;
    limit = of_low ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
    const auto with_it = inside(box, cases);
    const auto hits =
        static_cast<std::size_t>(std::llround(density_of(cases, with_it) * static_cast<double>(with_it.size())));
    return binomial_tail(hits, with_it.size(), density_of(cases, inside(without, cases)));
}

Box without_chance(Box box, const Cases& cases, double most) {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    for (;;) {
        double worst = most;
        std::optional<std::pair<std::size_t, bool>> found;
        for (std::size_t d = 0; d < box.limits.size(); ++d)
            for (const bool of_low : {true, false}) {
                if (!std::isfinite(of_low ? box.limits[d].low : box.limits[d].high)) continue;
                const double p = quasi_p(box, d, of_low, cases);
                if (p > worst) worst = p, found = {d, of_low};
            }
        if (!found) break;
        auto& limit = box.limits[found->first];
        (found->second ? limit.low : limit.high) = found->second ? -infinite : infinite;
    }
    box.is = judged(box, cases);
    return box;
}

std::vector<Leaf> tree(const Cases& cases, int depth, double least_mass) {
    std::vector<Leaf> out;
    const auto least = static_cast<std::size_t>(std::ceil(least_mass * static_cast<double>(cases.points())));
    grow(cases, {std::vector<BoxLimit>(cases.x.size()), {}}, all_points(cases), depth, std::max<std::size_t>(least, 1),
         out);
    std::stable_sort(out.begin(), out.end(), [](const Leaf& a, const Leaf& b) { return a.is.density > b.is.density; });
    return out;
}

} // namespace autarky::analysis

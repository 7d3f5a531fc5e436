// autarky: estimates shares of variance.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/normal_quantiles.hpp"
#include "engine/draws.hpp"

namespace autarky::analysis {
namespace {

/// Ratio of two means over pairs, with its standard error by linearisation (Cochran, Sampling Techniques, 1977, 6.4).
class RatioOfMeans {
public:
    void add(double numerator, double denominator) {
        over_.push_back(numerator);
        under_.push_back(denominator);
    }
    [[nodiscard]] VarianceShare share() const {
        const auto n = static_cast<double>(over_.size());
        const double under = std::accumulate(under_.begin(), under_.end(), 0.0);
        if (over_.size() < 2 || !(under > 0.0)) return {};
        VarianceShare out;
        out.value = std::accumulate(over_.begin(), over_.end(), 0.0) / under;
        double squares = 0.0;
        for (std::size_t i = 0; i < over_.size(); ++i) {
            const double rest = over_[i] - out.value * under_[i];
            squares += rest * rest;
        }
        out.error = std::sqrt(squares * n / (n - 1.0)) / under;
        return out;
    }

private:
    std::vector<double> over_, under_;
};

/// Mean of the values of both futures, and half the sum of a pair's squared distances from it: what variances are ratios to.
struct Centre {
    double mean = 0.0, variance = 0.0;
    [[nodiscard]] double spread(double first, double second) const {
        return 0.5 * ((first - mean) * (first - mean) + (second - mean) * (second - mean));
    }
};
Centre centre_of(const std::vector<double>& first, const std::vector<double>& second) {
    Centre out;
    double n = 0.0;
    for (const auto* values : {&first, &second})
        for (const double value : *values)
            if (std::isfinite(value)) n += 1.0, out.mean += value;
    if (!(n > 1.0)) return {not_estimated, not_estimated};
    out.mean /= n;
    for (const auto* values : {&first, &second})
        for (const double value : *values)
            if (std::isfinite(value)) out.variance += (value - out.mean) * (value - out.mean) / (n - 1.0);
    return out;
}

bool all_finite(std::initializer_list<double> values) {
    return std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
}

using Set = std::vector<std::size_t>;

Set all_of(std::size_t drivers) {
    Set out(drivers);
    std::iota(out.begin(), out.end(), std::size_t{0});
    return out;
}

/// Masks: each of some sets of drivers from the second future, the rest from the first.
MixtureRequest request_of(std::size_t drivers, std::size_t pairs, const std::vector<Set>& sets) {
    std::vector<Mask> masks;
    for (const auto& set : sets) {
        masks.emplace_back(drivers, false);
        for (const auto driver : set)
            masks.back()[driver] = true;
    }
    const auto n_masks = masks.size();
    return {pairs, n_masks, [masks = std::move(masks)](std::size_t, std::size_t mask) { return masks[mask]; }};
}

/// Some sets, then each of some drivers alone.
std::vector<Set> with_each_alone(std::vector<Set> sets, const Set& drivers) {
    for (const auto driver : drivers)
        sets.push_back({driver});
    return sets;
}

/// The order of the drivers for an octet: Fisher and Yates, by counter-based draws.
Set order_of(std::size_t drivers, std::size_t octet, std::uint64_t seed) {
    auto out = all_of(drivers);
    constexpr std::uint64_t name = engine::name_hash("order of the drivers");
    for (std::size_t left = drivers; left > 1; --left) {
        const double u = engine::uniform(seed, {name, static_cast<std::uint32_t>(left)}, octet);
        std::swap(out[left - 1], out[std::min(static_cast<std::size_t>(u * static_cast<double>(left)), left - 1)]);
    }
    return out;
}

} // namespace

double VarianceShare::low() const { return value - z975 * error; }
double VarianceShare::high() const { return value + z975 * error; }

std::vector<Screened> screen(const Mixtures& mixtures, std::size_t drivers, std::size_t pairs) {
    const auto y = mixtures(request_of(drivers, pairs, with_each_alone({Set{}}, all_of(drivers))));
    std::vector<Screened> out(y.empty() ? 0 : drivers);
    constexpr double of_distance =
        0.88622692545275801365; // sqrt(pi)/2: two normal draws are 2/sqrt(pi) apart on average
    for (std::size_t d = 0; d < out.size(); ++d) {
        double n = 0.0, sum = 0.0, squares = 0.0;
        for (std::size_t i = 0; i < pairs; ++i) {
            const double change = std::fabs(y[1 + d][i] - y[0][i]);
            if (!std::isfinite(change)) continue;
            n += 1.0, sum += change, squares += change * change;
        }
        out[d].failed = pairs - static_cast<std::uint64_t>(n);
        if (n < 2.0) continue;
        out[d].effect = of_distance * sum / n;
        out[d].error = of_distance * std::sqrt(std::max(squares / n - sum * sum / (n * n), 0.0) / (n - 1.0));
    }
    return out;
}

Indices sobol_indices(const Mixtures& mixtures, std::size_t drivers, std::size_t pairs) {
    const auto y = mixtures(request_of(drivers, pairs, with_each_alone({Set{}, all_of(drivers)}, all_of(drivers))));
    Indices out;
    out.is_stopped = y.empty();
    if (out.is_stopped) return out;
    const auto centre = centre_of(y[0], y[1]);
    out.mean = centre.mean;
    out.variance = centre.variance;
    RatioOfMeans sum;
    for (std::size_t d = 0; d < drivers; ++d) {
        RatioOfMeans first, total;
        std::uint64_t failed = 0;
        for (std::size_t i = 0; i < pairs; ++i) {
            const double a = y[0][i], b = y[1][i], mixed = y[2 + d][i];
            if (!all_finite({a, b, mixed})) {
                ++failed;
                continue;
            }
            first.add((b - centre.mean) * (mixed - a), centre.spread(a, b));
            total.add(0.5 * (a - mixed) * (a - mixed), centre.spread(a, b));
        }
        out.drivers.push_back({first.share(), total.share(), failed});
    }
    for (std::size_t i = 0; i < pairs; ++i) {
        double changes = 0.0;
        for (std::size_t d = 0; d < drivers; ++d)
            changes += y[2 + d][i] - y[0][i];
        if (all_finite({changes, y[1][i]})) sum.add((y[1][i] - centre.mean) * changes, centre.spread(y[0][i], y[1][i]));
    }
    out.first_sum = sum.share();
    return out;
}

std::vector<PairIndex> pair_indices(const Mixtures& mixtures, std::size_t drivers,
                                    const std::vector<std::size_t>& among, std::size_t pairs) {
    auto sets = with_each_alone({Set{}, all_of(drivers)}, among);
    std::vector<PairIndex> out;
    for (std::size_t i = 0; i < among.size(); ++i)
        for (std::size_t j = i + 1; j < among.size(); ++j) {
            sets.push_back({among[i], among[j]});
            out.push_back({i, j, {}});
        }
    const auto y = mixtures(request_of(drivers, pairs, sets));
    if (y.empty()) return {};
    const auto centre = centre_of(y[0], y[1]);
    for (std::size_t k = 0; k < out.size(); ++k) {
        RatioOfMeans share;
        const auto &of_a = y[2 + out[k].a], &of_b = y[2 + out[k].b], &of_both = y[2 + among.size() + k];
        for (std::size_t i = 0; i < pairs; ++i) {
            const double together = of_both[i] - of_a[i] - of_b[i] + y[0][i];
            if (all_finite({together, y[1][i]}))
                share.add((y[1][i] - centre.mean) * together, centre.spread(y[0][i], y[1][i]));
        }
        out[k] = {among[out[k].a], among[out[k].b], share.share()};
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const PairIndex& a, const PairIndex& b) { return a.share.value > b.share.value; });
    return out;
}

std::vector<VarianceShare> shapley_effects(const Mixtures& mixtures, std::size_t drivers, std::size_t pairs,
                                           std::uint64_t seed) {
    // mask k: the first k drivers of the octet's order come from the second future
    const auto mask_of = [=](std::size_t octet, std::size_t count) {
        Mask out(drivers, false);
        const auto order = order_of(drivers, octet, seed);
        for (std::size_t k = 0; k < count; ++k)
            out[order[k]] = true;
        return out;
    };
    const auto y = mixtures({pairs, drivers + 1, mask_of});
    if (y.empty()) return {};
    const auto is_whole = [&y](std::size_t pair) {
        return std::all_of(y.begin(), y.end(), [pair](const auto& values) { return std::isfinite(values[pair]); });
    };
    std::vector<RatioOfMeans> shares(drivers);
    for (std::size_t first = 0; first < pairs; first += Lanes::width) {
        const auto order = order_of(drivers, first / Lanes::width, seed);
        std::vector<double> over(drivers, 0.0); // sums over the octet, whose pairs share the order
        double under = 0.0;
        bool is_empty = true;
        for (std::size_t i = first; i < std::min(first + Lanes::width, pairs); ++i) {
            if (!is_whole(i)) continue;
            is_empty = false;
            const double distance = y.front()[i] - y.back()[i];
            under += 0.5 * distance * distance; // the sum of all numerators
            for (std::size_t k = 0; k < drivers; ++k) {
                const double before = y[k][i], after = y[k + 1][i];
                over[order[k]] += (y.front()[i] - 0.5 * (before + after)) * (before - after);
            }
        }
        for (std::size_t d = 0; d < drivers && !is_empty; ++d)
            shares[d].add(over[d], under);
    }
    std::vector<VarianceShare> out;
    for (const auto& one : shares)
        out.push_back(one.share());
    return out;
}

} // namespace autarky::analysis

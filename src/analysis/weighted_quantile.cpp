// autarky: quantiles of weighted futures, by order or by parts of their range.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/weighted_quantile.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace autarky::analysis {
namespace {

/// A value and the weight of the future that it is of.
struct Weighted {
    double value, weight;
};

/// Finds quantiles one after the other, ascending; rearranges the futures.
class Selection {
public:
    explicit Selection(std::vector<Weighted>& futures) : low_(futures.begin()), end_(futures.end()) {}

    /// The smallest value at which the weights of it and of all below reach `wanted`; the last one where rounding lets them end
    /// short of it.
    double next(double wanted) {
        constexpr std::ptrdiff_t few = 32; // sorted at once
        const auto by_value = [](const Weighted& a, const Weighted& b) { return a.value < b.value; };
        auto high = end_;
        while (high - low_ > few) {
            const auto middle = low_ + (high - low_) / 2;
            std::nth_element(low_, middle, high, by_value);
            const double weight =
                std::accumulate(low_, middle, below_, [](double sum, const Weighted& one) { return sum + one.weight; });
            if (weight >= wanted) {
                high = middle;
            } else {
                below_ = weight;
                low_ = middle;
            }
        }
        std::sort(low_, high, by_value);
        while (low_ + 1 != high && below_ + low_->weight < wanted)
            below_ += (low_++)->weight;
        return low_->value;
    }

private:
    std::vector<Weighted>::iterator low_, end_;
    double below_ = 0.0; ///< weight of all before `low_`, none of which is larger than what comes
};

} // namespace

std::vector<std::size_t> order_of(const std::vector<double>& values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return values[a] < values[b]; });
    return order;
}

double weighted_quantile(const std::vector<double>& values, const std::vector<std::size_t>& order,
                         const std::vector<double>& weights, double p) {
    double sum = 0.0;
    for (const auto i : order) {
        sum += weights[i];
        if (sum >= p) return values[i];
    }
    return values[order.back()];
}

std::vector<double> weighted_quantiles(const std::vector<double>& values, const std::vector<double>& weights,
                                       const std::vector<double>& p) {
    std::vector<Weighted> futures;
    futures.reserve(values.size());
    double all = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i]) || !(weights[i] > 0.0)) continue;
        futures.push_back({values[i], weights[i]});
        all += weights[i];
    }
    std::vector<double> out;
    if (futures.empty()) return out;
    Selection selection(futures);
    constexpr double rounding = 1.0 - 1e-12; // of sums: n equal weights of 1 / n reach k / n with the k-th
    for (const double share : p)
        out.push_back(selection.next(rounding * share * all));
    return out;
}

} // namespace autarky::analysis

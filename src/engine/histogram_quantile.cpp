// autarky: quantiles of a logarithmic histogram.
// SPDX-License-Identifier: Apache-2.0
#include "engine/histogram_quantile.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace autarky::engine {
namespace {

/// Slope between two neighbouring pieces with these mean slopes and widths that keeps an increasing cubic increasing.
double steffen_slope(double left, double left_width, double right, double right_width) {
    const double parabola = (left * right_width + right * left_width) / (left_width + right_width);
    return std::min(2.0 * std::min(left, right), parabola);
}

} // namespace

void HistogramQuantiles::add(double left, double right, double inside) {
    buckets_.push_back({left, right, total_, inside});
    total_ += inside;
}

HistogramQuantiles::HistogramQuantiles(const Histogram& histogram, double origin, double minimum, double maximum,
                                       const std::vector<std::pair<double, std::uint64_t>>& points)
    : minimum_(minimum), maximum_(maximum) {
    auto next = points.begin();
    const auto in_bucket = [&](std::uint32_t key) {
        return next != points.end() && Histogram::key(next->first - origin) == key;
    };
    for (const auto& [key, count] : histogram.buckets()) {
        // What counts as zero is zero, not something within 2^-127 of it.
        const auto [near, far] = key == 0 ? std::pair{0.0, 0.0} : Histogram::edges(key);
        const double left = std::clamp(near + origin, minimum, maximum);
        const double right = std::clamp(far + origin, minimum, maximum);
        const auto first = next;
        double spread = count; // what is at no known point
        for (; in_bucket(key); ++next)
            spread -= static_cast<double>(next->second);
        const double density = right > left ? spread / (right - left) : 0.0;
        double from = left;
        for (auto point = first; point != next; ++point) {
            if (const double before = density * (point->first - from); before > 0.0) {
                add(from, point->first, before);
                spread -= before;
            }
            from = point->first;
            if (point->second != 0) add(from, from, static_cast<double>(point->second));
        }
        if (spread > 0.0) add(from, std::max(from, right), spread);
    }
}

HistogramQuantiles::HistogramQuantiles(const std::vector<std::pair<double, std::uint64_t>>& counts)
    : minimum_(counts.empty() ? 0.0 : counts.front().first), maximum_(counts.empty() ? 0.0 : counts.back().first) {
    for (const auto& [value, n] : counts)
        add(value, value, static_cast<double>(n));
}

HistogramQuantiles::Cubic HistogramQuantiles::cubic(std::size_t at) const {
    const Bucket& here = buckets_[at];
    const double width = here.right - here.left;
    const auto density = [](const Bucket& b) { return b.inside / (b.right - b.left); };
    const auto slope_to = [&](bool adjacent, const Bucket& other) {
        if (!adjacent || !(other.right > other.left)) return 0.0; // nothing lies on that side
        return steffen_slope(density(here), width, density(other), other.right - other.left) * width;
    };
    const bool has_left = at > 0, has_right = at + 1 < buckets_.size();
    const double left = has_left ? slope_to(buckets_[at - 1].right == here.left, buckets_[at - 1]) : 0.0;
    const double right = has_right ? slope_to(buckets_[at + 1].left == here.right, buckets_[at + 1]) : 0.0;
    return {here.below, left, 3.0 * here.inside - 2.0 * left - right, left + right - 2.0 * here.inside};
}

double HistogramQuantiles::operator()(double p) const {
    if (buckets_.empty()) return std::numeric_limits<double>::quiet_NaN();
    if (minimum_ == maximum_) return minimum_;
    const double rank = std::clamp(p, 0.0, 1.0) * total_;
    const auto after = std::partition_point(buckets_.begin(), buckets_.end(),
                                            [&](const Bucket& b) { return b.below + b.inside < rank; });
    const auto at = static_cast<std::size_t>(std::min(after, buckets_.end() - 1) - buckets_.begin());
    const Bucket& here = buckets_[at];
    if (!(here.right > here.left)) return here.left;
    const Cubic cumulative = cubic(at);
    double low = 0.0, high = 1.0;
    for (int step = 0; step < 55; ++step) {
        const double middle = 0.5 * (low + high);
        (cumulative(middle) < rank ? low : high) = middle;
    }
    return std::clamp(here.left + 0.5 * (low + high) * (here.right - here.left), minimum_, maximum_);
}

double HistogramQuantiles::share_below(double x) const {
    if (buckets_.empty()) return std::numeric_limits<double>::quiet_NaN();
    if (x <= minimum_) return 0.0;
    if (x > maximum_) return 1.0;
    const auto after =
        std::partition_point(buckets_.begin(), buckets_.end(), [&](const Bucket& b) { return b.right < x; });
    if (after == buckets_.end()) return 1.0;
    const auto at = static_cast<std::size_t>(after - buckets_.begin());
    if (x <= after->left || !(after->right > after->left)) return after->below / total_;
    return cubic(at)((x - after->left) / (after->right - after->left)) / total_;
}

} // namespace autarky::engine

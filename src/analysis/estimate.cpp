// autarky: the mean of futures with its standard error.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/estimate.hpp"

#include <array>
#include <cassert>
#include <cmath>

#include "engine/sobol.hpp"

namespace autarky::analysis {
namespace {

/// Of sums that are independent of each other and add to about 0.
template <class Sums> double error_of_sums(const Sums& sums, double n) {
    double squares = 0.0;
    for (const double sum : sums)
        squares += sum * sum;
    return n > 1.0 ? std::sqrt(squares * n / (n - 1.0)) : 0.0;
}

} // namespace

double standard_error_of(const std::vector<double>& parts, const std::vector<std::size_t>& numbers,
                         engine::Sampling sampling) {
    assert(numbers.empty() || numbers.size() == parts.size());
    if (sampling == engine::Sampling::random) return error_of_sums(parts, static_cast<double>(parts.size()));
    std::array<double, engine::n_scramblings> sums{};
    std::array<bool, engine::n_scramblings> is_there{};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::size_t scrambling = engine::scrambling_of(numbers.empty() ? i : numbers[i]);
        sums[scrambling] += parts[i];
        is_there[scrambling] = true;
    }
    double n = 0.0;
    for (const bool one : is_there)
        n += one ? 1.0 : 0.0;
    return error_of_sums(sums, n);
}

Estimate estimate_of(const std::vector<double>& values, const std::vector<std::size_t>& numbers,
                     engine::Sampling sampling) {
    const auto n = static_cast<double>(values.size());
    double sum = 0.0;
    for (const double x : values)
        sum += x;
    const double mean = sum / n;
    std::vector<double> parts;
    parts.reserve(values.size());
    for (const double x : values)
        parts.push_back((x - mean) / n);
    return {mean, standard_error_of(parts, numbers, sampling)};
}

} // namespace autarky::analysis

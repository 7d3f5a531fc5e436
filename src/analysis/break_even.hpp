// autarky: the break-even volume: by which factor all demand must grow or shrink for making to pay.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "analysis/scenario_model.hpp"
#include "core/describe_plain.hpp"

namespace autarky::analysis {

/// Multipliers at which the value is computed, evenly spaced on a log scale from 1/64 to 8.
inline constexpr std::size_t n_multipliers = 16;
std::array<double, n_multipliers> break_even_multipliers();

/// Value at one multiplier of all demand series.
struct VolumePoint {
    double multiplier = 1.0;
    double mean_usd = 0.0, p_make = 0.0;
};
constexpr auto describe(Type<VolumePoint> /*type*/) {
    return fields(item("multiplier", &VolumePoint::multiplier, "1"_u, "Factor on every demand series"),
                  item("mean_usd", &VolumePoint::mean_usd, "USD"_u, "Mean value of make against buy"),
                  item("p_make", &VolumePoint::p_make, "1"_u, "Share of futures in which making is worth more"));
}

/// Roots of NPV(multiplier) in each sample, linear in log multiplier between the points.
struct BreakEvenAnswer {
    std::uint64_t samples = 0, failed = 0;
    std::uint64_t seed = 1;
    double none_share = 0.0;             ///< no root, and buying is worth more throughout
    double always_share = 0.0;           ///< no root, and making is worth more throughout
    double several_share = 0.0;          ///< more than one root
    std::optional<double> p05, p50, p95; ///< of the smallest root, futures without one at the far end
    std::optional<double> of_mean;       ///< root of the mean value
    double devices_a_year = 0.0; ///< of the first programme at multiplier 1, mean over the horizon, central case
    std::vector<VolumePoint> points;
};
constexpr auto describe(Type<BreakEvenAnswer> /*type*/) {
    using A = BreakEvenAnswer;
    return fields(item("samples", &A::samples, "1"_u, "Samples"),
                  item("failed", &A::failed, "1"_u, "Samples that failed"),
                  item("seed", &A::seed, "1"_u, "Seed of the draws"),
                  item("none_share", &A::none_share, "1"_u, "Share of futures in which no volume within reach pays"),
                  item("always_share", &A::always_share, "1"_u, "Share in which every volume within reach pays"),
                  item("several_share", &A::several_share, "1"_u, "Share with more than one break-even volume"),
                  item("p05", &A::p05, "1"_u, "5 % quantile of the smallest break-even multiplier")
                      .null_if("beyond the multipliers looked at"),
                  item("p50", &A::p50, "1"_u, "Its median").null_if("beyond the multipliers looked at"),
                  item("p95", &A::p95, "1"_u, "Its 95 % quantile").null_if("beyond the multipliers looked at"),
                  item("of_mean", &A::of_mean, "1"_u, "Multiplier at which the mean value is zero")
                      .null_if("the mean changes its sign at no multiplier looked at"),
                  item("devices_a_year", &A::devices_a_year, "unit/year"_u,
                       "Devices a year of the first programme at multiplier 1, mean over the horizon at input centres"),
                  item("points", &A::points, "The value at each multiplier"));
}

/// `stop(done, of)` is asked now and then; the answer holds the samples that are finished.
BreakEvenAnswer break_even(const ScenarioModel& model, std::size_t samples, std::uint64_t seed, unsigned threads,
                           const std::function<bool(std::uint64_t, std::uint64_t)>& stop = {});

} // namespace autarky::analysis

// autarky: variance-based sensitivity of any result on independent drivers: screening, Sobol indices, pairs, Shapley effects.
// SPDX-License-Identifier: Apache-2.0
//
// Every estimate is a ratio of means over pairs of futures, with the standard error of a ratio and an interval of 95 % from it. A
// pair in which one of the mixtures that an estimate needs has no value is left out of that estimate and counted.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/mixture.hpp"
#include "core/describe_plain.hpp"

namespace autarky::analysis {

inline constexpr double not_estimated = std::numeric_limits<double>::quiet_NaN();

/// A share of the variance; not a number where it was not estimated.
struct VarianceShare {
    double value = not_estimated, error = not_estimated;
    [[nodiscard]] double low() const;  ///< 95 %
    [[nodiscard]] double high() const; ///< 95 %
};
constexpr auto describe(Type<VarianceShare> /*type*/) {
    using S = VarianceShare;
    constexpr std::string_view none = "it was not estimated, or the result does not vary";
    return fields(
        item("value", &S::value, "1"_u, "Estimate; noise may take it below 0").null_if(none),
        item("error", &S::error, "1"_u, "Its standard error of sampling").null_if(none),
        item(
            "low", [](const S& s) { return s.low(); }, "1"_u, "Lower end of its 95 % interval")
            .null_if(none),
        item("high", [](const S& s) { return s.high(); }, "1"_u, "Upper end of its 95 % interval").null_if(none));
}

/// What drawing a driver anew alone changes, per standard deviation of a normal driver: E|change| sqrt(pi)/2. The elementary
/// effects of Morris (Technometrics 33(2), 1991) in the radial design of Campolongo, Saltelli and Cariboni (Computer Physics
/// Communications 182(4), 2011), not divided by the step, so that they exist for groups and for steps of zero.
struct Screened {
    double effect = not_estimated, error = not_estimated; ///< of fewer than two pairs there is none
    std::uint64_t failed = 0;                             ///< pairs left out
};
/// One future a driver and one more of each pair. Empty when it was stopped.
std::vector<Screened> screen(const Mixtures& mixtures, std::size_t drivers, std::size_t pairs);

struct DriverIndices {
    VarianceShare first, total;
    std::uint64_t failed = 0; ///< pairs left out
};
struct PairIndex {
    std::size_t a = 0, b = 0;
    VarianceShare share;
};
struct Indices {
    double mean = not_estimated, variance = not_estimated; ///< of the result, over both futures of all pairs
    std::vector<DriverIndices> drivers;
    VarianceShare first_sum; ///< of all first-order indices
    bool is_stopped = false;
};
/// First order by Saltelli et al. (Computer Physics Communications 181(2), 2010, table 2b), total by Jansen (1999).
Indices sobol_indices(const Mixtures& mixtures, std::size_t drivers, std::size_t pairs);

/// Second-order shares of the pairs among some drivers, the largest first: what two drivers do together beyond each alone.
std::vector<PairIndex> pair_indices(const Mixtures& mixtures, std::size_t drivers,
                                    const std::vector<std::size_t>& among, std::size_t pairs);

/// Shapley effects: every share of an interaction parted evenly among its drivers, so that they add up to one. By random
/// orders of the drivers, one an octet of pairs (Goda, Reliability Engineering & System Safety 205, 2021, 107199). What is
/// independent is the octet, so errors are those of ratios over octets.
std::vector<VarianceShare> shapley_effects(const Mixtures& mixtures, std::size_t drivers, std::size_t pairs,
                                           std::uint64_t seed);

} // namespace autarky::analysis

// autarky: the dice of the street simulation: a pure function of what is asked, so that no order of work matters.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>

#include "core/real.hpp"

namespace autarky::grid {

/// Draws named by up to four numbers (unit, device, day, purpose). The same name gives the same draw, so two studies that
/// differ in one input share all their luck, and their difference has little noise.
class Luck {
public:
    explicit Luck(std::uint64_t seed) : seed_(seed) {}

    /// Uniform on (0, 1).
    [[nodiscard]] double uniform(std::uint64_t a, std::uint64_t b = 0, std::uint64_t c = 0, std::uint64_t d = 0) const {
        const std::uint64_t bits = mixed(mixed(mixed(mixed(seed_ ^ a) ^ b) ^ c) ^ d);
        return (static_cast<double>(bits >> 11U) + 0.5) * 0x1p-53;
    }
    /// Standard normal, by the inverse distribution.
    [[nodiscard]] double normal(std::uint64_t a, std::uint64_t b = 0, std::uint64_t c = 0, std::uint64_t d = 0) const {
        return normal_quantile(uniform(a, b, c, d));
    }

    /// Inverse of the standard normal distribution; relative error below 1.2e-9 (Acklam 2003).
    static double normal_quantile(double p) {
        constexpr double low = 0.02425;
        if (p < low) return tail(std::sqrt(-2.0 * log(p)));
        if (p > 1.0 - low) return -tail(std::sqrt(-2.0 * log(1.0 - p)));
        const double q = p - 0.5;
        const double r = q * q;
        return (((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.3577518672690) * r -
                 30.66479806614716) *
                    r +
                2.506628277459239) *
               q /
               (((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r -
                 13.28068155288572) *
                    r +
                1.0);
    }

private:
    static double tail(double q) {
        return (((((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) *
                     q +
                 4.374664141464968) *
                    q +
                2.938163982698783) /
               ((((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) *
                    q +
                1.0);
    }
    /// Finaliser of SplitMix64 (Steele, Lea, Flood 2014).
    static std::uint64_t mixed(std::uint64_t x) {
        x += 0x9e3779b97f4a7c15ULL;
        x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9ULL;
        x = (x ^ (x >> 27U)) * 0x94d049bb133111ebULL;
        return x ^ (x >> 31U);
    }
    std::uint64_t seed_;
};

} // namespace autarky::grid

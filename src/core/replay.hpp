// autarky: a written record (core/written.hpp) evaluated anew, with other inputs, or with rounding made larger than it is.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/written.hpp"

namespace autarky {

/// Evaluates what is behind some steps again and again. The record must outlive it and stay as it is.
class Replay {
public:
    /// Cases that are evaluated together: one walk through the record for all.
    static constexpr std::size_t width = 8;

    Replay(const Working& working, std::span<const std::int32_t> wanted);

    /// Values by step, with one input a row; those of steps that nothing wanted hangs on mean nothing. NaN from a step that
    /// does not hold there, and from all that hangs on it.
    const std::vector<double>& values(std::span<const double> inputs);
    /// The same with every result that rounding touches off by up to `largest_error` of itself, at random by `seed`: what
    /// comes out elsewhere by more than such errors rests on a choice that rounding decides.
    const std::vector<double>& disturbed(std::span<const double> inputs, std::uint64_t seed);

    /// Up to eight cases: that of `step` with the i-th inputs stands at step * width + i.
    const std::vector<double>& together(std::span<const std::vector<double>> cases);
    /// Eight disturbances of one case, with the seeds 0 to 7.
    const std::vector<double>& disturbed_together(std::span<const double> inputs);

    /// What LibreOffice takes for equal (rtl::math::approxEqual, 2^-44): its comparisons see no smaller difference.
    static constexpr double largest_error = 5.7e-14;

    [[nodiscard]] const std::vector<std::int32_t>& steps() const { return steps_; }

private:
    template <std::size_t Width, class Input, class Disturb>
    const std::vector<double>& evaluated(const Input& input, const Disturb& disturb);

    const Working& working_;
    std::vector<std::int32_t> steps_; ///< behind the wanted ones, in order
    std::vector<double> values_;      ///< by step, or by step and case
};

} // namespace autarky

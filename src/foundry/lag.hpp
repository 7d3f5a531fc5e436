// autarky: a mass-conserving fractional lag: what goes in comes out, spread over the two nearest quarters.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>

#include "core/quantities.hpp"

namespace autarky::foundry {

/// Longest lag that a pipeline holds, in quarters.
inline constexpr std::size_t longest_lag = 8;

/// Weights of a lag of `length`: a start in quarter q leaves in quarter q + k with weight max(0, 1 - |length/quarter - k|).
/// The weights sum to 1 for 0 <= length <= longest_lag quarters, so nothing is lost or made.
template <class R> struct FractionalLag {
    std::array<R, longest_lag + 1> leaving{};
    R quarters{};

    FractionalLag() = default;
    explicit FractionalLag(const Duration<R>& length) : quarters(length.in("quarter"_u)) {
        for (std::size_t k = 0; k <= longest_lag; ++k)
            leaving[k] = max(R(1.0) - abs(quarters - R(static_cast<double>(k))), R(0.0));
    }
};

/// Things on their way. Invariant: entered = left + in_progress, each recorded on its own.
template <class Q, class R> class Pipeline {
public:
    void reset(const FractionalLag<R>& lag) {
        lag_ = lag;
        history_.fill(Q{});
        in_progress_ = Q{};
    }
    /// One quarter passes: `entered` goes in, the return value comes out.
    Q advance(const Q& entered) {
        for (std::size_t k = longest_lag; k > 0; --k)
            history_[k] = history_[k - 1];
        history_[0] = entered;
        Q left{};
        for (std::size_t k = 0; k <= longest_lag; ++k)
            left = left + history_[k] * lag_.leaving[k];
        in_progress_ = in_progress_ + entered - left;
        return left;
    }
    /// Running balance of what entered and left.
    [[nodiscard]] const Q& in_progress() const { return in_progress_; }
    /// The same stock counted from the starts themselves: what of each has not left yet.
    [[nodiscard]] Q unfinished() const {
        Q sum{};
        for (std::size_t k = 0; k <= longest_lag; ++k) {
            R remaining(0.0);
            for (std::size_t later = k + 1; later <= longest_lag; ++later)
                remaining += lag_.leaving[later];
            sum = sum + history_[k] * remaining;
        }
        return sum;
    }

private:
    FractionalLag<R> lag_{};
    std::array<Q, longest_lag + 1> history_{};
    Q in_progress_{};
};

} // namespace autarky::foundry

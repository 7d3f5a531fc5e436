// autarky: a mass-conserving fractional lag: what goes in comes out, spread over the two nearest quarters.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>

#include "core/quantities.hpp"
#include "core/some.hpp"

namespace autarky::foundry {

/// Longest lag that a pipeline holds, in quarters.
inline constexpr std::size_t longest_lag = 8;

/// Weights of a lag of `length`: a start in quarter q leaves in quarter q + k with weight max(0, 1 - |length/quarter - k|).
/// The weights sum to 1 for 0 <= length <= longest_lag quarters, so nothing is lost or made.
template <class R> struct FractionalLag {
    std::array<R, longest_lag + 1> leaving{};
    std::array<R, longest_lag + 1> remaining{}; ///< share of a start that is still inside k quarters later
    R quarters{};
    std::size_t last = 0; ///< quarter in which the last of a start leaves, in any lane

    FractionalLag() = default;
    explicit FractionalLag(const Duration<R>& length) : quarters(length.in("quarter"_u)) {
        for (std::size_t k = 0; k <= longest_lag; ++k) {
            leaving[k] = max(R(1.0) - abs(quarters - R(static_cast<double>(k))), R(0.0));
            if (some(leaving[k] > R(0.0))) last = k;
        }
        R later(0.0);
        for (std::size_t k = longest_lag + 1; k-- > 0;) {
            remaining[k] = later;
            later += leaving[k];
        }
    }
};

/// Things on their way, remembered by the quarter in which they entered.
template <class Q, class R> class Pipeline {
public:
    void reset(const FractionalLag<R>& lag) {
        lag_ = lag;
        history_.fill(Q{});
    }
    /// One quarter passes: `entered` goes in, the return value comes out.
    Q advance(const Q& entered) {
        for (std::size_t k = lag_.last; k > 0; --k)
            history_[k] = history_[k - 1];
        history_[0] = entered;
        Q left{};
        for (std::size_t k = 0; k <= lag_.last; ++k)
            left = left + history_[k] * lag_.leaving[k];
        return left;
    }
    /// What is inside, counted from what entered: of each start the share that has not left yet.
    [[nodiscard]] Q in_progress() const {
        Q sum{};
        for (std::size_t k = 0; k <= lag_.last; ++k)
            sum = sum + history_[k] * lag_.remaining[k];
        return sum;
    }

private:
    FractionalLag<R> lag_{};
    std::array<Q, longest_lag + 1> history_{};
};

} // namespace autarky::foundry

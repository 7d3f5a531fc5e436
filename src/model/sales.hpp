// autarky: what is not sold, and why: wanted + waited = deployed + lost + waiting, in every quarter.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace autarky::model {

/// Why devices are not sold, in the order of attribution: each takes of what the ones before it left. `demand` binds when
/// none of them takes a notable share.
enum class Cause { demand, market_access, grid, parts, programme, own_wafers, merchant_chips };
inline constexpr std::size_t n_causes = 7;
inline constexpr std::array<std::string_view, n_causes> cause_names{
    "demand", "market_access", "grid", "parts", "programme", "own_wafers", "merchant_chips"};

/// Devices of one programme in one quarter. What is short of something waits, less `lost_share` of it.
template <class Q> struct SalesLedger {
    Q wanted{}, waited{}, deployed{};
    Q lost_to_access{};
    std::array<Q, n_causes> short_of{}; ///< before any of it is lost
    decltype(Q{} / Q{}) lost_share{};

    Q& of(Cause cause) { return short_of[static_cast<std::size_t>(cause)]; }
    [[nodiscard]] Q lost(std::size_t cause) const {
        return cause == static_cast<std::size_t>(Cause::market_access) ? lost_to_access : short_of[cause] * lost_share;
    }
    [[nodiscard]] Q waiting(std::size_t cause) const { return short_of[cause] - short_of[cause] * lost_share; }
};

} // namespace autarky::model

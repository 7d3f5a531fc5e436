// autarky: what sites and back ends leave the buyer in a future of a plan of wafers.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "plan/wafer_presence.hpp"

namespace autarky::plan {

/// Wafers of sites and units of back ends that the buyer may have in a quarter, in thousands. It is taken to ask everywhere
/// for all that its devices need.
class WaferRights {
public:
    WaferRights(const WaferShape& shape, const WaferPresence& presence, const WaferFuture<double>& future)
        : shape_(shape), presence_(presence), f_(future) {}

    /// Wafers that others' contracts leave.
    [[nodiscard]] double left(std::size_t site, std::size_t q) const;
    /// Wafers that others would give up, pro rata, if the buyer's contracts did not fit beside theirs.
    [[nodiscard]] double given_up(std::size_t site, std::size_t q) const;
    /// Part of the open wafers that the buyer gets.
    [[nodiscard]] double open_share(std::size_t site, std::size_t q) const;
    /// All that a site could start for the buyer in a quarter that is open whole, paths included.
    [[nodiscard]] double ceiling(std::size_t site, std::size_t q) const;
    /// Units of a back end: what of the buyer's contract fits beside those of others, and its part of what contracts leave.
    [[nodiscard]] double room(std::size_t back_end, std::size_t q) const;
    /// Units of a back end that a shipped chip of a line takes: one that fails has taken its own.
    [[nodiscard]] double units(std::size_t need, std::size_t line, std::size_t q) const;

private:
    const WaferShape& shape_;
    const WaferPresence& presence_;
    const WaferFuture<double>& f_;
};

} // namespace autarky::plan

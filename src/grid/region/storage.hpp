// autarky: storage beside units that wait for an exchange, and the devices that it frees.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formula.hpp"
#include "core/quantities.hpp"
#include "core/real.hpp"

namespace autarky::grid {

inline constexpr Formula storage_freed_formula{"grid.storage_freed", "Devices that storage frees",
                                               "min(devices one too many, devices that all storage can free)",
                                               "Autarky"};

/// Storage of one region, counted in the devices that it can free. It is bought for a share of the devices that are one too
/// many, works from the next quarter on, and moves to another street once its own has a new unit. It outlives the horizon.
template <class R> struct Storage {
    Units<R> devices{}; ///< that all storage bought so far can free
    Units<R> bought{};  ///< of these, in the last quarter
    Units<R> freed{};   ///< that charge as they wish because of it

    /// One quarter; `one_too_many` are the devices that would charge below wish without storage. Domain: 0 <= share <= 1.
    void advance(const Units<R>& one_too_many, const R& share) {
        freed = named(storage_freed_formula, min(one_too_many, devices), arg("one too many", one_too_many),
                      arg("that storage can free", devices));
        bought = max(one_too_many * share - devices, Units<R>{});
        devices += bought;
    }
};

} // namespace autarky::grid

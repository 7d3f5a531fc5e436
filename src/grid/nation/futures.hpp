// autarky: when the grid binds before chips do: a fan of futures of one region.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "grid/nation/overload_surface.hpp"

namespace autarky::grid {

/// Low and high end of an input that is drawn uniformly.
struct Band {
    double low, high;
};

/// Ranges of a region's futures; all are working estimates but the surface.
struct FutureRanges {
    double units = 49e6, places_a_unit = 5.2;                  ///< street transformers, car places behind each
    Band saturation{0.4, 0.9};                                 ///< share of places that want the device in the end
    Band midpoint_year{2032.0, 2038.0}, width_years{1.5, 3.5}; ///< of the logistic demand
    Band chips_first_year{0.3e6, 1.2e6};                       ///< devices that chips allow in 2027
    Band chips_growth{0.25, 0.6}, chips_most{6e6, 16e6};       ///< a year; devices a year at most
    Band ordered_share{0.004, 0.012}; ///< of the units a year that suppliers make for this purpose in 2027
    Band supply_growth{0.02, 0.10};
    Band crews_over_supply{0.7, 1.5}; ///< installations a year over that supply
    Band lead_quarters{2.0, 8.0};
    Band clustering{0.05, 0.25};
    Band managed{0.0, 0.0};
    Band margin_usd{1000.0, 4000.0}; ///< of a device, for the shadow price
};

/// Those of a region. Europe: 2.23 million street stations (its catalogue: the stations of docs/model/grid.md) with 114 car places
/// each; its suppliers make 0.6 to 2 % of them a year for this purpose, a working estimate like all others.
FutureRanges ranges_of(std::string_view region);

/// What happened in one year, over the futures.
struct FutureYear {
    int year = 0;
    double demand_binds = 0.0, chips_bind = 0.0, grid_binds = 0.0; ///< shares of futures
    double fleet = 0.0, queue = 0.0; ///< medians, devices; a queued device waits for its street's transformer
    double queue_high = 0.0;         ///< 95th percentile
    double waiting_units = 0.0;      ///< median
    double deployable = 0.0;         ///< median: fleet at which the upgrades done so far just suffice
    double shadow_price_usd = 0.0;   ///< median over the futures in which the grid binds, 0 when none
};

struct Futures {
    std::vector<FutureYear> years;
    double ever_before_chips = 0.0; ///< share in which the grid binds in a quarter in which chips do not
    double ever = 0.0;              ///< share in which it binds at all
    double first_median_year = 0.0; ///< median of the first such quarter over those, 0 when none
};

/// Devices that are one too many for a transformer not yet upgraded wait; all others are deployed. The grid binds in a
/// quarter when more than one in fifty of the devices that demand and chips allow wait.
Futures drawn_futures(const OverloadTables& overload, const FutureRanges& ranges, int n, std::uint64_t seed);

} // namespace autarky::grid

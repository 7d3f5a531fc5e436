// autarky: limits of current and temperature by category of loading, as the two standards give them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

namespace autarky::grid {

/// One row of a standard's table of limits.
struct LoadingLimit {
    std::string_view category;
    double current_pu, hot_spot_c, top_oil_c;
};

/// IEC 60076-7:2018, table 2, distribution transformers.
inline constexpr std::array<LoadingLimit, 3> iec_distribution_limits{{{"normal cyclic", 1.5, 120.0, 105.0},
                                                                      {"long-time emergency", 1.8, 140.0, 115.0},
                                                                      {"short-time emergency", 2.0, 160.0, 115.0}}};
/// IEC 60076-7:2018, table 2, medium and large power transformers.
inline constexpr std::array<LoadingLimit, 3> iec_medium_limits{{{"normal cyclic", 1.5, 120.0, 105.0},
                                                                {"long-time emergency", 1.5, 140.0, 115.0},
                                                                {"short-time emergency", 1.8, 160.0, 115.0}}};
inline constexpr std::array<LoadingLimit, 3> iec_large_limits{{{"normal cyclic", 1.3, 120.0, 105.0},
                                                               {"long-time emergency", 1.3, 140.0, 115.0},
                                                               {"short-time emergency", 1.5, 160.0, 115.0}}};
/// IEEE C57.91-2011: power transformers of 65 K rise (table 9); the last row is that of distribution units for half an
/// hour or less (table 8).
inline constexpr std::array<LoadingLimit, 5> c5791_limits{{{"normal life expectancy", 2.0, 120.0, 105.0},
                                                           {"planned loading beyond nameplate", 2.0, 130.0, 110.0},
                                                           {"long-time emergency", 2.0, 140.0, 110.0},
                                                           {"short-time emergency", 2.0, 180.0, 110.0},
                                                           {"distribution, half an hour", 3.0, 200.0, 120.0}}};

/// Hot spot that a unit may hold for ever without ageing faster than normal.
inline constexpr double steady_limit_kraft_c = 98.0;
inline constexpr double steady_limit_upgraded_c = 110.0;

} // namespace autarky::grid

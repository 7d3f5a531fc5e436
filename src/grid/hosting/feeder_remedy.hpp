// autarky: the cheapest way to make a feeder carry a number of cars: transformer, lines, managed charging.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "grid/hosting/feeder_places.hpp"
#include "grid/hosting/hosting.hpp"
#include "grid/hosting/mitigation.hpp"

namespace autarky::grid {

/// A set of measures on a feeder.
struct FeederRemedy {
    int sizes_up = 0;         ///< transformers, standard sizes larger
    double lines_share = 0.0; ///< share of lines laid parallel, those with the largest voltage drop or loading first
    double line_m = 0.0;      ///< their length, from their resistance
    bool managed = false;
    double capex_usd = 0.0, annualised_usd = 0.0;
    int first = 0; ///< cars that the worst placement carries then
    bool clears = false;
    std::string binding; ///< criterion that stops most placements

    [[nodiscard]] std::string text() const;
};

struct FeederMitigation {
    bool needed = false;
    std::vector<FeederRemedy> trail; ///< cheapest first, up to the one that clears, which is the last
    [[nodiscard]] bool cleared() const { return !trail.empty() && trail.back().clears; }
};

/// Every placement must carry `cars`. A parallel line halves impedance and doubles the rated current; its length is its resistance
/// over that of NAYY 4x150 (0.206 ohm/km, IEC 60228), the usual street cable. A larger transformer keeps its short-circuit
/// voltage and the share of its losses. `how.managed_share` is what managed charging reaches.
/// A feeder without a solution is an error (E0412). When `watched` says so it stops: then there is no trail.
FeederMitigation cheapest_feeder_remedy(const HostedFeeder& feeder, const Street& habits, const HostingLimits& limits,
                                        const FeederHosting& how, int cars, const UpgradeCosts& costs,
                                        double price_factor, const std::string& file, Diagnostics& findings,
                                        const Watched& watched = {});

} // namespace autarky::grid

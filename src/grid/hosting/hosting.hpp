// autarky: how many devices a street or a feeder carries before the first limit is broken.
// SPDX-License-Identifier: Apache-2.0
//
// Hosting capacity after EPRI 1026640 (2012): the most that can be added with no violation and no upgrade, as a
// distribution over where and by whom devices are bought. Its lowest value is "first", its highest "all".
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/diagnostics.hpp"
#include "core/watched.hpp"
#include "grid/street/street.hpp"

namespace autarky::grid {

/// The limits, all explicit. A street knows the first three, a feeder the rating, voltage and line.
struct HostingLimits {
    double rating_pu = 1.0;                               ///< highest quarter of an hour over the rating
    double hot_spot_c = 120.0, top_oil_c = 105.0;         ///< IEC 60076-7, normal cyclic loading
    double ageing = 1.0;                                  ///< years of normal life a year
    double voltage_low_pu = 0.90, voltage_high_pu = 1.10; ///< EN 50160
    double line_pu = 1.0;
};

/// Devices that each placement carries under one criterion.
struct CriterionResult {
    std::string criterion;
    std::vector<int> carried;    ///< ascending, one a placement
    int never = 0;               ///< placements that carry all that homes allow
    int at_once = 0;             ///< placements over the limit before the first device
    std::string not_judged = {}; ///< why nothing can be said of this criterion; then nothing is carried

    [[nodiscard]] int first() const { return carried.empty() ? 0 : carried.front(); }
    [[nodiscard]] int all() const { return carried.empty() ? 0 : carried.back(); }
    [[nodiscard]] int quantile(double q) const;
};

struct HostingResult {
    int most = 0;                          ///< as many as homes allow
    int placements = 0;                    ///< looked at: all that were asked for, after a stop fewer, maybe none
    std::vector<CriterionResult> criteria; ///< each alone, then "any": the first that binds
    std::vector<std::string> notes;        ///< what was left out or taken otherwise than it stands in the input
    std::vector<std::string> binding;      ///< by placement, in no order: the criterion that stopped it, or "none"

    [[nodiscard]] const CriterionResult& any() const { return criteria.back(); }
};

/// What one device is.
struct HostedDevice {
    bool car = true, robot = false;
    double managed_share = 0.0;
};

/// A street transformer with its usual homes.
HostingResult host_street(const Street& street, const HostingLimits& limits, HostedDevice device, int placements,
                          const Watched& watched = {});

/// How a feeder is looked at.
struct FeederHosting {
    int placements = 100;
    int a_load = 2;             ///< cars at one load at most
    int snapshots = 8;          ///< moments from 17 to 23 h of heavy days (with managed cars as many from 23 to 7 h)
    double managed_share = 0.0; ///< these cars fill the feeder's night under its lowest limit
    std::uint64_t seed = 1;
};

struct HostedFeeder;

/// Cars at randomly chosen homes of a feeder. `habits` gives chargers, hours and energies. Transformers are judged by the
/// current of their fullest winding and phase (limits.rating_pu), lines by their rated current; what has no rating is not
/// judged. Where no voltages satisfy the loads with some cars, these are over every limit; where that is so without a car, it
/// is an error (E0412).
HostingResult host_feeder(const HostedFeeder& feeder, const Street& habits, const HostingLimits& limits,
                          const FeederHosting& how, const std::string& file, Diagnostics& findings,
                          const Watched& watched = {});

} // namespace autarky::grid

// autarky: what the scenario plans by quarter, read from its series once a sample; both worlds share it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "market/merchant.hpp"
#include "model/timeline.hpp"

namespace autarky::model {

/// Plans of programmes and merchants, [row][quarter + lookahead]. Programmes are vehicles, then robots.
template <class R> struct Plans {
    std::vector<std::vector<UnitRate<R>>> volume;         ///< of vehicles
    std::vector<std::vector<UnitRate<R>>> part_limit;     ///< by programme: what other parts allow
    std::vector<std::vector<market::ChipRate<R>>> supply; ///< by merchant

    void read(const Scenario<R>& s, const Timeline& time) {
        const std::size_t span = time.size() + lookahead;
        const std::size_t n_vehicles = s.vehicle.size();
        volume.resize(n_vehicles);
        part_limit.resize(n_vehicles + s.robot.size());
        supply.resize(s.merchant.size());
        for (std::size_t i = 0; i < n_vehicles; ++i) {
            fill(s.vehicle[i].volume, time, span, volume[i]);
            fill(s.vehicle[i].part_limit, time, span, part_limit[i]);
        }
        for (std::size_t i = 0; i < s.robot.size(); ++i)
            fill(s.robot[i].part_limit, time, span, part_limit[n_vehicles + i]);
        for (std::size_t m = 0; m < supply.size(); ++m)
            fill(s.merchant[m].supply, time, span, supply[m]);
    }

private:
    template <class Q>
    static void fill(const Series<Q>& series, const Timeline& time, std::size_t span, std::vector<Q>& out) {
        out.resize(span);
        for (std::size_t q = 0; q < span; ++q)
            out[q] = series.at(time.middle(q));
    }
};

} // namespace autarky::model

// autarky: how many of n units a number of faults hits.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/harvest.hpp"

#include <algorithm>

namespace autarky::silicon {
namespace {

constexpr double negligible = 1e-17;
constexpr int longest = 4096;

/// One more fault: it hits a fresh unit with (n - i) / n when i have been hit. `hit[i]`: exactly i units hit so far.
void throw_fault(std::vector<double>& hit, double n) {
    double fresh = 0.0;
    for (std::size_t i = 0; i < hit.size(); ++i) {
        const auto already = static_cast<double>(i);
        const double stays = hit[i] * (already / n);
        const double moves = hit[i] * ((n - already) / n);
        hit[i] = stays + fresh;
        fresh = moves;
    }
}

} // namespace

OccupancyTable::OccupancyTable(int units, int fewest, int most) : units_(units), harmless_tail_(most >= units) {
    const auto from = static_cast<std::size_t>(std::max(fewest, 0));
    std::vector<double> hit(static_cast<std::size_t>(std::clamp(most, 0, units)) + 1, 0.0);
    if (from >= hit.size()) return;
    hit.front() = 1.0;
    bool reached = false; // a range with many hits has a probability of nearly zero at few faults too
    for (int faults = 0; faults < longest; ++faults) {
        double share = 0.0;
        for (std::size_t i = from; i < hit.size(); ++i)
            share += hit[i];
        by_faults_.push_back(share);
        reached = reached || share > negligible;
        if (reached && share < negligible) break;
        if (harmless_tail_ && faults > 0 && 1.0 - share < negligible) break;
        throw_fault(hit, units);
    }
}

} // namespace autarky::silicon

// autarky: dies that ship although some of their identical units are bad, and bins with prices.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/formula.hpp"
#include "core/quantities.hpp"
#include "silicon/cost.hpp"

namespace autarky::silicon {

inline constexpr Formula harvested_formula{
    "silicon.yield_harvested", "Yield with harvesting",
    "sum over N of P(N faults on units, none elsewhere) P(they hit at most k of n units)",
    "Koren and Koren, Proc. IEEE 86(9) 1998, sections III-IV; fault counts: Stapper 1976; hits: classical occupancy"};
inline constexpr Formula wafer_value_formula{"silicon.wafer_value", "Value of a wafer",
                                             "gross dies x sum of P(bin) price(bin)", "definition"};
inline constexpr Formula bin_cost_formula{"silicon.bin_cost", "Cost carried by a die of a bin",
                                          "wafer price x price(bin) / value of a wafer",
                                          "cost allocation by relative sales value"};

/// For N = 0, 1, 2, ... faults that fall on n equal units at random: the probability that the number of units hit lies
/// within [fewest, most]. Depends on counts only, so it is built once and shared by every reading.
class OccupancyTable {
public:
    /// Domain: units >= 1, 0 <= fewest <= most. Ends where the probability stays below 1e-17 (or at 4096 faults, when
    /// `most` reaches all units: then every further fault is harmless and `harmless_tail` is true).
    OccupancyTable(int units, int fewest, int most);

    [[nodiscard]] std::span<const double> by_faults() const { return by_faults_; }
    [[nodiscard]] int units() const { return units_; }
    [[nodiscard]] bool harmless_tail() const { return harmless_tail_; }

private:
    int units_;
    bool harmless_tail_;
    std::vector<double> by_faults_;
};

/// Share of dies with a clean uncore area and a number of bad units within the table's range, defects clustered over the
/// whole die (one gamma-distributed density a die).
/// All terms are positive, so nothing cancels: 1e-12 for 144 units, where the textbook's alternating sum needs 50 digits.
/// Domain: areas >= 0, density >= 0, clustering > 0, fewer than about 1000 mean faults. Limits: at most 0 bad units it is yield_negative_binomial of the whole
/// area; when all units may be bad it is that of the uncore area.
template <class R>
R yield_harvested(const Area<R>& uncore, const Area<R>& unit, const DefectDensity<R>& density, const R& clustering,
                  const OccupancyTable& table) {
    const R on_uncore = (uncore * density) / clustering;
    const R on_units = (unit * density) * R(table.units()) / clustering;
    const R open = R(1.0) + on_uncore + on_units;
    const R step = on_units / open;
    // P(N faults on units, none on the uncore): negative binomial weights, each from the one before
    R weight = pow(open, -clustering);
    R kept(0.0);
    R spent(0.0);
    double count = 0.0;
    for (const double share : table.by_faults()) {
        kept += weight * R(share);
        spent += weight;
        weight = weight * (clustering + R(count)) / R(count + 1.0) * step;
        count += 1.0;
    }
    // With every unit allowed to be bad, faults beyond the table are harmless too: what is left of the clean uncore.
    R result = kept;
    if (table.harmless_tail()) result = kept + (pow(R(1.0) + on_uncore, -clustering) - spent);
    return named(harvested_formula, result, arg("uncore area", uncore), arg("unit area", unit),
                 arg("defect density", density), arg("clustering", clustering));
}

/// The same with independent defects (clustering without bound).
template <class R>
R yield_harvested_poisson(const Area<R>& uncore, const Area<R>& unit, const DefectDensity<R>& density,
                          const OccupancyTable& table) {
    const R on_uncore = uncore * density;
    const R on_units = (unit * density) * R(table.units());
    R weight = exp(-(on_uncore + on_units));
    R kept(0.0);
    R spent(0.0);
    double count = 0.0;
    for (const double share : table.by_faults()) {
        kept += weight * R(share);
        spent += weight;
        count += 1.0;
        weight = weight * on_units / R(count);
    }
    R result = kept;
    if (table.harmless_tail()) result = kept + (exp(-on_uncore) - spent);
    return named(harvested_formula, result, arg("uncore area", uncore), arg("unit area", unit),
                 arg("defect density", density));
}

/// One product cut from the same die: sold when the number of bad units is at most `most_bad` and it fits no better bin.
template <class R> struct Bin {
    int most_bad = 0;
    DieCost<R> price{};
};

/// Shares of the bins (best first, `most_bad` ascending). Their sum is the harvested yield at the last `most_bad`.
template <class R>
std::vector<R> bin_shares(const Area<R>& uncore, const Area<R>& unit, int units, const DefectDensity<R>& density,
                          const R& clustering, std::span<const Bin<R>> bins) {
    std::vector<R> shares;
    int fewest = 0;
    for (const auto& bin : bins) {
        shares.push_back(
            yield_harvested(uncore, unit, density, clustering, OccupancyTable(units, fewest, bin.most_bad)));
        fewest = bin.most_bad + 1;
    }
    return shares;
}

/// What the dies of a wafer sell for. Domain: shares and bins of equal length.
template <class R>
WaferPrice<R> wafer_value(const DiesPerWafer<R>& gross_dies, std::span<const R> shares, std::span<const Bin<R>> bins) {
    DieCost<R> value(R(0.0));
    for (std::size_t i = 0; i < bins.size(); ++i)
        value += bins[i].price * shares[i];
    const WaferPrice<R> result = gross_dies * value;
    return named(wafer_value_formula, result, arg("gross dies", gross_dies), arg("mean value of a die", value));
}

/// Cost that a die of a bin carries when cost follows value: every bin then has the same margin.
/// Domain: value > 0; without value the cost is absurdly high.
template <class R>
DieCost<R> bin_cost(const WaferPrice<R>& wafer_price, const DieCost<R>& bin_price, const WaferPrice<R>& value) {
    const DieCost<R> result = bin_price * ratio(wafer_price, value, R(cost_without_good_dies_usd));
    return named(bin_cost_formula, result, arg("wafer price", wafer_price), arg("bin price", bin_price),
                 arg("value of a wafer", value));
}

} // namespace autarky::silicon

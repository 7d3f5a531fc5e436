// autarky: the profit of whole sites up to the horizon, and who carries the yield of the buyer's wafers there.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "analysis/compare.hpp"

namespace autarky::analysis {

/// A whole site, sums over the quarters, before taxes, USD, discounted to the scenario's decision at the scenario's rate. By the
/// wafer, as the model has it, the buyer carries the yield: it pays the same for a wafer of few good dies. By the good die the
/// site does: then a wafer of chip c in quarter q brings its price times Y / Y*(c, q), Y* being the yield at which both expect to
/// pay and to be paid the same, the mean of Y over the futures weighted by the money. Who starts what stays as it is.
struct SiteProfit {
    std::string site;
    Spread profit;      ///< by the wafer
    Spread by_good_die; ///< by the good die
    Spread moved;       ///< the latter less the former: what the site gains, and the buyer pays; mean 0
    double depreciation = 0.0, buyer = 0.0; ///< means: of the installed capacity; paid for the buyer's wafers
    double without = 0.0;                   ///< mean profit where the buyer never starts a wafer anywhere
    double utilisation = 0.0,
           utilisation_without = 0.0; ///< means over the futures and the quarters in which the site runs
};
constexpr auto describe(Type<SiteProfit> /*type*/) {
    using P = SiteProfit;
    return fields(
        item("site", &P::site, "Site"),
        item("profit_usd", &P::profit,
             "Profit of the whole site to the horizon, all customers and depreciation, in USD, wafers paid by the "
             "wafer"),
        item("by_good_die_usd", &P::by_good_die,
             "The same where the buyer pays good dies, at prices at which both expect the same"),
        item("moved_usd", &P::moved, "What that moves from the buyer to the site: the yield's risk, of no mean"),
        item("depreciation_usd", &P::depreciation, "USD"_u, "Depreciation in it, mean"),
        item("buyer_usd", &P::buyer, "USD"_u, "Paid for the buyer's wafers for devices, mean"),
        item("without_usd", &P::without, "USD"_u,
             "Mean profit where the buyer never starts a wafer anywhere: others may fill its room"),
        item("utilisation", &P::utilisation, "1"_u,
             "Wafers of all customers over working capacity, mean of the futures and of the quarters in which it runs"),
        item("utilisation_without", &P::utilisation_without, "1"_u, "The same where the buyer never starts a wafer"));
}

/// `sites`: rows of the scenario; `without` is the same scenario in which no own wafer is started.
std::vector<SiteProfit> site_profits(const ScenarioModel& with, const ScenarioModel& without,
                                     const std::vector<std::size_t>& sites, std::uint64_t samples, std::uint64_t seed,
                                     unsigned threads,
                                     const std::function<bool(std::uint64_t done, std::uint64_t of)>& stop);

} // namespace autarky::analysis

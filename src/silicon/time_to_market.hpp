// autarky: weeks and money from design to packaged parts, and how much of them a foundry's wafer rate decides.
// SPDX-License-Identifier: Apache-2.0
//
// Source: Ning, Tziantzioulis and Wentzlaff, "Supply chain aware computer architecture", ISCA 2023, with the constants of
// github.com/PrincetonUniversity/ttm-cas @d98ac05: wafer prices and densities from Khan and Mann (CSET, 2020), wafer rates from
// TSMC's report of the first quarter of 2023, masks from IC Knowledge, design cost from Moonwalk (2017). The dies' yield and
// count a wafer are our own formulas in its conventions: a bare wafer of 300 mm, no streets, no edge, clustering 3.
#pragma once

#include <span>

namespace autarky::silicon {

/// A process in that model. It calls processes by the number in their name.
struct MarketNode {
    int nm = 0;
    double difficulty_h = 0.0; ///< engineering hours a unique transistor
    double wafer_usd = 0.0, mtr_per_mm2 = 0.0;
    double wafers_per_h = 0.0; ///< of the whole foundry; 0: none was made in that quarter
    double defects_per_mm2 = 0.0, fab_weeks = 0.0, ip_usd = 0.0, labour_usd_per_gate = 0.0, masks_usd = 0.0;
};
/// All twelve, from 250 nm down.
std::span<const MarketNode> market_nodes();
/// The node of that number, or null.
const MarketNode* find_market_node(int nm);

/// A chip that is to be brought to the market.
struct MarketChip {
    double chips = 0.0;       ///< packaged parts, > 0
    double transistors = 0.0; ///< a chip, > 0
    double unique = 0.0;      ///< of these, that are designed and not repeated; >= 0
    double engineers = 1.0;   ///< >= 1
    double parallel = 0.0;    ///< share of the design that they can do at once, 0..1
    double queue_weeks = 0.0; ///< wafers ahead of it, as weeks of the foundry at full rate
    double capacity = 1.0;    ///< share of the full rate that is there, > 0
};

/// Time in weeks. agility: 1 / |d(time) / d(wafer rate)|, in wafers an hour a week: how many wafers an hour the foundry
/// may lose for one week of delay. The wafers ahead are a number of wafers, so fewer wafers an hour make the queue longer.
struct TimeToMarket {
    double area_mm2 = 0.0, yield = 0.0, gross = 0.0, wafers = 0.0;
    double tapeout_weeks = 0.0, queue_weeks = 0.0, fab_weeks = 0.0, osat_weeks = 0.0;
    double design_usd = 0.0, masks_usd = 0.0, wafers_usd = 0.0, packages_usd = 0.0;
    double agility = 0.0;

    [[nodiscard]] double weeks() const { return tapeout_weeks + queue_weeks + fab_weeks + osat_weeks; }
    [[nodiscard]] double cost_usd() const { return design_usd + masks_usd + wafers_usd + packages_usd; }
};
/// Domain: node.wafers_per_h > 0, and a die of which more than none fits a wafer (gross > 0: the caller looks).
TimeToMarket time_to_market(const MarketNode& node, const MarketChip& chip);

} // namespace autarky::silicon

// autarky: adds up weeks and money from design to packaged parts.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/time_to_market.hpp"

#include <algorithm>
#include <array>

#include "silicon/geometry.hpp"
#include "silicon/yield.hpp"

namespace autarky::silicon {
namespace {

// Constants of ttm-cas, whose sources time_to_market.hpp names.
constexpr std::array nodes{MarketNode{250, 1.7347e-8, 900, 0.074, 86.008, 500e-6, 12, 1.35e4, 0.127, 4.3e4},
                           MarketNode{180, 4.8724e-8, 1020, 0.39, 379.45, 500e-6, 12, 1.35e4, 0.127, 7.6e4},
                           MarketNode{130, 9.5922e-8, 1580, 0.92, 97.984, 500e-6, 12, 3.24e5, 0.127, 1.2e5},
                           MarketNode{90, 1.6692e-7, 1650, 1.6, 93.827, 500e-6, 12, 5.22e5, 0.127, 1.65e5},
                           MarketNode{65, 2.7371e-7, 1937, 3.3, 239.78, 500e-6, 12, 6.786e5, 0.127, 2.08e5},
                           MarketNode{40, 4.3436e-7, 2274, 7.7, 238.28, 500e-6, 12, 8.502e5, 0.129, 5.00e5},
                           MarketNode{28, 6.7600e-7, 2891, 15.3, 321.30, 500e-6, 12, 1.0335e6, 0.131, 1.20e6},
                           MarketNode{20, 1.0395e-6, 3677, 22.1, 21.052, 800e-6, 14, 1.6575e6, 0.263, 1.90e6},
                           MarketNode{14, 1.5862e-6, 3984, 28.9, 252.58, 1000e-6, 14, 1.8720e6, 0.280, 2.82e6},
                           MarketNode{10, 2.4087e-6, 5992, 52.5, 0.0, 1200e-6, 16, 2.1294e6, 0.340, 4.74e6},
                           MarketNode{7, 3.6458e-6, 9346, 96.3, 165.65, 1500e-6, 18, 2.3431e6, 0.350, 1.05e7},
                           MarketNode{5, 5.5068e-6, 16988, 138.2, 141.25, 2000e-6, 20, 2.6442e6, 0.350, 1.81e7}};

constexpr double hours_a_week = 168.0, working_hours_a_week = 40.0;

// Of the same source; they hold for every node.
constexpr double clustering = 3.0;      // of defects, in the negative binomial yield
constexpr double least_effort_h = 96.0; // of a tape-out, before its first transistor
constexpr double osat_weeks = 6.0;      // of test and packaging houses, by the Semiconductor Industry Association
constexpr double test_weeks_a_transistor = 9.2e-11; // effort of verification
constexpr double packaging_weeks_a_mm2 = 1.5e-5;    // effort of assembly, by area of the die
constexpr double package_usd = 20.0 + 1.0;          // a part: the package and its assembly, "starter examples"

// Its design cost is Moonwalk's (Khazraee and others, ASPLOS 2017), in dollars of 2017.
constexpr double tools_usd_a_week = 20e3 / 4.0;      // licences of the back end, an engineer's week
constexpr double engineer_usd_a_week = 100e3 / 52.0; // back-end labour
constexpr double transistors_a_gate = 6.0;           // labour is stated a gate, the chip in transistors
constexpr double package_design_usd = 105e3;         // of a flip-chip ball grid array, once

double design_cost(const MarketNode& node, const MarketChip& chip, double effort_h, double weeks) {
    return node.ip_usd + tools_usd_a_week * effort_h / working_hours_a_week +
           engineer_usd_a_week * chip.engineers * weeks + node.labour_usd_per_gate * chip.unique / transistors_a_gate +
           package_design_usd;
}

} // namespace

std::span<const MarketNode> market_nodes() { return nodes; }

const MarketNode* find_market_node(int nm) {
    const auto* found =
        std::find_if(nodes.begin(), nodes.end(), [nm](const MarketNode& node) { return node.nm == nm; });
    return found == nodes.end() ? nullptr : found;
}

TimeToMarket time_to_market(const MarketNode& node, const MarketChip& chip) {
    TimeToMarket out;
    out.area_mm2 = chip.transistors / 1e6 / node.mtr_per_mm2;
    const auto area = quantity(out.area_mm2, "mm^2"_u);
    out.yield = yield_negative_binomial(area, quantity(node.defects_per_mm2, "1/mm^2"_u), clustering);
    out.gross = gross_dies_classic(area, quantity(300.0, "mm"_u)).raw();
    out.wafers = chip.chips / out.yield / out.gross;
    const double effort_h = least_effort_h + chip.unique * node.difficulty_h;
    out.tapeout_weeks =
        (effort_h * (1.0 - chip.parallel) + chip.parallel * effort_h / chip.engineers) / working_hours_a_week;
    const double rate = node.wafers_per_h * chip.capacity;
    out.queue_weeks = chip.queue_weeks / chip.capacity;
    out.fab_weeks = node.fab_weeks + out.wafers / rate / hours_a_week;
    out.osat_weeks = osat_weeks + chip.transistors * test_weeks_a_transistor + out.area_mm2 * packaging_weeks_a_mm2;
    out.design_usd = design_cost(node, chip, effort_h, out.tapeout_weeks);
    out.masks_usd = node.masks_usd;
    out.wafers_usd = node.wafer_usd * out.wafers;
    out.packages_usd = chip.chips * package_usd;
    const double ahead = chip.queue_weeks * hours_a_week * node.wafers_per_h;
    out.agility = hours_a_week * rate * rate / (out.wafers + ahead);
    return out;
}

} // namespace autarky::silicon

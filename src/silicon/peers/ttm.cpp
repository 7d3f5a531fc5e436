// autarky: the time and cost model of ttm-cas, with our yield and gross dies in its conventions.
// SPDX-License-Identifier: Apache-2.0
//
// Source: Ning, Tziantzioulis and Wentzlaff, "Supply chain aware computer architecture", ISCA 2023; parameters of
// github.com/PrincetonUniversity/ttm-cas @d98ac05: wafer cost, transistor density and wafer rate from public statements of
// TSMC and CSET, masks from IC Knowledge, IP and back-end labour from Moonwalk.
#include <array>
#include <cmath>
#include <string>

#include "silicon/geometry.hpp"
#include "silicon/peers/inputs.hpp"
#include "silicon/yield.hpp"

namespace autarky::silicon::peers {
namespace {

struct Node {
    int nm;
    double difficulty_h; ///< engineering hours a unique transistor
    double wafer_usd, mtr_per_mm2, wafers_per_h, defects_per_mm2, fab_weeks, ip_usd, labour_usd_per_gate, masks_usd;
};
constexpr std::array nodes{Node{65, 2.7371e-7, 1937, 3.3, 239.78, 500e-6, 12, 6.786e5, 0.127, 2.08e5},
                           Node{40, 4.3436e-7, 2274, 7.7, 238.28, 500e-6, 12, 8.502e5, 0.129, 5.00e5},
                           Node{28, 6.7600e-7, 2891, 15.3, 321.30, 500e-6, 12, 1.0335e6, 0.131, 1.20e6},
                           Node{20, 1.0395e-6, 3677, 22.1, 21.052, 800e-6, 14, 1.6575e6, 0.263, 1.90e6},
                           Node{14, 1.5862e-6, 3984, 28.9, 252.58, 1000e-6, 14, 1.8720e6, 0.280, 2.82e6},
                           Node{7, 3.6458e-6, 9346, 96.3, 165.65, 1500e-6, 18, 2.3431e6, 0.350, 1.05e7},
                           Node{5, 5.5068e-6, 16988, 138.2, 141.25, 2000e-6, 20, 2.6442e6, 0.350, 1.81e7}};

/// One chip on one process, from design to packaged parts.
struct Result {
    double area_mm2 = 0, yield = 0, gross = 0, wafers = 0;
    double tapeout_weeks = 0, fab_weeks = 0, osat_weeks = 0, cost_usd = 0, agility = 0;
};

Result run(const Node& node, const CaseInputs& in) {
    constexpr double hours_a_week = 168.0;
    constexpr double working_hours_a_week = 40.0;
    const double transistors = in.number("transistors");
    const double unique = in.number("unique");
    const double engineers = in.number("engineers");
    const double parallel = in.number("parallel");
    const double chips = in.number("chips");
    Result r;
    r.area_mm2 = transistors / 1e6 / node.mtr_per_mm2;
    const auto area = quantity(r.area_mm2, "mm^2"_u);
    r.yield = yield_negative_binomial(area, quantity(node.defects_per_mm2, "1/mm^2"_u), 3.0);
    r.gross = gross_dies_classic(area, quantity(300.0, "mm"_u)).raw();
    r.wafers = chips / r.yield / r.gross;
    const double effort_h = 96.0 + unique * node.difficulty_h;
    r.tapeout_weeks = (effort_h * (1.0 - parallel) + parallel * effort_h / engineers) / working_hours_a_week;
    r.fab_weeks = node.fab_weeks + r.wafers / node.wafers_per_h / hours_a_week;
    r.osat_weeks = 6.0 + transistors * 9.2e-11 + r.area_mm2 * 1.5e-5;
    const double tapeout_usd = node.ip_usd + 5000.0 * effort_h / working_hours_a_week +
                               100e3 / 52.0 * engineers * r.tapeout_weeks + node.labour_usd_per_gate * unique / 6.0 +
                               105e3;
    r.cost_usd = tapeout_usd + node.masks_usd + node.wafer_usd * r.wafers + chips * 21.0;
    r.agility = hours_a_week * node.wafers_per_h * node.wafers_per_h / r.wafers;
    return r;
}

} // namespace

double ttm_value(std::string_view quantity, const CaseInputs& in) {
    for (const auto& node : nodes) {
        if (node.nm != in.whole("node")) continue;
        const Result r = run(node, in);
        if (quantity == "area") return r.area_mm2;
        if (quantity == "yield") return r.yield;
        if (quantity == "gross_dies") return r.gross;
        if (quantity == "wafers") return r.wafers;
        if (quantity == "tapeout_weeks") return r.tapeout_weeks;
        if (quantity == "fab_weeks") return r.fab_weeks;
        if (quantity == "osat_weeks") return r.osat_weeks;
        if (quantity == "ttm_weeks") return r.tapeout_weeks + r.fab_weeks + r.osat_weeks;
        if (quantity == "cost") return r.cost_usd;
        if (quantity == "agility") return r.agility;
        throw CaseError("no quantity '" + std::string(quantity) + "'");
    }
    throw CaseError("no node '" + in.word("node") + "'");
}

} // namespace autarky::silicon::peers

// autarky: the chip cost table of CSET's "AI Chips", rebuilt from its own wafer prices and densities.
// SPDX-License-Identifier: Apache-2.0
//
// Source: Khan and Mann, "AI Chips: What They Are and Why They Matter", CSET, April 2020, appendix; transistor densities as
// carried by ttm-cas @d98ac05. The table holds the transistors of a 610 mm^2 chip at 5 nm, of which a wafer gives 71.4.
#include <array>
#include <string>

#include "silicon/cost.hpp"
#include "silicon/peers/inputs.hpp"

namespace autarky::silicon::peers {
namespace {

struct Node {
    int nm;
    double wafer_usd, mtr_per_mm2;
};
constexpr std::array nodes{Node{90, 1650, 1.6},  Node{65, 1937, 3.3},  Node{40, 2274, 7.7},
                           Node{28, 2891, 15.3}, Node{20, 3677, 22.1}, Node{16, 3984, 28.9},
                           Node{10, 5992, 52.5}, Node{7, 9346, 96.3},  Node{5, 16988, 171.3}};

} // namespace

double cset_value(std::string_view name, const CaseInputs& in) {
    constexpr double chips_at_5nm = 71.4;
    constexpr double density_at_5nm = 171.3;
    for (const auto& node : nodes) {
        if (node.nm != in.whole("node")) continue;
        const double chips = chips_at_5nm * node.mtr_per_mm2 / density_at_5nm;
        const auto foundry =
            good_die_cost(quantity(node.wafer_usd, "USD/wafer"_u), quantity(chips, "die/wafer"_u), 1.0);
        if (name == "chips_per_wafer") return chips;
        if (name == "foundry_price") return foundry.raw();
        if (name == "total") return foundry.raw() + in.number("design") + in.number("assembly_test_packaging");
        throw CaseError("no quantity '" + std::string(name) + "'");
    }
    throw CaseError("no node '" + in.word("node") + "'");
}

} // namespace autarky::silicon::peers

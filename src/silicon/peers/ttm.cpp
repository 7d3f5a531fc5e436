// autarky: the time and cost model of ttm-cas, with our yield and gross dies in its conventions.
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "silicon/peers/inputs.hpp"
#include "silicon/time_to_market.hpp"

namespace autarky::silicon::peers {
namespace {

MarketChip chip_of(const CaseInputs& in) {
    MarketChip out;
    out.chips = in.number("chips");
    out.transistors = in.number("transistors");
    out.unique = in.number("unique");
    out.engineers = in.number("engineers");
    out.parallel = in.number("parallel");
    return out;
}

} // namespace

double ttm_value(std::string_view quantity, const CaseInputs& in) {
    const auto* node = find_market_node(in.whole("node"));
    if (node == nullptr) throw CaseError("no node '" + in.word("node") + "'");
    const auto found = time_to_market(*node, chip_of(in));
    if (quantity == "area") return found.area_mm2;
    if (quantity == "yield") return found.yield;
    if (quantity == "gross_dies") return found.gross;
    if (quantity == "wafers") return found.wafers;
    if (quantity == "tapeout_weeks") return found.tapeout_weeks;
    if (quantity == "fab_weeks") return found.fab_weeks;
    if (quantity == "osat_weeks") return found.osat_weeks;
    if (quantity == "ttm_weeks") return found.weeks();
    if (quantity == "cost") return found.cost_usd();
    if (quantity == "agility") return found.agility;
    throw CaseError("no quantity '" + std::string(quantity) + "'");
}

} // namespace autarky::silicon::peers

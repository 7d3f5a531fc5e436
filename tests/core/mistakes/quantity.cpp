// autarky: mistakes with quantities that the compiler must refuse, each behind its own switch.
// SPDX-License-Identifier: Apache-2.0
#include "core/quantities.hpp"

using namespace autarky;

int main() {
    const auto price = quantity(20'000.0, "USD/wafer"_u);
    const auto gross = quantity(150.0, "die/wafer"_u);
    const auto area = quantity(400.0, "mm^2"_u);
    const auto width = quantity(20.0, "mm"_u);
    const double yield = 0.7;
    DieCost<double> cost = price / gross / yield;
    Money<double> budget = quantity(1.0, "MUSD"_u);
#ifdef ADD_MONEY_TO_AREA
    budget = budget + area;
#endif
#ifdef COMPARE_LENGTH_WITH_AREA
    if (width < area) return 1;
#endif
#ifdef MULTIPLY_BY_YIELD
    cost = price * gross / yield;
#endif
#ifdef ASSIGN_WAFER_PRICE_TO_DIE_COST
    cost = price;
#endif
#ifdef BARE_NUMBER_FOR_MONEY
    budget = 5.0;
#endif
#ifdef ADD_NUMBER_TO_LENGTH
    const auto wider = width + 1.0;
    if (wider < width) return 1;
#endif
#ifdef MIX_READINGS
    const auto lanes = quantity<Lanes>(Lanes(1.0), "mm"_u) + width;
    if (lanes.raw()[0] < 0.0) return 1;
#endif
#ifdef READ_IN_WRONG_UNIT
    if (area.in("mm"_u) < 0.0) return 1;
#endif
#ifdef ROOT_OF_A_LENGTH
    if (square_root(width).raw() < 0.0) return 1;
#endif
    return cost.raw() > 0.0 && budget.raw() > 0.0 && area.raw() > 0.0 && square_root(area) < width * 2.0 ? 0 : 1;
}

// autarky: the farmer of Birge and Louveaux, Introduction to Stochastic Programming, 2nd ed. 2011, section 1.1.
// SPDX-License-Identifier: Apache-2.0
//
// 500 acres of wheat, corn and beets; yields are a fifth higher or lower with the year; what cattle need is bought where the
// harvest does not give it; of beets 6,000 t sell well, the rest hardly.
#pragma once

#include "plan/two_stage.hpp"

namespace autarky::plan {

inline Recourse farmer_year(double yield) {
    Recourse year{1.0 / 3.0, {}, {}, {0.0, 0.0, 0.0}};
    auto& p = year.program;
    const auto wheat_bought = p.add(Column{"wheat_bought", 238.0}), wheat_sold = p.add(Column{"wheat_sold", -170.0});
    const auto corn_bought = p.add(Column{"corn_bought", 210.0}), corn_sold = p.add(Column{"corn_sold", -150.0});
    const auto beets_sold = p.add(Column{"beets_sold", -36.0, 0.0, 6000.0});
    const auto beets_dumped = p.add(Column{"beets_dumped", -10.0});
    p.add(Row{"wheat", 200.0, no_limit, {{wheat_bought, 1.0}, {wheat_sold, -1.0}}});
    p.add(Row{"corn", 240.0, no_limit, {{corn_bought, 1.0}, {corn_sold, -1.0}}});
    p.add(Row{"beets", 0.0, no_limit, {{beets_sold, -1.0}, {beets_dumped, -1.0}}});
    year.links = {{0, 0, 2.5 * yield}, {1, 1, 3.0 * yield}, {2, 2, 20.0 * yield}};
    return year;
}

inline TwoStage farmer() {
    TwoStage out;
    out.first.add(Column{"wheat", 150.0, 0.0, 500.0});
    out.first.add(Column{"corn", 230.0, 0.0, 500.0});
    out.first.add(Column{"beets", 260.0, 0.0, 500.0});
    out.first.add(Row{"land", -no_limit, 500.0, {{0, 1.0}, {1, 1.0}, {2, 1.0}}});
    for (const double yield : {0.8, 1.0, 1.2})
        out.futures.push_back(farmer_year(yield));
    return out;
}

} // namespace autarky::plan

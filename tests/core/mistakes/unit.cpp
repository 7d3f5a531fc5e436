// autarky: unit literals that the compiler must refuse.
// SPDX-License-Identifier: Apache-2.0
#include "core/units.hpp"

using namespace autarky;

int main() {
    double factor = decltype("USD/wafer"_u)::factor;
#ifdef UNKNOWN_UNIT
    factor = decltype("USD/wafre"_u)::factor;
#endif
#ifdef STRAY_CHARACTER
    factor = decltype("USD;wafer"_u)::factor;
#endif
    return factor > 0.0 ? 0 : 1;
}

// autarky: refuses what no double can hold.
// SPDX-License-Identifier: Apache-2.0
#include "answers/option/lines.hpp"

#include <cmath>

#include "core/refuse.hpp"

namespace autarky::answers {

std::string bound_text(double bound, double (*round)(double)) {
    constexpr int digits = 3;
    const double last = std::pow(10.0, std::floor(std::log10(bound)) - (digits - 1));
    return show::figure(round(bound / last) * last, digits);
}

void refuse_overflow(bool is_finite, std::string_view field, std::string_view hint) {
    if (!is_finite)
        refuse_field(field, "E0402", "with the other figures the worth is beyond what a double can hold",
                     std::string(hint));
}

} // namespace autarky::answers

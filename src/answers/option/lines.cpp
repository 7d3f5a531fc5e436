// autarky: refuses what no double can hold.
// SPDX-License-Identifier: Apache-2.0
#include "answers/option/lines.hpp"

#include "core/refuse.hpp"

namespace autarky::answers {

void refuse_overflow(bool is_finite, std::string_view field) {
    if (!is_finite)
        refuse_field(field, "E0402", "with the other figures the worth is beyond what a double can hold",
                     "state all prices in a larger unit, such as millions, or a shorter time");
}

} // namespace autarky::answers

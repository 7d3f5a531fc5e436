// autarky: finds a quarter that a question names.
// SPDX-License-Identifier: Apache-2.0
#include "answers/quarters.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/refuse.hpp"

namespace autarky::answers {

std::size_t quarter_row(const Session& session, const std::string& quarter, std::string_view field) {
    const auto& quarters = session.model().quarters();
    const auto found = std::find(quarters.begin(), quarters.end(), quarter);
    if (found == quarters.end())
        refuse_field(field, "E0504", fmt::format("'{}' is no quarter of the scenario", quarter),
                     fmt::format("its quarters are {} to {}", quarters.front(), quarters.back()));
    return static_cast<std::size_t>(found - quarters.begin());
}

} // namespace autarky::answers

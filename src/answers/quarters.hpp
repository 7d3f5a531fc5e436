// autarky: a quarter that a question names, as a row of its scenario.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "answers/session.hpp"

namespace autarky::answers {

/// Row of a quarter that field `field` of a question names. Throws InputError where the scenario has no such quarter.
std::size_t quarter_row(const Session& session, const std::string& quarter, std::string_view field);

} // namespace autarky::answers

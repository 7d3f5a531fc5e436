// autarky: what a number without its unit probably meant.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace autarky::scenario {

/// The plausible readings of a bare number in a field of that unit, each between two `quote`s: "'10 %/year' or
/// '0.1 %/year', whichever is meant". A share below one may be meant as such or in per cent; a large number in millions
/// may be meant in ones.
std::string plausible_readings(std::string_view written, double value, std::string_view unit, char quote = '\'');

} // namespace autarky::scenario

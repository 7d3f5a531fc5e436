// autarky: country codes of ISO 3166-1, and what was probably meant by a word that is none.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace autarky::scenario {

/// A country or territory as ISO 3166-1 has it.
struct Country {
    std::string_view code, code3, name; ///< alpha-2, alpha-3, common English name
};

/// The country that `word` names: by either code, its English name or a common other name, in any case. Null if none.
const Country* country_named(std::string_view word);

/// Whether `word` is an alpha-2 code of ISO 3166-1: two capitals, such as "TW".
bool is_country(std::string_view word);

/// What to write instead of a word that is no code: by its capitals, its alpha-3 code, its English name or a common
/// abbreviation, also mistyped; else what a code looks like.
std::string country_hint(std::string_view word);

} // namespace autarky::scenario

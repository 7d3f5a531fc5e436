// autarky: what can be asked, as the page reads it before it asks.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "answers/catalogue.hpp"

namespace autarky::serve {

/// JSON: version, the scenario to begin with, bundled scenarios with their variants and events, and every question with its fields.
std::string welcome_json(const answers::Catalogue& catalogue, const std::string& scenario);

} // namespace autarky::serve

// autarky: the quantities of other silicon cost models, by name.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "core/case_table.hpp"

namespace autarky::silicon::peers {

/// Value of a quantity of one peer. Failure: CaseError for a quantity that the peer does not have.
double actuary_value(std::string_view quantity, const CaseInputs& in);
double catch_value(std::string_view quantity, const CaseInputs& in);
double ttm_value(std::string_view quantity, const CaseInputs& in);
double google_value(std::string_view quantity, const CaseInputs& in);
double cset_value(std::string_view quantity, const CaseInputs& in);
double llmcompass_value(std::string_view quantity, const CaseInputs& in);

} // namespace autarky::silicon::peers

// autarky: distributions given by their arguments: normal(mean, sd), pert(low, mode, high), ...
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "input/quantity_amounts.hpp"

namespace autarky::scenario {

/// Names of the arguments that a distribution takes; without names, the first form of that length counts.
struct Signature {
    std::string_view name;
    Family family;
    std::vector<std::vector<std::string_view>> forms;
};

/// Every distribution of the grammar.
const std::vector<Signature>& signatures();

/// A distribution from its call, in base units; throws a TextError.
Distribution from_form(const Expression& e, const Signature& signature, const Amounts& amounts);

/// Lognormal and logit-normal from two percentiles at -z and z.
Distribution lognormal_between(double a, double b, double z);
Distribution logit_normal_between(double a, double b, double z);

} // namespace autarky::scenario

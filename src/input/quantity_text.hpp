// autarky: reads a quantity as people write it: "18_000 to 22_000 USD/wafer", "pert(1, 2, 4) USD", "2026Q2".
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "core/describe.hpp"
#include "input/inputs.hpp"
#include "input/prices.hpp"

namespace autarky::scenario {

/// What a field wants to be given.
struct Expected {
    Dim dim{};
    std::string_view unit = "1"; ///< unit in which the description writes it
    Range range = Range::any;
    bool is_date = false;
};

/// A quantity that was understood.
struct QuantityText {
    Distribution distribution; ///< in base units
    std::string unit;          ///< as written; the field's unit when the text has none
    double unit_factor = 1.0;  ///< base units in one of it
    std::string cut{};         ///< what the range of the field cuts off, where that is 1 % or more; else empty
};

/// Reads `text`:
///
///     quantity     = distribution [unit]
///     distribution = amount | amount "to" amount | name "(" argument { "," argument } ")"
///     argument     = [name "="] amount | amount ":" probability | distribution (in truncate) | "file" (in empirical)
///     amount       = number [unit] | date
///     number       = ["+" | "-"] digits with "_" between them, decimal point, exponent
///
/// "a to b" is the 5th to 95th percentile of a logit-normal when the field is a fraction, of a lognormal when both ends
/// are positive, else of a normal; of a normal for dates. Files are looked up in `folder`; an empty folder has none.
std::variant<QuantityText, TextError> read_quantity(std::string_view text, const Expected& expected,
                                                    const Prices& prices, const std::string& folder);

/// A number of the file itself, allowed for a field without a dimension (and a year for a date).
std::variant<QuantityText, TextError> read_bare_number(double value, std::string_view text, const Expected& expected);

/// An interval or a single value as somebody stated it, in base units.
struct IntervalText {
    double low = 0.0, high = 0.0;
    Dim dim{};
    std::string unit = "1";
    double unit_factor = 1.0;
};

/// Reads "60 to 75 USD/chip", "75 %" or a date. Without `expected` any unit will do; a date is in decimal years and fits
/// a time.
std::variant<IntervalText, TextError> read_interval(std::string_view text, const Expected* expected,
                                                    const Prices& prices);

/// The sentence that says why `value` is outside `range`, or empty.
std::string_view outside(Range range, double value);

} // namespace autarky::scenario

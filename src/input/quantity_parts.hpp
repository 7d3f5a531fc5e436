// autarky: the parts of a quantity text, before units and distributions are resolved.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "input/prices.hpp"
#include "input/quantity_text.hpp"

namespace autarky::scenario {

/// A number or a date with the unit that stands beside it, if one does.
struct Amount {
    double number = 0.0;
    bool is_date = false;
    std::optional<WrittenUnit> unit{};
    std::size_t at = 0, length = 1;           ///< of the whole amount
    std::size_t unit_at = 0, unit_length = 1; ///< of its unit
};

struct Argument {
    std::string_view name{}; ///< empty: by position
    std::size_t at = 0;
    Amount amount{};
    std::optional<Amount> probability{};
};

/// `name(arguments)`; a lone amount is called "constant", `a to b` is called "to".
struct Expression {
    std::string_view name{};
    std::size_t at = 0, length = 1;
    std::vector<Argument> arguments{};
    std::vector<Expression> inner{}; ///< the distribution inside truncate
    std::string file{};              ///< of empirical
};

struct ParsedText {
    Expression expression;
    std::optional<Amount> trailing; ///< the unit behind everything; only its unit fields count
};

/// Takes a quantity text apart; throws a TextError.
ParsedText take_apart(std::string_view text, const Expected& expected, const Prices& prices);

/// Puts the parts together in base units; throws a TextError.
QuantityText put_together(std::string_view text, const ParsedText& parsed, const Expected& expected,
                          const std::string& folder);

} // namespace autarky::scenario

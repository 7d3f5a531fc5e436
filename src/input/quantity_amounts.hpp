// autarky: amounts of a quantity text in base units, with every check of unit and range.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "input/quantity_parts.hpp"

namespace autarky::scenario {

/// `number` times `factor` with one rounding also where the factor is one over a whole number (%, month, h): 70 % is
/// exactly the double 0.7.
double in_base_units(double number, double factor);

/// The amounts of one text, read as its field expects them. Every function throws a TextError at the amount's place.
class Amounts {
public:
    Amounts(std::string_view text, const ParsedText& parsed, const Expected& expected)
        : text_(text), trailing_(parsed.trailing ? &*parsed.trailing : nullptr), expected_(expected) {}

    [[nodiscard]] const Expected& expected() const { return expected_; }
    /// The same text read for another expectation, which must outlive them.
    [[nodiscard]] Amounts expecting(const Expected& other) const { return {text_, trailing_, other}; }
    [[nodiscard]] const Amount* trailing() const { return trailing_; }
    [[nodiscard]] std::string_view written(const Amount& amount) const {
        return text_.substr(amount.at, amount.length);
    }
    [[nodiscard]] std::string_view written(const Expression& e) const { return text_.substr(e.at, e.length); }

    [[noreturn]] static void fail(const Amount& amount, const char* code, std::string message, std::string hint = {});
    [[noreturn]] static void fail(const Expression& e, const char* code, std::string message, std::string hint = {});

    void check_unit(const Amount& amount) const;
    /// In base units; the unit of `beside` counts when the amount has none.
    [[nodiscard]] double value(const Amount& amount, const Amount* beside = nullptr) const;
    /// The same, inside the range of the field.
    [[nodiscard]] double checked(const Amount& amount, const Amount* beside = nullptr) const;
    /// A number without a dimension, whatever the field has.
    [[nodiscard]] double plain(const Amount& amount) const;
    /// A standard deviation: above zero; of a date, a time.
    [[nodiscard]] double spread(const Amount& amount) const;

private:
    Amounts(std::string_view text, const Amount* trailing, const Expected& expected)
        : text_(text), trailing_(trailing), expected_(expected) {}
    [[nodiscard]] double duration(const Amount& amount) const;

    std::string_view text_;
    const Amount* trailing_;
    const Expected& expected_;
};

} // namespace autarky::scenario

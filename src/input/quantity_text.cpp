// autarky: takes a quantity text apart.
// SPDX-License-Identifier: Apache-2.0
#include "input/quantity_text.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <utility>

#include "input/quantity_parts.hpp"
#include "input/unit_hint.hpp"

namespace autarky::scenario {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

class TextReader {
public:
    TextReader(std::string_view text, const Expected& expected, const Prices& prices)
        : text_(text), expected_(expected), prices_(prices) {}

    ParsedText all() {
        skip_blanks();
        if (done()) fail(at_, 1, "E0201", "the text is empty", example());
        ParsedText parsed{distribution(0), std::nullopt};
        skip_blanks();
        if (!done()) {
            if (peek() == ',' && at_ > 0 && is_digit(text_[at_ - 1]))
                fail(at_, 1, "E0201", "unexpected ','", "digits are grouped with '_', such as 18_000");
            if (!is_letter(peek()) && peek() != '%' && peek() != '1' && peek() != '/')
                fail(at_, text_.size() - at_, "E0201", fmt::format("unexpected '{}'", text_.substr(at_)), example());
            Amount amount;
            take_unit(amount);
            skip_blanks();
            if (!done())
                fail(at_, text_.size() - at_, "E0201", fmt::format("unexpected '{}'", text_.substr(at_)), example());
            parsed.trailing = std::move(amount);
        }
        return parsed;
    }

private:
    static constexpr int deepest = 2;

    [[noreturn]] static void fail(std::size_t at, std::size_t length, const char* code, std::string message,
                                  std::string hint) {
        throw TextError{code, std::move(message), std::move(hint), at, std::max<std::size_t>(length, 1)};
    }
    [[nodiscard]] std::string example() const {
        if (expected_.is_date) return "write 2026, 2026Q2, 2026-04, 2026-04-15 or '2026-04 to 2026-09'";
        const std::string unit = expected_.unit == "1" ? "" : fmt::format(" {}", expected_.unit);
        return fmt::format("write '5{0}', '4 to 6{0}' or 'pert(3, 5, 8){0}'", unit);
    }
    [[nodiscard]] bool done() const { return at_ >= text_.size(); }
    [[nodiscard]] char peek() const { return done() ? '\0' : text_[at_]; }
    void skip_blanks() {
        while (!done() && (peek() == ' ' || peek() == '\t'))
            ++at_;
    }
    bool take(char c) {
        skip_blanks();
        if (peek() != c) return false;
        ++at_;
        return true;
    }
    void need(char c, std::string_view where) {
        if (!take(c))
            fail(at_, 1, "E0201",
                 done() ? fmt::format("'{}' is missing {}", c, where)
                        : fmt::format("expected '{}' {}, found '{}'", c, where, text_.substr(at_, 1)),
                 example());
    }
    /// A word that stands alone: "to".
    bool take_word(std::string_view word) {
        skip_blanks();
        if (text_.substr(at_, word.size()) != word) return false;
        const std::size_t end = at_ + word.size();
        if (end < text_.size() && is_letter(text_[end])) return false;
        at_ = end;
        return true;
    }
    std::string_view take_name() {
        const std::size_t start = at_;
        while (is_letter(peek()) || is_digit(peek()) || peek() == '_')
            ++at_;
        return text_.substr(start, at_ - start);
    }

    Expression distribution(int depth) {
        skip_blanks();
        const std::size_t start = at_;
        if (is_letter(peek())) return call(depth);
        Expression expression{"constant", start, 1, {}, {}, {}};
        expression.arguments.push_back({{}, at_, amount(expected_.is_date), {}});
        if (take_word("to")) {
            expression.name = "to";
            expression.arguments.push_back({{}, at_, amount(expected_.is_date), {}});
        }
        expression.length = at_ - start;
        return expression;
    }

    Expression call(int depth) {
        const std::size_t start = at_;
        Expression expression{take_name(), start, 1, {}, {}, {}};
        expression.length = at_ - start;
        skip_blanks();
        if (peek() != '(') {
            if (find_unit(expression.name) != nullptr)
                fail(start, expression.length, "E0201", fmt::format("'{}' stands without a number", expression.name),
                     example());
            fail(start, expression.length, "E0201", fmt::format("'{}' is no number", expression.name), example());
        }
        ++at_;
        if (expression.name == "empirical") {
            expression.file = quoted();
        } else {
            if (expression.name == "truncate") {
                if (depth >= deepest)
                    fail(start, expression.length, "E0201", "truncate stands inside truncate", "truncate once");
                expression.inner.push_back(distribution(depth + 1));
                need(',', "before the bounds of truncate");
            }
            do
                expression.arguments.push_back(argument(expression));
            while (take(','));
        }
        need(')', fmt::format("at the end of {}(...)", expression.name));
        return expression;
    }

    std::string quoted() {
        skip_blanks();
        const char quote = peek();
        if (quote != '"' && quote != '\'')
            fail(at_, 1, "E0201", "empirical needs a file name in quotes", "empirical(\"wages.csv\") USD/h");
        const auto end = text_.find(quote, at_ + 1);
        if (end == std::string_view::npos)
            fail(at_, text_.size() - at_, "E0201", "the file name does not end", "close the quotes");
        std::string file(text_.substr(at_ + 1, end - at_ - 1));
        at_ = end + 1;
        return file;
    }

    Argument argument(const Expression& call) {
        skip_blanks();
        Argument argument;
        argument.at = at_;
        if (is_letter(peek())) {
            argument.name = take_name();
            need('=', fmt::format("behind '{}'", argument.name));
        }
        const bool by_time = argument.name == "sd" || (argument.name.empty() && call.arguments.size() == 1 &&
                                                       (call.name == "normal" || call.name == "lognormal"));
        argument.amount = amount(expected_.is_date && !by_time);
        if (call.name == "discrete") {
            need(':', "between a value and its probability");
            argument.probability = amount(false);
        }
        return argument;
    }

    Amount amount(bool as_date) {
        skip_blanks();
        Amount amount;
        amount.at = at_;
        if (as_date) {
            amount.is_date = true;
            amount.number = date();
        } else {
            amount.number = number();
            skip_blanks();
            if (is_letter(peek()) || peek() == '%' || peek() == '/' || text_.substr(at_, 2) == "1/") {
                const std::size_t before = at_;
                if (take_word("to"))
                    at_ = before;
                else
                    take_unit(amount);
            }
        }
        amount.length = at_ - amount.at;
        while (amount.length > 1 && text_[amount.at + amount.length - 1] == ' ')
            --amount.length;
        return amount;
    }

    double date() {
        const std::size_t start = at_;
        while (is_digit(peek()) || is_letter(peek()) || peek() == '-')
            ++at_;
        const auto word = text_.substr(start, at_ - start);
        const auto year = parse_date(word);
        if (!year)
            fail(start, word.size(), "E0210",
                 word.empty() ? std::string("a date is missing") : fmt::format("'{}' is no date", word), example());
        return *year;
    }

    double number() {
        const std::size_t start = at_;
        std::string plain;
        if (peek() == '+' || peek() == '-') {
            if (peek() == '-') plain += '-';
            ++at_;
        }
        const std::size_t digits = take_digits(plain);
        std::size_t decimals = 0;
        if (peek() == '.') {
            plain += text_[at_++];
            decimals = take_digits(plain);
        }
        if (digits + decimals == 0) {
            const auto rest = text_.substr(start);
            fail(start, 1, "E0201",
                 rest.empty() ? std::string("a number is missing")
                              : fmt::format("a number is missing before '{}'", rest),
                 example());
        }
        take_exponent(plain);
        double value = 0.0;
        const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
        if (error != std::errc{} || end != plain.data() + plain.size() || !std::isfinite(value))
            fail(start, at_ - start, "E0201",
                 fmt::format("'{}' is no number that a computer can hold", text_.substr(start, at_ - start)),
                 example());
        return value;
    }
    std::size_t take_digits(std::string& plain) {
        std::size_t count = 0;
        while (is_digit(peek()) || (peek() == '_' && count > 0 && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]))) {
            if (peek() != '_') {
                plain += peek();
                ++count;
            }
            ++at_;
        }
        return count;
    }
    void take_exponent(std::string& plain) {
        if (peek() != 'e' && peek() != 'E') return;
        std::size_t digits = at_ + 1;
        if (digits < text_.size() && (text_[digits] == '+' || text_[digits] == '-')) ++digits;
        if (digits >= text_.size() || !is_digit(text_[digits])) return;
        plain += 'e';
        if (text_[at_ + 1] == '-') plain += '-';
        at_ = digits;
        while (is_digit(peek()))
            plain += text_[at_++];
    }

    /// The unit that begins here ends at a delimiter, at the word "to", or with the text.
    void take_unit(Amount& amount) {
        const std::size_t start = at_;
        while (!done() && peek() != ',' && peek() != ')' && peek() != ':' && peek() != '(') {
            if (peek() == ' ') {
                const std::size_t blank = at_;
                if (take_word("to")) {
                    at_ = blank;
                    break;
                }
                at_ = blank;
            }
            ++at_;
        }
        auto unit = text_.substr(start, at_ - start);
        while (!unit.empty() && (unit.back() == ' ' || unit.back() == '\t'))
            unit.remove_suffix(1);
        if (unit.size() > 1 && unit[0] == '/' && is_digit(unit[1])) refuse_fraction(amount, start, unit);
        if (!unit.empty() && unit[0] == '/')
            fail(start, unit.size(), "E0203", fmt::format("the unit '{}' has nothing before its '/'", unit),
                 fmt::format("write '1{}'", unit));
        amount.unit = read_unit(unit, start, expected_.unit, prices_);
        amount.unit_at = start;
        amount.unit_length = unit.size();
    }

    /// "1/3" as a number.
    void refuse_fraction(const Amount& amount, std::size_t start, std::string_view behind) {
        double divisor = 0.0;
        std::from_chars(behind.data() + 1, behind.data() + behind.size(), divisor);
        fail(start, behind.size(), "E0201",
             fmt::format("'{:g}{}' is a fraction, and numbers are decimals", amount.number, behind),
             divisor > 0.0 ? fmt::format("write {:.6g}", amount.number / divisor)
                           : std::string("write a decimal number"));
    }

    std::string_view text_;
    const Expected& expected_;
    const Prices& prices_;
    std::size_t at_ = 0;
};

} // namespace

ParsedText take_apart(std::string_view text, const Expected& expected, const Prices& prices) {
    return TextReader(text, expected, prices).all();
}

std::variant<QuantityText, TextError> read_quantity(std::string_view text, const Expected& expected,
                                                    const Prices& prices, const std::string& folder) {
    try {
        return put_together(text, take_apart(text, expected, prices), expected, folder);
    } catch (const TextError& error) {
        return error;
    }
}

std::variant<QuantityText, TextError> read_bare_number(double value, std::string_view text, const Expected& expected) {
    if (expected.is_date) {
        if (const auto year = parse_date(text)) return QuantityText{{Family::constant, {*year}}, "date", 1.0};
        return TextError{"E0210", fmt::format("'{}' is no date", text),
                         "write 2026, \"2026Q2\", \"2026-04\" or \"2026-04-15\"", 0, text.size()};
    }
    if (expected.dim != dimensionless)
        return TextError{"E0202", fmt::format("'{}' has no unit", text),
                         "write it as a text with its unit: " + plausible_readings(text, value, expected.unit, '"'), 0,
                         text.size()};
    if (!std::isfinite(value)) return TextError{"E0201", fmt::format("'{}' is not finite", text), "", 0, text.size()};
    if (const auto why = outside(expected.range, value); !why.empty())
        return TextError{"E0205", fmt::format("'{}' {}", text, why), "", 0, text.size()};
    return QuantityText{{Family::constant, {value}}, "1", 1.0};
}

std::string_view outside(Range range, double value) {
    switch (range) {
    case Range::any: return {};
    case Range::positive: return value > 0.0 ? std::string_view{} : "must be above zero";
    case Range::nonnegative: return value >= 0.0 ? std::string_view{} : "must not be negative";
    case Range::fraction: return value < 0.0 ? "must not be below 0 %" : value > 1.0 ? "must not be above 100 %" : "";
    case Range::rate: return value > -1.0 ? std::string_view{} : "must be above -100 %";
    }
    return {};
}

} // namespace autarky::scenario

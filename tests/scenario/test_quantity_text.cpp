// autarky: the grammar of quantities: every form, its numbers, and the column of every mistake.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>

#include <fmt/format.h>

#include "core/quantities.hpp"
#include "input/metalog_bounds.hpp"
#include "input/quantity_text.hpp"
#include "mini.hpp"

using namespace autarky;
using namespace autarky::scenario;

namespace {

Expected price() {
    Expected out;
    out.dim = decltype("USD/wafer"_u)::dim;
    out.unit = "USD/wafer";
    out.range = Range::positive;
    return out;
}
Expected plain(Range range = Range::any) {
    Expected out;
    out.range = range;
    return out;
}
Expected date() {
    Expected out;
    out.unit = "date";
    out.is_date = true;
    return out;
}

QuantityText read(std::string_view text, const Expected& expected) {
    const auto outcome = read_quantity(text, expected, Prices{}, "");
    if (const auto* error = std::get_if<TextError>(&outcome)) FAIL("'" << text << "': " << error->message);
    return std::get<QuantityText>(outcome);
}
Distribution distribution(std::string_view text, const Expected& expected = plain()) {
    return read(text, expected).distribution;
}

TextError trouble(std::string_view text, const Expected& expected) {
    const auto outcome = read_quantity(text, expected, Prices{}, "");
    REQUIRE_MESSAGE(std::holds_alternative<TextError>(outcome), text);
    return std::get<TextError>(outcome);
}
/// "E0203 10+5 message | hint"
std::string told(std::string_view text, const Expected& expected) {
    const auto t = trouble(text, expected);
    return t.code + " " + std::to_string(t.at) + "+" + std::to_string(t.length) + " " + t.message +
           (t.hint.empty() ? "" : " | " + t.hint);
}

void check_parameters(const Distribution& d, Family family, const std::vector<double>& expected) {
    CHECK(d.family == family);
    REQUIRE(d.parameters.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        CHECK(d.parameters[i] == doctest::Approx(expected[i]).epsilon(1e-12));
}

} // namespace

TEST_CASE("a number reads with sign, underscores, decimals and exponent") {
    CHECK(distribution("18_000").parameters[0] == 18000.0);
    CHECK(distribution("-0.5").parameters[0] == -0.5);
    CHECK(distribution("+.5").parameters[0] == 0.5);
    CHECK(distribution("1.25e3").parameters[0] == 1250.0);
    CHECK(distribution("1e-3").parameters[0] == 0.001);
    CHECK(distribution("  7  ").parameters[0] == 7.0);
    CHECK(distribution("75 %").parameters[0] == 0.75);
    CHECK(distribution("75%").parameters[0] == 0.75);
    CHECK(distribution("3 x").parameters[0] == 3.0);
}

TEST_CASE("a unit scales to base units and is kept as written") {
    const auto q = read("18 kUSD/wafer", price());
    CHECK(q.distribution.parameters[0] == 18000.0);
    CHECK(q.unit == "kUSD/wafer");
    CHECK(q.unit_factor == 1000.0);
    CHECK(read("0.1 1/cm^2", {decltype("1/cm^2"_u)::dim, "1/cm^2"}).distribution.parameters[0] ==
          doctest::Approx(0.001).epsilon(1e-15));
}

TEST_CASE("'a to b' of positive ends is a lognormal with these percentiles") {
    // mu = (ln 18000 + ln 22000) / 2, sigma = ln(22000/18000) / (2 z95); median sqrt(18000 22000)
    check_parameters(distribution("18_000 to 22_000 USD/wafer", price()), Family::lognormal,
                     {0.5 * (std::log(18000.0) + std::log(22000.0)), 0.06099956013535045});
    check_parameters(distribution("18 to 22 kUSD/wafer", price()), Family::lognormal,
                     {0.5 * (std::log(18000.0) + std::log(22000.0)), 0.06099956013535045});
    check_parameters(distribution("18_000 USD/wafer to 22 kUSD/wafer", price()), Family::lognormal,
                     {0.5 * (std::log(18000.0) + std::log(22000.0)), 0.06099956013535045});
    check_parameters(distribution("5 to 10"), Family::lognormal, {1.95601150271407, .2107017819709});
    check_parameters(distribution("500 to 800"), Family::lognormal, {6.44960991304506, .142870958711636});
}

TEST_CASE("'a to b' with an end at or below zero is a normal") {
    check_parameters(distribution("0 to 10"), Family::normal, {5.0, 3.03978415955884});
    check_parameters(distribution("-5 to 5"), Family::normal, {0.0, 3.03978415955884});
    const auto cut = distribution("0 to 10", plain(Range::nonnegative));
    CHECK(cut.low == 0.0); // a draw never leaves the range of its key
    CHECK(cut.high > 1e300);
    CHECK(distribution("-10 to 20 %", plain(Range::rate)).low == -1.0);
}

TEST_CASE("'a to b' of a share is a logit-normal, of dates a normal") {
    const auto d = distribution("60 to 80 %", plain(Range::fraction));
    check_parameters(d, Family::logit_normal,
                     {0.5 * (std::log(0.6 / 0.4) + std::log(0.8 / 0.2)),
                      (std::log(4.0) - std::log(1.5)) / (2.0 * 1.6448536269514722)});
    check_parameters(distribution("2026-01 to 2027-01", date()), Family::normal,
                     {2026.5, 1.0 / (2.0 * 1.6448536269514722)});
    // an end at exactly 0 % is no percentile of a logit-normal
    const auto cut = distribution("0 to 30 %", plain(Range::fraction));
    CHECK(cut.family == Family::normal);
    CHECK(cut.low == 0.0);
    CHECK(cut.high == 1.0);
}

TEST_CASE("every named distribution has the parameters of the published formulas") {
    check_parameters(distribution("normal(10, 2)"), Family::normal, {10.0, 2.0});
    check_parameters(distribution("normal(mean = 10, sd = 2)"), Family::normal, {10.0, 2.0});
    check_parameters(distribution("normal(sd=2, mean=10)"), Family::normal, {10.0, 2.0});
    check_parameters(distribution("normal(p5=0, p95=10)"), Family::normal, {5.0, 3.03978415955884});
    check_parameters(distribution("normal(p10=.75, p90=.8)"), Family::normal, {.775, .0195076036518095});
    check_parameters(distribution("lognormal(10, 5)"), Family::lognormal, {2.19101331733694, .472380727077439});
    check_parameters(distribution("lognormal(p10=2, p90=30)"), Family::lognormal, {2.04717228111105, 1.0565513998461});
    check_parameters(distribution("lognormal(p5=5, p95=10)"), Family::lognormal, {1.95601150271407, .2107017819709});
    check_parameters(distribution("logitnormal(p5=60%, p95=80%)"), Family::logit_normal,
                     {0.5 * (std::log(1.5) + std::log(4.0)), std::log(4.0 / 1.5) / (2.0 * 1.6448536269514722)});
    check_parameters(distribution("uniform(1, 2)"), Family::uniform, {1.0, 2.0});
    check_parameters(distribution("triangular(1, 2, 4)"), Family::triangular, {1.0, 2.0, 4.0});
    check_parameters(distribution("pert(1, 2, 4)"), Family::pert, {1.0, 2.0, 4.0});
    check_parameters(distribution("pert(min=1, mode=2, max=4)"), Family::pert, {1.0, 2.0, 4.0});
    check_parameters(distribution("beta(2, 3)"), Family::beta, {2.0, 3.0, 0.0, 1.0});
    check_parameters(distribution("beta(2, 3, 10, 20)"), Family::beta, {2.0, 3.0, 10.0, 20.0});
    check_parameters(distribution("beta(mean=.775, sd=.05)"), Family::beta, {53.28125, 15.46875, 0.0, 1.0});
    check_parameters(distribution("metalog(10, 15, 25)"), Family::metalog, {10.0, 15.0, 25.0});
    check_parameters(distribution("loguniform(2, 500)"), Family::loguniform, {2.0, 500.0});
    check_parameters(distribution("metalog(10, 15, 25, 0, 100)"), Family::bounded_metalog,
                     {std::log(10.0 / 90.0), std::log(15.0 / 85.0), std::log(25.0 / 75.0), 0.0, 100.0});
    check_parameters(distribution("metalog(p10=10, p50=15, p90=25, low=5)"), Family::bounded_metalog,
                     {std::log(5.0), std::log(10.0), std::log(20.0), 5.0, no_bound});
    check_parameters(distribution("metalog(p10=10, p50=15, p90=25, high=30)"), Family::bounded_metalog,
                     {-std::log(20.0), -std::log(15.0), -std::log(5.0), -no_bound, 30.0});
}

TEST_CASE("a bounded metalog may have the bound that its key never reaches") {
    check_parameters(distribution("metalog(p10=10, p50=15, p90=25, low=0) USD/wafer", price()), Family::bounded_metalog,
                     {std::log(10.0), std::log(15.0), std::log(25.0), 0.0, no_bound});
    CHECK(told("metalog(p10=10, p50=15, p90=25, low=-1) USD/wafer", price()).find("must be above zero") !=
          std::string::npos);
    CHECK(told("uniform(0, 15) USD/wafer", price()).find("must be above zero") != std::string::npos);
}

TEST_CASE("a discrete distribution lists values with probabilities") {
    const auto d = distribution("discrete(0: 0.4, 1: 45 %, 2: 0.15)");
    CHECK(d.family == Family::discrete);
    CHECK(d.parameters == std::vector<double>{0.0, 1.0, 2.0});
    CHECK(d.probabilities == std::vector<double>{0.4, 0.45, 0.15});
}

TEST_CASE("units stand behind the call or beside each argument") {
    check_parameters(distribution("pert(1, 2, 4) kUSD/wafer", price()), Family::pert, {1000.0, 2000.0, 4000.0});
    check_parameters(distribution("pert(900 USD/wafer, 2 kUSD/wafer, 4 kUSD/wafer)", price()), Family::pert,
                     {900.0, 2000.0, 4000.0});
    check_parameters(distribution("pert(20%, 45%, 70%)", plain(Range::fraction)), Family::pert, {0.2, 0.45, 0.7});
    check_parameters(distribution("beta(2, 3, 1, 2) kUSD/wafer", price()), Family::beta, {2.0, 3.0, 1000.0, 2000.0});
    check_parameters(distribution("lognormal(10, 5) kUSD/wafer", price()), Family::lognormal,
                     {2.19101331733694 + std::log(1000.0), .472380727077439});
}

TEST_CASE("truncation narrows any continuous distribution") {
    const auto d = distribution("truncate(normal(.9, .1), 0, 1)");
    check_parameters(d, Family::normal, {.9, .1});
    CHECK(d.low == 0.0);
    CHECK(d.high == 1.0);
    const auto range = distribution("truncate(5 to 10, 4, 12) kUSD/wafer", price());
    CHECK(range.family == Family::lognormal);
    CHECK(range.low == 4000.0);
    CHECK(range.high == 12000.0);
}

TEST_CASE("dates read as decimal years, also inside distributions") {
    CHECK(distribution("2026Q2", date()).parameters[0] == 2026.25);
    CHECK(distribution("2026-04-15", date()).parameters[0] == doctest::Approx(2026.0 + 104.0 / 365.0).epsilon(1e-15));
    check_parameters(distribution("pert(2026Q1, 2026Q3, 2027Q1)", date()), Family::pert, {2026.0, 2026.5, 2027.0});
    check_parameters(distribution("normal(2026-07, 3 month)", date()), Family::normal, {2026.0 + 181.0 / 365.0, 0.25});
    check_parameters(distribution("discrete(2026Q1: 0.5, 2027Q1: 0.5)", date()), Family::discrete, {2026.0, 2027.0});
}

TEST_CASE("mistakes with numbers are told with their column") {
    CHECK(told("", plain()) == "E0201 0+1 the text is empty | write '5', '4 to 6' or 'pert(3, 5, 8)'");
    CHECK(told("18,000 USD/wafer", price()) ==
          "E0201 2+1 unexpected ',' | digits are grouped with '_', such as 18_000");
    CHECK(told("1 to", plain()) == "E0201 4+1 a number is missing | write '5', '4 to 6' or 'pert(3, 5, 8)'");
    CHECK(told("to 5", plain()) == "E0201 0+2 'to' is no number | write '5', '4 to 6' or 'pert(3, 5, 8)'");
    CHECK(told("metalog(10, 15, 25, 5)", plain()).find("may be a lower or an upper bound") != std::string::npos);
    CHECK(told("--5", plain()) ==
          "E0201 0+1 a number is missing before '--5' | write '5', '4 to 6' or 'pert(3, 5, 8)'");
    CHECK(told("1e999", plain()) ==
          "E0201 0+5 '1e999' is no number that a computer can hold | write '5', '4 to 6' or 'pert(3, 5, 8)'");
    CHECK(told("nan", plain()) == "E0201 0+3 'nan' is no number | write '5', '4 to 6' or 'pert(3, 5, 8)'");
    CHECK(told("USD", price()) == "E0201 0+3 'USD' stands without a number | write '5 USD/wafer', '4 to 6 USD/wafer' "
                                  "or 'pert(3, 5, 8) USD/wafer'");
    CHECK(told("5 to 4", plain()) ==
          "E0206 0+6 '5 to 4' does not rise | 'a to b' is the 5th to the 95th percentile: the lower one comes first");
    CHECK(told("5 to 5", plain()) == "E0206 0+6 '5 to 5' does not rise | write the one value");
    CHECK(told("5 6", plain()) == "E0201 2+1 unexpected '6' | write '5', '4 to 6' or 'pert(3, 5, 8)'");
}

TEST_CASE("mistakes with units are told with their column") {
    CHECK(told("20_000", price()) == "E0202 0+6 '20_000' has no unit | write '20_000 USD/wafer'");
    CHECK(told("18 kUSD/wafer to 22", price()) == "E0202 17+2 '22' has no unit | write '22 USD/wafer'");
    CHECK(told("18_000 to 22_000 USD/wafre", price()) ==
          "E0203 21+5 unknown unit 'wafre' in 'USD/wafre' | did you mean 'wafer'? expected a unit such as 'USD/wafer'");
    CHECK(told("5 mm", price()) ==
          "E0204 2+2 'mm' does not fit a quantity in USD/wafer | expected a unit such as 'USD/wafer'");
    CHECK(told("5 USD", plain()) == "E0204 2+3 'USD' does not fit a plain number | expected a unit such as '1'");
    CHECK(told("5 USD/", price()) ==
          "E0203 6+1 'USD/' ends where a unit was expected | expected a unit such as 'USD/wafer'");
    CHECK(told("5 USD;wafer", price()) ==
          "E0203 5+1 unexpected ';' in the unit 'USD;wafer' | expected a unit such as 'USD/wafer'");
    CHECK(told("discrete(8_000: 1/3, 9_000: 2/3) USD/wafer", price()) ==
          "E0201 17+2 '1/3' is a fraction, and numbers are decimals | write 0.333333");
    CHECK(told("5 /wafer", price()) == "E0203 2+6 the unit '/wafer' has nothing before its '/' | write '1/wafer'");
    CHECK(told("pert(1 USD/wafer, 2, 3) USD/wafer", price()) ==
          "E0201 24+9 'USD/wafer' follows amounts that have units already | write the unit once, at the end");
    CHECK(told("20k USD/wafer", price()) == "E0203 2+1 unknown unit 'k' in 'k USD/wafer' | a number has no suffix: "
                                            "write its zeros, or a unit such as kUSD");
}

TEST_CASE("values outside the range of their key are told with their column") {
    CHECK(told("-400 USD/wafer", price()) == "E0205 0+14 '-400 USD/wafer' must be above zero");
    CHECK(told("0 USD/wafer", price()) == "E0205 0+11 '0 USD/wafer' must be above zero");
    CHECK(told("120 %", plain(Range::fraction)) == "E0205 0+5 '120 %' must not be above 100 %");
    CHECK(told("90 to 110 %", plain(Range::fraction)) == "E0205 6+5 '110 %' must not be above 100 %");
    CHECK(told("pert(-1, 2, 3)", plain(Range::nonnegative)) == "E0205 5+2 '-1' must not be negative");
    CHECK(told("-100 %", plain(Range::rate)) == "E0205 0+6 '-100 %' must be above -100 %");
    CHECK(told("discrete(0.5: 0.5, 1.5: 0.5)", plain(Range::fraction)) == "E0205 19+3 '1.5' must not be above 100 %");
}

TEST_CASE("distributions that do not exist are told") {
    CHECK(told("perd(1, 2, 4)", plain()) == "E0206 0+4 unknown distribution 'perd' | did you mean 'pert'?");
    CHECK(told("gauss(1, 2)", plain()) ==
          "E0206 0+5 unknown distribution 'gauss' | known are normal, lognormal, logitnormal, uniform, loguniform, "
          "triangular, pert, beta, metalog, discrete, empirical, truncate");
    CHECK(told("pert(4, 2, 1)", plain()) == "E0206 0+4 the values of pert do not rise | write low, mode, high");
    CHECK(told("pert(1, 2)", plain()) ==
          "E0206 0+4 pert is not given what it takes | write pert(low, mode, high) or pert(low, mode, "
          "high, lambda)");
    CHECK(
        told("normal(1)", plain()) ==
        "E0206 0+6 normal is not given what it takes | write normal(mean, sd) or normal(p5, p95) or normal(p10, p90)");
    CHECK(
        told("normal(1, sd=2)", plain()) ==
        "E0206 0+6 normal is not given what it takes | write normal(mean, sd) or normal(p5, p95) or normal(p10, p90)");
    CHECK(told("normal(1, 0)", plain()) == "E0206 10+1 the standard deviation '0' must be above zero");
    CHECK(told("lognormal(p5=-1, p95=2)", plain()) ==
          "E0206 0+9 a lognormal has positive values only | use normal(...)");
    CHECK(told("beta(mean=0.5, sd=0.6)", plain()) ==
          "E0206 0+4 no beta distribution has this mean and standard deviation | the mean lies between the bounds, the "
          "deviation is below sqrt(mean (1 - mean))");
    CHECK(told("metalog(1, 2, 100)", plain()) ==
          "E0206 0+7 no metalog of three terms is that skewed | use lognormal(p10=, p90=) or truncate(...)");
    CHECK(told("discrete(1: 0.5, 2: 0.4)", plain()) == "E0206 0+8 the probabilities add up to 0.9, not to 1");
    CHECK(told("discrete(1, 2)", plain()) == "E0201 10+1 expected ':' between a value and its probability, found ',' | "
                                             "write '5', '4 to 6' or 'pert(3, 5, 8)'");
    CHECK(told("truncate(5, 1, 2)", plain()) == "E0206 9+1 a number cannot be truncated");
    CHECK(told("truncate(normal(0, 1), 50, 60)", plain()) ==
          "E0206 0+8 truncate leaves less than 0.1 % of the distribution | widen the bounds");
    CHECK(told("truncate(truncate(truncate(truncate(5 to 6, 1, 9), 1, 9), 1, 9), 1, 9)", plain()) ==
          "E0201 18+8 truncate stands inside truncate | truncate once");
    CHECK(told("normal(1, 2", plain()) ==
          "E0201 11+1 ')' is missing at the end of normal(...) | write '5', '4 to 6' or 'pert(3, 5, 8)'");
    CHECK(told("logitnormal(p5=0, p95=0.5)", plain()) == "E0206 0+11 a logit-normal lies between 0 and 1 and reaches "
                                                         "neither | use uniform(low, high) or pert(low, mode, high)");
}

TEST_CASE("mistakes with dates are told") {
    CHECK(told("2026-13", date()) ==
          "E0210 0+7 '2026-13' is no date | write 2026, 2026Q2, 2026-04, 2026-04-15 or '2026-04 to 2026-09'");
    CHECK(told("2026-09 to 2026-04", date()) == "E0206 0+18 '2026-09 to 2026-04' does not rise | 'a to b' is the 5th "
                                                "to the 95th percentile: the lower one comes first");
    CHECK(told("normal(2026-07, 3 mm)", date()) ==
          "E0204 16+4 '3 mm' is no duration | the spread of a date is a time, such as 3 month");
    CHECK(told("soon", date()) ==
          "E0201 0+4 'soon' is no number | write 2026, 2026Q2, 2026-04, 2026-04-15 or '2026-04 to 2026-09'");
}

TEST_CASE("PERT with lambda is the beta of its definition; lambda 4 is the usual one") {
    const auto d = distribution("pert(1, 2, 5, 4)", plain());
    CHECK(d.family == Family::beta);
    CHECK(d.parameters == std::vector<double>{2.0, 4.0, 1.0, 5.0}); // 1 + 4 (2 - 1) / 4 and 1 + 4 (5 - 2) / 4
    const auto flat = distribution("pert(0, 1, 2, 2)", plain());
    CHECK(flat.parameters == std::vector<double>{2.0, 2.0, 0.0, 2.0});
    CHECK(told("pert(1, 2, 5, 0)", plain()).starts_with("E0206 0+4 lambda of pert must be above zero"));
}

TEST_CASE("triangles and metalogs through other percentiles go through them") {
    const auto t = distribution("triangular(p10=3, mode=5, p90=10)", plain());
    REQUIRE(t.family == Family::triangular);
    const double a = t.parameters[0], m = t.parameters[1], b = t.parameters[2];
    CHECK(m == 5.0);
    CHECK((3 - a) * (3 - a) / ((b - a) * (m - a)) == doctest::Approx(0.1).epsilon(1e-9));
    CHECK((b - 10) * (b - 10) / ((b - a) * (b - m)) == doctest::Approx(0.1).epsilon(1e-9));
    CHECK(told("triangular(p5=0.1, mode=5, p95=10)", plain(Range::nonnegative)).starts_with("E0205 "));
    // a symmetric metalog is a logistic distribution: p95 - p50 over p90 - p50 is ln 19 over ln 9
    const double ratio = std::log(19.0) / std::log(9.0);
    const auto wide =
        distribution(fmt::format("metalog(p5={:.17g}, p50=10, p95={:.17g})", 10 - ratio, 10 + ratio), plain());
    CHECK(wide.parameters[0] == doctest::Approx(9.0).epsilon(1e-12));
    CHECK(wide.parameters[2] == doctest::Approx(11.0).epsilon(1e-12));
    CHECK(distribution("metalog(p10=1, p50=2, p90=4)", plain()).parameters == std::vector<double>{1.0, 2.0, 4.0});
}

TEST_CASE("what the range of a key cuts off is told from six per cent on, with the mean that is left") {
    const auto cut = [](std::string_view text, const Expected& expected) { return read(text, expected).cut; };
    // beyond 100 %: a quarter of a deviation above the mean, 40.13 %; mean 0.95 - 0.2 (density / share) = 0.8208
    CHECK(cut("normal(95 %, 20 %)", plain(Range::fraction)) ==
          "40.1 % of it lie outside what the key can be and are never drawn; the mean becomes 82.08 % instead of 95");
    CHECK(cut("normal(95 %, 1 %)", plain(Range::fraction)).empty());
    // half a normal of deviation 10 around 0.1: mean 8.015
    CHECK(cut("normal(0.1, 10)", plain(Range::nonnegative)).find("the mean becomes 8.015") != std::string::npos);
    CHECK(cut("truncate(normal(95 %, 20 %), 50 %, 100 %)", plain(Range::fraction)).empty()); // it is meant
    CHECK(cut("normal(0.1, 10)", plain()).empty());
    // a truncated distribution is judged by its bounds, not by where the whole one would lie
    const auto d = distribution("truncate(normal(-1, 5), 0, 10)", plain(Range::nonnegative));
    CHECK(d.low == 0.0);
    CHECK(d.high == 10.0);
    CHECK(told("truncate(normal(1, 5), -1, 10)", plain(Range::nonnegative)).starts_with("E0205 "));
}

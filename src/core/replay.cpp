// autarky: evaluates a written record anew.
// SPDX-License-Identifier: Apache-2.0
#include "core/replay.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/real.hpp"

namespace autarky {
namespace {

/// NaN stands for "does not hold", which nothing that hangs on it may forget: a comparison or a minimum would. Formulas of a
/// spreadsheet do the same with an error; there too the side of a choice that is not taken does not count.
bool is_lost(Operation operation, double a, double b) {
    return std::isnan(a) || (operation != Operation::choose && std::isnan(b));
}

template <std::size_t Width> using Cases = std::array<double, Width>;

template <std::size_t Width>
void repeat(Operation operation, const Cases<Width>& a, const Cases<Width>& b, const Cases<Width>& c, double* out) {
    const auto each = [&](auto&& of) {
        for (std::size_t i = 0; i < Width; ++i)
            out[i] = is_lost(operation, a[i], b[i]) ? std::numeric_limits<double>::quiet_NaN() : of(a[i], b[i], c[i]);
    };
    using D = double;
    switch (operation) {
    case Operation::input: return; // read by the caller
    case Operation::name: return each([](D x, D, D) { return x; });
    case Operation::add: return each([](D x, D y, D) { return x + y; });
    case Operation::subtract: return each([](D x, D y, D) { return x - y; });
    case Operation::multiply: return each([](D x, D y, D) { return x * y; });
    case Operation::divide: return each([](D x, D y, D) { return x / y; });
    case Operation::negate: return each([](D x, D, D) { return -x; });
    case Operation::exponential: return each([](D x, D, D) { return exp(x); });
    case Operation::logarithm: return each([](D x, D, D) { return log(x); });
    case Operation::power: return each([](D x, D y, D) { return pow(x, y); });
    case Operation::error: return each([](D x, D, D) { return erfc(x); });
    case Operation::root: return each([](D x, D, D) { return sqrt(x); });
    case Operation::absolute: return each([](D x, D, D) { return abs(x); });
    case Operation::whole: return each([](D x, D, D) { return floor(x); });
    case Operation::least: return each([](D x, D y, D) { return min(x, y); });
    case Operation::greatest: return each([](D x, D y, D) { return max(x, y); });
    case Operation::less: return each([](D x, D y, D) { return x < y ? 1.0 : 0.0; });
    case Operation::less_or_equal: return each([](D x, D y, D) { return x <= y ? 1.0 : 0.0; });
    case Operation::equal: return each([](D x, D y, D) { return x == y ? 1.0 : 0.0; });
    case Operation::both: return each([](D x, D y, D) { return x != 0.0 && y != 0.0 ? 1.0 : 0.0; });
    case Operation::either: return each([](D x, D y, D) { return x != 0.0 || y != 0.0 ? 1.0 : 0.0; });
    case Operation::opposite: return each([](D x, D, D) { return x == 0.0 ? 1.0 : 0.0; });
    case Operation::choose: return each([](D x, D y, D z) { return x != 0.0 ? y : z; });
    case Operation::held:
        return each(
            [](D x, D low, D high) { return low <= x && x <= high ? x : std::numeric_limits<double>::quiet_NaN(); });
    }
}

double sum_error(double a, double b) { // Knuth's two-sum
    const double sum = a + b;
    const double from_b = sum - a;
    return (a - (sum - from_b)) + (b - from_b);
}

/// Whether another order of operations, or a program with other functions, could give another last digit.
bool is_rounded(Operation operation, double value, double a, double b) {
    switch (operation) {
    case Operation::add: return sum_error(a, b) != 0.0;
    case Operation::subtract: return sum_error(a, -b) != 0.0;
    case Operation::multiply: return fma(a, b, -value) != 0.0;
    case Operation::divide: return fma(value, b, -a) != 0.0;
    case Operation::root: return fma(value, value, -a) != 0.0;
    case Operation::exponential:
    case Operation::error: return a != 0.0;
    case Operation::logarithm: return a != 1.0;
    case Operation::power: return b != 0.0 && b != 1.0 && a != 0.0 && a != 1.0;
    default: return false;
    }
}

/// Evenly spread in [-1, 1] (splitmix64, Steele, Lea and Flood, OOPSLA 2014).
double noise(std::uint64_t seed, std::int32_t step) {
    std::uint64_t x = seed * 0x9E3779B97F4A7C15ULL + static_cast<std::uint64_t>(step) * 0xD1B54A32D192ED03ULL;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBULL;
    return static_cast<double>((x ^ (x >> 31U)) >> 11U) * 0x1p-52 - 1.0;
}

} // namespace

Replay::Replay(const Working& working, std::span<const std::int32_t> wanted)
    : working_(working), steps_(working.behind(wanted)) {}

template <std::size_t Width, class Input, class Disturb>
const std::vector<double>& Replay::evaluated(const Input& input, const Disturb& disturb) {
    values_.resize(working_.steps().size() * Width);
    const auto at = [this](std::int32_t step) { return values_.data() + static_cast<std::size_t>(step) * Width; };
    const auto read = [&](const Operand& operand, Cases<Width>& to) {
        if (operand.step < 0)
            to.fill(operand.value);
        else
            std::copy_n(at(operand.step), Width, to.begin());
    };
    Cases<Width> a, b, c;
    for (const auto index : steps_) {
        const auto& step = working_.steps()[static_cast<std::size_t>(index)];
        double* out = at(index);
        if (step.operation == Operation::input) {
            for (std::size_t i = 0; i < Width; ++i)
                out[i] = input(i, static_cast<std::size_t>(step.of[0].value));
            continue;
        }
        read(step.of[0], a), read(step.of[1], b), read(step.of[2], c);
        repeat<Width>(step.operation, a, b, c, out);
        for (std::size_t i = 0; i < Width; ++i)
            disturb(i, index, step.operation, a[i], b[i], out[i]);
    }
    return values_;
}

namespace {

constexpr auto undisturbed = [](std::size_t, std::int32_t, Operation, double, double, double&) {};

void disturb_value(std::uint64_t seed, std::int32_t step, Operation operation, double a, double b, double& value) {
    if (is_rounded(operation, value, a, b)) value *= 1.0 + Replay::largest_error * noise(seed, step);
}

} // namespace

const std::vector<double>& Replay::values(std::span<const double> inputs) {
    return evaluated<1>([&](std::size_t, std::size_t row) { return inputs[row]; }, undisturbed);
}

const std::vector<double>& Replay::disturbed(std::span<const double> inputs, std::uint64_t seed) {
    return evaluated<1>([&](std::size_t, std::size_t row) { return inputs[row]; },
                        [seed](std::size_t, std::int32_t step, Operation operation, double a, double b, double& value) {
                            disturb_value(seed, step, operation, a, b, value);
                        });
}

const std::vector<double>& Replay::together(std::span<const std::vector<double>> cases) {
    return evaluated<width>([&](std::size_t i, std::size_t row) { return cases[std::min(i, cases.size() - 1)][row]; },
                            undisturbed);
}

const std::vector<double>& Replay::disturbed_together(std::span<const double> inputs) {
    return evaluated<width>([&](std::size_t, std::size_t row) { return inputs[row]; },
                            [](std::size_t i, std::int32_t step, Operation operation, double a, double b,
                               double& value) { disturb_value(i, step, operation, a, b, value); });
}

} // namespace autarky

// autarky: the reading "written": a number that remembers the operations that made it, to be written down as formulas.
// SPDX-License-Identifier: Apache-2.0
//
// A derivation (core/traced.hpp) keeps values and slopes of one case; it forgets which way a comparison could have gone.
// Here comparisons are kept too, so that the formulas hold for other inputs as well as for those that they were made with.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/traced.hpp"

namespace autarky {

/// What a step does with what it is made of. Comparisons are 1 where they hold, else 0.
enum class Operation : std::uint8_t {
    input,         ///< a number of the scenario
    name,          ///< the result of a named formula, as it is
    add,           ///< a + b
    subtract,      ///< a - b
    multiply,      ///< a b
    divide,        ///< a / b
    negate,        ///< -a
    exponential,   ///< e^a
    logarithm,     ///< ln a
    power,         ///< a^b
    error,         ///< erfc(a)
    root,          ///< square root
    absolute,      ///< |a|
    whole,         ///< largest whole number that is not above a
    least,         ///< the smaller one
    greatest,      ///< the larger one
    less,          ///< a < b
    less_or_equal, ///< a <= b
    equal,         ///< a = b
    both,          ///< a and b
    either,        ///< a or b
    opposite,      ///< not a
    choose,        ///< b where a holds, else c
    held,          ///< a where b <= a <= c; elsewhere the record does not hold
};

/// What a step is made of: an earlier step, or a constant.
struct Operand {
    double value = 0.0;
    std::int32_t step = -1; ///< -1: a constant
};

/// Record of one evaluation, step by step, each on earlier ones.
class Working {
public:
    struct Step {
        Operation operation;
        double value;
        std::array<Operand, 3> of;
    };

    /// The record that `Written` operations of this thread write to.
    static Working& current();

    std::int32_t push(Operation operation, double value, const Operand& a = {}, const Operand& b = {},
                      const Operand& c = {}) {
        steps_.push_back({operation, value, {a, b, c}});
        return static_cast<std::int32_t>(steps_.size()) - 1;
    }
    /// The row of the input stands in the place of the first operand.
    std::int32_t push_input(double value, std::int32_t input) {
        return push(Operation::input, value, {static_cast<double>(input), -1});
    }
    void push_call(TapeCall call) { calls_.push_back(std::move(call)); }
    void clear() {
        steps_.clear();
        calls_.clear();
    }

    [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }
    /// Named formulas in the order of evaluation: the same as on the tape of the traced reading.
    [[nodiscard]] const std::vector<TapeCall>& calls() const { return calls_; }

    /// The steps behind some, themselves among them, in order.
    [[nodiscard]] std::vector<std::int32_t> behind(std::span<const std::int32_t> steps) const;
    /// Every step anew with other inputs, one a row; NaN from a step that does not hold there.
    [[nodiscard]] std::vector<double> repeated(std::span<const double> inputs) const;

private:
    std::vector<Step> steps_;
    std::vector<TapeCall> calls_;
};

/// Outcome of a comparison that is kept.
struct WrittenMask {
    bool value = false;
    std::int32_t step = -1;

    [[nodiscard]] Operand operand() const { return {value ? 1.0 : 0.0, step}; }
    friend WrittenMask operator&(const WrittenMask& a, const WrittenMask& b) {
        if (a.step < 0) return a.value ? b : a;
        if (b.step < 0) return b.value ? a : b;
        return made(Operation::both, a.value && b.value, a, b);
    }
    friend WrittenMask operator|(const WrittenMask& a, const WrittenMask& b) {
        if (a.step < 0) return a.value ? a : b;
        if (b.step < 0) return b.value ? b : a;
        return made(Operation::either, a.value || b.value, a, b);
    }
    friend WrittenMask operator!(const WrittenMask& a) {
        return a.step < 0 ? WrittenMask{!a.value} : made(Operation::opposite, !a.value, a, {});
    }

private:
    static WrittenMask made(Operation operation, bool value, const WrittenMask& a, const WrittenMask& b) {
        return {value, Working::current().push(operation, value ? 1.0 : 0.0, a.operand(), b.operand())};
    }
};

/// A value of the current thread's record; step -1 is a constant. Operations on constants are constants, and what adds 0
/// or multiplies by 0 or 1 is no step.
struct Written {
    double value = 0.0;
    std::int32_t step = -1;

    Written() = default;
    // NOLINTNEXTLINE(*-explicit-*): constants mix freely with written values
    Written(double x) : value(x) {}
    Written(double x, std::int32_t at) : value(x), step(at) {}

    [[nodiscard]] Operand operand() const { return {value, step}; }
    [[nodiscard]] bool is(double constant) const { return step < 0 && value == constant; }

    static Written made(Operation operation, double value, const Written& a) {
        return a.step < 0 ? Written{value} : Written{value, Working::current().push(operation, value, a.operand())};
    }
    static Written made(Operation operation, double value, const Written& a, const Written& b) {
        if (a.step < 0 && b.step < 0) return {value};
        return {value, Working::current().push(operation, value, a.operand(), b.operand())};
    }
    static WrittenMask compared(Operation operation, bool value, const Written& a, const Written& b) {
        if (a.step < 0 && b.step < 0) return {value};
        return {value, Working::current().push(operation, value ? 1.0 : 0.0, a.operand(), b.operand())};
    }

    friend Written operator+(const Written& a, const Written& b) {
        if (a.is(0.0)) return b;
        if (b.is(0.0)) return a;
        return made(Operation::add, a.value + b.value, a, b);
    }
    friend Written operator-(const Written& a, const Written& b) {
        return b.is(0.0) ? a : made(Operation::subtract, a.value - b.value, a, b);
    }
    friend Written operator*(const Written& a, const Written& b) {
        if (a.is(0.0) || b.is(0.0)) return {0.0};
        if (a.is(1.0)) return b;
        if (b.is(1.0)) return a;
        return made(Operation::multiply, a.value * b.value, a, b);
    }
    friend Written operator/(const Written& a, const Written& b) {
        return b.is(1.0) ? a : made(Operation::divide, a.value / b.value, a, b);
    }
    friend Written operator-(const Written& a) { return made(Operation::negate, -a.value, a); }
    Written& operator+=(const Written& b) { return *this = *this + b; }
    Written& operator-=(const Written& b) { return *this = *this - b; }
    Written& operator*=(const Written& b) { return *this = *this * b; }
    Written& operator/=(const Written& b) { return *this = *this / b; }

    friend WrittenMask operator<(const Written& a, const Written& b) {
        return compared(Operation::less, a.value < b.value, a, b);
    }
    friend WrittenMask operator<=(const Written& a, const Written& b) {
        return compared(Operation::less_or_equal, a.value <= b.value, a, b);
    }
    friend WrittenMask operator>(const Written& a, const Written& b) { return b < a; }
    friend WrittenMask operator>=(const Written& a, const Written& b) { return b <= a; }
    friend WrittenMask operator==(const Written& a, const Written& b) {
        return compared(Operation::equal, a.value == b.value, a, b);
    }
};

} // namespace autarky

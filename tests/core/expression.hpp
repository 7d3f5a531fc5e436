// autarky: random formulas, evaluated in any reading by one template, as property tests need them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <random>
#include <vector>

#include "core/real.hpp"

namespace autarky::test {

enum class Op {
    input,
    constant,
    add,
    subtract,
    multiply,
    divide,
    divide_or_zero,
    negate,
    exponential,
    logarithm,
    power,
    root,
    absolute,
    whole,
    fused,
    least,
    greatest,
    choose,
    between,
    error_function,
    count
};

struct Step {
    Op op = Op::constant;
    std::size_t a = 0, b = 0, c = 0; ///< earlier steps; for an input its number
    double number = 0.0;
};

/// A formula as a list of steps, each on earlier ones; the last is the result.
struct Formula {
    std::vector<Step> steps;
    std::size_t n_inputs = 0;
};

/// Which sides were taken, in order; two evaluations with equal lists lie on one smooth piece.
using Decisions = std::vector<long>;

inline void note(Decisions* decisions, const Mask<double>& side) {
    if (decisions != nullptr) decisions->push_back(side ? 1 : 0);
}
template <class M> void note(Decisions* /*decisions*/, const M& /*side*/) {}

/// x / (1 + |x|): keeps every step within -1..1, so that no formula overflows.
template <class R> R squashed(const R& x) { return x / (R(1.0) + abs(x)); }

/// The step's value from earlier values; `decisions` are recorded in the reading double.
template <class R> R value_of_step(const Step& s, const std::vector<R>& v, const std::vector<R>& inputs, Decisions* d) {
    switch (s.op) {
    case Op::input: return inputs[s.a];
    case Op::constant: return R(s.number);
    case Op::add: return v[s.a] + v[s.b];
    case Op::subtract: return v[s.a] - v[s.b];
    case Op::multiply: return v[s.a] * v[s.b];
    case Op::divide: return squashed(v[s.a] / (R(0.5) + v[s.b] * v[s.b]));
    case Op::divide_or_zero: {
        const R divisor = max(v[s.b], R(0.0));
        note(d, v[s.b] > R(0.0));
        return squashed(ratio(v[s.a], divisor, R(0.25)));
    }
    case Op::negate: return -v[s.a];
    case Op::exponential: return squashed(exp(v[s.a]));
    case Op::logarithm: return squashed(log(R(0.1) + v[s.a] * v[s.a]));
    case Op::power: return squashed(pow(R(0.2) + v[s.a] * v[s.a], v[s.b]));
    case Op::root: return sqrt(R(0.01) + v[s.a] * v[s.a]);
    case Op::absolute: note(d, v[s.a] < R(0.0)); return abs(v[s.a]);
    case Op::whole:
        if constexpr (std::is_same_v<R, double>)
            if (d != nullptr) d->push_back(static_cast<long>(floor(v[s.a] * 7.0)));
        return v[s.a] + floor(v[s.a] * R(7.0)) * R(0.125);
    case Op::fused: return squashed(fma(v[s.a], v[s.b], v[s.c]));
    case Op::least: note(d, v[s.a] < v[s.b]); return min(v[s.a], v[s.b]);
    case Op::greatest: note(d, v[s.a] < v[s.b]); return max(v[s.a], v[s.b]);
    case Op::choose: note(d, v[s.a] < v[s.b]); return select(v[s.a] < v[s.b], v[s.b] * v[s.c], v[s.a] - v[s.c]);
    case Op::between:
        note(d, v[s.a] < R(-0.5));
        note(d, v[s.a] > R(0.5));
        return clamp(v[s.a], R(-0.5), R(0.5));
    case Op::error_function: return erfc(v[s.a]) - R(1.0);
    case Op::count: break;
    }
    return R(0.0);
}

template <class R> R evaluate(const Formula& formula, const std::vector<R>& inputs, Decisions* decisions = nullptr) {
    std::vector<R> values;
    values.reserve(formula.steps.size());
    for (const auto& step : formula.steps)
        values.push_back(value_of_step(step, values, inputs, decisions));
    return values.empty() ? R(0.0) : values.back();
}

/// A formula of `n_steps` steps on `n_inputs` inputs in -1..1; every step leans on recent ones, so that few are idle.
inline Formula random_formula(std::mt19937_64& random, std::size_t n_inputs, std::size_t n_steps) {
    Formula formula;
    formula.n_inputs = n_inputs;
    std::uniform_real_distribution<double> number(-1.0, 1.0);
    for (std::size_t i = 0; i < n_inputs; ++i)
        formula.steps.push_back({Op::input, i, 0, 0, 0.0});
    formula.steps.push_back({Op::constant, 0, 0, 0, number(random)});
    for (std::size_t i = 0; i < n_steps; ++i) {
        const auto recent = [&] {
            const std::size_t n = formula.steps.size(), back = std::min<std::size_t>(n, n_inputs + 4);
            return n - 1 - std::uniform_int_distribution<std::size_t>(0, back - 1)(random);
        };
        const auto op =
            std::uniform_int_distribution<int>(static_cast<int>(Op::add), static_cast<int>(Op::count) - 1)(random);
        formula.steps.push_back({static_cast<Op>(op), recent(), recent(), recent(), 0.0});
    }
    return formula;
}

} // namespace autarky::test

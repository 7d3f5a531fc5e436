// autarky: arithmetic of the numbers by which ONNX graphs compute with shapes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "compute/onnx/onnx_shape_rules.hpp"
#include "core/real.hpp"

namespace autarky::compute {

inline double rounded(const std::string& op, double x) {
    if (op == "Neg") return -x;
    if (op == "Abs") return abs(x);
    if (op == "Not") return x == 0.0 ? 1.0 : 0.0;
    if (op == "Sign") return x > 0.0 ? 1.0 : x < 0.0 ? -1.0 : 0.0;
    if (op == "Sqrt") return sqrt(x); // NaN below zero, which is no content
    if (op == "Floor") return floor(x);
    if (op == "Ceil") return -floor(-x);
    const double below = floor(x), rest = x - below; // Round: halves to even
    return rest > 0.5 || (rest == 0.5 && floor(below / 2.0) * 2.0 != below) ? below + 1.0 : below;
}

inline double towards_zero(double x) { return x < 0.0 ? -floor(-x) : floor(x); }

/// None for a power that is not a small whole number.
inline std::optional<double> whole_power(double x, double y) {
    if (!(y >= 0.0 && y <= 40.0) || floor(y) != y) return std::nullopt;
    double result = 1.0;
    for (; y > 0.0; y -= 1.0)
        result *= x;
    return result;
}

/// Result of two numbers; none for a division by zero.
inline std::optional<double> combined(const std::string& op, bool whole, double x, double y) {
    if (op == "Add") return x + y;
    if (op == "Sub") return x - y;
    if (op == "Mul") return x * y;
    if (op == "Max") return max(x, y);
    if (op == "Min") return min(x, y);
    if (op == "Equal") return x == y ? 1.0 : 0.0;
    if (op == "Greater") return x > y ? 1.0 : 0.0;
    if (op == "GreaterOrEqual") return x >= y ? 1.0 : 0.0;
    if (op == "Less") return x < y ? 1.0 : 0.0;
    if (op == "LessOrEqual") return x <= y ? 1.0 : 0.0;
    if (op == "And") return x != 0.0 && y != 0.0 ? 1.0 : 0.0;
    if (op == "Or") return x != 0.0 || y != 0.0 ? 1.0 : 0.0;
    if (op == "Xor") return (x != 0.0) != (y != 0.0) ? 1.0 : 0.0;
    if (op == "Pow") return whole_power(x, y);
    if (y == 0.0) return std::nullopt;
    if (op == "Mod") return x - floor(x / y) * y;
    return whole ? towards_zero(x / y) : x / y; // Div
}

/// Calls with each index of a shape, the last fastest.
template <class Visit> void each_index(const Dimensions& shape, const Visit& visit) {
    Dimensions index(shape.size(), 0);
    for (Count left = elements_of(shape); left > 0; --left) {
        visit(std::as_const(index));
        for (std::size_t d = shape.size(); d-- > 0;) {
            if (++index[d] < shape[d]) break;
            index[d] = 0;
        }
    }
}

} // namespace autarky::compute

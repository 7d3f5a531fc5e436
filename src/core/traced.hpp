// autarky: the reading "derivation": a number that remembers how it was made.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/dim.hpp"

namespace autarky {

/// What a formula is called, how it reads and who published it; `named()` ties it to a result.
struct Formula {
    const char* id;         ///< stable name, "module.quantity"
    const char* label;      ///< the field's term
    const char* expression; ///< as one would write it on paper
    const char* source;     ///< paper, standard and clause, or "Autarky" for a definition of our own
};

/// An argument of a named formula call, as it stood on the tape.
struct TapeArgument {
    const char* name;
    Dim dim;
    double value;      ///< in base units
    std::int32_t node; ///< -1: a constant
};

/// A named formula call: the unit in which `explain` thinks.
struct TapeCall {
    std::int32_t node;
    const Formula* formula;
    Dim dim;
    std::vector<TapeArgument> arguments;
};

/// Record of one evaluation. Nodes are elementary operations (for the adjoint sweep); calls name some of them.
class Tape {
public:
    struct Node {
        double value;
        std::array<std::int32_t, 2> parent; // -1: none
        std::array<double, 2> partial;
    };

    /// The tape that `Traced` operations of this thread write to.
    static Tape& current();

    std::int32_t push(double value, std::int32_t a, double da, std::int32_t b = -1, double db = 0.0) {
        nodes_.push_back({value, {a, b}, {da, db}});
        return static_cast<std::int32_t>(nodes_.size()) - 1;
    }
    std::int32_t push_input(double value, std::int32_t input);
    void push_call(TapeCall call);
    void clear();

    /// d(nodes[result]) / d(every node), one reverse sweep; nodes whose adjoint is exactly 0 are skipped, so that the
    /// side of a `select` that was not taken cannot spoil the gradient.
    [[nodiscard]] std::vector<double> adjoints(std::int32_t result) const;
    /// Gradient of a node with respect to inputs 0..n_inputs-1 (an input that was not used has 0).
    [[nodiscard]] std::vector<double> gradient(std::int32_t result, std::size_t n_inputs) const;

    [[nodiscard]] const std::vector<Node>& nodes() const { return nodes_; }
    [[nodiscard]] const std::vector<TapeCall>& calls() const { return calls_; }
    /// Call that named a node, or null.
    [[nodiscard]] const TapeCall* call_at(std::int32_t node) const;
    /// Input that a node is, or -1.
    [[nodiscard]] std::int32_t input_at(std::int32_t node) const;

private:
    struct InputLeaf {
        std::int32_t node;
        std::int32_t input;
    };
    std::vector<Node> nodes_;
    std::vector<TapeCall> calls_;   // ascending by node
    std::vector<InputLeaf> inputs_; // ascending by node
};

/// A value on the current thread's tape; node -1 is a constant.
struct Traced {
    double value = 0.0;
    std::int32_t node = -1;

    Traced() = default;
    // NOLINTNEXTLINE(*-explicit-*): constants mix freely with traced values
    Traced(double x) : value(x) {}
    Traced(double x, std::int32_t at) : value(x), node(at) {}

    static Traced unary(double value, const Traced& a, double da) {
        return a.node < 0 ? Traced{value} : Traced{value, Tape::current().push(value, a.node, da)};
    }
    static Traced binary(double value, const Traced& a, double da, const Traced& b, double db) {
        if (a.node < 0 && b.node < 0) return {value};
        return {value, Tape::current().push(value, a.node, da, b.node, db)};
    }

    friend Traced operator+(const Traced& a, const Traced& b) { return binary(a.value + b.value, a, 1.0, b, 1.0); }
    friend Traced operator-(const Traced& a, const Traced& b) { return binary(a.value - b.value, a, 1.0, b, -1.0); }
    friend Traced operator*(const Traced& a, const Traced& b) {
        return binary(a.value * b.value, a, b.value, b, a.value);
    }
    friend Traced operator/(const Traced& a, const Traced& b) {
        const double quotient = a.value / b.value;
        return binary(quotient, a, 1.0 / b.value, b, -quotient / b.value);
    }
    friend Traced operator-(const Traced& a) { return unary(-a.value, a, -1.0); }
    Traced& operator+=(const Traced& b) { return *this = *this + b; }
    Traced& operator-=(const Traced& b) { return *this = *this - b; }
    Traced& operator*=(const Traced& b) { return *this = *this * b; }
    Traced& operator/=(const Traced& b) { return *this = *this / b; }

    friend bool operator<(const Traced& a, const Traced& b) { return a.value < b.value; }
    friend bool operator<=(const Traced& a, const Traced& b) { return a.value <= b.value; }
    friend bool operator>(const Traced& a, const Traced& b) { return a.value > b.value; }
    friend bool operator>=(const Traced& a, const Traced& b) { return a.value >= b.value; }
    friend bool operator==(const Traced& a, const Traced& b) { return a.value == b.value; }
};

} // namespace autarky

// autarky: scenario discovery: boxes of inputs in which something happens often, and a small tree beside them.
// SPDX-License-Identifier: Apache-2.0
//
// Boxes: Friedman and Fisher, "Bump hunting in high-dimensional data", Statistics and Computing 9(2), 1999, as Bryant and
// Lempert use them (Technological Forecasting and Social Change 77(1), 2010). Trees: Breiman, Friedman, Olshen and Stone, 1984.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "core/describe_plain.hpp"

namespace autarky::analysis {

/// Points in columns, and which of them are cases of interest.
struct Cases {
    std::vector<std::vector<double>> x; ///< [dimension][point]
    std::vector<bool> is_case;          ///< [point]

    [[nodiscard]] std::size_t points() const { return is_case.size(); }
    [[nodiscard]] std::size_t cases() const;
};

/// The limits of a box in one dimension, the lower one outside and the upper one inside, so that boxes side by side share no
/// point; infinite where it has none.
struct BoxLimit {
    double low = -std::numeric_limits<double>::infinity(), high = std::numeric_limits<double>::infinity();
    [[nodiscard]] bool holds(double value) const { return value > low && value <= high; }
    [[nodiscard]] bool is_restricted() const;
};

/// A box on its way from the whole space to a small one.
struct BoxStep {
    double coverage = 1.0;        ///< share of all cases that lie in it
    double density = 0.0;         ///< share of its points that are cases
    double mass = 1.0;            ///< share of all points that lie in it
    std::uint64_t restricted = 0; ///< dimensions in which it has a limit
};
constexpr auto describe(Type<BoxStep> /*type*/) {
    using B = BoxStep;
    return fields(item("coverage", &B::coverage, "1"_u, "Share of all cases that lie in the box"),
                  item("density", &B::density, "1"_u, "Share of the box's futures that are cases"),
                  item("mass", &B::mass, "1"_u, "Share of all futures that lie in it"),
                  item("restricted", &B::restricted, "1"_u, "Inputs that it restricts"));
}

struct PrimSettings {
    double peel = 0.05;  ///< share of the box's points that a step takes off
    double paste = 0.05; ///< share that a step puts back of the points that lie beyond one limit and inside all others
    double least_mass = 0.05; ///< share of all points below which nothing is peeled
};
struct Box {
    std::vector<BoxLimit> limits; ///< [dimension]
    BoxStep is;
};
/// Every box of a trajectory: peeled down, then pasted.
std::vector<Box> prim(const Cases& cases, const PrimSettings& settings = {});

/// The box of a trajectory with the highest product of coverage and density above that of the whole; of equal ones the first.
const Box& best_box(const std::vector<Box>& trajectory);

bool is_in(const Box& box, const Cases& cases, std::size_t point);
BoxStep judged(const Box& box, const Cases& cases);

/// Probability of so many cases in the box by chance, were one limit of it not there and its points drawn at the density
/// without it (one-sided binomial). 1 where there is no limit.
double quasi_p(const Box& box, std::size_t dimension, bool of_low, const Cases& cases);

/// The box without limits whose quasi-p exceeds `most`, the worst first.
Box without_chance(Box box, const Cases& cases, double most);

/// A leaf of a tree: a box with its share of cases.
using Leaf = Box;
/// At most 2^depth leaves of at least `least_mass` of the points, split by the Gini index, purest first.
std::vector<Leaf> tree(const Cases& cases, int depth, double least_mass);

} // namespace autarky::analysis

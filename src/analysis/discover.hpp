// autarky: where making fails: boxes of inputs in which it does, in words, and a small tree beside them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analysis/prim.hpp"
#include "analysis/scenario_model.hpp"

namespace autarky::analysis {

struct DiscoverRequest {
    bool of_success = false;               ///< look for where making pays instead
    std::size_t most = 24, most_boxes = 3; ///< inputs that may restrict a box, the strongest; boxes
    std::uint64_t samples = 4000, seed = 1;
};

/// A limit of a box on one input.
struct Restriction {
    std::string input, unit;
    bool is_date = false, is_below = false; ///< is_below: the input lies below the limit
    double limit = 0.0, percentile = 0.5;
    std::optional<double> quasi_p; ///< of a tree's leaf there is none
};
constexpr auto describe(Type<Restriction> /*type*/) {
    using R = Restriction;
    return fields(
        item("input", &R::input, "Input, a series by its first number"), item("unit", &R::unit, "Its unit"),
        item("is_below", &R::is_below, "Whether the input lies below the limit, else above"),
        item("limit", &R::limit, unit_in("unit"), "The limit"),
        item("percentile", &R::percentile, "1"_u, "Share of the futures in which the input lies below the limit"),
        item("quasi_p", &R::quasi_p, "1"_u,
             "Probability that the cases it leaves in the box are there by chance (one-sided binomial)")
            .null_if("a leaf of a tree has none"));
}

/// A box, judged by the futures that found it and by fresh ones.
struct FoundBox {
    std::vector<Restriction> restrictions;
    BoxStep found, fresh;
};
constexpr auto describe(Type<FoundBox> /*type*/) {
    using B = FoundBox;
    return fields(item("restrictions", &B::restrictions, "Its limits; all of them hold in it"),
                  item("found", &B::found, "By the futures that found it: too good by selection"),
                  item("fresh", &B::fresh, "By as many other futures"));
}

struct DiscoverAnswer {
    std::string scenario, variant, looks_for;
    std::uint64_t samples = 0, failed = 0, seed = 1;
    bool is_stopped = false;
    double base_rate = 0.0; ///< share of the futures that are cases
    std::vector<std::string> inputs;
    std::vector<FoundBox> boxes, leaves;
    std::vector<BoxStep> trajectory; ///< of the first box
};
constexpr auto describe(Type<DiscoverAnswer> /*type*/) {
    using A = DiscoverAnswer;
    return fields(
        item("scenario", &A::scenario, "Scenario"), item("variant", &A::variant, "Its variants, + between them"),
        item("looks_for", &A::looks_for, "'making fails' or 'making pays'"),
        item("samples", &A::samples, "1"_u, "Futures that look for boxes, and as many that judge them"),
        item("failed", &A::failed, "1"_u, "Of all of these, failed; left out"),
        item("seed", &A::seed, "1"_u, "Seed of the draws"),
        item("is_stopped", &A::is_stopped, "Whether it was stopped before anything was found"),
        item("base_rate", &A::base_rate, "1"_u, "Share of all futures that are cases").null_if("it was stopped"),
        item("inputs", &A::inputs, "Inputs that may restrict a box, the strongest first"),
        item("boxes", &A::boxes, "Boxes, each on what those before it leave"),
        item("leaves", &A::leaves, "Leaves of the tree, those with most cases among fresh futures first"),
        item("trajectory", &A::trajectory, "Boxes on the way to the first, from the whole space on"));
}

/// Futures are cases where the value of making is not above zero (or is, on request). Half of the futures find boxes, the other
/// half judges them. Limits lie half-way between two values; luck, which nobody can know, restricts no box. Throws
/// InputError when fewer than 40 futures are cases, or are none, and when no input is uncertain.
DiscoverAnswer discover(const ScenarioModel& model, const DiscoverRequest& asked, unsigned threads,
                        const std::function<bool(std::uint64_t done, std::uint64_t of)>& stop = {});

/// Coverage against density on the way to the first box, and the boxes.
std::string discover_svg(const DiscoverAnswer& answer);

} // namespace autarky::analysis

// autarky: where making fails: boxes of inputs in which it does, in words, and a small tree beside them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/prim.hpp"
#include "analysis/scenario_model.hpp"

namespace autarky::analysis {

struct DiscoverRequest {
    bool of_success = false;      ///< look for where making pays instead
    std::size_t most = 24;        ///< inputs that may restrict a box, the strongest
    std::size_t most_boxes = 3;   ///< boxes
    std::uint64_t samples = 4000; ///< futures that look for boxes; as many fresh ones judge them
    std::uint64_t seed = 1;       ///< of the draws
};

/// A limit of a box on one input.
struct Restriction {
    std::string input, unit;
    bool is_date = false;          ///< the limit is a day, in years
    bool is_below = false;         ///< the input lies below the limit, else above
    double limit = 0.0;            ///< in `unit`
    double percentile = 0.5;       ///< share of the futures that look for boxes in which the input lies below the limit
    std::optional<double> quasi_p; ///< of a tree's leaf there is none
};
constexpr auto describe(Type<Restriction> /*type*/) {
    using R = Restriction;
    return fields(item("input", &R::input, "Input, a series by its first number"), item("unit", &R::unit, "Its unit"),
                  item("is_below", &R::is_below, "Whether the input lies below the limit, else above"),
                  item("limit", &R::limit, unit_in("unit"), "The limit"),
                  item("percentile", &R::percentile, "1"_u,
                       "Share of the futures that look for boxes in which the input lies below the limit"),
                  item("quasi_p", &R::quasi_p, "1"_u,
                       "Probability that the cases it leaves in the box are there by chance (one-sided binomial)")
                      .null_if("a leaf of a tree has none"));
}

/// A box, judged by the futures that found it and by fresh ones.
struct FoundBox {
    std::vector<Restriction> restrictions; ///< all of them hold in it
    BoxStep found;                         ///< by the futures that found it: too good by selection
    BoxStep fresh;                         ///< by fresh ones
};
constexpr auto describe(Type<FoundBox> /*type*/) {
    using B = FoundBox;
    return fields(item("restrictions", &B::restrictions, "Its limits; all of them hold in it"),
                  item("found", &B::found, "By the futures that found it: too good by selection"),
                  item("fresh", &B::fresh, "By as many other futures"));
}

/// Where making fails, or pays.
struct DiscoverAnswer {
    std::string scenario, variant;
    std::string looks_for;     ///< "making fails" or "making pays"
    std::uint64_t samples = 0; ///< futures that look for boxes, and as many fresh ones; 0: stopped before
    std::uint64_t failed = 0;  ///< of both, left out
    std::uint64_t seed = 1;    ///< of the draws
    bool is_stopped = false;   ///< boxes that were found before are there
    double base_rate = std::numeric_limits<double>::quiet_NaN();  ///< share of cases in the futures that look for boxes
    double fresh_rate = std::numeric_limits<double>::quiet_NaN(); ///< and in the fresh ones
    std::vector<std::string> inputs;                              ///< that may restrict a box, the strongest first
    std::vector<FoundBox> boxes;                                  ///< each on what those before it leave
    std::vector<FoundBox> leaves;                                 ///< of the tree, by their density in fresh futures
    std::vector<BoxStep> trajectory;                              ///< of the first box
};
constexpr auto describe(Type<DiscoverAnswer> /*type*/) {
    using A = DiscoverAnswer;
    constexpr std::string_view stopped = "it was stopped before all futures were drawn";
    return fields(
        item("scenario", &A::scenario, "Scenario"), item("variant", &A::variant, "Its variants, + between them"),
        item("looks_for", &A::looks_for, "'making fails' or 'making pays'"),
        item("samples", &A::samples, "1"_u, "Futures that look for boxes, and as many that judge them"),
        item("failed", &A::failed, "1"_u, "Of all of these, failed; left out"),
        item("seed", &A::seed, "1"_u, "Seed of the draws"),
        item("is_stopped", &A::is_stopped, "Whether it was stopped; boxes that were found before are there, no leaves"),
        item("base_rate", &A::base_rate, "1"_u,
             "Share of cases in the futures that look for boxes, what 'found' is against")
            .null_if(stopped),
        item("fresh_rate", &A::fresh_rate, "1"_u, "Share of cases in the fresh futures, what 'fresh' is against")
            .null_if(stopped),
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

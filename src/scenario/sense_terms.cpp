// autarky: whether contracts, fallbacks, further generations, dates and growth contradict themselves.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>
#include <optional>

#include "scenario/sense_parts.hpp"

namespace autarky::scenario {
namespace {

/// A finding about two numbers in the wrong order: an error where their medians are, else a warning.
struct Crossing {
    Uncertain culprit, other;
    Order order;
    const char* error_code;
    const char* warning_code;
    std::string message, hint;
};

void report(const Sense& sense, const Crossing& found) {
    if (found.order == Order::kept) return;
    const auto at = sense.input(found.culprit).origin;
    const auto& culprit = sense.input(found.culprit).written;
    const auto& other = sense.input(found.other).written;
    const auto numbers = fmt::format("'{}' against '{}'", culprit, other);
    if (found.order == Order::broken)
        sense.error(at, found.error_code, fmt::format("{}: {}", found.message, numbers), found.hint);
    else
        sense.warning(at, found.warning_code, fmt::format("{} in a part of the ranges: {}", found.message, numbers),
                      found.hint);
}

// ---- contracts ---------------------------------------------------------------------------------------------------

template <class Q> bool is_zero(const Sense& sense, const Series<Q>& series) {
    return std::ranges::all_of(series.values, [&](const auto& knot) { return !(sense.most(leaf_of(knot)) > 0.0); });
}
template <class Q> bool is_given(const Sense& sense, const Series<Q>& series) {
    return !series.values.empty() && !sense.is_default(leaf_of(series.values.front()));
}

/// The first quarter of the term, within the horizon, in which the minimum exceeds the maximum; nothing if none does.
std::optional<Quarter> first_above(const Sense& sense, const foundry::Contract<Uncertain>& contract,
                                   const Series<double>& minimum, const Series<double>& maximum) {
    const double begin = sense.median(contract.signed_on.year), end = sense.median(contract.ends.year);
    for (Quarter q = sense.s.horizon.start; q <= sense.s.horizon.end; q = q + 1)
        if (q.middle() >= begin && q.middle() <= end && Sense::above(minimum.at(q.middle()), maximum.at(q.middle())))
            return q;
    return std::nullopt;
}

/// A minimum above the maximum at the medians is an error, in a part of the ranges a warning; at the knot before it.
void check_limits(const Sense& sense, const std::string& name, const foundry::Contract<Uncertain>& contract) {
    const auto& minimum = contract.minimum;
    const auto& maximum = contract.maximum;
    if (!is_given(sense, minimum) || !is_given(sense, maximum)) return;
    const auto low = [&](const auto& knot) { return central_range(sense.input(leaf_of(knot)).distribution).first; };
    const auto high = [&](const auto& knot) { return central_range(sense.input(leaf_of(knot)).distribution).second; };
    const auto middle = [&](const auto& knot) { return sense.median(leaf_of(knot)); };
    const auto broken = first_above(sense, contract, bound_of(minimum, middle), bound_of(maximum, middle));
    const auto in_part = first_above(sense, contract, bound_of(minimum, high), bound_of(maximum, low));
    if (!broken && !in_part) return;
    const Quarter quarter = broken ? *broken : *in_part;
    const auto after = std::ranges::upper_bound(minimum.dates, quarter.middle()) - minimum.dates.begin();
    const auto knot = static_cast<std::size_t>(std::max<std::ptrdiff_t>(after, 1) - 1);
    const auto& culprit = sense.input(leaf_of(minimum.values[knot]));
    const auto message =
        fmt::format("contract.{}.minimum: '{}' is above the maximum in {}", name, culprit.written, quarter.text());
    constexpr const char* hint = "what must be taken is part of what is reserved; raise the maximum or leave it out";
    if (broken)
        sense.error(culprit.origin, "E0423", message, hint);
    else
        sense.warning(culprit.origin, "W0423", message + ", in a part of the ranges", hint);
}

void check_contract(const Sense& sense, std::size_t row) {
    const auto& contract = sense.s.contract[row];
    const auto& name = sense.s.contract.names[row];
    if (contract.line.size() == 0)
        sense.error(sense.origin({"contract", name}), "E0423",
                    fmt::format("contract.{} has no line, so none of its wafers could be taken", name),
                    fmt::format("[contract.{}.line.name] with site = the name of a row of 'site'", name));
    report(sense,
           {contract.ends.year, contract.signed_on.year, sense.order(contract.signed_on.year, contract.ends.year),
            "E0426", "W0426", fmt::format("contract.{}.ends: the term ends before the contract is signed", name),
            "the term ends after its signing"});
    check_limits(sense, name, contract);
    if (is_zero(sense, contract.minimum) && is_zero(sense, contract.minimum_spend) && is_zero(sense, contract.maximum))
        sense.warning(sense.origin({"contract", name}), "W0431",
                      fmt::format("contract.{} has neither a minimum nor a maximum, so it binds nobody", name),
                      "give minimum, minimum_spend or maximum, or take the contract out");
}

/// What tenants have of a path they or the partner pay for, so the buyer's capital is at most the rest: an error at the
/// medians, in a part of the ranges a warning.
void check_path(const Sense& sense, std::size_t row) {
    const auto& own = sense.input(sense.s.path[row].own_share);
    const auto& tenants = sense.input(sense.s.path[row].tenant_share);
    const auto sum = [&](auto&& of) { return of(own.distribution) + of(tenants.distribution); };
    const bool is_broken = Sense::above(sum([](const auto& d) { return central_value(d); }), 1.0);
    if (!is_broken && !Sense::above(sum([](const auto& d) { return central_range(d).second; }), 1.0)) return;
    const auto message = fmt::format("path.{}.tenant_share: '{}' with an own_share of '{}' is more than the whole path",
                                     sense.s.path.names[row], tenants.written, own.written);
    const auto& at = tenants.is_default ? own.origin : tenants.origin;
    constexpr const char* hint = "the buyer pays for no more than the part that is its alone";
    if (is_broken)
        sense.error(at, "E0425", message, hint);
    else
        sense.warning(at, "W0425", message + " in a part of the ranges", hint);
}

// ---- fallbacks, generations ----------------------------------------------------------------------------------------

void check_fallback(const Sense& sense, std::size_t row) {
    const auto& fallback = sense.s.fallback[row];
    const auto& name = sense.s.fallback.names[row];
    if (fallback.merchant.index >= 0 || sense.most(fallback.design_cost.raw()) > 0.0) return;
    sense.error(sense.is_default(fallback.design_cost.raw()) ? sense.origin({"fallback", name})
                                                             : sense.input(fallback.design_cost.raw()).origin,
                "E0402",
                fmt::format("fallback.{} names neither a merchant's part nor what a second design costs", name),
                "merchant = the name of a row of 'merchant', or design_cost = \"... MUSD\"");
}

void check_successors(const Sense& sense) {
    const auto& chips = sense.s.chip.names;
    for (const auto& name : sense.s.successor.names) {
        if (chips.empty())
            sense.error(sense.origin({"successor", name}), "E0402",
                        fmt::format("successor.{} follows the last chip, and there is no chip", name),
                        "[chip.name], or take the successor out");
        else if (std::ranges::find(chips, name) != chips.end())
            sense.error(sense.origin({"successor", name}), "E0102",
                        fmt::format("successor.{}: there is a chip of that name already", name),
                        fmt::format("it comes after chip.{}; give it a name of its own", chips.back()));
    }
}

void check_design_dates(const Sense& sense) {
    for (std::size_t i = 0; i < sense.s.chip.size(); ++i) {
        const auto& chip = sense.s.chip[i];
        report(sense,
               {chip.tapeout.year, chip.design_start.year, sense.order(chip.design_start.year, chip.tapeout.year),
                "E0426", "W0426", fmt::format("chip.{}.tapeout: it comes before design_start", sense.s.chip.names[i]),
                "a design starts before its first tape-out"});
    }
}

// ---- growth ------------------------------------------------------------------------------------------------------

/// Correlation of the normal scores of two inputs, 0 where no group has both.
double score_correlation(const Inputs& inputs, int first, int second) {
    if (first < 0 || second < 0) return 0.0;
    if (first == second) return 1.0;
    for (const auto& group : inputs.groups) {
        const auto a = std::ranges::find(group.streams, first), b = std::ranges::find(group.streams, second);
        if (a == group.streams.end() || b == group.streams.end()) continue;
        const auto n = group.streams.size();
        const auto row_a = static_cast<std::size_t>(a - group.streams.begin()) * n;
        const auto row_b = static_cast<std::size_t>(b - group.streams.begin()) * n;
        double rho = 0.0;
        for (std::size_t k = 0; k < n; ++k)
            rho += group.factor[row_a + k] * group.factor[row_b + k];
        return rho;
    }
    return 0.0;
}

} // namespace

void check_terms(const Sense& sense) {
    for (std::size_t i = 0; i < sense.s.contract.size(); ++i)
        check_contract(sense, i);
    for (std::size_t i = 0; i < sense.s.fallback.size(); ++i)
        check_fallback(sense, i);
    for (std::size_t i = 0; i < sense.s.path.size(); ++i)
        check_path(sense, i);
    check_successors(sense);
}

void check_dates(const Sense& sense) { check_design_dates(sense); }

/// Beyond the horizon value adds up only where it grows more slowly than it is discounted.
void check_growth(const Sense& sense) {
    const auto& growth = sense.input(sense.s.economy.terminal_growth.raw());
    const auto& discount = sense.input(sense.s.economy.discount_rate.raw());
    const double rho = score_correlation(sense.inputs, growth.stream, discount.stream);
    const double p = probability_not_below(growth.distribution, discount.distribution, rho);
    constexpr double notable = 1e-4, certain = 1.0 - 1e-9;
    if (p <= notable) return;
    const auto& at = growth.is_default ? discount.origin : growth.origin;
    const auto numbers = fmt::format("'{}' against a discount rate of '{}'", growth.written, discount.written);
    constexpr const char* hint = "a value beyond the horizon adds up only where growth stays below the discount rate";
    if (p >= certain)
        sense.error(at, "E0427", fmt::format("economy.terminal_growth: {}: it is never the lower one", numbers), hint);
    else
        sense.warning(
            at, "W0427",
            fmt::format("economy.terminal_growth: {}: it reaches the rate in {:.2g} % of futures, by their two "
                        "distributions{}; these count as failed",
                        numbers, 100.0 * p,
                        rho == 0.0 ? ", independent of each other" : fmt::format(", correlated by {:.2g}", rho)),
            hint);
}

} // namespace autarky::scenario

// autarky: what an event takes from both worlds: two scenarios that differ in the event, on the same draws.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/compare.hpp"

namespace autarky::analysis {

/// Of a quarter's deliveries before the event, so much missing counts as not recovered.
inline constexpr double short_share = 0.05;
/// Quarters from the event's first one in which its moves of wafers and chips are summed.
inline constexpr std::size_t stress_window = 8;

/// One world with the event against itself without it, over the futures. Devices of all programmes together.
struct StressedWorld {
    Spread behind; ///< devices not yet delivered when the world is farthest behind
    Spread late;   ///< of them, caught up by the end of the horizon
    Spread lost;   ///< not delivered by its end; negative: more than without the event
    Spread
        quarters; ///< from the event's first quarter to the last that is short; to the horizon where it does not recover
    double unrecovered = 0.0; ///< share of the futures that are short in the last quarter
    Spread value;             ///< change of the world's discounted cash within the horizon, USD
};
constexpr auto describe(Type<StressedWorld> /*type*/) {
    using W = StressedWorld;
    return fields(
        item("behind", &W::behind, "Devices not yet delivered when the world is farthest behind"),
        item("late", &W::late, "Devices of them that are caught up by the end of the horizon"),
        item("lost", &W::lost, "Devices not delivered by its end; negative: more than without the event"),
        item("quarters", &W::quarters,
             "Quarters from the event's first one to the last in which over 5 % of the deliveries without it are "
             "missing; "
             "to the horizon where the world does not recover"),
        item("unrecovered", &W::unrecovered, "1"_u, "Share of the futures in which the last quarter is still short"),
        item("value_usd", &W::value, "Change of the world's discounted cash within the horizon, in USD"));
}

/// The value of make against buy, USD, and the share of the futures in which making is worth more.
struct StressedValue {
    Spread before, after, change;
    double p_make_before = 0.0, p_make_after = 0.0;
};
constexpr auto describe(Type<StressedValue> /*type*/) {
    using V = StressedValue;
    return fields(item("before_usd", &V::before, "Value of make against buy without the event, in USD"),
                  item("after_usd", &V::after, "The same with it"),
                  item("change_usd", &V::change, "After less before, future by future"),
                  item("p_make_before", &V::p_make_before, "1"_u,
                       "Share of the futures in which making is worth more, without it"),
                  item("p_make_after", &V::p_make_after, "1"_u, "The same with it"));
}

enum class Moved { wafers, dies, chips_make, chips_buy };
constexpr auto choices(Type<Moved> /*type*/) {
    return std::array<std::string_view, 4>{"wafers", "dies", "chips_make", "chips_buy"};
}
/// Wafers that the buyer starts at a site, own dies that a back end takes, counted in its units, or chips of a source in
/// its devices, in the window; means.
struct StressedFlow {
    Moved what{};
    std::string source;
    double before = 0.0, after = 0.0;
};
constexpr auto describe(Type<StressedFlow> /*type*/) {
    using F = StressedFlow;
    return fields(
        item("what", &F::what,
             "Wafers started for own chips, own dies that a back end takes, counted in its units, or chips "
             "built into devices of the make or the buy world"),
        item("source", &F::source, "Site of the wafers, back end, or who makes the chips"),
        item("before", &F::before, unit_named("wafers, dies or chips"), "Without the event, mean of the futures"),
        item("after", &F::after, unit_named("wafers, dies or chips"), "With it"));
}

/// Devices delivered in a quarter, means.
struct StressedQuarter {
    std::string quarter;
    double make_before = 0.0, make_after = 0.0, buy_before = 0.0, buy_after = 0.0;
};
constexpr auto describe(Type<StressedQuarter> /*type*/) {
    using Q = StressedQuarter;
    return fields(item("quarter", &Q::quarter, "Quarter"),
                  item("make_before", &Q::make_before, "unit"_u, "Devices delivered, make world, without the event"),
                  item("make_after", &Q::make_after, "unit"_u, "The same with it"),
                  item("buy_before", &Q::buy_before, "unit"_u, "Devices delivered, buy world, without the event"),
                  item("buy_after", &Q::buy_after, "unit"_u, "The same with it"));
}

enum class StressedIn { make, buy };
constexpr auto choices(Type<StressedIn> /*type*/) { return std::array<std::string_view, 2>{"make", "buy"}; }

/// Wafers that the state's rated orders take, and from whom, in one world with the event, means of the futures. From whom:
/// what each would have had of the sites' whole capacity, had it asked for the same in that quarter. Money is that of the
/// whole horizon, discounted to the decision, USD.
struct StressedState {
    StressedIn world{};
    double wafers = 0.0, own = 0.0, merchants = 0.0, others = 0.0, idle = 0.0;
    double paid = 0.0, paid_for_own = 0.0, paid_for_merchants = 0.0, income = 0.0;
};
constexpr auto describe(Type<StressedState> /*type*/) {
    using S = StressedState;
    return fields(
        item("world", &S::world, "Which world"), item("wafers", &S::wafers, "wafer"_u, "Wafers that the state takes"),
        item("own", &S::own, "wafer"_u, "Of them, those of the buyer's own chips"),
        item("merchants", &S::merchants, "wafer"_u, "Of them, those of the merchants' chips for the buyer"),
        item("others", &S::others, "wafer"_u, "Of them, those of other customers"),
        item("idle", &S::idle, "wafer"_u, "Of them, those that nobody would have started"),
        item("paid_usd", &S::paid, "USD"_u, "What the state pays the sites for all of them, at the contract's price"),
        item("paid_for_own_usd", &S::paid_for_own, "USD"_u,
             "Of it, for the buyer's wafers: the buyer is not charged for them, and they count toward its minimum"),
        item("paid_for_merchants_usd", &S::paid_for_merchants, "USD"_u,
             "Of it, for the merchants' wafers: they are not charged for them"),
        item("income_usd", &S::income, "USD"_u,
             "What of it reaches the buyer, for wafers of capacity that it paid for, over their cost"));
}

/// Capacity that the state adds, and what it costs; the cost is in no cash of either world.
struct PublicCapacity {
    Spread wafers;  ///< a month, at the quarter in which most is added
    Spread capital; ///< USD, not discounted
};
constexpr auto describe(Type<PublicCapacity> /*type*/) {
    using P = PublicCapacity;
    return fields(item("wafers_a_month", &P::wafers, "Wafers a month that are added, at their peak"),
                  item("capital_usd", &P::capital,
                       "What they cost at the sites' capital a wafer a month, in USD, not discounted: the state's"));
}

struct StressedCase {
    std::uint64_t samples = 0, failed = 0; ///< futures that are good on both sides; others
    StressedWorld make, buy;
    StressedValue value;
    double onshore_before = 0.0, onshore_after = 0.0; ///< mean share over the window, make world
    std::vector<StressedFlow> flows;
    std::vector<StressedState> state; ///< make, buy; none where no order is rated
    PublicCapacity added;
    std::vector<StressedQuarter> quarters;
};

struct StressRun {
    std::size_t first = 0; ///< the event's first quarter
    std::uint64_t samples = 1000, seed = 1;
    unsigned threads = 0;
    std::function<bool(std::uint64_t done, std::uint64_t of)> stop{};
    bool adds_capacity = false; ///< whether an event adds capacity with public money
};

/// Both scenarios have the same sites, chips and quarters; they differ in events. No future that is good in both: all figures 0.
StressedCase stress(const ScenarioModel& without, const ScenarioModel& with, const StressRun& run);

} // namespace autarky::analysis

// autarky: the whole scenario: every entity of every domain, in any reading.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "compute/chip/accelerator.hpp"
#include "compute/chip/workload.hpp"
#include "core/describe.hpp"
#include "core/quantities.hpp"
#include "foundry/back_end.hpp"
#include "foundry/entities.hpp"
#include "foundry/programme.hpp"
#include "grid/region/region.hpp"
#include "market/entities.hpp"
#include "silicon/process.hpp"

namespace autarky {

/// First and last quarter of the simulation.
struct Horizon {
    Quarter start, end;
    [[nodiscard]] int quarters() const { return end - start + 1; }
};
constexpr auto describe(Type<Horizon> /*type*/) {
    return fields(plain_field("start", &Horizon::start, "First quarter"),
                  plain_field("end", &Horizon::end, "Last quarter"));
}

/// Prices and conventions that every stage shares.
template <class R> struct Economy {
    int price_year = 2025;
    Date<R> decision_date;
    PerYear<R> discount_rate, terminal_growth;
    R tax_rate, notable_share;
    Series<QuantityIn<"USD/GB", R>> memory_price;
};
template <class R> constexpr auto describe(Type<Economy<R>> /*type*/) {
    using E = Economy<R>;
    return fields(
        plain_field("price_year", &E::price_year, "Year of the real USD in which everything is counted"),
        date_field("decision_date", &E::decision_date, "Costs before it are sunk; values are discounted to it"),
        field("discount_rate", &E::discount_rate, "%/year"_u, "Real discount rate", Range::nonnegative),
        field("terminal_growth", &E::terminal_growth, "%/year"_u,
              "Real growth of the yearly difference beyond the horizon (only for the value with its tail)", Range::any,
              "-10 %/year"),
        field("tax_rate", &E::tax_rate, "%"_u, "Tax on the difference of cash; 0: values are before tax",
              Range::fraction, "0 %"),
        field("notable_share", &E::notable_share, "%"_u,
              "Share of the devices wanted that a cause must take to be named as what binds", Range::fraction, "5 %"),
        field("memory_price", &E::memory_price, "USD/GB"_u, "Price of DRAM, one draw for every chip of every maker",
              Range::positive));
}

/// The organisation that decides.
template <class R> struct Buyer {
    std::string home;
    Date<R> announced;
    Duration<R> agreement;
    bool buys_until_own_chip = true;
    bool buys_shortfall = true;
};
template <class R> constexpr auto describe(Type<Buyer<R>> /*type*/) {
    using B = Buyer<R>;
    return fields(
        plain_field("home", &B::home, "Country code that counts as onshore"),
        date_field("announced", &B::announced,
                   "When merchants learn of the own chip: from then on it is a threat in both worlds", "2199Q4"),
        field("agreement", &B::agreement, "year"_u,
              "How long prices that were won by the threat outlast a decision to buy", Range::nonnegative, "0 year"),
        plain_field("buys_until_own_chip", &B::buys_until_own_chip,
                    "In the make world, buys merchant chips until its own arrive", "true"),
        plain_field("buys_shortfall", &B::buys_shortfall,
                    "In the make world, buys merchant chips when its own fall short", "true"));
}

struct ComputedChips;
struct PackedDies;

template <class R> struct Scenario {
    Horizon horizon;
    Buyer<R> buyer;
    Economy<R> economy;
    Table<silicon::Process<R>> process;
    Table<foundry::Site<R>> site;
    Table<foundry::Customer<R>> customer;
    Table<foundry::Contract<R>> contract;
    Table<foundry::BackEnd<R>> back_end;
    Table<foundry::Event<R>> event;
    Table<foundry::ExpansionPath<R>> path;
    Table<foundry::Chip<R>> chip;
    Table<foundry::Successor<R>> successor;
    Table<foundry::Allocation<R>> allocation;
    Table<market::Merchant<R>> merchant;
    Table<market::Maker<R>> maker;
    Table<market::VehicleProgramme<R>> vehicle;
    Table<market::RobotProgramme<R>> robot;
    Table<market::Rival<R>> rival;
    Table<market::Outlet<R>> outlet;
    Table<market::Region<R>> region;
    Table<market::Fallback<R>> fallback;
    Table<market::ExportRule<R>> rule;
    Table<grid::Grid<R>> grid;
    Table<compute::Accelerator<R>> accelerator;
    Table<compute::Workload<R>> workload;

    std::shared_ptr<const ComputedChips> computed{}; ///< null: every number of the chips is typed in
    std::shared_ptr<const PackedDies> packed{};      ///< null: gross dies by the closed form alone
};

template <class R> constexpr auto describe(Type<Scenario<R>> /*type*/) {
    using S = Scenario<R>;
    return fields(
        section("horizon", &S::horizon, "First and last quarter"),
        section("buyer", &S::buyer, "The organisation that decides"),
        section("economy", &S::economy, "Prices and conventions that every stage shares"),
        table("process", &S::process, "Manufacturing processes"),
        table("site", &S::site, "Fabs: one process at one place"),
        table("customer", &S::customer, "Other customers of the sites"),
        table("contract", &S::contract, "Take-or-pay contracts of the buyer"),
        table("back_end", &S::back_end, "Assembly, substrates, test, DRAM: what chips need behind the fab"),
        table("event", &S::event, "Disruptions and closures"), table("path", &S::path, "Ways to more wafers"),
        table("chip", &S::chip, "Generations of the buyer's own chip, in order of time"),
        table("successor", &S::successor, "Generations after the last chip, which repeat it at a cadence"),
        table("allocation", &S::allocation, "Which chip is made where"),
        table("merchant", &S::merchant, "Merchant offers; the first is the reference"),
        table("maker", &S::maker, "Other car makers"), table("vehicle", &S::vehicle, "The buyer's vehicle programmes"),
        table("robot", &S::robot, "The buyer's robot programmes"), table("rival", &S::rival, "Other makers of robots"),
        table("outlet", &S::outlet, "The buyer's own uses of chips beside its devices"),
        table("region", &S::region, "Regions: labour, rules, share of sales"),
        table("fallback", &S::fallback, "What replaces a chip that a region's rules refuse"),
        table("rule", &S::rule, "Export rules by date"), table("grid", &S::grid, "Distribution grids by region"),
        table("accelerator", &S::accelerator, "Chips that run networks, as built"),
        table("workload", &S::workload, "Networks at a rate, with a deadline"));
}

} // namespace autarky

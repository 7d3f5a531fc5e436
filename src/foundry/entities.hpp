// autarky: sites, contracts, disruptions and expansion paths, as the scenario describes them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/describe.hpp"
#include "core/quantities.hpp"

namespace autarky::foundry {

/// One process at one place.
template <class R> struct Site {
    std::string location;
    Reference process;
    Series<WaferRate<R>> capacity;
    R premium, cash_cost_share;
    QuantityIn<"USD*month/wafer", R> capital;
    Duration<R> depreciation;
    Date<R> excursion_start;
    DefectDensity<R> excursion_jump;
    Duration<R> excursion_recovery;
};

template <class R> constexpr auto describe(Type<Site<R>> /*type*/) {
    using S = Site<R>;
    return fields(plain_field("location", &S::location, "Country code; events and the onshore share refer to it"),
                  reference("process", &S::process, "process", "Process that the site runs"),
                  field("capacity", &S::capacity, "wafer/month"_u, "Installed capacity of this process at this site",
                        Range::nonnegative, nullptr, Before::zero),
                  field("premium", &S::premium, "x"_u, "Wafer price at this site over the process's price",
                        Range::positive, "1 x"),
                  field("cash_cost_share", &S::cash_cost_share, "%"_u, "Cash cost of a wafer as a share of its price",
                        Range::fraction, "40 to 60 %"),
                  field("capital", &S::capital, "MUSD*month/wafer"_u,
                        "Capital a wafer a month of installed capacity, for the depreciation in the site's profit",
                        Range::nonnegative, "0.3 to 0.6 MUSD*month/wafer"),
                  field("depreciation", &S::depreciation, "year"_u, "Years over which it is written off",
                        Range::positive, "5 to 7 year"),
                  date_field("excursion_start", &S::excursion_start,
                             "When an excursion of this site alone begins, beside one of its process", "2026Q1"),
                  field("excursion_jump", &S::excursion_jump, "1/cm^2"_u, "Defect density that it adds at its start",
                        Range::nonnegative, "0 1/cm^2"),
                  field("excursion_recovery", &S::excursion_recovery, "month"_u,
                        "Time constant with which the site recovers", Range::positive, "6 month"));
}

/// Another customer of a site, by name. What it has by contract comes first; the rest of its request shares what is left,
/// pro rata with everybody else's.
template <class R> struct Customer {
    Reference site;
    Series<R> request;
    R firm;
};

template <class R> constexpr auto describe(Type<Customer<R>> /*type*/) {
    using C = Customer<R>;
    return fields(reference("site", &C::site, "site", "Site whose wafers it asks for"),
                  field("request", &C::request, "%"_u,
                        "Wafers it asks for, as a share of installed capacity; the requests of all may exceed 100 %",
                        Range::nonnegative, nullptr, Before::zero),
                  field("firm", &C::firm, "%"_u, "Share of that request which it has by contract", Range::fraction,
                        "80 to 100 %"));
}

/// One site at which a contract may be fulfilled.
template <class R> struct ContractLine {
    Reference site;
};
template <class R> constexpr auto describe(Type<ContractLine<R>> /*type*/) {
    return fields(reference("site", &ContractLine<R>::site, "site", "Site, and with it a process, that counts"));
}

/// Take-or-pay, on several lines: what is not taken is settled at a share of its price, or taken and resold.
template <class R> struct Contract {
    Date<R> signed_on, ends;
    Table<ContractLine<R>> line;
    Series<WaferRate<R>> minimum, maximum;
    Series<MoneyRate<R>> minimum_spend;
    R price, prepayment, settling_share, resale_share;
    bool priority = true;
};

template <class R> constexpr auto describe(Type<Contract<R>> /*type*/) {
    using C = Contract<R>;
    return fields(
        date_field("signed", &C::signed_on, "When it was signed; before the decision it binds both worlds"),
        date_field("ends", &C::ends, "When its term ends"),
        table("line", &C::line, "Sites at which its wafers may be taken"),
        field("minimum", &C::minimum, "wafer/month"_u, "Wafers to take or settle, all lines together",
              Range::nonnegative, "0 wafer/month", Before::zero),
        field("minimum_spend", &C::minimum_spend, "MUSD/year"_u, "The same in money, where it was signed in money",
              Range::nonnegative, "0 MUSD/year", Before::zero),
        field("maximum", &C::maximum, "wafer/month"_u, "Wafers that it reserves, at least its minimum: they come first",
              Range::nonnegative, "0 wafer/month", Before::zero),
        field("price", &C::price, "x"_u, "Contract price of a wafer over the site's price", Range::positive, "1 x"),
        field("prepayment", &C::prepayment, "%"_u,
              "Paid at signing, as a share of the first year's minimum; credited evenly over the term", Range::fraction,
              "0 %"),
        field("settling_share", &C::settling_share, "%"_u, "Paid for what is not taken, as a share of its price",
              Range::fraction, "30 to 85 %"),
        field("resale_share", &C::resale_share, "%"_u, "What a wafer that is taken and resold brings, as a share of it",
              Range::fraction, "0 %"),
        plain_field("priority", &C::priority, "Whether its wafers come before those of customers without a contract",
                    "true"));
}

/// What an event does while it lasts. Rated orders take a share of what sites make before anybody and pay for it; what a loss of
/// supply takes is lost to all.
enum class EventKind { supply_loss, market_closed, parts_closed, foundries_closed, rated_orders };
constexpr std::array<std::string_view, 5> choices(Type<EventKind> /*type*/) {
    return {"supply_loss", "market_closed", "parts_closed", "foundries_closed", "rated_orders"};
}

/// Something that may happen at a place: a blockade, an earthquake, rated orders, a market that closes.
template <class R> struct Event {
    EventKind kind = EventKind::supply_loss;
    std::string location;
    Date<R> earliest;
    PerYear<R> hazard;
    R luck;
    Duration<R> duration;
    R severity, curable, parts_loss, memory_multiple;
};

template <class R> constexpr auto describe(Type<Event<R>> /*type*/) {
    using E = Event<R>;
    return fields(
        plain_field(
            "kind", &E::kind,
            "supply_loss (sites), rated_orders (the state buys a share of what sites make, at the contract's price), "
            "market_closed (sales), parts_closed (robot parts) or foundries_closed (to rivals)"),
        plain_field("location", &E::location, "Country code of the sites, or name of a site or of the region"),
        date_field("earliest", &E::earliest, "Before this date it cannot happen", "2026Q1"),
        field("hazard", &E::hazard, "%/year"_u, "Rate at which it happens", Range::nonnegative),
        field("luck", &E::luck, "1"_u, "The draw that decides when; leave as it is", Range::fraction, "uniform(0, 1)"),
        field("duration", &E::duration, "year"_u, "How long it lasts", Range::positive),
        field("severity", &E::severity, "%"_u,
              "Share of capacity, sales or parts lost, or bought by the state, while it lasts", Range::fraction,
              "100 %"),
        field("curable", &E::curable, "%"_u, "Of a closed market, the share that a finished local stack reopens",
              Range::fraction, "0 %"),
        field("parts_loss", &E::parts_loss, "%"_u, "Share of all devices' other parts that are lost too",
              Range::fraction, "0 %"),
        field("memory_multiple", &E::memory_multiple, "x"_u, "Multiple of the DRAM price while it lasts",
              Range::positive, "1 x"));
}

/// A way to more wafers.
template <class R> struct ExpansionPath {
    Reference site;
    bool taken = false;
    Date<R> decision;
    Duration<R> lead_time, life;
    WaferRate<R> capacity;
    QuantityIn<"USD*month/wafer", R> capex;
    R own_share, grant_share, tenant_share, fee, utilisation, volatility;
    PerYear<R> payout;
};

template <class R> constexpr auto describe(Type<ExpansionPath<R>> /*type*/) {
    using P = ExpansionPath<R>;
    return fields(
        reference("site", &P::site, "site", "Site that grows (a new one starts with zero capacity)"),
        plain_field("taken", &P::taken, "Whether the make world takes this path (else it is only valued)", "false"),
        date_field("decision", &P::decision, "Date of the decision"),
        field("lead_time", &P::lead_time, "year"_u, "From decision to volume", Range::positive),
        field("life", &P::life, "year"_u, "Economic life of the capacity", Range::positive, "8 to 15 year"),
        field("capacity", &P::capacity, "wafer/month"_u, "Capacity added", Range::positive),
        field("capex", &P::capex, "MUSD*month/wafer"_u, "Capital a wafer a month of capacity", Range::positive),
        field("own_share", &P::own_share, "%"_u,
              "Share of the capital paid by the buyer; as many of the path's wafers come at cash cost plus fee",
              Range::fraction),
        field("grant_share", &P::grant_share, "%"_u, "Share of the capital paid by grants and credits", Range::fraction,
              "0 %"),
        field("tenant_share", &P::tenant_share, "%"_u,
              "Share of the added capacity that other tenants have by contract; the rest is the buyer's alone",
              Range::fraction, "0 %"),
        field("fee", &P::fee, "%"_u, "Operator's fee over cash cost for own-financed wafers", Range::nonnegative,
              "10 to 20 %"),
        field("utilisation", &P::utilisation, "%"_u, "Share of the added capacity that is used", Range::fraction,
              "70 to 95 %"),
        field("volatility", &P::volatility, "%"_u, "Yearly volatility of the project's value, for the option value",
              Range::positive, "25 to 45 %"),
        field("payout", &P::payout, "%/year"_u, "Value lost by waiting, for the option value", Range::positive,
              "3 to 8 %/year"));
}

} // namespace autarky::foundry

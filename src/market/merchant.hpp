// autarky: chips that the merchant market offers.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/describe.hpp"
#include "core/quantities.hpp"

namespace autarky::market {

template <class R> using ChipRate = QuantityIn<"chip/year", R>;

/// A chip that the merchant market offers to this buyer, and the road map behind it.
template <class R> struct Merchant {
    std::string location;
    Reference accelerator, site;
    QuantityIn<"chip/wafer", R> chips_per_wafer;
    ChipCost<R> list_price, unit_cost;
    Date<R> price_date;
    Throughput<R> throughput;
    R utilisation_ratio;
    DataRate<R> memory_bandwidth, io_bandwidth;
    R bandwidth_efficiency;
    DataSize<R> precision, memory;
    bool memory_in_package = false, data_centre = false, fallback_only = false;
    R memory_premium;
    Area<R> die_area;
    R export_luck;
    PerYear<R> price_decline, cost_decline;
    Duration<R> cadence;
    R throughput_gain, bandwidth_gain, memory_gain, generation_price;
    R volume_discount;
    ChipRate<R> discount_reference;
    R minimum_margin, conduct, response, bargain;
    Series<ChipRate<R>> supply;
    R firm;
    Duration<R> lead_time;
    Money<R> porting_cost;
    MoneyRate<R> support_cost;
    Power<R> power;
};

template <class R> constexpr auto describe_part(Type<Merchant<R>> /*type*/) {
    using M = Merchant<R>;
    return fields(
        plain_field("location", &M::location, "Country code of the fab that makes it"),
        reference("accelerator", &M::accelerator, "accelerator", "What its chip is made of, to compare own chips with",
                  ""),
        field("throughput", &M::throughput, "TOPS"_u, "Dense peak throughput at `precision`", Range::positive),
        field("utilisation_ratio", &M::utilisation_ratio, "x"_u,
              "Its utilisation over that of the first merchant's chip on the same task", Range::positive, "1 x"),
        field("precision", &M::precision, "bit"_u, "Bit length of the operands at that throughput", Range::positive,
              "8 bit"),
        field("memory_bandwidth", &M::memory_bandwidth, "GB/s"_u, "DRAM bandwidth", Range::nonnegative),
        field("bandwidth_efficiency", &M::bandwidth_efficiency, "%"_u, "Share of it that a task really gets",
              Range::fraction, "74 to 89 %"),
        field("memory", &M::memory, "GB"_u, "Most DRAM that one chip carries; what it brings if in the package",
              Range::nonnegative),
        plain_field("memory_in_package", &M::memory_in_package, "Whether the price includes that memory", "false"),
        field("memory_premium", &M::memory_premium, "x"_u, "Price of its kind of DRAM over the common price",
              Range::positive, "1 x"),
        field("power", &M::power, "W"_u, "Power while working", Range::positive, "130 W"),
        field("die_area", &M::die_area, "mm^2"_u, "Die area, for export rules (0: unknown, no density test)",
              Range::nonnegative, "0 mm^2"),
        field("io_bandwidth", &M::io_bandwidth, "GB/s"_u, "Bidirectional chip-to-chip bandwidth", Range::nonnegative,
              "0 GB/s"),
        plain_field("data_centre", &M::data_centre, "Designed or marketed for data centres", "false"),
        field("export_luck", &M::export_luck, "1"_u, "The draw that decides its licences; leave as it is",
              Range::fraction, "uniform(0, 1)"),
        field("cadence", &M::cadence, "year"_u, "Years between generations, counted from price_date", Range::positive,
              "2.5 to 4 year"),
        field("throughput_gain", &M::throughput_gain, "x"_u, "Throughput of a generation over the one before",
              Range::positive, "2 to 3.9 x"),
        field("bandwidth_gain", &M::bandwidth_gain, "x"_u, "DRAM bandwidth of a generation over the one before",
              Range::positive, "1.33 to 1.5 x"),
        field("memory_gain", &M::memory_gain, "x"_u, "Most DRAM of a generation over the one before", Range::positive,
              "1.3 to 2 x"),
        field("generation_price", &M::generation_price, "x"_u,
              "Price and cost of a generation at its start over the one before at its start", Range::positive,
              "0.9 to 1.4 x"));
}

template <class R> constexpr auto describe_terms(Type<Merchant<R>> /*type*/) {
    using M = Merchant<R>;
    return fields(
        field("list_price", &M::list_price, "USD/chip"_u, "List price at price_date, without memory beside it",
              Range::positive),
        field("unit_cost", &M::unit_cost, "USD/chip"_u, "What it costs the merchant at price_date", Range::positive),
        date_field("price_date", &M::price_date, "Date of both prices", "2025Q4"),
        field("price_decline", &M::price_decline, "%/year"_u, "Real decline of one generation's list price",
              Range::nonnegative, "3 to 15 %/year"),
        field("cost_decline", &M::cost_decline, "%/year"_u, "Real decline of one generation's cost", Range::nonnegative,
              "3 to 12 %/year"),
        field("volume_discount", &M::volume_discount, "%"_u, "Discount a tenfold volume above discount_reference",
              Range::fraction, "5 to 15 %"),
        field("discount_reference", &M::discount_reference, "chip/year"_u, "Volume up to which the list price holds",
              Range::positive, "100_000 chip/year"),
        field("minimum_margin", &M::minimum_margin, "%"_u, "Gross margin below which the merchant does not quote",
              Range::fraction, "20 to 40 %"),
        field("conduct", &M::conduct, "1"_u,
              "How far a rival's floor pulls the price down: 0 the list price stands, 1 it undercuts", Range::fraction,
              "0.1 to 0.7"),
        field("response", &M::response, "1"_u, "Price cut a unit of market share lost to in-house chips",
              Range::nonnegative, "0 to 0.5"),
        field("bargain", &M::bargain, "%"_u,
              "How far a buyer with a credible own chip moves the price toward its planned cost", Range::fraction,
              "0 to 30 %"),
        field("supply", &M::supply, "chip/year"_u, "Chips this buyer can get at most", Range::nonnegative, nullptr,
              Before::zero),
        reference("site", &M::site, "site", "Site whose wafers it takes, in rivalry with all other customers", ""),
        field("chips_per_wafer", &M::chips_per_wafer, "chip/wafer"_u, "Good chips of a wafer, where a site is named",
              Range::positive, "50 to 130 chip/wafer"),
        field("firm", &M::firm, "%"_u,
              "Share of its orders that its own contracts with the site cover; the rest shares what contracts leave",
              Range::fraction, "60 to 100 %"),
        field("lead_time", &M::lead_time, "quarter"_u, "From order to delivery", Range::nonnegative, "2 to 4 quarter"),
        field("porting_cost", &M::porting_cost, "MUSD"_u,
              "One-off port of the buyer's software, when it first orders, in either world", Range::nonnegative,
              "0 MUSD"),
        field("support_cost", &M::support_cost, "MUSD/year"_u, "Licences and support while buying", Range::nonnegative,
              "0 MUSD/year"),
        plain_field("fallback_only", &M::fallback_only,
                    "Whether it is bought only as the fallback of a region that refuses another chip", "false"));
}

template <class R> constexpr auto describe(Type<Merchant<R>> type) {
    return std::tuple_cat(describe_part(type), describe_terms(type));
}

} // namespace autarky::market

// autarky: dated export rules for chips.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/describe.hpp"
#include "core/quantities.hpp"

namespace autarky::market {

/// A dated export rule for chips (the United States' 3A090 and its successors).
template <class R> struct ExportRule {
    Date<R> effective;
    Performance<R> tpp_limit, density_floor, exempt_below, licence_below;
    PerformanceDensity<R> density_limit;
    DataRate<R> io_limit, licence_bandwidth;
    R refused_controlled, refused_licensable, luck;
};

template <class R> constexpr auto describe(Type<ExportRule<R>> /*type*/) {
    using E = ExportRule<R>;
    return fields(
        date_field("effective", &E::effective, "First day of force; the latest rule in force counts"),
        field("tpp_limit", &E::tpp_limit, "TPP"_u, "Controlled from this total processing performance on",
              Range::positive),
        field("density_floor", &E::density_floor, "TPP"_u, "From here on the density limit counts too",
              Range::nonnegative, "0 TPP"),
        field("density_limit", &E::density_limit, "TPP/mm^2"_u,
              "Performance density that is controlled (0: no such test)", Range::nonnegative, "0 TPP/mm^2"),
        field("io_limit", &E::io_limit, "GB/s"_u, "Controlled only with at least this chip-to-chip bandwidth",
              Range::nonnegative, "0 GB/s"),
        field("exempt_below", &E::exempt_below, "TPP"_u, "Chips not for data centres are free below this",
              Range::nonnegative, "0 TPP"),
        field("licence_below", &E::licence_below, "TPP"_u, "Licences case by case below this (0: no such window)",
              Range::nonnegative, "0 TPP"),
        field("licence_bandwidth", &E::licence_bandwidth, "GB/s"_u, "and below this memory bandwidth",
              Range::nonnegative, "0 GB/s"),
        field("refused_controlled", &E::refused_controlled, "%"_u,
              "Probability that a controlled chip in a product is refused", Range::fraction),
        field("refused_licensable", &E::refused_licensable, "%"_u, "The same inside the licence window",
              Range::fraction),
        field("luck", &E::luck, "1"_u, "The draw that decides; leave as it is", Range::fraction, "uniform(0, 1)"));
}

} // namespace autarky::market

// autarky: a generation of the buyer's own chip, from design to ramp, as the scenario describes it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/describe.hpp"
#include "core/quantities.hpp"
#include "foundry/back_end.hpp"

namespace autarky::foundry {

/// A further workload that takes turns with the chip's first one.
template <class R> struct FurtherWork {
    Reference workload;
};
template <class R> constexpr auto describe(Type<FurtherWork<R>> /*type*/) {
    return fields(reference("workload", &FurtherWork<R>::workload, "workload",
                            "Workload that takes turns with the chip's `workload`, each run to its end"));
}

/// One generation of own silicon.
template <class R> struct Chip {
    Reference accelerator, workload;
    Table<FurtherWork<R>> also_runs;
    Table<ChipNeed<R>> needs;
    Length<R> width, height;
    R critical_area;
    int units = 0, spare_units = 0, lesser_spare_units = 0;
    Area<R> unit_area;
    DieCost<R> lesser_price;
    R sort_coverage;
    Throughput<R> throughput;
    DataSize<R> precision, memory;
    DataRate<R> memory_bandwidth, io_bandwidth;
    Power<R> power;
    bool data_centre = false, memory_in_package = false;
    R memory_premium;
    R utilisation_ratio, bandwidth_efficiency, export_luck;
    ChipCost<R> package, memory_overhead;
    Duration<R> sort_time, final_test_time;
    MoneyRate<R> tester_rate;
    R assembly_yield, final_test_yield;
    Duration<R> assembly_time;
    Money<R> design_cost, architecture_cost, rtl_cost, verification_cost;
    Money<R> software_cost, qualification_cost, respin_cost;
    MoneyRate<R> sustaining_cost;
    Date<R> design_start, tapeout;
    R respins;
    Duration<R> respin_delay, qualification_time, ramp_time, safety_stock;
    PerYear<R> cancellation_hazard;
    R cancellation_luck;
    R salvage;
};

template <class R> constexpr auto describe_silicon(Type<Chip<R>> /*type*/) {
    using C = Chip<R>;
    return fields(
        reference("accelerator", &C::accelerator, "accelerator", "What it is made of; numbers left out follow from it",
                  ""),
        reference("workload", &C::workload, "workload", "What it is compared on with the first merchant's chip", ""),
        table("also_runs", &C::also_runs, "Workloads that share the chip with `workload` in turns"),
        table("needs", &C::needs, "Back ends that may keep its dies waiting; none: nothing does"),
        field("width", &C::width, "mm"_u, "Die width", Range::positive, "computed from accelerator"),
        field("height", &C::height, "mm"_u, "Die height", Range::positive, "computed from accelerator"),
        field("critical_area", &C::critical_area, "%"_u, "Share of the die area in which a defect kills",
              Range::fraction, "100 %"),
        plain_field("units", &C::units, "Identical units of which some may be bad; 0: every defect kills", "0"),
        plain_field("spare_units", &C::spare_units, "Bad units with which the chip still ships", "0"),
        field("unit_area", &C::unit_area, "mm^2"_u, "Area of one unit; the rest of the die must be clean",
              Range::nonnegative, "0 mm^2"),
        plain_field("lesser_spare_units", &C::lesser_spare_units,
                    "Bad units with which the die is still sold as a lesser product; 0: no such product", "0"),
        field("lesser_price", &C::lesser_price, "USD/die"_u, "What a die of the lesser product sells for",
              Range::nonnegative, "0 USD/die"),
        field("sort_coverage", &C::sort_coverage, "%"_u, "Fault coverage of the wafer sort; final test finds the rest",
              Range::fraction, "100 %"),
        field("throughput", &C::throughput, "TOPS"_u, "Dense peak throughput at `precision`", Range::positive,
              "computed from accelerator"),
        field("precision", &C::precision, "bit"_u, "Bit length of the operands at that throughput", Range::positive,
              "computed from accelerator, else 8 bit"),
        field("memory", &C::memory, "GB"_u, "Most DRAM that one chip carries; what it brings if in the package",
              Range::nonnegative, "computed from accelerator, else 0 GB"),
        field("memory_premium", &C::memory_premium, "x"_u,
              "Price of its kind of DRAM (HBM, GDDR) over the economy's memory_price", Range::positive, "1 x"),
        plain_field("memory_in_package", &C::memory_in_package,
                    "Memory is in the package and is lost with a chip that fails final test", "false"),
        field("memory_bandwidth", &C::memory_bandwidth, "GB/s"_u, "DRAM bandwidth", Range::nonnegative,
              "computed from accelerator, else 0 GB/s"),
        field("io_bandwidth", &C::io_bandwidth, "GB/s"_u, "Bidirectional chip-to-chip bandwidth", Range::nonnegative,
              "0 GB/s"),
        field("power", &C::power, "W"_u, "Power while working", Range::positive, "computed from accelerator"),
        plain_field("data_centre", &C::data_centre, "Designed or marketed for data centres", "false"),
        field("utilisation_ratio", &C::utilisation_ratio, "x"_u,
              "Its utilisation over that of the first merchant's chip on the same task", Range::positive,
              "computed from workload, else 0.7 to 1.6 x"),
        field("bandwidth_efficiency", &C::bandwidth_efficiency, "%"_u, "Share of its DRAM bandwidth that a task gets",
              Range::fraction, "40 to 80 %"),
        field("export_luck", &C::export_luck, "1"_u, "The draw that decides its licences; leave as it is",
              Range::fraction, "uniform(0, 1)"),
        field("package", &C::package, "USD/chip"_u, "Package and assembly", Range::nonnegative),
        field("memory_overhead", &C::memory_overhead, "USD/chip"_u, "Memory cost beside the DRAM itself",
              Range::nonnegative, "0 USD/chip"),
        field("sort_time", &C::sort_time, "s"_u, "Wafer sort, a die", Range::nonnegative, "10 to 40 s"),
        field("final_test_time", &C::final_test_time, "s"_u, "Final test, a chip", Range::nonnegative, "60 to 300 s"),
        field("tester_rate", &C::tester_rate, "USD/h"_u, "Tester and handler", Range::nonnegative, "200 to 500 USD/h"),
        field("assembly_yield", &C::assembly_yield, "%"_u, "Share of good dies that survive assembly", Range::fraction,
              "99 %"),
        field("final_test_yield", &C::final_test_yield, "%"_u, "Share of assembled parts that pass final test",
              Range::fraction, "97 to 99.5 %"),
        field("assembly_time", &C::assembly_time, "week"_u, "Time from finished wafer to tested chip", Range::positive,
              "4 to 8 week"));
}

template <class R> constexpr auto describe_programme(Type<Chip<R>> /*type*/) {
    using C = Chip<R>;
    return fields(
        field("design_cost", &C::design_cost, "MUSD"_u,
              "Architecture to physical design, IP, EDA, prototypes: all of it that no key beside it and no allocation "
              "gives",
              Range::nonnegative),
        field("architecture_cost", &C::architecture_cost, "MUSD"_u, "Architecture and performance modelling",
              Range::nonnegative, "0 MUSD"),
        field("rtl_cost", &C::rtl_cost, "MUSD"_u, "Register-transfer design", Range::nonnegative, "0 MUSD"),
        field("verification_cost", &C::verification_cost, "MUSD"_u, "Functional verification and emulation",
              Range::nonnegative, "0 MUSD"),
        field("software_cost", &C::software_cost, "MUSD"_u, "Compiler, kernels and runtime up to production",
              Range::nonnegative, "0 MUSD"),
        field("qualification_cost", &C::qualification_cost, "MUSD"_u, "Automotive and safety qualification a layout",
              Range::nonnegative, "0 MUSD"),
        field("respin_cost", &C::respin_cost, "MUSD"_u, "Engineering of one re-spin (masks are added)",
              Range::nonnegative, "0 MUSD"),
        field("sustaining_cost", &C::sustaining_cost, "MUSD/year"_u, "Compiler, kernels, safety case once in service",
              Range::nonnegative, "0 MUSD/year"),
        date_field("design_start", &C::design_start, "Begin of the design spending"),
        date_field("tapeout", &C::tapeout, "First tape-out"),
        field("respins", &C::respins, "1"_u, "Number of re-spins", Range::nonnegative,
              "discrete(0: 0.4, 1: 0.45, 2: 0.15)"),
        field("respin_delay", &C::respin_delay, "month"_u, "Delay a re-spin", Range::nonnegative, "4 to 7 month"),
        field("qualification_time", &C::qualification_time, "month"_u, "From tape-out to the first production start",
              Range::positive),
        field("ramp_time", &C::ramp_time, "month"_u, "From first production start to full demand", Range::positive,
              "6 to 15 month"),
        field("safety_stock", &C::safety_stock, "week"_u, "Stock that the planners keep, in weeks of demand",
              Range::nonnegative, "4 to 8 week"),
        field("cancellation_hazard", &C::cancellation_hazard, "%/year"_u,
              "Rate at which the programme is cancelled before production", Range::nonnegative, "0 %/year"),
        field("cancellation_luck", &C::cancellation_luck, "1"_u, "The draw that decides; leave as it is",
              Range::fraction, "uniform(0, 1)"),
        field("salvage", &C::salvage, "%"_u, "Share of unit cost recovered on surplus chips", Range::fraction,
              "0 to 30 %"));
}

template <class R> constexpr auto describe(Type<Chip<R>> type) {
    return std::tuple_cat(describe_silicon(type), describe_programme(type));
}

/// A further generation: it repeats the one before it at a cadence, better by a factor. Rows follow the last chip in the
/// order of the file.
template <class R> struct Successor {
    Duration<R> cadence;
    R throughput_gain, bandwidth_gain, memory_gain, power_gain, cost;
    PerYear<R> cancellation_hazard;
    R cancellation_luck;
};

template <class R> constexpr auto describe(Type<Successor<R>> /*type*/) {
    using S = Successor<R>;
    return fields(field("cadence", &S::cadence, "year"_u, "Years after the generation before it", Range::positive,
                        "1.5 to 4.5 year"),
                  field("throughput_gain", &S::throughput_gain, "x"_u,
                        "Throughput over that of the generation before it", Range::positive, "2 to 5 x"),
                  field("bandwidth_gain", &S::bandwidth_gain, "x"_u,
                        "DRAM bandwidth over that of the generation before it", Range::positive, "1.3 to 3 x"),
                  field("memory_gain", &S::memory_gain, "x"_u, "Most DRAM over that of the generation before it",
                        Range::positive, "1.3 to 2 x"),
                  field("power_gain", &S::power_gain, "x"_u, "Power over that of the generation before it",
                        Range::positive, "0.9 to 1.3 x"),
                  field("cost", &S::cost, "x"_u, "One-off cost over that of the generation before it", Range::positive,
                        "0.8 to 1.4 x"),
                  field("cancellation_hazard", &S::cancellation_hazard, "%/year"_u,
                        "Rate at which it is cancelled before production", Range::nonnegative, "3 to 20 %/year"),
                  field("cancellation_luck", &S::cancellation_luck, "1"_u, "The draw that decides; leave as it is",
                        Range::fraction, "uniform(0, 1)"));
}

/// One chip at one site: its own layout, masks and qualification.
template <class R> struct Allocation {
    Reference chip, site;
    R share, least_share;
    Money<R> layout_cost, ip_cost, eda_cost, prototype_cost;
};

template <class R> constexpr auto describe(Type<Allocation<R>> /*type*/) {
    using A = Allocation<R>;
    return fields(
        reference("chip", &A::chip, "chip", "Chip that is made"),
        reference("site", &A::site, "site", "Site that makes it"),
        field("share", &A::share, "%"_u, "Share of the chip's wafers planned here; the shares are normalised",
              Range::fraction),
        field("least_share", &A::least_share, "%"_u,
              "Share of them below which the source would lose its qualification", Range::fraction, "0 %"),
        field("layout_cost", &A::layout_cost, "MUSD"_u, "Physical design for this process", Range::nonnegative,
              "0 MUSD"),
        field("ip_cost", &A::ip_cost, "MUSD"_u, "Licensed blocks ported to this process", Range::nonnegative, "0 MUSD"),
        field("eda_cost", &A::eda_cost, "MUSD"_u, "Design tools for this process", Range::nonnegative, "0 MUSD"),
        field("prototype_cost", &A::prototype_cost, "MUSD"_u, "Shuttles, engineering lots, boards", Range::nonnegative,
              "0 MUSD"));
}

} // namespace autarky::foundry

// autarky: "what does this die cost?": dies a wafer, fields, yield, bins and cost of a die, or of several side by side.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "answers/entry.hpp"
#include "silicon/die_solve.hpp"
#include "silicon/die_spread.hpp"
#include "silicon/die_study.hpp"

namespace autarky::silicon {

constexpr std::array<std::string_view, 3> choices(Type<Unknown> /*type*/) { return {"d0", "price", "volume"}; }

} // namespace autarky::silicon

namespace autarky::answers {

struct DieQuestion {
    std::vector<std::string> size, compare;
    std::optional<double> width, height, area, aspect;
    std::optional<double> wafer, edge, scribe, notch;
    std::string field, process, date;
    std::optional<Stated> d0, reported_yield;
    std::optional<double> reported_area, alpha, layers, critical_share, line_yield, systematic_yield, parametric_yield;
    std::optional<int> units, spares;
    std::optional<double> unit_area, uncore, uncore_share;
    std::string bins;
    std::optional<double> wafer_price, premium, sort_test, sort_coverage, tester_rate, sort_time, final_time,
        dies_per_part, package, memory_in_package, memory_on_board, assembly_yield, final_test, final_coverage;
    std::optional<double> nre, mask_set, respins, mask_life, volume;
    std::optional<silicon::Unknown> solve;
    std::optional<double> target;
    std::uint64_t seed = 1;
};
constexpr auto describe(Type<DieQuestion> /*type*/) {
    using Q = DieQuestion;
    const auto shape = fields(
        asked("size", &Q::size,
              "Width x height in mm, such as 26x16.5; several are compared. With \":144/12\" behind it: 144 units, 12 "
              "of them spare")
            .positional("SIZE"),
        asked("width", &Q::width, "mm"_u, "Die width"), asked("height", &Q::height, "mm"_u, "Die height"),
        asked("area", &Q::area, "mm^2"_u, "Die area instead of its sides"),
        asked("aspect", &Q::aspect, "1"_u, "Width over height with the area").as("RATIO").otherwise("1").needs("area"),
        asked("wafer", &Q::wafer, "mm"_u, "Wafer diameter").otherwise("300"),
        asked("edge", &Q::edge, "mm"_u, "Unusable rim").otherwise("3"),
        asked("scribe", &Q::scribe, "mm"_u, "Street between dies").otherwise("0.1"),
        asked("notch", &Q::notch, "mm"_u, "Keep-out at the notch, from the wafer's bottom").otherwise("0"),
        asked("field", &Q::field, "Lithography field in mm, or high-na").as("WxH").otherwise("26x33"));
    const auto yield = fields(
        asked("process", &Q::process, "Take wafer, yield and price from this process of the catalogue").as("NAME"),
        asked("date", &Q::date, "Date on the learning curve of the process")
            .as("DATE")
            .otherwise("2027Q1, or when it starts to learn")
            .needs("process"),
        asked("d0", &Q::d0, "1/cm^2"_u, "Defect density, or a range such as \"0.08 to 0.3\" (5 % to 95 %)"),
        asked("reported_yield", &Q::reported_yield, "1"_u,
              "Yield that somebody reported, or a range of it, instead of a defect density")
            .as("SHARE"),
        asked("reported_area", &Q::reported_area, "mm^2"_u, "Area of the die of which it was reported")
            .needs("reported_yield"),
        asked("alpha", &Q::alpha, "1"_u, "Clustering of the negative binomial").as("A").otherwise("3"),
        asked("layers", &Q::layers, "1"_u, "Critical layers of Bose-Einstein, over which the density is spread")
            .otherwise("10"),
        asked("critical_share", &Q::critical_share, "1"_u, "Share of the area in which a defect kills")
            .as("SHARE")
            .otherwise("1"),
        asked("line_yield", &Q::line_yield, "1"_u, "Wafers that reach the end of the line").as("SHARE").otherwise("1"),
        asked("systematic_yield", &Q::systematic_yield, "1"_u, "Dies not lost to layout").as("SHARE").otherwise("1"),
        asked("parametric_yield", &Q::parametric_yield, "1"_u, "Working dies that meet speed and power")
            .as("SHARE")
            .otherwise("1"),
        asked("units", &Q::units, "1"_u, "Identical units on the die"),
        asked("unit_area", &Q::unit_area, "mm^2"_u, "Area of one unit"),
        asked("uncore", &Q::uncore, "mm^2"_u, "Area that must be clean"),
        asked("uncore_share", &Q::uncore_share, "1"_u, "The same as a share of the die").as("SHARE"),
        asked("spares", &Q::spares, "1"_u, "Units that may be bad").as("K"),
        asked("bins", &Q::bins, "Products by most bad units and price, such as 0:900,12:700").as("LIST"));
    const auto cost = fields(
        asked("wafer_price", &Q::wafer_price, "USD"_u, "Price of a processed wafer"),
        asked("premium", &Q::premium, "1"_u, "Premium of the site on the wafer price").as("SHARE").otherwise("0"),
        asked("sort_test", &Q::sort_test, "USD"_u, "Wafer sort, a die"),
        asked("sort_coverage", &Q::sort_coverage, "1"_u, "Fault coverage of the sort").as("SHARE").otherwise("1"),
        asked("tester_rate", &Q::tester_rate, "USD/h"_u, "Tester and prober or handler, for the two times below")
            .as("USD_PER_H")
            .from_to(0.0, 1e300)
            .needs("sort_time", "final_time"),
        asked("sort_time", &Q::sort_time, "s"_u, "Time of the sort, a die, beside its price")
            .from_to(0.0, 1e300)
            .needs("tester_rate"),
        asked("final_time", &Q::final_time, "s"_u, "Time of the final test, a part, beside its price")
            .from_to(0.0, 1e300)
            .needs("tester_rate"),
        asked("dies_per_part", &Q::dies_per_part, "1"_u, "Dies in one package").otherwise("1"),
        asked("package", &Q::package, "USD"_u, "Package and assembly, a part"),
        asked("memory_in_package", &Q::memory_in_package, "USD"_u, "Memory that is scrapped with the part"),
        asked("memory_on_board", &Q::memory_on_board, "USD"_u, "Memory beside the part"),
        asked("assembly_yield", &Q::assembly_yield, "1"_u, "Parts that survive assembly").as("SHARE").otherwise("1"),
        asked("final_test", &Q::final_test, "USD"_u, "Final test, a part"),
        asked("final_coverage", &Q::final_coverage, "1"_u, "Share of bad parts that final test finds")
            .as("SHARE")
            .otherwise("1"),
        asked("nre", &Q::nre, "USD"_u, "One-time cost without masks"),
        asked("mask_set", &Q::mask_set, "USD"_u, "One full mask set"),
        asked("respins", &Q::respins, "1"_u, "Further mask sets").otherwise("0"),
        asked("mask_life", &Q::mask_life, "wafer"_u, "Wafers after which the masks are replaced"),
        asked("volume", &Q::volume, "1"_u, "Parts over which one-time cost is spread")
            .as("PARTS")
            .needs("nre", "mask_set", "process"));
    const auto question = fields(
        asked("compare", &Q::compare, "Further sizes, with commas between them").as("LIST"),
        asked("solve", &Q::solve, "Find its value at which the cost is the target"),
        asked("target", &Q::target, "USD"_u, "Cost of what ships: the die, the part, or the part with one-time cost")
            .needs("solve"),
        asked("seed", &Q::seed, "1"_u, "Seed of drawn defects and of the draws of a process"));
    return std::tuple_cat(shape, yield, cost, question);
}

/// Everything that was found out about one die.
struct DieFindings {
    silicon::DieResult result;
    std::optional<silicon::CostSpread> spread{};
    std::optional<silicon::ModelChoice> model_choice{};
    std::optional<silicon::Solution> solution{};
};

struct DieAnswer {
    std::vector<DieFindings> dies;
    std::vector<std::string> remarks;        ///< what was taken from where
    std::optional<silicon::Unknown> unknown; ///< what was solved for
    double target_usd = 0.0;
    std::uint64_t seed = 1;
};

DieAnswer die(const Catalogue& catalogue, const DieQuestion& question, const Watch& watch = {});
std::string text(const DieAnswer& answer, const show::Page& page);
/// The wafer of the first die.
std::string picture(const DieAnswer& answer);

extern const Entry die_entry;

/// A die on a process of the catalogue.
struct OnProcess {
    std::vector<double> densities_per_cm2; ///< equally likely, over draws of its learning curve
    std::string remark;                    ///< what was taken
};
/// Fills wafer, yield, price and masks of `die` with the medians of a process at a date. Throws InputError for an unknown
/// process and a date that is none.
OnProcess take_process(const Catalogue& catalogue, const std::string& name, const std::string& date, std::uint64_t seed,
                       silicon::DieInput& die);

} // namespace autarky::answers

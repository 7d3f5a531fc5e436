// autarky: the command `die`: dies per wafer, yield and cost of one die, or of several side by side.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "autarky/commands.hpp"
#include "autarky/die_input.hpp"
#include "autarky/die_text.hpp"
#include "autarky/output.hpp"
#include "silicon/wafer_svg.hpp"

namespace autarky::cli {
namespace {

silicon::Unknown unknown_of(const std::string& word) {
    if (word == "d0") return silicon::Unknown::density;
    if (word == "price") return silicon::Unknown::wafer_price;
    if (word == "volume") return silicon::Unknown::volume;
    throw UsageError("E0504", fmt::format("--solve: '{}' is nothing that it can solve for", word),
                     "d0, price or volume");
}

/// What must be known before the target can be solved for, in words; empty: all is there.
std::string missing_for(const silicon::DieInput& die, silicon::Unknown unknown) {
    if (unknown != silicon::Unknown::density && !die.density_per_cm2) return "--d0";
    if (unknown != silicon::Unknown::wafer_price && !die.wafer_price_usd) return "--wafer-price";
    if (unknown == silicon::Unknown::volume && !die.one_time) return "--nre or --mask-set";
    return {};
}

DieFindings find_out(const silicon::DieInput& input, const DieRequest& request, const DieOptions& options) {
    DieFindings findings;
    silicon::DieInput die = input;
    std::optional<silicon::Unknown> unknown;
    if (options.solve) {
        unknown = unknown_of(*options.solve);
        if (!request.target_usd || !(*request.target_usd > 0.0))
            throw UsageError("E0506", "--solve needs a positive target", "e.g. --solve d0 --target 250");
        const std::string missing = missing_for(die, *unknown);
        if (!missing.empty()) throw UsageError("E0506", fmt::format("--solve {} needs {}", *options.solve, missing));
        // A volume is put in so that one-time cost counts; solving replaces it.
        if (*unknown == silicon::Unknown::volume && !die.one_time->volume) die.one_time->volume = 1e6;
    }
    findings.result = silicon::study(input);
    if (unknown) findings.solution = silicon::solve(silicon::study(die), *unknown, *request.target_usd, true);
    if (findings.result.cost && !request.densities_per_cm2.empty()) {
        findings.spread = silicon::cost_spread(findings.result, request.densities_per_cm2);
        findings.model_choice = silicon::cost_model_choice(findings.result, request.densities_per_cm2);
    }
    return findings;
}

Exit die(const DieOptions& options) {
    const DieRequest request = die_request(options);
    std::vector<DieFindings> findings;
    for (const auto& input : request.dies)
        findings.push_back(find_out(input, request, options));
    const Solved solved{options.solve.value_or(""), request.target_usd.value_or(0.0)};
    constexpr int most_drawn = 50'000;
    if (options.svg && findings.front().result.gross.optimised.dies > most_drawn)
        throw UsageError(
            "E0504", fmt::format("--svg: {} dies are too many to draw", findings.front().result.gross.optimised.dies));
    if (options.svg) write_file(*options.svg, silicon::wafer_svg(findings.front().result, options.seed));
    if (options.json && !(options.svg && *options.svg == "-")) {
        print(die_json(findings, request, solved));
    } else if (!(options.svg && *options.svg == "-")) {
        for (const auto& remark : request.remarks)
            print(remark + "\n\n");
        print(findings.size() == 1 ? die_table(findings.front(), solved) : die_comparison(findings, solved));
    }
    return Exit::ok;
}

void add_shape_options(Command& command, DieOptions& o) {
    command.argument("SIZE", o.sizes,
                     "Width x height in mm, such as 26x16.5; several are compared. With \":144/12\" behind it: "
                     "144 units, 12 of them spare");
    command.option("--width", "MM", o.width, "Die width");
    command.option("--height", "MM", o.height, "Die height");
    command.option("--area", "MM2", o.area, "Die area instead of its sides");
    command.option("--aspect", "RATIO", o.aspect, "Width over height with --area (1)");
    command.option("--wafer", "MM", o.wafer, "Wafer diameter (300)");
    command.option("--edge", "MM", o.edge, "Unusable rim (3)");
    command.option("--scribe", "MM", o.scribe, "Street between dies (0.1)");
    command.option("--notch", "MM", o.notch, "Keep-out at the notch, from the wafer's bottom (0)");
    command.option("--field", "WxH", o.field, "Lithography field in mm, or high-na (26x33)");
}

void add_yield_options(Command& command, DieOptions& o) {
    command.option("--process", "NAME", o.process, "Take wafer, yield and price from this process of the catalogue");
    command.option("--date", "DATE", o.date, "Date on the learning curve of the process, such as 2027Q1");
    command.option("--d0", "PER_CM2", o.d0, "Defect density, or a range such as \"0.08 to 0.3\" (5 % to 95 %)");
    command.option("--reported-yield", "SHARE", o.reported_yield,
                   "Yield that somebody reported, or a range of it, instead of --d0");
    command.option("--reported-area", "MM2", o.reported_area, "Area of the die of which it was reported");
    command.option("--alpha", "A", o.alpha, "Clustering of the negative binomial (3)");
    command.option("--layers", "N", o.layers,
                   "Critical layers of Bose-Einstein, over which the density is spread (10)");
    command.option("--critical-share", "SHARE", o.critical_share, "Share of the area in which a defect kills (1)");
    command.option("--line-yield", "SHARE", o.line_yield, "Wafers that reach the end of the line (1)");
    command.option("--systematic-yield", "SHARE", o.systematic_yield, "Dies not lost to layout (1)");
    command.option("--parametric-yield", "SHARE", o.parametric_yield, "Working dies that meet speed and power (1)");
    command.option("--units", "N", o.units, "Identical units on the die");
    command.option("--unit-area", "MM2", o.unit_area, "Area of one unit");
    command.option("--uncore", "MM2", o.uncore, "Area that must be clean");
    command.option("--uncore-share", "SHARE", o.uncore_share, "The same as a share of the die");
    command.option("--spares", "K", o.spares, "Units that may be bad");
    command.option("--bins", "LIST", o.bins, "Products by most bad units and price, such as 0:900,12:700");
}

void add_cost_options(Command& command, DieOptions& o) {
    command.option("--wafer-price", "USD", o.wafer_price, "Price of a processed wafer");
    command.option("--premium", "SHARE", o.premium, "Premium of the site on the wafer price (0)");
    command.option("--sort-test", "USD", o.sort_test, "Wafer sort, a die");
    command.option("--sort-coverage", "SHARE", o.sort_coverage, "Fault coverage of the sort (1)");
    command.option("--tester-rate", "USD_PER_H", o.tester_rate,
                   "Tester and prober or handler, for the two times below");
    command.option("--sort-time", "S", o.sort_time, "Time of the sort, a die, beside --sort-test");
    command.option("--final-time", "S", o.final_time, "Time of the final test, a part, beside --final-test");
    command.option("--dies-per-part", "N", o.dies_per_part, "Dies in one package (1)");
    command.option("--package", "USD", o.package, "Package and assembly, a part");
    command.option("--memory-in-package", "USD", o.memory_in_package, "Memory that is scrapped with the part");
    command.option("--memory-on-board", "USD", o.memory_on_board, "Memory beside the part");
    command.option("--assembly-yield", "SHARE", o.assembly_yield, "Parts that survive assembly (1)");
    command.option("--final-test", "USD", o.final_test, "Final test, a part");
    command.option("--final-coverage", "SHARE", o.final_coverage, "Share of bad parts that final test finds (1)");
    command.option("--nre", "USD", o.nre, "One-time cost without masks");
    command.option("--mask-set", "USD", o.mask_set, "One full mask set");
    command.option("--respins", "N", o.respins, "Further mask sets (0)");
    command.option("--mask-life", "WAFERS", o.mask_life, "Wafers after which the masks are replaced");
    command.option("--volume", "PARTS", o.volume, "Parts over which one-time cost is spread");
}

} // namespace

void add_die(Program& program) {
    auto& command = program.command("die", "Dies per wafer, fields, yield, bins and cost of a die");
    auto& options = command.keep<DieOptions>();
    command.example("autarky die 26x16.5 --d0 0.1 --wafer-price 20_000", "a half-reticle die");
    command.example(
        "autarky die 26x16.5 25.5x31.9:144/12 --uncore-share \"40 %\" --d0 \"0.08 to 0.4\" --wafer-price 20_000",
        "two dies side by side under an uncertain defect density, the larger one with spare units");
    command.example("autarky die --area 400 --process n5 --svg wafer.svg",
                    "a square die on a process of the catalogue");
    command.example("autarky die 26x16.5 --wafer-price 20_000 --solve d0 --target 250",
                    "the defect density at which a good die costs 250 USD");
    command.example("autarky die 26x16.5 --reported-yield \"50 to 65 %\" --reported-area 115",
                    "the same die on a process of which a yield of another die was reported");
    add_shape_options(command, options);
    add_yield_options(command, options);
    add_cost_options(command, options);
    command.option("--compare", "LIST", options.compare, "Further sizes, with commas between them");
    command.option("--solve", "d0|price|volume", options.solve, "Find its value at which the cost is --target");
    command.option("--target", "USD", options.target,
                   "Cost of what ships: the die, the part, or the part with one-time cost");
    command.option("--svg", "FILE", options.svg, "Draw the wafer of the first die");
    command.option("--seed", "N", options.seed, "Seed of the drawn defects and of the draws of --process (1)");
    command.flag("--json", options.json, "Print JSON");
    command.details(
        "Numbers may carry units (\"0.3 cm\", \"18 MUSD\", \"85 %\"); without one the unit named above holds. A range "
        "\"a to "
        "b\" is the 5th to 95th percentile; of other options than --d0 and --reported-yield its median counts. "
        "gross_dies: area_bound is the wafer's area over the die's, closed_form the "
        "formula used inside Monte Carlo, optimised the exact count at the best position of the grid; good_dies and "
        "cost use it. Yields by model are for random defects only.");
    command.runs([&options] { return die(options); });
}

} // namespace autarky::cli

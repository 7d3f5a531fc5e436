// autarky: the command `package`: several dies on one package, beside one die, and products that reuse a die.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "autarky/commands.hpp"
#include "autarky/die_process.hpp"
#include "autarky/findings.hpp"
#include "autarky/option_reader.hpp"
#include "autarky/output.hpp"
#include "silicon/package_study.hpp"

namespace autarky::cli {
namespace {

using silicon::PackageInput;
using silicon::PackageKind;
using silicon::PackageResult;
using silicon::PackageStudy;

struct PackageOptions {
    std::vector<std::string> dies;
    std::string kind = "organic";
    std::optional<std::string> process, date, d0, alpha, wafer_price, mask_set, sort_test, sort_coverage;
    std::optional<std::string> substrate_price, attach_yield, bond_yield, bridges, bridge_cost, link_share;
    std::optional<std::string> nre, package_nre, volume, reuse_volume;
    bool dies_first = false, json = false;
};

/// What was asked, and what was taken from the catalogue.
struct PackageRequest {
    PackageInput input;
    std::vector<std::string> remarks;
};

PackageKind kind_of(const std::string& name) {
    constexpr std::array<std::string_view, 4> kinds{"organic", "fan-out", "interposer", "bridge"};
    const auto found = std::find(kinds.begin(), kinds.end(), name);
    if (found == kinds.end())
        throw UsageError("E0504", fmt::format("--kind: there is no package '{}'", name),
                         "organic, fan-out, interposer or bridge");
    return static_cast<PackageKind>(found - kinds.begin());
}

/// What every die of the package has in common.
void read_common(OptionReader& read, const PackageOptions& o, silicon::DieInput& die) {
    if (const auto d0 = read.number("d0", o.d0, "1/cm^2")) die.density_per_cm2 = d0;
    read.number("alpha", o.alpha, "1", die.clustering);
    if (const auto price = read.number("wafer-price", o.wafer_price, "USD")) die.wafer_price_usd = price;
    if (const auto masks = read.number("mask-set", o.mask_set, "USD")) {
        die.one_time = die.one_time.value_or(silicon::OneTimeInput{});
        die.one_time->mask_set_usd = masks;
    }
    if (!o.sort_test && !o.sort_coverage) return;
    die.part.emplace();
    read.number("sort-test", o.sort_test, "USD", die.part->sort_test_usd);
    read.number("sort-coverage", o.sort_coverage, "1", die.part->sort_coverage);
}

/// "13x16.4", "13x16.4*4" or "13x16.4*4@n5".
void add_die(OptionReader& read, const PackageOptions& o, const std::string& text, PackageRequest& request) {
    const auto at = parts_of(text, '@');
    const auto star = parts_of(at[0], '*');
    if (at.size() > 2 || star.size() > 2)
        return read.error("E0201", fmt::format("DIE: '{}' is no WIDTHxHEIGHT*COUNT@PROCESS", text),
                          "such as 13x16.4*4 or 13x16.4*4@n5");
    silicon::PlacedDie placed;
    placed.die.die.scribe_mm = silicon::usual_scribe_mm;
    const auto process = at.size() > 1 ? std::optional(at[1]) : o.process;
    if (process) {
        DieRequest taken;
        take_process(*process, o.date, 1, placed.die, taken);
        for (auto& remark : taken.remarks)
            if (std::find(request.remarks.begin(), request.remarks.end(), remark) == request.remarks.end())
                request.remarks.push_back(std::move(remark));
    }
    if (!read.size("DIE", star[0], placed.die.die.width_mm, placed.die.die.height_mm)) return;
    if (star.size() > 1) read.whole("DIE", star[1], placed.count);
    placed.die.name = text;
    read_common(read, o, placed.die);
    request.input.dies.push_back(std::move(placed));
}

PackageRequest request_of(const PackageOptions& o) {
    Diagnostics diagnostics;
    OptionReader read(diagnostics);
    PackageRequest request;
    PackageInput& in = request.input;
    in.kind = kind_of(o.kind);
    if (o.dies_first) in.order = silicon::AssemblyOrder::dies_first;
    for (const auto& text : o.dies)
        add_die(read, o, text, request);
    in.substrate_price = read.number("substrate-price", o.substrate_price, "USD/mm^2");
    in.attach_yield = read.number("attach-yield", o.attach_yield, "1");
    in.bond_yield = read.number("bond-yield", o.bond_yield, "1");
    read.whole("bridges", o.bridges, in.bridges);
    read.number("bridge-cost", o.bridge_cost, "USD", in.bridge_cost_usd);
    read.number("link-share", o.link_share, "1", in.link_share);
    read.number("nre", o.nre, "USD", in.nre_usd);
    read.number("package-nre", o.package_nre, "USD", in.package_nre_usd);
    read.number("volume", o.volume, "1", in.volume);
    read.number("reuse-volume", o.reuse_volume, "1", in.reuse_volume);
    const bool has_process = std::any_of(o.dies.begin(), o.dies.end(),
                                         [](const std::string& die) { return die.find('@') != std::string::npos; });
    if (o.date && !o.process && !has_process) read.error("E0506", "date: it changes nothing without process");
    if (!diagnostics.has_errors()) silicon::check(in, diagnostics);
    if (diagnostics.has_errors()) throw InputError{std::move(diagnostics)};
    return request;
}

using Rows = std::vector<std::pair<const char*, double>>;

Rows rows_of(const PackageResult& r) {
    return {{"raw_dies", r.packaged.raw_dies.raw()},
            {"die_defects", r.packaged.die_defects.raw()},
            {"raw_package", r.packaged.raw_package.raw()},
            {"package_scrap", r.packaged.package_scrap.raw()},
            {"die_scrap", r.packaged.die_scrap.raw()},
            {"bad_dies", r.bad_dies},
            {"one_time", r.one_time},
            {"total", r.total()}};
}

std::string json_of(const PackageOptions& o, const PackageRequest& request, const PackageStudy& study) {
    using Json = nlohmann::ordered_json;
    const auto cost = [](const PackageResult& result) {
        Json out;
        for (const auto& [key, value] : rows_of(result))
            out[key] = value;
        return out;
    };
    Json out{{"kind", o.kind}};
    for (const auto& placed : request.input.dies)
        out["dies"].push_back(
            {{"width_mm", placed.die.die.width_mm}, {"height_mm", placed.die.die.height_mm}, {"count", placed.count}});
    out["cost"] = cost(study.package);
    const auto& single = study.single;
    out["single_die"] = {{"width_mm", single.die.width_mm},
                         {"height_mm", single.die.height_mm},
                         {"fits_a_field", study.alone.has_value()},
                         {"cost", study.alone ? cost(*study.alone) : Json(nullptr)}};
    if (!request.remarks.empty()) out["remarks"] = request.remarks;
    return out.dump(2) + "\n";
}

std::string text_of(const PackageOptions& o, const PackageRequest& request, const PackageStudy& study) {
    std::string text;
    for (const auto& remark : request.remarks)
        text += remark + "\n";
    if (!text.empty()) text += "\n";
    text += fmt::format("{:<16}{:>12}{:>12}\n", "USD each", o.kind, study.alone ? "one die" : "");
    const Rows rows = rows_of(study.package);
    const Rows alone = study.alone ? rows_of(*study.alone) : Rows{};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::string words = rows[i].first;
        std::replace(words.begin(), words.end(), '_', ' ');
        text += fmt::format("  {:<14}{:>12.2f}", words, rows[i].second);
        if (study.alone) text += fmt::format("{:>12.2f}", alone[i].second);
        text += "\n";
    }
    const auto& single = study.single.die;
    const std::string size = fmt::format("{:.4g} x {:.4g} mm", single.width_mm, single.height_mm);
    if (!study.alone) return text + fmt::format("\none die of the same area, {}, fits no field\n", size);
    const double ratio = study.package.total() / study.alone->total();
    return text + fmt::format("\none die of the same area, {}, on an organic substrate: the package costs {:.2f} times "
                              "as much\n",
                              size, ratio);
}

Exit run(const PackageOptions& options) {
    const PackageRequest request = request_of(options);
    const PackageStudy study = silicon::study(request.input);
    print(options.json ? json_of(options, request, study) : text_of(options, request, study));
    return Exit::ok;
}

void add_die_options(Command& command, PackageOptions& o) {
    command.argument("DIE", o.dies, "Width x height in mm, with *COUNT and @PROCESS behind it", Need::required);
    command.option("--kind", "KIND", o.kind, "organic, fan-out, interposer or bridge (organic)");
    command.option("--process", "NAME", o.process,
                   "Take wafer, yield, price and masks of dies without @PROCESS from the catalogue");
    command.option("--date", "DATE", o.date, "Date on the learning curves of the processes, such as 2027Q1");
    command.option("--d0", "PER_CM2", o.d0, "Defect density of the dies");
    command.option("--alpha", "A", o.alpha, "Clustering of the negative binomial (3)");
    command.option("--wafer-price", "USD", o.wafer_price, "Price of a processed wafer of the dies");
    command.option("--sort-test", "USD", o.sort_test, "Wafer sort, a die (0)");
    command.option("--sort-coverage", "SHARE", o.sort_coverage,
                   "Fault coverage of the sort; bad dies that pass cost a whole package (1)");
}

void add_package_options(Command& command, PackageOptions& o) {
    command.option("--substrate-price", "USD_PER_MM2", o.substrate_price, "Organic substrate (0.005)");
    command.option("--attach-yield", "SHARE", o.attach_yield, "Of attaching one item to the substrate (0.99)");
    command.option("--bond-yield", "SHARE", o.bond_yield,
                   "Of bonding one die (interposer 0.95, fan-out and bridge 0.98)");
    command.option("--bridges", "N", o.bridges, "Silicon bridges of --kind bridge");
    command.option("--bridge-cost", "USD", o.bridge_cost, "One good bridge (10)");
    command.flag("--dies-first", o.dies_first, "The carrier is built on placed dies");
    command.option("--link-share", "SHARE", o.link_share,
                   "Of the dies' area, what only links them: one die would not need it (0)");
    command.option("--nre", "USD", o.nre, "One-time cost of the design of each kind of die, without masks");
    command.option("--mask-set", "USD", o.mask_set, "One mask set, for each kind of die");
    command.option("--package-nre", "USD", o.package_nre, "One-time cost of the package");
    command.option("--volume", "N", o.volume, "Packages over which one-time cost is spread");
    command.option("--reuse-volume", "N", o.reuse_volume,
                   "Parts of another product that takes one of each die; it carries its share (0)");
    command.flag("--json", o.json, "Print JSON");
}

} // namespace

void add_package(Program& program) {
    auto& command = program.command("package", "Cost of several dies on one package, beside one die");
    auto& options = command.keep<PackageOptions>();
    command.example("autarky package \"13x16.4*2\" --d0 0.1 --wafer-price 20_000 --kind interposer",
                    "two chiplets on a silicon interposer, and one die of their area");
    command.example("autarky package \"10x10*4@n5\" 20x13@n7 --link-share \"10 %\" --nre \"200 MUSD\" --volume 1e6",
                    "four dies of one process and one of another, with their one-time cost");
    add_die_options(command, options);
    add_package_options(command, options);
    command.details(
        "Carriers, bumps and substrates have the published parameters of Chiplet Actuary (Feng and Ma, DAC 2022); "
        "the cost and the yield of embedding a bridge are assumptions. The one die is as square as the field of 26 x "
        "33 mm allows, on an organic substrate and the process of the first die; its design costs as much as those of "
        "all kinds of dies together, and it needs one mask set.");
    command.runs([&options] { return run(options); });
}

} // namespace autarky::cli

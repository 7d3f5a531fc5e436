// autarky: the command `package`: several dies on one package, and products that reuse a die or a package.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "autarky/commands.hpp"
#include "autarky/findings.hpp"
#include "autarky/output.hpp"
#include "silicon/chiplets.hpp"
#include "silicon/die_study.hpp"
#include "silicon/fields.hpp"
#include "silicon/package.hpp"
#include "silicon/peers/actuary.hpp"

namespace autarky::cli {
namespace {

using silicon::PackagedCost;

struct PackageOptions {
    std::vector<std::string> dies;
    std::string kind = "organic";
    double d0 = -1.0, alpha = 3.0, wafer_price = 0.0, bridge_cost = 10.0;
    std::optional<double> substrate_price, attach_yield, bond_yield; ///< else those of Chiplet Actuary
    int bridges = 0;
    double nre = 0.0, package_nre = 0.0, volume = 0.0, reuse_volume = 0.0;
    bool dies_first = false, json = false;
};

/// One kind of die as typed: WxH or WxH*COUNT.
struct TypedDie {
    double width_mm = 0.0, height_mm = 0.0;
    int count = 1;
};

class Reading {
public:
    explicit Reading(const PackageOptions& options) : options_(options) {}

    std::vector<TypedDie> dies() {
        std::vector<TypedDie> out;
        for (const auto& text : options_.dies)
            out.push_back(die(text));
        if (options_.d0 < 0.0) error("--d0", "a defect density of zero or more is needed");
        positive("--alpha", options_.alpha);
        positive("--wafer-price", options_.wafer_price);
        if (options_.attach_yield) share("--attach-yield", *options_.attach_yield);
        if (options_.bond_yield) share("--bond-yield", *options_.bond_yield);
        if (options_.substrate_price) not_negative("--substrate-price", *options_.substrate_price);
        not_negative("--bridge-cost", options_.bridge_cost);
        not_negative("--bridges", options_.bridges);
        not_negative("--nre", options_.nre);
        not_negative("--package-nre", options_.package_nre);
        not_negative("--reuse-volume", options_.reuse_volume);
        not_negative("--volume", options_.volume);
        if ((options_.nre > 0.0 || options_.package_nre > 0.0) && !(options_.volume > 0.0))
            error("--volume", "one-time cost needs a number of packages over which it is spread");
        if (options_.kind == "bridge" && options_.bridges < 1) error("--bridges", "at least one bridge is needed");
        if (!found_.empty()) throw InputError{std::move(found_)};
        return out;
    }

private:
    void error(const std::string& field, const std::string& message) {
        found_.error({}, "E0401", fmt::format("{}: {}", field, message));
    }
    void positive(const char* field, double x) {
        if (!(x > 0.0) || !std::isfinite(x)) error(field, fmt::format("{:g} is not more than zero", x));
    }
    void not_negative(const char* field, double x) {
        if (!(x >= 0.0) || !std::isfinite(x)) error(field, fmt::format("{:g} is negative", x));
    }
    void share(const char* field, double x) {
        if (!(x > 0.0 && x <= 1.0)) error(field, fmt::format("{:g} is no share between 0 and 1", x));
    }
    TypedDie die(const std::string& text) {
        TypedDie out;
        char x = 0, star = 0, rest = 0;
        const int n =
            std::sscanf(text.c_str(), "%lf%c%lf%c%d%c", &out.width_mm, &x, &out.height_mm, &star, &out.count, &rest);
        if (!(n == 3 || (n == 5 && star == '*')) || x != 'x') {
            error("DIE", fmt::format("'{}' is no WIDTHxHEIGHT*COUNT such as 13x16.4*4", text));
            return out;
        }
        if (!(out.width_mm > 0.0) || !(out.height_mm > 0.0))
            error("DIE", fmt::format("'{}' has no size", text));
        else if (out.count < 1)
            error("DIE", fmt::format("'{}' has no count", text));
        else if (const auto fit = silicon::fit_field({out.width_mm, out.height_mm, 0.1}, silicon::full_field);
                 fit.dies() == 0)
            error("DIE", fmt::format("'{}' fits no field of 26 x 33 mm: {:.3g} mm too wide and {:.3g} mm too high",
                                     text, fit.excess_width_mm, fit.excess_height_mm));
        return out;
    }

    const PackageOptions& options_;
    Diagnostics found_;
};

/// A carrier of which not one fits its wafer is refused.
void check_carrier(const silicon::Carrier<double>& carrier, const Area<double>& dies, const std::string& kind) {
    const auto side = square_root(Area<double>(dies * carrier.area_ratio));
    const auto gross =
        silicon::gross_dies_closed_form(side, side, carrier.wafer_diameter, carrier.edge_exclusion, carrier.scribe);
    if (gross >= quantity(1.0, "die/wafer"_u)) return;
    Diagnostics found;
    found.error(
        {}, "E0401",
        fmt::format("DIE: {:.0f} mm^2 of dies need a larger {} than a 300 mm wafer holds", dies.in("mm^2"_u), kind));
    throw InputError{std::move(found)};
}

PackagedCost<double> cost_of(const PackageOptions& o, const std::vector<TypedDie>& dies) {
    using silicon::peers::ActuaryPackage;
    const bool organic = o.kind == "organic" || o.kind == "bridge";
    const auto package = organic               ? ActuaryPackage::organic
                         : o.kind == "fan-out" ? ActuaryPackage::fan_out_last
                                               : ActuaryPackage::interposer;
    std::vector<silicon::ChipletUse<double>> uses;
    for (const auto& die : dies) {
        silicon::DieInput in;
        in.die = {die.width_mm, die.height_mm, 0.1};
        in.density_per_cm2 = o.d0;
        in.clustering = o.alpha;
        in.wafer_price_usd = o.wafer_price;
        const auto found = silicon::study(in);
        silicon::ChipletUse<double> use;
        use.count = die.count;
        use.area = Area<double>(die.width_mm * die.height_mm);
        use.raw = DieCost<double>(o.wafer_price / found.gross.optimised.dies);
        use.good = DieCost<double>(found.cost->die);
        use.bump_price = silicon::peers::actuary_bump_price(package);
        uses.push_back(use);
    }
    const auto set = silicon::die_set(std::span<const silicon::ChipletUse<double>>(uses));
    auto substrate = silicon::peers::actuary_substrate(1.0);
    if (organic)
        substrate.layer_factor =
            silicon::peers::actuary_layer_factor(substrate.area_ratio * set.area.in("mm^2"_u), set.count);
    if (o.substrate_price) substrate.price = quantity(*o.substrate_price, "USD/mm^2"_u);
    if (o.attach_yield) substrate.attach_yield = *o.attach_yield;
    if (o.kind == "organic") return silicon::organic_package(set, substrate);
    if (o.kind == "bridge") {
        const silicon::Bridges<double> bridges{static_cast<double>(o.bridges), ChipCost<double>(o.bridge_cost), 0.99,
                                               o.bond_yield.value_or(0.98)};
        return silicon::bridge_package(set, bridges, substrate);
    }
    auto carrier = silicon::peers::actuary_carrier(package);
    carrier.edge_exclusion = quantity(3.0, "mm"_u); // laid out as the dies above it, not as their paper's wafers
    carrier.scribe = quantity(0.1, "mm"_u);
    if (o.bond_yield) carrier.bond_yield = *o.bond_yield;
    check_carrier(carrier, set.area, o.kind);
    return silicon::carrier_package(
        set, carrier, substrate, o.dies_first ? silicon::AssemblyOrder::dies_first : silicon::AssemblyOrder::dies_last);
}

/// One-time cost of dies and package on a part of this product; another product of `reuse_volume` takes one of each die.
double one_time(const PackageOptions& o, const std::vector<TypedDie>& dies) {
    if (!(o.volume > 0.0)) return 0.0;
    std::vector<Money<double>> designs;
    silicon::FamilyProduct<double> product, other;
    product.volume = Chips<double>(o.volume);
    other.volume = Chips<double>(o.reuse_volume);
    for (std::size_t i = 0; i < dies.size(); ++i) {
        designs.emplace_back(o.nre);
        product.uses.push_back({i, static_cast<double>(dies[i].count)});
        other.uses.push_back({i, 1.0});
    }
    product.uses.push_back({designs.size(), 1.0});
    designs.emplace_back(o.package_nre);
    const std::array products{product, other};
    return silicon::shared_nre(std::span<const Money<double>>(designs),
                               std::span<const silicon::FamilyProduct<double>>(products))[0]
        .raw();
}

Exit run(const PackageOptions& options) {
    constexpr std::array<std::string_view, 4> kinds{"organic", "fan-out", "interposer", "bridge"};
    if (std::find(kinds.begin(), kinds.end(), options.kind) == kinds.end())
        throw UsageError("E0504", fmt::format("--kind: there is no package '{}'", options.kind),
                         "organic, fan-out, interposer or bridge");
    const auto dies = Reading(options).dies();
    const auto cost = cost_of(options, dies);
    const double nre = one_time(options, dies);
    const std::array<std::pair<const char*, double>, 7> rows{{{"raw_dies", cost.raw_dies.raw()},
                                                              {"die_defects", cost.die_defects.raw()},
                                                              {"raw_package", cost.raw_package.raw()},
                                                              {"package_scrap", cost.package_scrap.raw()},
                                                              {"die_scrap", cost.die_scrap.raw()},
                                                              {"one_time", nre},
                                                              {"total", cost.total.raw() + nre}}};
    if (options.json) {
        nlohmann::ordered_json out{{"kind", options.kind}};
        for (const auto& die : dies)
            out["dies"].push_back({{"width_mm", die.width_mm}, {"height_mm", die.height_mm}, {"count", die.count}});
        for (const auto& [key, value] : rows)
            out["cost"][key] = value;
        print(out.dump(2) + "\n");
        return Exit::ok;
    }
    std::string text = fmt::format("{} package, USD each\n", options.kind);
    for (const auto& [key, value] : rows) {
        std::string words = key;
        std::replace(words.begin(), words.end(), '_', ' ');
        text += fmt::format("  {:<14}{:>10.2f}\n", words, value);
    }
    print(text);
    return Exit::ok;
}

} // namespace

void add_package(Program& program) {
    auto& command = program.command("package", "Cost of several dies on one package");
    auto& options = command.keep<PackageOptions>();
    command.example("autarky package \"13x16.4*2\" --d0 0.1 --wafer-price 20_000 --kind interposer",
                    "two chiplets on a silicon interposer");
    command.example("autarky package \"10x10*4\" 8x12 --d0 0.1 --wafer-price 20_000 --nre 2e8 --volume 1e6",
                    "four dies and one more, with their one-time cost; --reuse-volume shares it with another product");
    command.argument("DIE", options.dies, "Width x height in mm, with *COUNT behind it", Need::required);
    command.option("--kind", "KIND", options.kind, "organic, fan-out, interposer or bridge (organic)");
    command.option("--d0", "PER_CM2", options.d0, "Defect density of the dies");
    command.option("--alpha", "A", options.alpha, "Clustering of the negative binomial (3)");
    command.option("--wafer-price", "USD", options.wafer_price, "Price of a processed wafer of the dies");
    command.option("--substrate-price", "USD_PER_MM2", options.substrate_price, "Organic substrate (0.005)");
    command.option("--attach-yield", "SHARE", options.attach_yield, "Of attaching one item to the substrate (0.99)");
    command.option("--bond-yield", "SHARE", options.bond_yield,
                   "Of bonding one die (interposer 0.95, fan-out and bridge 0.98)");
    command.option("--bridges", "N", options.bridges, "Silicon bridges of --kind bridge");
    command.option("--bridge-cost", "USD", options.bridge_cost, "One good bridge (10)");
    command.flag("--dies-first", options.dies_first, "The carrier is built on placed dies");
    command.option("--nre", "USD", options.nre, "One-time cost of the design of each kind of die");
    command.option("--package-nre", "USD", options.package_nre, "One-time cost of the package");
    command.option("--volume", "N", options.volume, "Packages over which one-time cost is spread");
    command.option("--reuse-volume", "N", options.reuse_volume,
                   "Parts of another product that takes one of each die; it carries its share (0)");
    command.flag("--json", options.json, "Print JSON");
    command.details(
        "Carriers, bumps and substrates have the published parameters of Chiplet Actuary (Feng and Ma, DAC 2022); "
        "the cost and the yield of embedding a bridge are assumptions.");
    command.runs([&options] { return run(options); });
}

} // namespace autarky::cli

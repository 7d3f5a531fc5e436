// autarky: Chiplet Actuary's cases.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/peers/actuary.hpp"

#include <cmath>
#include <string>
#include <vector>

#include "silicon/peers/inputs.hpp"

namespace autarky::silicon::peers {
namespace {

constexpr double die_clustering = 10.0;
constexpr double scribe_mm = 0.2;
constexpr double edge_mm = 5.0;

Length<double> mm(double x) { return quantity(x, "mm"_u); }
Area<double> mm2(double x) { return quantity(x, "mm^2"_u); }

const ActuaryNode& node_of(std::string_view name) {
    const ActuaryNode* node = actuary_node(name);
    if (node == nullptr) throw CaseError("no node '" + std::string(name) + "'");
    return *node;
}

DieSet<double> dies_of(std::span<const ActuaryDie> dies, ActuaryPackage package, ActuaryBumps bumps) {
    std::vector<ChipletUse<double>> uses;
    for (const auto& die : dies) {
        ChipletUse<double> use{
            .count = die.count, .area = mm2(die.area_mm2), .bump_price = actuary_bump_price(package)};
        if (bumps == ActuaryBumps::each_kind) use.bump_price = use.bump_price / die.count;
        if (!die.node.empty()) {
            use.raw = actuary_raw_die(node_of(die.node), die.area_mm2);
            use.good = actuary_good_die(node_of(die.node), die.area_mm2);
        }
        uses.push_back(use);
    }
    return die_set<double>(uses);
}

ActuaryPackage package_of(const CaseInputs& in) {
    const std::string& name = in.word("package");
    if (name == "OS") return ActuaryPackage::organic;
    if (name == "FO") return ActuaryPackage::fan_out_last;
    if (name == "FO-first") return ActuaryPackage::fan_out_first;
    if (name == "SI") return ActuaryPackage::interposer;
    throw CaseError("no package '" + name + "'");
}

double part_of(const PackagedCost<double>& cost, const std::string& part) {
    if (part == "total") return cost.total.raw();
    if (part == "raw_chips") return cost.raw_dies.raw();
    if (part == "chip_defects") return cost.die_defects.raw();
    if (part == "raw_package") return cost.raw_package.raw();
    if (part == "package_defects") return cost.package_scrap.raw();
    if (part == "wasted_chips") return cost.die_scrap.raw();
    if (part == "package") return (cost.raw_package + cost.package_scrap + cost.die_scrap).raw();
    throw CaseError("no part '" + part + "'");
}

/// The server processors of its figure 5: 7 nm core dies (67 + 7 mm^2 links), a 14 nm IO die (360 + 56), dummies to eight
/// places; against one 7 nm die. Everything divided by the die cost of the largest of the first kind.
double amd(const CaseInputs& in) {
    const double core_dies = in.number("cores") / 8.0;
    const auto several = [](double n) {
        std::vector<ActuaryDie> dies{{"7", 74.0, n}, {"14", 416.0, 1.0}};
        if (n < 8.0) dies.push_back({"", 67.0, 8.0 - n});
        return actuary_package(dies, ActuaryPackage::organic);
    };
    const auto unit = several(8.0);
    const auto cost = in.word("kind") == "MCM" ? several(core_dies) : actuary_soc("7", 67.0 * core_dies + 360.0);
    return part_of(cost, in.word("part")) / (unit.raw_dies + unit.die_defects).raw();
}

/// One-time and recurring cost of an 800 mm^2 system, in units of the recurring cost of the single die.
double total_cost(const CaseInputs& in) {
    const std::string& node = in.word("node");
    const double unit = actuary_soc(node, 800.0).total.raw();
    const double volume = in.number("volume");
    const std::string& part = in.word("part");
    if (part == "soc_module") return actuary_module_nre(node_of(node), 800.0) / volume / unit;
    if (part == "soc_chip") return actuary_chip_nre(node_of(node), 800.0) / volume / unit;
    if (part == "soc_package") return actuary_package_nre(800.0, 1.0, ActuaryPackage::organic) / volume / unit;
    if (part == "recurring") return actuary_chiplets(node, 800.0, in.whole("n"), package_of(in)).total.raw() / unit;
    throw CaseError("no part '" + part + "'");
}

} // namespace

double actuary_layer_factor(double substrate_mm2, double n_dies) {
    if (n_dies <= 1.0) return 1.0;
    return substrate_mm2 > 900.0 ? 2.0 : (substrate_mm2 > 289.0 ? 1.75 : 1.5);
}

OrganicSubstrate<double> actuary_substrate(double factor) { return {4.0, quantity(0.005, "USD/mm^2"_u), factor, 0.99}; }

Carrier<double> actuary_carrier(ActuaryPackage package) {
    const bool silicon = package == ActuaryPackage::interposer;
    return {.area_ratio = silicon ? 1.1 : 1.2,
            .wafer_price = quantity(silicon ? 1937.0 : 1200.0, "USD/wafer"_u),
            .wafer_diameter = mm(300.0),
            .edge_exclusion = mm(edge_mm),
            .scribe = mm(scribe_mm),
            .density = quantity(silicon ? 0.06 : 0.05, "1/cm^2"_u),
            .clustering = silicon ? 6.0 : 3.0,
            .bump_price = quantity(0.005, "USD/mm^2"_u),
            .bond_yield = silicon ? 0.95 : 0.98};
}

QuantityIn<"USD/mm^2", double> actuary_bump_price(ActuaryPackage package) {
    return quantity(package == ActuaryPackage::organic ? 0.005 : 0.01, "USD/mm^2"_u);
}

const ActuaryNode* actuary_node(std::string_view name) {
    for (const auto& node : actuary_nodes)
        if (node.name == name) return &node;
    return nullptr;
}

DiesPerWafer<double> actuary_gross_dies(double area_mm2) {
    const double side = std::sqrt(area_mm2);
    return gross_dies_closed_form(mm(side), mm(side), mm(300.0), mm(edge_mm), mm(scribe_mm));
}

double actuary_yield(const ActuaryNode& node, double area_mm2) {
    return yield_negative_binomial(mm2(area_mm2), quantity(node.defects_per_cm2, "1/cm^2"_u), die_clustering);
}

DieCost<double> actuary_raw_die(const ActuaryNode& node, double area_mm2) {
    return good_die_cost(quantity(node.wafer_usd, "USD/wafer"_u), actuary_gross_dies(area_mm2), 1.0);
}

DieCost<double> actuary_good_die(const ActuaryNode& node, double area_mm2) {
    return good_die_cost(quantity(node.wafer_usd, "USD/wafer"_u), actuary_gross_dies(area_mm2),
                         actuary_yield(node, area_mm2));
}

PackagedCost<double> actuary_package(std::span<const ActuaryDie> dies, ActuaryPackage package, ActuaryBumps bumps) {
    const DieSet<double> set = dies_of(dies, package, bumps);
    if (package == ActuaryPackage::organic)
        return organic_package(set, actuary_substrate(actuary_layer_factor(4.0 * set.area.in("mm^2"_u), set.count)));
    Carrier<double> middle = actuary_carrier(package);
    if (package != ActuaryPackage::fan_out_first)
        return carrier_package(set, middle, actuary_substrate(1.0), AssemblyOrder::dies_last);
    middle.bond_yield = 1.0; // in its dies-first flow bonding never fails
    return carrier_package(set, middle, actuary_substrate(1.0), AssemblyOrder::dies_first);
}

PackagedCost<double> actuary_chiplets(std::string_view node, double total_mm2, int n, ActuaryPackage package) {
    const std::vector<ActuaryDie> dies(static_cast<std::size_t>(n), ActuaryDie{node, 1.1 * total_mm2 / n, 1.0});
    return actuary_package(dies, package);
}

PackagedCost<double> actuary_soc(std::string_view node, double area_mm2) {
    return actuary_package(std::vector<ActuaryDie>{{node, area_mm2, 1.0}}, ActuaryPackage::organic);
}

double actuary_module_nre(const ActuaryNode& node, double area_mm2) { return 0.5 * node.nre_usd / 300.0 * area_mm2; }

double actuary_chip_nre(const ActuaryNode& node, double area_mm2) {
    return 0.3 * node.nre_usd / 300.0 * area_mm2 + 0.2 * node.nre_usd;
}

double actuary_package_nre(double dies_mm2, double n_dies, ActuaryPackage package) {
    if (package == ActuaryPackage::organic)
        return 4.0 * dies_mm2 * 3e3 * actuary_layer_factor(4.0 * dies_mm2, n_dies) + 3e5;
    const ActuaryNode& passive = *actuary_node("55");
    const bool silicon = package == ActuaryPackage::interposer;
    const double area = dies_mm2 * (silicon ? 1.1 : 1.2);
    // Half of the fan-out's 15 million is a fixed cost; its code divides that half by 300 as well.
    return silicon ? 1.2 * actuary_chip_nre(passive, area) : 0.5 * 1.5e7 / 300.0 * area + 0.5 * 1.5e7;
}

double actuary_value(std::string_view quantity, const CaseInputs& in) {
    if (quantity == "package") {
        const int n = static_cast<int>(in.number_or("n", 1.0));
        const auto cost = n == 1 ? actuary_soc(in.word("node"), in.number("area"))
                                 : actuary_chiplets(in.word("node"), in.number("area"), n, package_of(in));
        return part_of(cost, in.word("part"));
    }
    if (quantity == "relative") {
        // its figure 4: cost per area, in units of the 100 mm^2 single die
        const double area = in.number("area");
        const auto cost = in.word("package") == "SoC"
                              ? actuary_soc(in.word("node"), area)
                              : actuary_chiplets(in.word("node"), area, in.whole("n"), package_of(in));
        return cost.total.raw() / (actuary_soc(in.word("node"), 100.0).total.raw() * area / 100.0);
    }
    if (quantity == "same_dies") {
        const std::vector<ActuaryDie> dies{{in.word("node"), in.number("area"), in.number("n")}};
        const auto bumps = in.word("bumps") == "each_die" ? ActuaryBumps::each_die : ActuaryBumps::each_kind;
        return actuary_package(dies, package_of(in), bumps).total.raw();
    }
    if (quantity == "amd") return amd(in);
    if (quantity == "total_cost") return total_cost(in);
    if (quantity == "package_nre") return actuary_package_nre(in.number("area"), in.number("n"), package_of(in));
    const double area = in.number("area");
    if (quantity == "gross_dies") return actuary_gross_dies(area).raw();
    const ActuaryNode& node = node_of(in.word("node"));
    if (quantity == "yield") return actuary_yield(node, area);
    if (quantity == "raw_die") return actuary_raw_die(node, area).raw();
    if (quantity == "good_die") return actuary_good_die(node, area).raw();
    if (quantity == "module_nre") return actuary_module_nre(node, area);
    if (quantity == "chip_nre") return actuary_chip_nre(node, area);
    throw CaseError("no quantity '" + std::string(quantity) + "'");
}

} // namespace autarky::silicon::peers

// autarky: our package and yield formulas with the conventions and parameters of Chiplet Actuary.
// SPDX-License-Identifier: Apache-2.0
//
// Source: Feng and Ma, "Chiplet Actuary", DAC 2022, arXiv 2203.12268; parameters of github.com/Yinxiao-Feng/chiplet-actuary
// @2c91fb9, parameter.ini.
#pragma once

#include <array>
#include <string_view>

#include "silicon/chiplets.hpp"
#include "silicon/package.hpp"

namespace autarky::silicon::peers {

/// A node of its parameter file.
struct ActuaryNode {
    std::string_view name;
    double defects_per_cm2, wafer_usd, nre_usd; ///< NRE of a 300 mm^2 chip with its first tape-out
};
inline constexpr std::array actuary_nodes{
    ActuaryNode{"3", 0.20, 30000, 100e7},  ActuaryNode{"5", 0.11, 16988, 54.2e7}, ActuaryNode{"7", 0.09, 9346, 29.8e7},
    ActuaryNode{"10", 0.08, 5992, 17.4e7}, ActuaryNode{"14", 0.08, 3984, 10.6e7}, ActuaryNode{"20", 0.07, 3677, 7e7},
    ActuaryNode{"28", 0.07, 2891, 5.1e7},  ActuaryNode{"40", 0.07, 2274, 3.8e7},  ActuaryNode{"55", 0.07, 1937, 2.8e7}};

/// Its row, or null.
const ActuaryNode* actuary_node(std::string_view name);

/// One kind of die: its node (empty: a dummy without cost), area and number.
struct ActuaryDie {
    std::string_view node;
    double area_mm2 = 0.0;
    double count = 1.0;
};

/// Packages that it knows.
enum class ActuaryPackage { organic, fan_out_last, fan_out_first, interposer };

/// Whether micro-bumps are paid for each die (right) or once a listed kind (what its code does).
enum class ActuaryBumps { each_die, each_kind };

DiesPerWafer<double> actuary_gross_dies(double area_mm2);
double actuary_yield(const ActuaryNode& node, double area_mm2);
DieCost<double> actuary_raw_die(const ActuaryNode& node, double area_mm2);
DieCost<double> actuary_good_die(const ActuaryNode& node, double area_mm2);

/// Times the wiring layers of a substrate: more dies and more area need more of them.
double actuary_layer_factor(double substrate_mm2, double n_dies);
OrganicSubstrate<double> actuary_substrate(double layer_factor);
/// Fan-out or silicon interposer on a 300 mm wafer. Domain: no organic package.
Carrier<double> actuary_carrier(ActuaryPackage package);
/// Bumps of a die: coarse on an organic substrate, micro-bumps elsewhere.
QuantityIn<"USD/mm^2", double> actuary_bump_price(ActuaryPackage package);

/// Recurring cost of one good package, by its five parts. Failure: CaseError for an unknown node.
PackagedCost<double> actuary_package(std::span<const ActuaryDie> dies, ActuaryPackage package,
                                     ActuaryBumps bumps = ActuaryBumps::each_die);

/// `total_mm2` split into n distinct chiplets, each with a tenth of its area added for the links.
PackagedCost<double> actuary_chiplets(std::string_view node, double total_mm2, int n, ActuaryPackage package);
/// The same area as one die on an organic substrate.
PackagedCost<double> actuary_soc(std::string_view node, double area_mm2);

double actuary_module_nre(const ActuaryNode& node, double area_mm2);
double actuary_chip_nre(const ActuaryNode& node, double area_mm2);
/// NRE of a package under dies of the given total area.
double actuary_package_nre(double dies_mm2, double n_dies, ActuaryPackage package);

} // namespace autarky::silicon::peers

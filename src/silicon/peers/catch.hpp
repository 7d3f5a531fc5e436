// autarky: our yield and assembly formulas with the conventions of CATCH.
// SPDX-License-Identifier: Apache-2.0
//
// Source: Graening et al., "CATCH", arXiv 2503.15753; parameters of github.com/nanocad-lab/CATCH @d60dafb (its XML files).
#pragma once

#include <string_view>
#include <vector>

namespace autarky::silicon::peers {

/// A layer of its stackups.
struct CatchLayer {
    std::string_view name;
    double usd_per_mm2, defects_per_mm2, critical_share, clustering, litho_share, mask_usd;
};
/// Its row, or null.
const CatchLayer* catch_layer(std::string_view name);

/// Dies of a grid on its wafer by its search over the height of the leftmost column (up to 1.5 % below the optimum).
int catch_grid_dies(double width_mm, double height_mm, double usable_diameter_mm, double dicing_mm);
/// Share of the smallest whole number of reticles that whole dies fill, by area.
double catch_reticle_utilisation(double area_mm2);
/// Cost of one layer of a square die; `exact` counts dies by exact packing instead of its search.
double catch_layer_cost(const CatchLayer& layer, double area_mm2, bool exact = false);
double catch_layer_yield(const CatchLayer& layer, double area_mm2);

/// How an assembly is made and tested.
struct CatchAssembly {
    double place_machine_usd, bond_machine_usd, materials_usd_per_mm2;
    double die_separation_mm, edge_mm;
    double uptime = 0.9;
    bool uptime_divides = false; ///< its code multiplies the cost of a second by the uptime
};
struct CatchTest {
    double coverage = 1.0, assembly_coverage = 1.0; ///< 0: not tested
    double usd_per_mm2 = 0.0, assembly_usd_per_mm2 = 0.0;
};

/// A die with the dies stacked on it.
struct CatchChip {
    double core_mm2 = 0.0, io_mm2 = 0.0;
    std::vector<const CatchLayer*> layers{};
    CatchAssembly assembly{};
    CatchTest test{};
    double design_usd_per_mm2 = 0.0, quantity = 1.0;
    double power_w = 0.0;
    double external_signals = 0.0; ///< wires that leave the assembly it sits on
    bool through_vias = false;     ///< supply and test reach it through the silicon
    std::vector<CatchChip> stacked{};
};

struct CatchCost {
    double area_mm2 = 0.0, recurring_usd = 0.0, perfect_usd = 0.0, nre_usd = 0.0;
    double self_quality = 1.0, power_w = 0.0;
    [[nodiscard]] double total() const { return recurring_usd + nre_usd; }
};
/// Cost of an assembly, recursively. Domain: dies that are not limited by their pads (true for its examples).
CatchCost catch_cost(const CatchChip& chip);

/// Its README example, its heterogeneous test case, and its grid of n chiplets of together 800 mm^2 on silicon.
CatchChip catch_readme();
CatchChip catch_heterogeneous(double uptime = 0.9, bool uptime_divides = false);
CatchChip catch_grid(int n);

} // namespace autarky::silicon::peers

// autarky: the cases of CATCH.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/peers/catch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "silicon/geometry.hpp"
#include "silicon/packing.hpp"
#include "silicon/peers/inputs.hpp"
#include "silicon/yield.hpp"

namespace autarky::silicon::peers {
namespace {

constexpr double diameter_mm = 300.0;
constexpr double edge_mm = 0.1;
constexpr double dicing_mm = 0.13;
constexpr double reticle_mm2 = 26.0 * 33.0;
constexpr double seconds_a_year = 365.0 * 24.0 * 3600.0;
constexpr double bond_yield = 0.999999;
constexpr double via_yield = 0.999999;
constexpr double alignment_yield = 0.999;
constexpr double via_mm2 = 0.0001;

constexpr std::array layers{CatchLayer{"40nm", 0.033497, 0.005, 0.5, 2, 0.15, 1e5},
                            CatchLayer{"12nm", 0.05636207, 0.005, 0.6, 2, 0.25, 5e5},
                            CatchLayer{"10nm", 0.084769, 0.005, 0.62, 2, 0.25, 5e5},
                            CatchLayer{"7nm", 0.132219, 0.005, 0.64, 2, 0.27, 1e6},
                            CatchLayer{"5nm", 0.25024, 0.005, 0.67, 2, 0.30, 3e6},
                            CatchLayer{"3nm", 0.29461, 0.005, 0.7, 2, 0.35, 5e6},
                            CatchLayer{"interposer", 0.021905, 1e-5, 0.3, 2, 0.10, 5e3},
                            CatchLayer{"organic", 0.0001, 0.0, 0.0, 2, 0.0, 0.0},
                            CatchLayer{"active", 0.5, 0.005, 0.8, 2, 0.2, 1e4},
                            CatchLayer{"advanced_metal", 0.3, 0.0003, 0.5, 2, 0.4, 5e3},
                            CatchLayer{"intermediate_metal", 0.1, 0.005, 0.3, 2, 0.3, 1e3},
                            CatchLayer{"global_metal", 0.01, 0.005, 0.1, 2, 0.2, 500}};

const CatchLayer& layer_of(std::string_view name) {
    const CatchLayer* layer = catch_layer(name);
    if (layer == nullptr) throw CaseError("no layer '" + std::string(name) + "'");
    return *layer;
}

/// Area of a square with a border around it; nothing stays nothing.
double with_border(double area_mm2, double border_mm) {
    if (area_mm2 <= 0.0) return 0.0;
    const double side = std::sqrt(area_mm2) + 2.0 * border_mm;
    return side * side;
}

double assembly_usd(const CatchAssembly& how, double n_dies, double area_mm2) {
    constexpr double place_s = 10.0;
    constexpr double bond_s = 20.0;
    constexpr double life_years = 5.0;
    constexpr double technician_usd_a_year = 1e5;
    const auto usd_per_s = [&](double machine) {
        const double busy = (machine / life_years + technician_usd_a_year) / seconds_a_year;
        return how.uptime_divides ? busy / how.uptime : busy * how.uptime;
    };
    return n_dies * (usd_per_s(how.place_machine_usd) * place_s + usd_per_s(how.bond_machine_usd) * bond_s) +
           how.materials_usd_per_mm2 * area_mm2;
}

/// Vias of a die whose supply and test signals reach it from behind.
double vias(const CatchChip& chip, double power_w) {
    if (!chip.through_vias) return 0.0;
    constexpr double watt_per_pad = 1e4 * pi * (0.010 / 4.0) * (0.010 / 4.0); // 10 kA/mm^2, 10 um pitch, 1 V
    constexpr double test_pads = 6.0;
    return std::ceil(power_w / watt_per_pad) * 2.0 + test_pads;
}

} // namespace

const CatchLayer* catch_layer(std::string_view name) {
    for (const auto& layer : layers)
        if (layer.name == name) return &layer;
    return nullptr;
}

int catch_grid_dies(double width_mm, double height_mm, double usable_diameter_mm, double dicing) {
    const double px = width_mm + dicing;
    const double py = height_mm + dicing;
    const double r = usable_diameter_mm / 2.0;
    const auto half_chord = [&](double y) { return std::sqrt(r * r - y * y); };
    const double first_column = r - half_chord(py / 2.0);
    const double crossover = half_chord(r - first_column - px);
    int best = 0;
    for (int column = 1; column * py / 2.0 < crossover; ++column) {
        double height = column * py / 2.0 - dicing / 2.0;
        const double left = half_chord(height);
        const int in_row = static_cast<int>(std::floor((2.0 * left + dicing) / px));
        int dies = in_row * column;
        // One more die at the far side where it fits.
        const double right = in_row * px - left + px;
        for (int i = 0; i < column; ++i) {
            const double y = py * i - height;
            if (right * right + y * y <= r * r && right * right + (y + py) * (y + py) <= r * r) ++dies;
        }
        const double start = r - left;
        for (height += py; height < r; height += py) {
            const double from = r - half_chord(height);
            const double first = std::ceil((from - start) / px) * px + start;
            dies += 2 * static_cast<int>(std::floor((2.0 * half_chord(height) - (first - from)) / px));
        }
        best = std::max(best, dies);
    }
    return best;
}

double catch_reticle_utilisation(double area_mm2) {
    const double reticles = std::max(1.0, std::ceil(area_mm2 / reticle_mm2)) * reticle_mm2;
    return std::floor(reticles / area_mm2) * area_mm2 / reticles;
}

double catch_layer_cost(const CatchLayer& layer, double area_mm2, bool exact) {
    if (area_mm2 <= 0.0) return 0.0;
    const double side = std::sqrt(area_mm2);
    const int dies = exact ? optimised_packing({side, side, dicing_mm}, {diameter_mm, edge_mm, 0.0}).dies
                           : catch_grid_dies(side, side, diameter_mm - 2.0 * edge_mm, dicing_mm);
    const double cost = layer.usd_per_mm2 * pi * diameter_mm * diameter_mm / 4.0 / dies;
    if (layer.litho_share <= 0.0) return cost;
    return cost * (1.0 - layer.litho_share + layer.litho_share / catch_reticle_utilisation(area_mm2));
}

double catch_layer_yield(const CatchLayer& layer, double area_mm2) {
    return yield_negative_binomial(quantity(area_mm2 * layer.critical_share, "mm^2"_u),
                                   quantity(layer.defects_per_mm2, "1/mm^2"_u), layer.clustering);
}

CatchCost catch_cost(const CatchChip& chip) {
    CatchCost out;
    double stacked_mm2 = 0.0;
    double stacked_usd = 0.0;
    double stacked_core_mm2 = 0.0;
    double quality = 1.0;
    double signals = 0.0;
    out.power_w = chip.power_w;
    for (const auto& die : chip.stacked) {
        const CatchCost on_top = catch_cost(die);
        stacked_mm2 += with_border(on_top.area_mm2, chip.assembly.die_separation_mm / 2.0);
        stacked_usd += on_top.recurring_usd;
        stacked_core_mm2 += die.core_mm2;
        out.perfect_usd += on_top.perfect_usd;
        out.nre_usd += on_top.nre_usd;
        out.power_w += on_top.power_w;
        quality *= on_top.self_quality;
        signals += die.external_signals;
    }
    stacked_mm2 = with_border(stacked_mm2, chip.assembly.edge_mm);
    const double n_vias = vias(chip, out.power_w);
    out.area_mm2 = std::max(stacked_mm2, chip.core_mm2 + chip.io_mm2 + via_mm2 * n_vias);

    double yield = 1.0;
    double made_usd = chip.core_mm2 * chip.test.usd_per_mm2;
    double masks_usd = 0.0;
    for (const auto* layer : chip.layers) {
        yield *= catch_layer_yield(*layer, chip.core_mm2 + chip.io_mm2);
        made_usd += catch_layer_cost(*layer, out.area_mm2);
        masks_usd += layer->mask_usd;
    }
    const double passing = 1.0 - (1.0 - yield) * chip.test.coverage;
    out.self_quality = yield / passing;
    const double n_dies = static_cast<double>(chip.stacked.size());
    const double assembled = out.self_quality * quality * std::pow(alignment_yield, n_dies) *
                             std::pow(bond_yield, signals) * std::pow(via_yield, n_vias);
    const double assembly = assembly_usd(chip.assembly, n_dies, stacked_mm2) +
                            (chip.core_mm2 + stacked_core_mm2) * chip.test.assembly_usd_per_mm2;
    out.recurring_usd =
        (made_usd / passing + stacked_usd + assembly) / (1.0 - (1.0 - assembled) * chip.test.assembly_coverage);
    out.perfect_usd += made_usd + assembly;
    out.nre_usd += (chip.core_mm2 * chip.design_usd_per_mm2 + masks_usd) / chip.quantity;
    return out;
}

double catch_value(std::string_view quantity, const CaseInputs& in) {
    if (quantity == "layer_cost") return catch_layer_cost(layer_of(in.word("layer")), in.number("area"));
    if (quantity == "layer_cost_exact") return catch_layer_cost(layer_of(in.word("layer")), in.number("area"), true);
    if (quantity == "layer_yield") return catch_layer_yield(layer_of(in.word("layer")), in.number("area"));
    if (quantity == "reticle_utilisation") return catch_reticle_utilisation(in.number("area"));
    if (quantity == "grid_dies")
        return catch_grid_dies(in.number("width"), in.number("height"), diameter_mm - 2.0 * edge_mm, dicing_mm);
    if (quantity == "grid_dies_exact")
        return optimised_packing({in.number("width"), in.number("height"), dicing_mm}, {diameter_mm, edge_mm, 0.0})
            .dies;
    CatchCost cost;
    if (quantity == "readme")
        cost = catch_cost(catch_readme());
    else if (quantity == "heterogeneous")
        cost = catch_cost(catch_heterogeneous(in.number_or("uptime", 0.9)));
    else if (quantity == "heterogeneous_right")
        cost = catch_cost(catch_heterogeneous(in.number_or("uptime", 0.9), true));
    else if (quantity == "grid")
        cost = catch_cost(catch_grid(in.whole("n")));
    else
        throw CaseError("no quantity '" + std::string(quantity) + "'");
    const std::string& part = in.word("part");
    if (part == "total") return cost.total();
    if (part == "cost") return cost.recurring_usd;
    if (part == "nre") return cost.nre_usd;
    if (part == "perfect") return cost.perfect_usd;
    if (part == "scrap") return cost.recurring_usd - cost.perfect_usd;
    throw CaseError("no part '" + part + "'");
}

} // namespace autarky::silicon::peers

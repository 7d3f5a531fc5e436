// autarky: packages for one or several dies: organic, fan-out, silicon interposer, bridge; what each costs and scraps.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formula.hpp"
#include "core/quantities.hpp"
#include "silicon/cost.hpp"
#include "silicon/geometry.hpp"
#include "silicon/yield.hpp"

namespace autarky::silicon {

template <class R> using CostPerArea = QuantityIn<"USD/mm^2", R>;

inline constexpr Formula substrate_formula{"silicon.substrate_cost", "Organic substrate", "area x price x layer factor",
                                           "Feng and Ma, Chiplet Actuary, DAC 2022, section 4"};
inline constexpr Formula carrier_cost_formula{"silicon.carrier_cost", "Carrier before yield",
                                              "wafer price / gross carriers + area x bump price",
                                              "Feng and Ma, Chiplet Actuary, DAC 2022, section 4"};
inline constexpr Formula package_scrap_formula{"silicon.package_scrap", "Package scrap",
                                               "carrier (1 / (y1 y2 y3) - 1) + substrate (1 / y3 - 1)",
                                               "Feng and Ma, Chiplet Actuary, DAC 2022, equations 4-5"};
inline constexpr Formula die_scrap_formula{"silicon.die_scrap", "Good dies lost in assembly", "dies (1 / (y2 y3) - 1)",
                                           "Feng and Ma, Chiplet Actuary, DAC 2022, equations 4-5"};
inline constexpr Formula package_total_formula{"silicon.packaged_cost", "Packaged dies",
                                               "dies + package + package scrap + die scrap", "definition"};

/// What the dies of one package amount to.
template <class R> struct DieSet {
    R count{};             ///< dies placed, dummies included
    Area<R> area{};        ///< sum of their areas, dummies included
    ChipCost<R> raw{};     ///< as cut from the wafer, bumps included
    ChipCost<R> defects{}; ///< what the bad ones add to the good ones
};

/// Cost of a package by where the money goes; `total` is one good package with good dies.
template <class R> struct PackagedCost {
    ChipCost<R> raw_dies{}, die_defects{}, raw_package{}, package_scrap{}, die_scrap{}, total{};
};

/// Organic build-up substrate.
template <class R> struct OrganicSubstrate {
    R area_ratio{};         ///< substrate area over the area of what sits on it
    CostPerArea<R> price{}; ///< at the base number of layers
    R layer_factor{1.0};    ///< more layers for more wiring
    R attach_yield{};       ///< of attaching one item
};

/// A carrier between dies and substrate that is made like a wafer: RDL fan-out or silicon interposer.
template <class R> struct Carrier {
    R area_ratio{}; ///< carrier area over the area of the dies
    WaferPrice<R> wafer_price{};
    Length<R> wafer_diameter{}, edge_exclusion{}, scribe{};
    DefectDensity<R> density{};
    R clustering{};
    CostPerArea<R> bump_price{}; ///< bumps between carrier and substrate
    R bond_yield{};              ///< of bonding one die to the carrier
    DiesPerWafer<R> counted{};   ///< carriers on one wafer or panel where somebody counted them; 0: in closed form
    R seam_yield{1.0};           ///< of all seams between exposures of one carrier
};

/// Order of assembly: dies are bonded to a finished carrier, or the carrier is built on placed dies.
enum class AssemblyOrder { dies_last, dies_first };

/// Cost of an organic substrate under things of the given area. Domain: all >= 0.
template <class R> ChipCost<R> substrate_cost(const OrganicSubstrate<R>& substrate, const Area<R>& on_top) {
    const ChipCost<R> result((on_top * substrate.area_ratio * substrate.price * substrate.layer_factor).raw());
    return named(substrate_formula, result, arg("area on top", on_top), arg("area ratio", substrate.area_ratio),
                 arg("price", substrate.price), arg("layer factor", substrate.layer_factor));
}

namespace detail {
template <class R> PackagedCost<R> add_up(PackagedCost<R> cost) {
    cost.total = cost.raw_dies + cost.die_defects + cost.raw_package + cost.package_scrap + cost.die_scrap;
    cost.total = named(package_total_formula, cost.total, arg("raw dies", cost.raw_dies),
                       arg("die defects", cost.die_defects), arg("raw package", cost.raw_package),
                       arg("package scrap", cost.package_scrap), arg("die scrap", cost.die_scrap));
    return cost;
}
} // namespace detail

/// Dies straight on an organic substrate: every attach must succeed, or substrate and dies are lost.
/// Domain: yields in (0, 1].
template <class R> PackagedCost<R> organic_package(const DieSet<R>& dies, const OrganicSubstrate<R>& substrate) {
    PackagedCost<R> cost;
    cost.raw_dies = dies.raw;
    cost.die_defects = dies.defects;
    cost.raw_package = substrate_cost(substrate, dies.area);
    const R loss = pow(substrate.attach_yield, -dies.count) - R(1.0);
    cost.package_scrap = cost.raw_package * loss;
    cost.die_scrap = (dies.raw + dies.defects) * loss;
    return detail::add_up(cost);
}

/// Cost of one carrier before its yield: its share of the wafer or panel and its bumps. Gross carriers as counted, else in
/// closed form for a square.
template <class R> ChipCost<R> carrier_cost(const Carrier<R>& carrier, const Area<R>& area) {
    const Length<R> side = square_root(area);
    const DiesPerWafer<R> gross =
        gross_dies_closed_form(side, side, carrier.wafer_diameter, carrier.edge_exclusion, carrier.scribe);
    const DiesPerWafer<R> on_one = select(carrier.counted > DiesPerWafer<R>{}, carrier.counted, gross);
    const DieCost<R> share = ratio(carrier.wafer_price, on_one, R(cost_without_good_dies_usd));
    const ChipCost<R> result(share.raw() + (area * carrier.bump_price).raw());
    return named(carrier_cost_formula, result, arg("wafer price", carrier.wafer_price), arg("gross carriers", on_one),
                 arg("area", area));
}

/// Dies on a carrier on an organic substrate. Dies last: a bad carrier is found before it takes dies (y1 spares them),
/// a bad bond (y2) loses carrier and dies, a bad attach to the substrate (y3) loses all. Dies first: a bad carrier loses
/// the dies in it. Domain: yields in (0, 1].
template <class R>
PackagedCost<R> carrier_package(const DieSet<R>& dies, const Carrier<R>& carrier, const OrganicSubstrate<R>& substrate,
                                AssemblyOrder order) {
    const Area<R> area = dies.area * carrier.area_ratio;
    const ChipCost<R> middle = carrier_cost(carrier, area);
    const ChipCost<R> bottom = substrate_cost(substrate, area);
    const R y1 = yield_negative_binomial(area, carrier.density, carrier.clustering) * carrier.seam_yield;
    const R y2 = pow(carrier.bond_yield, dies.count);
    const R y3 = substrate.attach_yield;
    PackagedCost<R> cost;
    cost.raw_dies = dies.raw;
    cost.die_defects = dies.defects;
    cost.raw_package = middle + bottom;
    cost.package_scrap = middle * (R(1.0) / (y1 * y2 * y3) - R(1.0)) + bottom * (R(1.0) / y3 - R(1.0));
    cost.package_scrap =
        named(package_scrap_formula, cost.package_scrap, arg("carrier", middle), arg("substrate", bottom),
              arg("carrier yield y1", y1), arg("bond yield y2", y2), arg("attach yield y3", y3));
    const R kept = order == AssemblyOrder::dies_last ? y2 * y3 : y1 * y2 * y3;
    cost.die_scrap = (dies.raw + dies.defects) * (R(1.0) / kept - R(1.0));
    cost.die_scrap = named(die_scrap_formula, cost.die_scrap, arg("dies", dies.raw + dies.defects), arg("kept", kept));
    return detail::add_up(cost);
}

/// Small silicon bridges sunk into the organic substrate under the edges of neighbouring dies.
template <class R> struct Bridges {
    R count{};
    ChipCost<R> cost_each{}; ///< good bridges, tested
    R embed_yield{};         ///< of sinking one bridge
    R bond_yield{};          ///< of bonding one die across bridges
};

/// Dies on an organic substrate with bridges: a failed bridge loses the substrate before dies are placed; a failed bond
/// loses everything. Domain: yields in (0, 1].
template <class R>
PackagedCost<R> bridge_package(const DieSet<R>& dies, const Bridges<R>& bridges, const OrganicSubstrate<R>& substrate) {
    PackagedCost<R> cost;
    cost.raw_dies = dies.raw;
    cost.die_defects = dies.defects;
    cost.raw_package = substrate_cost(substrate, dies.area) + bridges.cost_each * bridges.count;
    const R embedded = pow(bridges.embed_yield, bridges.count);
    const R bonded = pow(bridges.bond_yield, dies.count);
    cost.package_scrap = cost.raw_package * (R(1.0) / (embedded * bonded) - R(1.0));
    cost.die_scrap = (dies.raw + dies.defects) * (R(1.0) / bonded - R(1.0));
    return detail::add_up(cost);
}

} // namespace autarky::silicon

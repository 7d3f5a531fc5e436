// autarky: "what do several dies on one package cost?"
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "answers/entry.hpp"
#include "silicon/package_study.hpp"

namespace autarky::silicon {

constexpr std::array<std::string_view, 4> choices(Type<PackageKind> /*type*/) {
    return {"organic", "fan-out", "interposer", "bridge"};
}

} // namespace autarky::silicon

namespace autarky::answers {

struct PackageQuestion {
    std::vector<std::string> die;
    silicon::PackageKind kind = silicon::PackageKind::organic;
    std::string process, date;
    std::optional<double> d0, alpha, wafer_price, mask_set, sort_test, sort_coverage;
    std::optional<double> substrate_price, attach_yield, bond_yield, bridge_cost, link_share;
    std::string carrier, panel;
    std::optional<double> panel_edge, carrier_price, seam_yield;
    std::optional<int> bridges;
    std::optional<double> nre, package_nre, volume, reuse_volume;
    bool dies_first = false;
};
constexpr auto describe(Type<PackageQuestion> /*type*/) {
    using Q = PackageQuestion;
    return fields(
        asked("die", &Q::die, "Width x height in mm, with *COUNT and @PROCESS behind it").positional("DIE").required(),
        asked("kind", &Q::kind, "Kind of package"),
        asked("process", &Q::process, "Take wafer, yield, price and masks of dies without @PROCESS from the catalogue")
            .as("NAME"),
        asked("date", &Q::date, "Date on the learning curves of the processes")
            .as("DATE")
            .otherwise("2027Q1, or when it starts to learn"),
        asked("d0", &Q::d0, "1/cm^2"_u, "Defect density of the dies"),
        asked("alpha", &Q::alpha, "1"_u, "Clustering of the negative binomial").as("A").otherwise("3"),
        asked("wafer_price", &Q::wafer_price, "USD"_u, "Price of a processed wafer of the dies"),
        asked("mask_set", &Q::mask_set, "USD"_u, "One mask set, for each kind of die"),
        asked("sort_test", &Q::sort_test, "USD"_u, "Wafer sort, a die").otherwise("0"),
        asked("sort_coverage", &Q::sort_coverage, "1"_u,
              "Fault coverage of the sort; bad dies that pass cost a whole package")
            .as("SHARE")
            .otherwise("1"),
        asked("substrate_price", &Q::substrate_price, "USD/mm^2"_u, "Organic substrate")
            .as("USD_PER_MM2")
            .otherwise("0.005"),
        asked("attach_yield", &Q::attach_yield, "1"_u, "Of attaching one item to the substrate")
            .as("SHARE")
            .otherwise("0.99"),
        asked("bond_yield", &Q::bond_yield, "1"_u, "Of bonding one die")
            .as("SHARE")
            .otherwise("interposer 0.95, fan-out and bridge 0.98"),
        asked("carrier", &Q::carrier, "Sides of the interposer or fan-out carrier")
            .as("WxH")
            .otherwise("a square of 1.1 (interposer) or 1.2 times the dies' area"),
        asked("panel", &Q::panel,
              "Panel on which carriers are made, such as 510x515 or 600x600, instead of a 300 mm wafer")
            .as("WxH"),
        asked("panel_edge", &Q::panel_edge, "mm"_u, "Its unusable rim").otherwise("10").needs("panel"),
        asked("carrier_price", &Q::carrier_price, "USD"_u, "Price of a processed wafer or panel of carriers")
            .otherwise("a wafer: interposer 1937, fan-out 1200"),
        asked("seam_yield", &Q::seam_yield, "1"_u,
              "Of one seam between two exposures of an interposer beyond one field")
            .as("SHARE")
            .otherwise("1"),
        asked("bridges", &Q::bridges, "1"_u, "Silicon bridges of a package with bridges"),
        asked("bridge_cost", &Q::bridge_cost, "USD"_u, "One good bridge").otherwise("10"),
        asked("dies_first", &Q::dies_first, "The carrier is built on placed dies"),
        asked("link_share", &Q::link_share, "1"_u, "Of the dies' area, what only links them: one die would not need it")
            .as("SHARE")
            .otherwise("0"),
        asked("nre", &Q::nre, "USD"_u, "One-time cost of the design of each kind of die, without masks").otherwise("0"),
        asked("package_nre", &Q::package_nre, "USD"_u, "One-time cost of the package").otherwise("0"),
        asked("volume", &Q::volume, "1"_u, "Packages over which one-time cost is spread").as("N"),
        asked("reuse_volume", &Q::reuse_volume, "1"_u,
              "Parts of another product that takes one of each die; it carries its share")
            .as("N")
            .otherwise("0"));
}

struct PackageAnswer {
    silicon::PackageInput input;
    silicon::PackageStudy study;
    std::vector<std::string> remarks; ///< what was taken from where
};

PackageAnswer package(const Catalogue& catalogue, const PackageQuestion& question, const Watch& watch = {});
std::string text(const PackageAnswer& answer, const show::Page& page);

extern const Entry package_entry;

} // namespace autarky::answers

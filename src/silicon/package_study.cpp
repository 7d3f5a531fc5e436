// autarky: several dies on one package, beside one die that does the same.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/package_study.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <span>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "silicon/fields.hpp"
#include "silicon/geometry.hpp"
#include "silicon/peers/actuary.hpp"

namespace autarky::silicon {
namespace {

using peers::ActuaryPackage;

ActuaryPackage parameters_of(PackageKind kind) {
    switch (kind) {
    case PackageKind::organic:
    case PackageKind::bridge: return ActuaryPackage::organic;
    case PackageKind::fan_out: return ActuaryPackage::fan_out_last;
    case PackageKind::interposer: return ActuaryPackage::interposer;
    }
    return ActuaryPackage::organic;
}

double area_of_dies(const PackageInput& in) {
    double area = 0.0;
    for (const auto& placed : in.dies)
        area += placed.die.area_mm2() * placed.count;
    return area;
}

bool has_carrier(const PackageInput& in) {
    return in.kind == PackageKind::fan_out || in.kind == PackageKind::interposer;
}

/// Sides of the carrier, and how many lie on what they are made on. Layers of a fan-out are exposed by steppers with fields
/// of panel size; an interposer by those of chips.
CarrierStudy lay_out(const PackageInput& in, const Carrier<double>& carrier) {
    CarrierStudy out;
    const double side = std::sqrt(area_of_dies(in) * carrier.area_ratio);
    out.width_mm = in.carrier.width_mm > 0.0 ? in.carrier.width_mm : side;
    out.height_mm = in.carrier.height_mm > 0.0 ? in.carrier.height_mm : side;
    if (in.kind == PackageKind::interposer) out.stitching = stitching_of(out.width_mm, out.height_mm, full_field);
    const DieShape shape{out.width_mm, out.height_mm, carrier.scribe.in("mm"_u)};
    out.is_counted = in.carrier.panel || in.carrier.width_mm > 0.0;
    if (in.carrier.panel)
        out.on_one = carriers_on(*in.carrier.panel, shape);
    else if (out.is_counted)
        out.on_one = optimised_packing(shape, WaferShape{}).dies;
    else
        out.on_one = gross_dies_closed_form(quantity(side, "mm"_u), quantity(side, "mm"_u), carrier.wafer_diameter,
                                            carrier.edge_exclusion, carrier.scribe)
                         .raw();
    return out;
}

/// The carrier, laid out on its wafer like the dies above it.
Carrier<double> carrier_of(const PackageInput& in) {
    auto carrier = peers::actuary_carrier(parameters_of(in.kind));
    carrier.edge_exclusion = quantity(WaferShape{}.edge_exclusion_mm, "mm"_u);
    carrier.scribe = quantity(usual_scribe_mm, "mm"_u);
    if (in.bond_yield) carrier.bond_yield = *in.bond_yield;
    if (in.carrier.price_usd) carrier.wafer_price = quantity(*in.carrier.price_usd, "USD/wafer"_u);
    if (!has_carrier(in)) return carrier;
    const auto laid = lay_out(in, carrier);
    if (laid.is_counted) carrier.counted = quantity(laid.on_one, "die/wafer"_u);
    if (in.carrier.width_mm > 0.0) carrier.area_ratio = laid.width_mm * laid.height_mm / area_of_dies(in);
    carrier.seam_yield = std::pow(in.carrier.seam_yield.value_or(1.0), laid.stitching.seams());
    return carrier;
}

OrganicSubstrate<double> substrate_of(const PackageInput& in, const DieSet<double>& set) {
    auto substrate = peers::actuary_substrate(1.0);
    if (parameters_of(in.kind) == ActuaryPackage::organic)
        substrate.layer_factor = peers::actuary_layer_factor(substrate.area_ratio * set.area.in("mm^2"_u), set.count);
    if (in.substrate_price) substrate.price = quantity(*in.substrate_price, "USD/mm^2"_u);
    if (in.attach_yield) substrate.attach_yield = *in.attach_yield;
    return substrate;
}

/// The dies of the package, and the share of packages in which every die that passed its sort is good.
std::pair<DieSet<double>, double> placed_dies(const PackageInput& in) {
    std::vector<ChipletUse<double>> uses;
    double all_good = 1.0;
    for (const auto& placed : in.dies) {
        const DieResult found = study(placed.die);
        ChipletUse<double> use;
        use.count = placed.count;
        use.area = quantity(placed.die.area_mm2(), "mm^2"_u);
        use.raw = quantity(found.cost->wafer / found.gross.optimised.dies, "USD/die"_u);
        use.good = quantity(found.cost->known_good_die.value_or(found.cost->die), "USD/die"_u);
        use.bump_price = peers::actuary_bump_price(parameters_of(in.kind));
        uses.push_back(use);
        if (!placed.die.part) continue;
        const double working = *found.good_dies / found.gross.optimised.dies / placed.die.line_yield;
        const double good = 1.0 - escape_share(working, placed.die.part->sort_coverage);
        all_good *= assembled_yield(good, quantity(static_cast<double>(placed.count), "die/chip"_u), 1.0);
    }
    return {die_set(std::span<const ChipletUse<double>>(uses)), all_good};
}

PackagedCost<double> packaged(const PackageInput& in, const DieSet<double>& set) {
    const auto substrate = substrate_of(in, set);
    switch (in.kind) {
    case PackageKind::organic: return organic_package(set, substrate);
    case PackageKind::bridge: {
        constexpr double embedding_yield = 0.99, bonding_yield = 0.98; // assumptions; the latter as fan-out's
        const Bridges<double> bridges{static_cast<double>(in.bridges), quantity(in.bridge_cost_usd, "USD/chip"_u),
                                      embedding_yield, in.bond_yield.value_or(bonding_yield)};
        return bridge_package(set, bridges, substrate);
    }
    case PackageKind::fan_out:
    case PackageKind::interposer: return carrier_package(set, carrier_of(in), substrate, in.order);
    }
    return {};
}

double mask_set_usd(const DieInput& die) { return die.one_time ? die.one_time->mask_set_usd.value_or(0.0) : 0.0; }

/// One-time cost that one package carries; `design_usd` is that of the design of each kind of die.
double one_time(const PackageInput& in, double design_usd) {
    if (!(in.volume > 0.0)) return 0.0;
    std::vector<Money<double>> designs;
    FamilyProduct<double> product, other;
    product.volume = quantity(in.volume, "chip"_u);
    other.volume = quantity(in.reuse_volume, "chip"_u);
    for (const auto& placed : in.dies) {
        product.uses.push_back({designs.size(), static_cast<double>(placed.count)});
        other.uses.push_back({designs.size(), 1.0});
        designs.push_back(quantity(design_usd + mask_set_usd(placed.die), "USD"_u));
    }
    product.uses.push_back({designs.size(), 1.0});
    designs.push_back(quantity(in.package_nre_usd, "USD"_u));
    const std::array products{product, other};
    return shared_nre(std::span<const Money<double>>(designs), std::span<const FamilyProduct<double>>(products))[0]
        .raw();
}

PackageResult result_of(const PackageInput& in, double design_usd) {
    const auto [set, all_good] = placed_dies(in);
    PackageResult result;
    result.packaged = packaged(in, set);
    result.bad_dies = result.packaged.total.raw() * (1.0 / all_good - 1.0);
    result.one_time = one_time(in, design_usd);
    return result;
}

/// One die with the area of all, less what only links them: square, or as wide as the field where a square is wider.
DieInput single_die(const PackageInput& in) {
    const double area = area_of_dies(in) * (1.0 - in.link_share);
    DieInput die = in.dies.front().die;
    die.name.clear();
    const double side = std::min(die.field.width_mm, die.field.height_mm);
    die.die.width_mm = std::min(std::sqrt(area), side);
    die.die.height_mm = area / die.die.width_mm;
    return die;
}

class Checker {
public:
    Checker(const PackageInput& in, Diagnostics& diagnostics) : in_(in), diagnostics_(diagnostics) {}

    void all() {
        if (in_.dies.empty())
            return diagnostics_.error_in("die", "E0506", "there is no die", "such as 13x16.4*4 or 13x16.4*4@n5");
        dies();
        options();
        if (!diagnostics_.has_errors()) carrier();
    }

private:
    /// Of a field of the question that this is asked by.
    void error(std::string_view field, const std::string& message, std::string hint = {}) {
        diagnostics_.error_in(field, "E0401", message, std::move(hint));
    }
    void not_negative(std::string_view field, double x) {
        if (!(x >= 0.0) || !std::isfinite(x)) error(field, fmt::format("{:g} is negative", x));
    }
    void share(std::string_view field, const std::optional<double>& x) {
        if (x && !(*x > 0.0 && *x <= 1.0)) error(field, fmt::format("{:g} is no share between 0 and 1", *x));
    }
    void only_for(bool given, std::string_view field, bool useful, std::string_view kinds) {
        if (given && !useful) error(field, fmt::format("it changes nothing but {} packages", kinds));
    }

    void dies() {
        std::set<std::pair<bool, bool>> missing;
        for (const auto& placed : in_.dies) {
            if (placed.count < 1) error("die", fmt::format("'{}' has no count", placed.die.name));
            check(placed.die, diagnostics_);
            missing.emplace(!placed.die.density_per_cm2, !placed.die.wafer_price_usd);
        }
        const bool no_density = std::any_of(missing.begin(), missing.end(), [](auto m) { return m.first; });
        const bool no_price = std::any_of(missing.begin(), missing.end(), [](auto m) { return m.second; });
        if (no_density)
            error("d0", "it is missing",
                  fmt::format("{} 0.1, or {} with one of the catalogue", field_mark("d0"), field_mark("process")));
        if (no_price)
            error("wafer_price", "it is missing",
                  fmt::format("{} 20_000, or {}", field_mark("wafer_price"), field_mark("process")));
    }
    void options() {
        share("attach_yield", in_.attach_yield);
        share("bond_yield", in_.bond_yield);
        if (in_.substrate_price) not_negative("substrate_price", *in_.substrate_price);
        not_negative("bridge_cost", in_.bridge_cost_usd);
        not_negative("bridges", in_.bridges);
        not_negative("nre", in_.nre_usd);
        not_negative("package_nre", in_.package_nre_usd);
        not_negative("volume", in_.volume);
        not_negative("reuse_volume", in_.reuse_volume);
        if (!(in_.link_share >= 0.0 && in_.link_share < 1.0))
            error("link_share", fmt::format("{:g} is no share of at least 0 and below 1", in_.link_share));
        if ((in_.nre_usd > 0.0 || in_.package_nre_usd > 0.0 || in_.reuse_volume > 0.0) && !(in_.volume > 0.0))
            error("volume", "one-time cost needs a number of packages over which it is spread");
        const bool bridge = in_.kind == PackageKind::bridge;
        const bool carried = has_carrier(in_);
        if (bridge && in_.bridges < 1) error("bridges", "at least one bridge is needed");
        carrier_options(carried);
        only_for(in_.bridges > 0, "bridges", bridge, "bridge");
        only_for(in_.order == AssemblyOrder::dies_first, "dies_first", carried, "fan-out and interposer");
        only_for(in_.bond_yield.has_value(), "bond_yield", bridge || carried, "fan-out, interposer and bridge");
    }
    void carrier_options(bool carried) {
        const auto& c = in_.carrier;
        only_for(c.width_mm > 0.0, "carrier", carried, "fan-out and interposer");
        only_for(c.panel.has_value(), "panel", carried, "fan-out and interposer");
        only_for(c.price_usd.has_value(), "carrier_price", carried, "fan-out and interposer");
        only_for(c.seam_yield.has_value(), "seam_yield", in_.kind == PackageKind::interposer, "interposer");
        share("seam_yield", c.seam_yield);
        if (c.price_usd) not_negative("carrier_price", *c.price_usd);
        if (!c.panel) return;
        if (!c.price_usd && carried)
            error("carrier_price", "a panel of carriers has no usual price", "USD of one processed panel");
        const double rim = 2.0 * c.panel->edge_mm;
        if (!(c.panel->edge_mm >= 0.0) || rim >= std::min(c.panel->width_mm, c.panel->height_mm))
            error("panel_edge", fmt::format("{:g} mm leave nothing of the panel", c.panel->edge_mm));
    }
    /// A carrier of which not one fits its wafer or panel is refused, and one that is smaller than its dies.
    void carrier() {
        if (!has_carrier(in_)) return;
        const double dies = area_of_dies(in_);
        const auto& c = in_.carrier;
        if (c.width_mm > 0.0 && c.width_mm * c.height_mm < dies)
            return error("carrier", fmt::format("{:g} x {:g} mm have no room for {:.0f} mm^2 of dies", c.width_mm,
                                                c.height_mm, dies));
        const auto laid = lay_out(in_, carrier_of(in_));
        if (c.seam_yield && laid.stitching.seams() == 0)
            error("seam_yield", fmt::format("it changes nothing: an interposer of {:.4g} x {:.4g} mm fits one field",
                                            laid.width_mm, laid.height_mm));
        if (laid.on_one >= 1.0) return;
        if (c.width_mm > 0.0 || c.panel)
            error(c.panel ? "panel" : "carrier", fmt::format("no carrier of {:.4g} x {:.4g} mm fits {}", laid.width_mm,
                                                             laid.height_mm, c.panel ? "the panel" : "a 300 mm wafer"));
        else
            error("die", fmt::format("{:.0f} mm^2 of dies need a larger carrier than a 300 mm wafer holds", dies));
    }

    const PackageInput& in_;
    Diagnostics& diagnostics_;
};

} // namespace

void check(const PackageInput& input, Diagnostics& diagnostics) { Checker(input, diagnostics).all(); }

PackageStudy study(const PackageInput& input) {
    PackageStudy out;
    out.package = result_of(input, input.nre_usd);
    if (has_carrier(input)) out.carrier = lay_out(input, carrier_of(input));
    out.single = single_die(input);
    if (fit_field(out.single.die, out.single.field).dies() == 0) return out;
    PackageInput alone = input;
    alone.dies = {{out.single, 1}};
    alone.kind = PackageKind::organic;
    alone.carrier = {};
    alone.package_nre_usd = input.package_nre_usd;
    alone.reuse_volume = 0.0;
    out.alone = result_of(alone, input.nre_usd * static_cast<double>(input.dies.size()));
    return out;
}

} // namespace autarky::silicon

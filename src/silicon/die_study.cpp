// autarky: counts, fields, yields, bins and cost of one die.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/die_study.hpp"

#include <array>

#include "core/quantities.hpp"
#include "silicon/cost.hpp"
#include "silicon/geometry.hpp"
#include "silicon/harvest.hpp"
#include "silicon/nre.hpp"

namespace autarky::silicon {
namespace {

Length<double> mm(double x) { return quantity(x, "mm"_u); }
Area<double> mm2(double x) { return quantity(x, "mm^2"_u); }
DefectDensity<double> per_cm2(double x) { return quantity(x, "1/cm^2"_u); }

GrossDies gross_dies(const DieInput& in) {
    const auto width = mm(in.die.width_mm);
    const auto height = mm(in.die.height_mm);
    const auto diameter = mm(in.wafer.diameter_mm);
    GrossDies gross;
    gross.area_bound = gross_dies_area_bound(width, height, diameter).raw();
    gross.closed_form =
        gross_dies_closed_form(width, height, diameter, mm(in.wafer.edge_exclusion_mm), mm(in.die.scribe_mm)).raw();
    const auto centred = [&](Centring centring) { return dies_at(in.die, in.wafer, centred_offset(in.die, centring)); };
    gross.die_centred = centred(Centring::die);
    gross.street_centred = centred(Centring::street);
    gross.corner_centred = centred(Centring::corner);
    gross.optimised = optimised_packing(in.die, in.wafer);
    return gross;
}

FieldResult fields(const DieInput& in, const Packing& packing) {
    FieldResult field;
    field.fit = fit_field(in.die, in.field);
    field.shots = shots(die_rows(in.die, in.wafer, packing.offset), field.fit);
    field.gain = next_field_gain(in.die, in.field);
    field.high_na_dies = fit_field(in.die, high_na_field).dies();
    return field;
}

double random_yield(const DieInput& in, double density_per_cm2) {
    return yield_negative_binomial(mm2(in.area_mm2() * in.critical_share), per_cm2(density_per_cm2), in.clustering);
}

double harvested_yield(const DieInput& in, double density_per_cm2, int fewest_bad, int most_bad) {
    const double share = in.critical_share;
    return yield_harvested(mm2(in.units->uncore_mm2 * share), mm2(in.units->unit_area_mm2 * share),
                           per_cm2(density_per_cm2), in.clustering,
                           OccupancyTable(in.units->units, fewest_bad, most_bad));
}

/// Working dies of a finished wafer: with spares when asked and described.
double working_yield(const DieInput& in, double density_per_cm2, bool harvested) {
    const double random = harvested && in.units ? harvested_yield(in, density_per_cm2, 0, in.units->spares)
                                                : random_yield(in, density_per_cm2);
    return compound_yield(1.0, in.systematic_yield, in.parametric_yield, random);
}

/// Working dies of a started wafer.
double shipping_yield(const DieInput& in, double density_per_cm2, bool harvested) {
    return in.line_yield * working_yield(in, density_per_cm2, harvested);
}

std::vector<BinResult> bins(const DieInput& in, double density_per_cm2) {
    std::vector<BinInput> wanted = in.units->bins;
    if (wanted.empty()) {
        wanted.push_back({0, 0.0});
        if (in.units->spares > 0) wanted.push_back({in.units->spares, 0.0});
    }
    std::vector<BinResult> result;
    int fewest = 0;
    for (const auto& bin : wanted) {
        result.push_back(
            {bin.most_bad, harvested_yield(in, density_per_cm2, fewest, bin.most_bad), bin.price_usd, 0.0});
        fewest = bin.most_bad + 1;
    }
    return result;
}

YieldResult yields(const DieInput& in) {
    const double density = *in.density_per_cm2;
    const auto critical = mm2(in.area_mm2() * in.critical_share);
    YieldResult result;
    result.mean_faults = mean_faults(critical, per_cm2(density));
    result.by_model = yields_of_all_models(critical, per_cm2(density), in.clustering, in.layers);
    const std::array<double, n_yield_models> even{1, 1, 1, 1, 1, 1, 1};
    result.average = averaged_yield<double>(result.by_model, even);
    result.harvested = in.units ? harvested_yield(in, density, 0, in.units->spares) : random_yield(in, density);
    result.other = compound_yield(in.line_yield, in.systematic_yield, in.parametric_yield, 1.0);
    if (in.units) result.bins = bins(in, density);
    return result;
}

/// Price of a wafer with its share of the next mask set.
WaferPrice<double> loaded_wafer(const DieInput& in, double price_usd) {
    const auto price = wafer_price(quantity(price_usd, "USD/wafer"_u), 1.0 + in.site_premium, 1.0);
    if (!in.one_time || !in.one_time->mask_set_usd || !in.one_time->mask_life_wafers) return price;
    return price + mask_replacement_per_wafer(quantity(*in.one_time->mask_set_usd, "USD"_u),
                                              quantity(*in.one_time->mask_life_wafers, "wafer"_u));
}

double nre_per_part(const OneTimeInput& one_time) {
    const double masks = one_time.mask_set_usd.value_or(0.0) * (1.0 + one_time.respins);
    return nre_per_chip(quantity(one_time.nre_usd + masks, "USD"_u), 1.0, quantity(*one_time.volume, "chip"_u)).raw();
}

/// Known-good die, part and escapes at the yield of finished wafers: dies of wafers that the line lost are never sorted.
void part_costs(const DieInput& in, const DiesPerWafer<double>& gross, const WaferPrice<double>& wafer, double yield,
                CostResult& cost) {
    const PartInput& p = *in.part;
    const auto finished = WaferPrice<double>(wafer / in.line_yield);
    const auto known =
        known_good_die_cost(finished, gross, yield, quantity(p.sort_test_usd, "USD/die"_u), p.sort_coverage);
    const double good_dies = 1.0 - escape_share(yield, p.sort_coverage);
    const double good = assembled_yield(good_dies, quantity(p.dies_per_part, "die/chip"_u), p.assembly_yield);
    const double passing = 1.0 - p.final_coverage * (1.0 - good);
    const auto usd = [](double x) { return quantity(x, "USD/chip"_u); };
    const PartInputs<double> part{.known_good_die = known,
                                  .dies_per_part = quantity(p.dies_per_part, "die/chip"_u),
                                  .package = usd(p.package_usd),
                                  .memory_in_package = usd(p.memory_in_package_usd),
                                  .memory_on_board = usd(p.memory_on_board_usd),
                                  .final_test = usd(p.final_test_usd),
                                  .passing = passing};
    cost.known_good_die = known.raw();
    cost.part = part_cost(part).raw();
    cost.escapes = 1.0 - good / passing;
}

CostResult costs(const DieInput& in, const DiesPerWafer<double>& gross, double density, double price_usd) {
    const auto wafer = loaded_wafer(in, price_usd);
    CostResult cost;
    cost.wafer = wafer.raw();
    cost.die = good_die_cost(wafer, gross, shipping_yield(in, density, false)).raw();
    cost.harvested_die = good_die_cost(wafer, gross, shipping_yield(in, density, true)).raw();
    if (in.part) part_costs(in, gross, wafer, working_yield(in, density, true), cost);
    if (in.one_time && in.one_time->volume) {
        cost.nre_per_part = nre_per_part(*in.one_time);
        cost.total = cost.part.value_or(cost.harvested_die) + *cost.nre_per_part;
    }
    return cost;
}

/// Shares the wafer's price out over the bins by what they sell for.
void price_bins(DieResult& result) {
    std::vector<Bin<double>> priced;
    std::vector<double> shares;
    for (const auto& bin : result.yields->bins) {
        if (bin.price_usd <= 0.0) return;
        priced.push_back({bin.most_bad, quantity(bin.price_usd, "USD/die"_u)});
        shares.push_back(bin.share * result.yields->other);
    }
    const auto gross = quantity(static_cast<double>(result.gross.optimised.dies), "die/wafer"_u);
    const auto value = wafer_value<double>(gross, shares, priced);
    for (std::size_t i = 0; i < priced.size(); ++i)
        result.yields->bins[i].cost_usd =
            bin_cost(quantity(result.cost->wafer, "USD/wafer"_u), priced[i].price, value).raw();
}

} // namespace

DieResult study(const DieInput& input) {
    DieResult result;
    result.input = input;
    result.gross = gross_dies(input);
    result.field = fields(input, result.gross.optimised);
    if (!input.density_per_cm2) return result;
    const double density = *input.density_per_cm2;
    result.yields = yields(input);
    result.good_dies = result.gross.optimised.dies * shipping_yield(input, density, false);
    result.harvested_dies = result.gross.optimised.dies * shipping_yield(input, density, true);
    if (!input.wafer_price_usd) return result;
    const auto gross = quantity(static_cast<double>(result.gross.optimised.dies), "die/wafer"_u);
    result.cost = costs(input, gross, density, *input.wafer_price_usd);
    price_bins(result);
    return result;
}

double cost_at(const DieResult& result, double density_per_cm2, double wafer_price_usd, bool harvested) {
    DieInput in = result.input;
    if (!harvested) in.units.reset();
    const auto gross = quantity(static_cast<double>(result.gross.optimised.dies), "die/wafer"_u);
    const CostResult cost = costs(in, gross, density_per_cm2, wafer_price_usd);
    return cost.total.value_or(cost.part.value_or(cost.harvested_die));
}

} // namespace autarky::silicon

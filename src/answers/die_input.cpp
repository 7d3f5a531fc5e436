// autarky: makes dies of a question, with everything that makes no sense named.
// SPDX-License-Identifier: Apache-2.0
#include "answers/die_input.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "answers/quantity.hpp"
#include "core/calendar.hpp"
#include "core/units.hpp"
#include "design/cost.hpp"
#include "engine/normal_score.hpp"
#include "engine/quantile.hpp"
#include "silicon/cost.hpp"
#include "silicon/on_process.hpp"
#include "silicon/yield.hpp"

namespace autarky::answers {
namespace {

using silicon::DieInput;

/// Number of equally likely densities of an uncertain one.
constexpr std::size_t n_density_draws = 1000;

template <class T> void take(const std::optional<T>& given, T& to) {
    if (given) to = *given;
}
template <class T> void take(const std::optional<T>& given, std::optional<T>& to) {
    if (given) to = given;
}

/// Everything but the die's size and units.
void read_process(const DieQuestion& q, DieInput& die, Diagnostics& findings) {
    take(q.wafer, die.wafer.diameter_mm);
    take(q.edge, die.wafer.edge_exclusion_mm);
    take(q.scribe, die.die.scribe_mm);
    take(q.notch, die.wafer.notch_keepout_mm);
    if (q.field == "high-na")
        die.field = silicon::high_na_field;
    else if (!q.field.empty())
        if (const auto sides = sides_from(q.field, "field", findings))
            die.field.width_mm = sides->width, die.field.height_mm = sides->height;
    take(q.alpha, die.clustering);
    take(q.layers, die.layers);
    take(q.critical_share, die.critical_share);
    take(q.line_yield, die.line_yield);
    take(q.systematic_yield, die.systematic_yield);
    take(q.parametric_yield, die.parametric_yield);
    take(q.wafer_price, die.wafer_price_usd);
    take(q.premium, die.site_premium);
    if (q.premium && !die.wafer_price_usd)
        findings.error_in("premium", "E0302",
                          fmt::format("there is no {} that it could raise", field_mark("wafer_price")));
}

void read_part(const DieQuestion& q, DieInput& die) {
    if (!(q.sort_test || q.sort_coverage || q.dies_per_part || q.package || q.memory_in_package || q.memory_on_board ||
          q.assembly_yield || q.final_test || q.final_coverage || q.tester_rate))
        return;
    silicon::PartInput part;
    take(q.sort_test, part.sort_test_usd);
    take(q.sort_coverage, part.sort_coverage);
    take(q.dies_per_part, part.dies_per_part);
    take(q.package, part.package_usd);
    take(q.memory_in_package, part.memory_in_package_usd);
    take(q.memory_on_board, part.memory_on_board_usd);
    take(q.assembly_yield, part.assembly_yield);
    take(q.final_test, part.final_test_usd);
    take(q.final_coverage, part.final_coverage);
    if (q.tester_rate) {
        const auto tester = quantity(*q.tester_rate, "USD/h"_u);
        part.sort_test_usd += silicon::sort_test_cost(tester, quantity(q.sort_time.value_or(0.0), "s"_u)).raw();
        part.final_test_usd += silicon::final_test_cost(tester, quantity(q.final_time.value_or(0.0), "s"_u)).raw();
    }
    die.part = part;
}

void read_one_time(const DieQuestion& q, DieInput& die, Diagnostics& findings) {
    if (q.nre && !q.volume && q.solve != silicon::Unknown::volume)
        findings.error_in("nre", "E0506", fmt::format("it changes nothing without {}", field_mark("volume")));
    if (!(q.nre || q.mask_set || q.respins || q.mask_life || q.volume)) return;
    auto once = die.one_time.value_or(silicon::OneTimeInput{});
    take(q.nre, once.nre_usd);
    take(q.mask_set, once.mask_set_usd);
    take(q.respins, once.respins);
    take(q.mask_life, once.mask_life_wafers);
    take(q.volume, once.volume);
    die.one_time = once;
}

/// Units of a die; what is not given of unit area and uncore area follows from the rest of the die.
void read_units(const DieQuestion& q, DieInput& die, std::optional<int> units, std::optional<int> spares,
                Diagnostics& findings) {
    if (!units) return;
    silicon::UnitsInput in;
    in.units = *units;
    take(spares, in.spares);
    auto uncore = q.uncore;
    if (q.uncore_share) {
        if (*q.uncore_share < 0.0 || *q.uncore_share >= 1.0)
            findings.error_in("uncore_share", "E0205",
                              fmt::format("{:g} must be at least 0 and below 1", *q.uncore_share));
        uncore = *q.uncore_share * die.area_mm2();
    }
    if (!q.unit_area && !uncore)
        findings.error_in("units", "E0302",
                          fmt::format("give {}, {} or {} as well", field_mark("unit_area"), field_mark("uncore"),
                                      field_mark("uncore_share")));
    const double n = std::max(in.units, 1);
    in.uncore_mm2 = uncore ? *uncore : std::max(0.0, die.area_mm2() - n * q.unit_area.value_or(0.0));
    in.unit_area_mm2 = q.unit_area ? *q.unit_area : (die.area_mm2() - in.uncore_mm2) / n;
    if (!q.bins.empty())
        for (const auto& bin : parts_of(q.bins, ',')) {
            const auto sides = parts_of(bin, ':');
            silicon::BinInput one;
            if (const auto most = whole_from(sides[0], "bins", findings)) one.most_bad = *most;
            if (sides.size() > 1) one.price_usd = number_from(sides[1], "bins", "USD", findings).value_or(0.0);
            in.bins.push_back(one);
        }
    die.units = in;
}

/// "26x16.5" or "25.5x31.9:144/12" (units/spares).
void add_die(const DieQuestion& q, const DieInput& base, const std::string& text, std::string_view field,
             std::vector<DieInput>& dies, Diagnostics& findings) {
    DieInput die = base;
    const auto halves = parts_of(text, ':');
    const auto sides = sides_from(halves[0], field, findings);
    if (!sides) return;
    die.die.width_mm = sides->width;
    die.die.height_mm = sides->height;
    die.name = halves[0];
    auto units = q.units;
    auto spares = q.spares;
    if (halves.size() > 1) {
        const auto counts = parts_of(halves[1], '/');
        units = whole_from(counts[0], field, findings);
        if (counts.size() > 1) spares = whole_from(counts[1], field, findings);
    }
    read_units(q, die, units, spares, findings);
    dies.push_back(std::move(die));
}

/// The die given by sides, or by its area and aspect.
void add_described_die(const DieQuestion& q, const DieInput& base, std::vector<DieInput>& dies, Diagnostics& findings) {
    if (!q.width && !q.height && !q.area) return;
    DieInput die = base;
    if (q.area && (q.width || q.height)) findings.error_in("area", "E0504", "give either the area or the sides");
    if (q.area && *q.area <= 0.0)
        findings.error_in("area", "E0205", fmt::format("{:g} must be positive (mm^2)", *q.area));
    if (q.aspect && *q.aspect <= 0.0)
        findings.error_in("aspect", "E0205", fmt::format("{:g} must be positive", *q.aspect));
    if (q.area) {
        die.die.width_mm = std::sqrt(std::max(0.0, *q.area * q.aspect.value_or(1.0)));
        die.die.height_mm = *q.area / std::max(die.die.width_mm, 1e-300);
    } else {
        if (!q.width) findings.error_in("width", "E0302", "width is missing");
        if (!q.height) findings.error_in("height", "E0302", "height is missing");
        die.die.width_mm = q.width.value_or(1.0);
        die.die.height_mm = q.height.value_or(1.0);
    }
    read_units(q, die, q.units, q.spares, findings);
    dies.push_back(std::move(die));
}

/// Equally likely values of a distribution, in a unit, at the middles of equal shares of probability; none of a constant.
std::vector<double> draws_of(const engine::Quantile& quantile, double factor) {
    std::vector<double> out;
    if (quantile.form() == engine::Form::constant) return out;
    for (std::size_t i = 0; i < n_density_draws; ++i) {
        const double u = (static_cast<double>(i) + 0.5) / static_cast<double>(n_density_draws);
        out.push_back(quantile(engine::normal_score(u)) / factor);
    }
    return out;
}

void read_density(const DieQuestion& q, DieInput& die, DieDensities& request, Diagnostics& findings) {
    if (!q.d0) return;
    request.per_cm2.clear();
    const auto read = distribution_from(q.d0->text, "d0", "1/cm^2", findings);
    if (!read) return;
    const engine::Quantile quantile(*read);
    const double factor = parse_unit("1/cm^2").unit.factor;
    die.density_per_cm2 = quantile.median() / factor;
    request.per_cm2 = draws_of(quantile, factor);
}

/// The density behind a yield that somebody reported for a die of some area: it says nothing without one.
void read_reported_yield(const DieQuestion& q, DieInput& die, DieDensities& request, Diagnostics& findings) {
    if (!q.reported_yield) return;
    if (q.d0)
        return findings.error_in("reported_yield", "E0504", fmt::format("give either it or {}", field_mark("d0")));
    if (!q.reported_area)
        return findings.error_in("reported_area", "E0302",
                                 "it is missing: a reported yield means a density only with a die area",
                                 "such as 115, in mm^2");
    const auto reported = distribution_from(q.reported_yield->text, "reported_yield", "1", findings);
    if (!reported) return;
    const double area = *q.reported_area;
    const engine::Quantile quantile(*reported);
    const double others = silicon::compound_yield(1.0, die.systematic_yield, die.parametric_yield, 1.0);
    const auto critical = quantity(area * die.critical_share, "mm^2"_u);
    bool sound = area > 0.0 && die.critical_share > 0.0 && die.clustering > 0.0 && others > 0.0;
    if (!(area > 0.0)) findings.error_in("reported_area", "E0205", fmt::format("{:g} must be positive (mm^2)", area));
    const auto density = [&](double yield) {
        sound = sound && yield > 0.0 && yield <= others;
        const double random = sound ? yield / others : 1.0;
        return silicon::density_from_yield_negative_binomial(random, critical, die.clustering).in("1/cm^2"_u);
    };
    request.per_cm2.clear();
    for (const double yield : draws_of(quantile, 1.0))
        request.per_cm2.push_back(density(yield));
    die.density_per_cm2 = density(quantile.median());
    if (!sound)
        return findings.error_in(
            "reported_yield", "E0205",
            fmt::format("{} must lie above 0 and be at most {:.3g}, the systematic and parametric yield",
                        q.reported_yield->text, others));
    const double poisson = silicon::density_from_yield_poisson(quantile.median() / others, critical).in("1/cm^2"_u);
    request.remarks.push_back(fmt::format(
        "a yield of {} on {:g} mm^2 means {:.4g} defects per cm^2 (negative binomial, alpha {:.3g}; {:.4g} by Poisson)",
        q.reported_yield->text, area, *die.density_per_cm2, die.clustering, poisson));
}

} // namespace

OnProcess take_process(const Catalogue& catalogue, const std::string& name, const std::string& date, std::uint64_t seed,
                       DieInput& die) {
    const design::ProcessBook book(catalogue.folder_text());
    const auto row = book.row(name);
    const auto& process = book.names()[row];
    const auto median = book.median(row);
    const double at = design::price_date(date, median, process);
    const auto mm = [](const Length<double>& x) { return x.in("mm"_u); };
    const auto per_cm2 = [at](const silicon::Process<double>& p) { return design::density_at(p, at).in("1/cm^2"_u); };
    die.wafer = {mm(median.wafer_diameter), mm(median.edge_exclusion), die.wafer.notch_keepout_mm};
    die.die.scribe_mm = mm(median.scribe);
    die.clustering = median.clustering;
    die.line_yield = median.line_yield;
    die.parametric_yield = median.parametric_yield;
    die.density_per_cm2 = per_cm2(median);
    const auto since_price = quantity(at - median.price_date.year, "year"_u);
    die.wafer_price_usd = silicon::wafer_price(median.wafer_price, 1.0, median.price_drift, since_price).raw();
    silicon::OneTimeInput masks;
    masks.mask_set_usd = median.mask_set.raw();
    masks.mask_life_wafers = median.mask_life.in("wafer"_u);
    die.one_time = masks;
    OnProcess out;
    for (auto& process_draw : book.draws(row, seed, n_density_draws))
        out.densities_per_cm2.push_back(per_cm2(process_draw));
    out.remark = fmt::format("process {} of {} in {}, medians of the catalogue, USD of 2025: {:.3f} defects per cm^2, "
                             "clustering {:.2f}, {:.0f} USD a "
                             "wafer, {:.1f} MUSD a mask set",
                             process, median.foundry, quarter_of(at).text(), *die.density_per_cm2, die.clustering,
                             *die.wafer_price_usd, *masks.mask_set_usd / 1e6);
    return out;
}

std::vector<DieInput> dies_of(const Catalogue& catalogue, const DieQuestion& q, DieDensities& densities) {
    Diagnostics findings;
    std::vector<DieInput> dies;
    DieInput base;
    base.die.scribe_mm = silicon::usual_scribe_mm;
    if (!q.process.empty()) {
        auto taken = take_process(catalogue, q.process, q.date, q.seed, base);
        densities.per_cm2 = std::move(taken.densities_per_cm2);
        densities.remarks.push_back(std::move(taken.remark));
    }
    read_density(q, base, densities, findings);
    read_process(q, base, findings);
    read_reported_yield(q, base, densities, findings);
    read_part(q, base);
    read_one_time(q, base, findings);
    add_described_die(q, base, dies, findings);
    for (const auto& size : q.size)
        add_die(q, base, size, "size", dies, findings);
    for (const auto& list : q.compare)
        for (const auto& one : parts_of(list, ','))
            add_die(q, base, one, "compare", dies, findings);
    const bool describes_units = q.unit_area || q.uncore || q.uncore_share || q.spares || !q.bins.empty();
    const bool has_units =
        std::any_of(dies.begin(), dies.end(), [](const DieInput& die) { return die.units.has_value(); });
    if (describes_units && !has_units && !findings.has_errors())
        findings.error({}, "E0302", "units is missing: unit area, uncore, spares and bins describe units of the die");
    if (dies.empty() && !findings.has_errors())
        findings.error({}, "E0506", "there is no die",
                       fmt::format("give a size as 26x16.5, or {} and {}, or {}", field_mark("width"),
                                   field_mark("height"), field_mark("area")));
    if (!findings.has_errors())
        for (const auto& die : dies)
            silicon::check(die, findings);
    if (findings.has_errors()) throw InputError{std::move(findings)};
    return dies;
}

} // namespace autarky::answers

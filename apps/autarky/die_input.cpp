// autarky: reads the options of the command `die`.
// SPDX-License-Identifier: Apache-2.0
#include "autarky/die_input.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "autarky/die_process.hpp"
#include "autarky/option_reader.hpp"
#include "core/units.hpp"
#include "engine/normal_score.hpp"
#include "engine/quantile.hpp"
#include "silicon/cost.hpp"
#include "silicon/yield.hpp"

namespace autarky::cli {
namespace {

using silicon::DieInput;

/// Everything but the die's size and units.
void read_process(OptionReader& read, const DieOptions& o, DieInput& die) {
    read.number("wafer", o.wafer, "mm", die.wafer.diameter_mm);
    read.number("edge", o.edge, "mm", die.wafer.edge_exclusion_mm);
    read.number("scribe", o.scribe, "mm", die.die.scribe_mm);
    read.number("notch", o.notch, "mm", die.wafer.notch_keepout_mm);
    if (o.field && *o.field == "high-na")
        die.field = silicon::high_na_field;
    else if (o.field)
        read.size("field", *o.field, die.field.width_mm, die.field.height_mm);
    read.number("alpha", o.alpha, "1", die.clustering);
    read.number("layers", o.layers, "1", die.layers);
    read.number("critical-share", o.critical_share, "1", die.critical_share);
    read.number("line-yield", o.line_yield, "1", die.line_yield);
    read.number("systematic-yield", o.systematic_yield, "1", die.systematic_yield);
    read.number("parametric-yield", o.parametric_yield, "1", die.parametric_yield);
    if (const auto price = read.number("wafer-price", o.wafer_price, "USD")) die.wafer_price_usd = price;
    read.number("premium", o.premium, "1", die.site_premium);
    if (o.premium && !die.wafer_price_usd) read.error("E0302", "premium: there is no wafer-price that it could raise");
}

void read_part(OptionReader& read, const DieOptions& o, DieInput& die) {
    silicon::PartInput part;
    if (!(o.sort_test || o.sort_coverage || o.dies_per_part || o.package || o.memory_in_package || o.memory_on_board ||
          o.assembly_yield || o.final_test || o.final_coverage || o.tester_rate))
        return;
    read.number("sort-test", o.sort_test, "USD", part.sort_test_usd);
    read.number("sort-coverage", o.sort_coverage, "1", part.sort_coverage);
    read.number("dies-per-part", o.dies_per_part, "1", part.dies_per_part);
    read.number("package", o.package, "USD", part.package_usd);
    read.number("memory-in-package", o.memory_in_package, "USD", part.memory_in_package_usd);
    read.number("memory-on-board", o.memory_on_board, "USD", part.memory_on_board_usd);
    read.number("assembly-yield", o.assembly_yield, "1", part.assembly_yield);
    read.number("final-test", o.final_test, "USD", part.final_test_usd);
    read.number("final-coverage", o.final_coverage, "1", part.final_coverage);
    if (const auto rate = read.number("tester-rate", o.tester_rate, "USD/h")) {
        if (*rate < 0.0) read.error("E0205", fmt::format("tester-rate is {:g}, but must be zero or more", *rate));
        const auto of = [&](const char* name, const std::optional<std::string>& text) {
            const double seconds = read.number(name, text, "s").value_or(0.0);
            if (seconds < 0.0) read.error("E0205", fmt::format("{} is {:g}, but must be zero or more", name, seconds));
            return quantity(seconds, "s"_u);
        };
        const auto tester = quantity(*rate, "USD/h"_u);
        part.sort_test_usd += silicon::sort_test_cost(tester, of("sort-time", o.sort_time)).raw();
        part.final_test_usd += silicon::final_test_cost(tester, of("final-time", o.final_time)).raw();
    }
    die.part = part;
}

void read_one_time(OptionReader& read, const DieOptions& o, DieInput& die) {
    silicon::OneTimeInput once = die.one_time.value_or(silicon::OneTimeInput{});
    if (!(o.nre || o.mask_set || o.respins || o.mask_life || o.volume)) return;
    read.number("nre", o.nre, "USD", once.nre_usd);
    if (o.mask_set) once.mask_set_usd = read.number("mask-set", o.mask_set, "USD");
    read.number("respins", o.respins, "1", once.respins);
    if (o.mask_life) once.mask_life_wafers = read.number("mask-life", o.mask_life, "wafer");
    if (o.volume) once.volume = read.number("volume", o.volume, "1");
    die.one_time = once;
}

/// Units of a die; what is not given of unit area and uncore area follows from the rest of the die.
void read_units(OptionReader& read, const DieOptions& o, DieInput& die, const std::optional<std::string>& units,
                const std::optional<std::string>& spares) {
    if (!units) return;
    silicon::UnitsInput in;
    read.whole("units", units, in.units);
    read.whole("spares", spares, in.spares);
    const auto unit_area = read.number("unit-area", o.unit_area, "mm^2");
    auto uncore = read.number("uncore", o.uncore, "mm^2");
    if (const auto share = read.number("uncore-share", o.uncore_share, "1")) {
        if (*share < 0.0 || *share >= 1.0)
            read.error("E0205", fmt::format("uncore-share is {:g}, but must be at least 0 and below 1", *share));
        uncore = *share * die.area_mm2();
    }
    if (!unit_area && !uncore)
        read.error("E0302", "units: give unit-area, uncore or uncore-share as well", "e.g. --uncore-share \"40 %\"");
    const double n = std::max(in.units, 1);
    in.uncore_mm2 = uncore ? *uncore : std::max(0.0, die.area_mm2() - n * unit_area.value_or(0.0));
    in.unit_area_mm2 = unit_area ? *unit_area : (die.area_mm2() - in.uncore_mm2) / n;
    if (o.bins) {
        for (const auto& bin : parts_of(*o.bins, ',')) {
            const auto sides = parts_of(bin, ':');
            silicon::BinInput one;
            read.whole("bins", sides[0], one.most_bad);
            if (sides.size() > 1) read.number("bins", sides[1], "USD", one.price_usd);
            in.bins.push_back(one);
        }
    }
    die.units = in;
}

/// "26x16.5" or "25.5x31.9:144/12" (units/spares).
void add_die(OptionReader& read, const DieOptions& o, const DieInput& base, const std::string& text,
             std::vector<DieInput>& dies) {
    DieInput die = base;
    const auto halves = parts_of(text, ':');
    if (!read.size("size", halves[0], die.die.width_mm, die.die.height_mm)) return;
    die.name = halves[0];
    std::optional<std::string> units = o.units;
    std::optional<std::string> spares = o.spares;
    if (halves.size() > 1) {
        const auto counts = parts_of(halves[1], '/');
        units = counts[0];
        if (counts.size() > 1) spares = counts[1];
    }
    read_units(read, o, die, units, spares);
    dies.push_back(std::move(die));
}

/// The die given by sides, or by its area and aspect.
void add_described_die(OptionReader& read, const DieOptions& o, const DieInput& base, std::vector<DieInput>& dies) {
    if (!o.width && !o.height && !o.area) return;
    DieInput die = base;
    const auto width = read.number("width", o.width, "mm");
    const auto height = read.number("height", o.height, "mm");
    const auto area = read.number("area", o.area, "mm^2");
    const auto aspect = read.number("aspect", o.aspect, "1");
    if (o.area && (o.width || o.height)) read.error("E0504", "area: give either the area or the sides");
    if (area && *area <= 0.0) read.error("E0205", fmt::format("area is {:g}, but must be positive (mm^2)", *area));
    if (aspect && *aspect <= 0.0) read.error("E0205", fmt::format("aspect is {:g}, but must be positive", *aspect));
    if (o.area) {
        die.die.width_mm = std::sqrt(std::max(0.0, area.value_or(1.0) * aspect.value_or(1.0)));
        die.die.height_mm = area.value_or(1.0) / std::max(die.die.width_mm, 1e-300);
    } else {
        if (!o.width) read.error("E0302", "width is missing");
        if (!o.height) read.error("E0302", "height is missing");
        die.die.width_mm = width.value_or(1.0);
        die.die.height_mm = height.value_or(1.0);
    }
    read_units(read, o, die, o.units, o.spares);
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

void read_density(OptionReader& read, const DieOptions& o, DieInput& die, DieRequest& request) {
    if (!o.d0) return;
    request.densities_per_cm2.clear();
    const auto read_d0 = read.distribution("d0", *o.d0, "1/cm^2");
    if (!read_d0) return;
    const engine::Quantile quantile(*read_d0);
    const double factor = parse_unit("1/cm^2").unit.factor;
    die.density_per_cm2 = quantile.median() / factor;
    request.densities_per_cm2 = draws_of(quantile, factor);
}

/// The density behind a yield that somebody reported for a die of some area: it says nothing without one.
void read_reported_yield(OptionReader& read, const DieOptions& o, DieInput& die, DieRequest& request) {
    if (!o.reported_yield) return;
    if (o.d0) return read.error("E0504", "reported-yield: give either it or d0");
    const auto area = read.number("reported-area", o.reported_area, "mm^2");
    if (!o.reported_area)
        return read.error("E0302", "reported-area is missing: a reported yield means a density only with a die area",
                          "--reported-area 115, in mm^2");
    const auto reported = read.distribution("reported-yield", *o.reported_yield, "1");
    if (!area || !reported) return;
    const engine::Quantile quantile(*reported);
    const double others = silicon::compound_yield(1.0, die.systematic_yield, die.parametric_yield, 1.0);
    const auto critical = quantity(*area * die.critical_share, "mm^2"_u);
    bool sound = *area > 0.0 && die.critical_share > 0.0 && die.clustering > 0.0 && others > 0.0;
    if (!(*area > 0.0)) read.error("E0205", fmt::format("reported-area is {:g}, but must be positive (mm^2)", *area));
    const auto density = [&](double yield) {
        sound = sound && yield > 0.0 && yield <= others;
        const double random = sound ? yield / others : 1.0;
        return silicon::density_from_yield_negative_binomial(random, critical, die.clustering).in("1/cm^2"_u);
    };
    request.densities_per_cm2.clear();
    for (const double yield : draws_of(quantile, 1.0))
        request.densities_per_cm2.push_back(density(yield));
    die.density_per_cm2 = density(quantile.median());
    if (!sound)
        return read.error("E0205",
                          fmt::format("reported-yield: {} must lie above 0 and be at most {:.3g}, the systematic "
                                      "and parametric yield",
                                      *o.reported_yield, others));
    const double poisson = silicon::density_from_yield_poisson(quantile.median() / others, critical).in("1/cm^2"_u);
    request.remarks.push_back(
        fmt::format("a yield of {} on {:g} mm^2 means {:.4g} defects per cm^2 (negative binomial, "
                    "alpha {:.3g}; {:.4g} by Poisson)",
                    *o.reported_yield, *area, *die.density_per_cm2, die.clustering, poisson));
}

/// An option that would change nothing was meant to change something.
void refuse_idle_options(OptionReader& read, const DieOptions& o) {
    const auto needs = [&read](bool idle, const char* option, const char* other) {
        if (idle) read.error("E0506", fmt::format("{}: it changes nothing without {}", option, other));
    };
    needs(o.target && !o.solve, "target", "solve");
    needs(o.date && !o.process, "date", "process");
    needs(o.aspect && !o.area, "aspect", "area");
    needs(o.reported_area && !o.reported_yield, "reported-area", "reported-yield");
    needs(o.tester_rate && !o.sort_time && !o.final_time, "tester-rate", "sort-time or final-time");
    needs(o.sort_time && !o.tester_rate, "sort-time", "tester-rate");
    needs(o.final_time && !o.tester_rate, "final-time", "tester-rate");
    needs(o.volume && !o.nre && !o.mask_set && !o.process, "volume", "nre, mask-set or a process");
    const bool solves_volume = o.solve && *o.solve == "volume";
    needs(o.nre && !o.volume && !solves_volume, "nre", "volume");
}

} // namespace

DieRequest die_request(const DieOptions& options) {
    DieRequest request;
    Diagnostics diagnostics;
    OptionReader read(diagnostics);
    DieInput base;
    base.die.scribe_mm = silicon::usual_scribe_mm;
    if (options.process) take_process(*options.process, options.date, options.seed, base, request);
    read_density(read, options, base, request);
    read_process(read, options, base);
    read_reported_yield(read, options, base, request);
    read_part(read, options, base);
    read_one_time(read, options, base);
    add_described_die(read, options, base, request.dies);
    std::vector<std::string> sizes = options.sizes;
    for (const auto& list : options.compare)
        for (const auto& one : parts_of(list, ','))
            sizes.push_back(one);
    for (const auto& size : sizes)
        add_die(read, options, base, size, request.dies);
    const bool describes_units =
        options.unit_area || options.uncore || options.uncore_share || options.spares || options.bins;
    const bool has_units = std::any_of(request.dies.begin(), request.dies.end(),
                                       [](const DieInput& die) { return die.units.has_value(); });
    if (describes_units && !has_units && !diagnostics.has_errors())
        read.error("E0302", "units is missing: unit-area, uncore, spares and bins describe units of the die");
    request.target_usd = read.number("target", options.target, "USD");
    refuse_idle_options(read, options);
    if (request.dies.empty() && !diagnostics.has_errors())
        read.error("E0506", "there is no die", "give a size as 26x16.5, or --width and --height, or --area");
    if (!diagnostics.has_errors()) {
        for (const auto& die : request.dies)
            check(die, diagnostics);
    }
    if (diagnostics.has_errors()) throw InputError{diagnostics};
    return request;
}

} // namespace autarky::cli

// autarky: studies dies, and describes what was found out.
// SPDX-License-Identifier: Apache-2.0
#include "answers/die.hpp"

#include <fmt/format.h>

#include "answers/die_input.hpp"
#include "core/refuse.hpp"
#include "silicon/cost.hpp"
#include "silicon/wafer_svg.hpp"

namespace autarky::silicon {

constexpr auto describe(Type<GrossDies> /*type*/) {
    using G = GrossDies;
    return fields(
        item("area_bound", &G::area_bound, "die"_u, "Area of the wafer over that of the die"),
        item("closed_form", &G::closed_form, "die"_u, "By the formula that is used inside Monte Carlo"),
        item("die_centred", &G::die_centred, "die"_u, "A die over the middle of the wafer"),
        item("street_centred", &G::street_centred, "die"_u, "A street over the middle"),
        item("corner_centred", &G::corner_centred, "die"_u, "A corner of four dies over the middle"),
        item(
            "optimised", [](const G& g) { return g.optimised.dies; }, "die"_u, "At the best position of the grid"),
        item(
            "certified", [](const G& g) { return g.optimised.certified; }, "No position has more"),
        item(
            "offset_x_mm", [](const G& g) { return g.optimised.offset.x_mm; }, "mm"_u, "That position, to the right"),
        item("offset_y_mm", [](const G& g) { return g.optimised.offset.y_mm; }, "mm"_u, "That position, upwards"));
}

constexpr auto describe(Type<FieldResult> /*type*/) {
    using F = FieldResult;
    return fields(
        item(
            "dies", [](const F& f) { return f.fit.dies(); }, "die"_u, "Dies in a lithography field"),
        item(
            "utilisation", [](const F& f) { return f.fit.utilisation; }, "1"_u, "Share of the field that they use"),
        item("shots", &F::shots, "1"_u, "Exposures a wafer"),
        item(
            "columns", [](const F& f) { return f.fit.columns; }, "1"_u, "Columns of dies in the field"),
        item(
            "rows", [](const F& f) { return f.fit.rows; }, "1"_u, "Rows of dies in the field"),
        item(
            "turned", [](const F& f) { return f.fit.field_turned; }, "The field is turned by a quarter"),
        item("high_na_dies", &F::high_na_dies, "die"_u, "Dies in the half field of high-NA"));
}

constexpr auto describe(Type<BinResult> /*type*/) {
    using B = BinResult;
    return fields(
        item("most_bad", &B::most_bad, "1"_u, "Bad units that it may have"),
        item("share", &B::share, "1"_u, "Share of the dies"),
        item(
            "price_usd", [](const B& b) { return b.cost_usd > 0.0 ? std::optional(b.price_usd) : std::nullopt; },
            "USD"_u, "What it sells for")
            .absent_if("bins have no prices"),
        item(
            "cost_usd", [](const B& b) { return b.cost_usd > 0.0 ? std::optional(b.cost_usd) : std::nullopt; }, "USD"_u,
            "What it carries of the cost, by value")
            .absent_if("bins have no prices"));
}

constexpr auto describe(Type<Spread> /*type*/) {
    using S = Spread;
    return fields(item("mean", &S::mean, "USD"_u, "Mean"), item("p5", &S::p5, "USD"_u, "5 % lie below"),
                  item("p50", &S::p50, "USD"_u, "Median"), item("p95", &S::p95, "USD"_u, "95 % lie below"),
                  item("ratio", [](const S& s) { return s.ratio(); }, "1"_u, "95 % over 5 %: less is safer"));
}

} // namespace autarky::silicon

namespace autarky::answers {
namespace {

using silicon::CostResult;

constexpr const char* no_density = "no defect density was given";
constexpr const char* no_cost = "no density or no price was given, or there are no good dies";

using Yields = std::vector<std::pair<std::string, std::optional<double>>>;

/// Without a density every key is there and null.
Yields yields_of(const DieFindings& found) {
    const auto& known = found.result.yields;
    const auto y = known.value_or(silicon::YieldResult{});
    Yields out;
    const auto put = [&](std::string_view key, double value) {
        out.emplace_back(key, known ? std::optional(value) : std::nullopt);
    };
    for (std::size_t i = 0; i < silicon::n_yield_models; ++i)
        put(silicon::yield_model_names[i], y.by_model[i]);
    put("average", y.average);
    put("harvested", y.harvested);
    put("other", y.other);
    put("mean_faults", y.mean_faults);
    return out;
}

/// USD; none when it is not known or there are no good dies to carry it.
struct DieCosts {
    const std::optional<CostResult>* known;

    [[nodiscard]] std::optional<double> of(double CostResult::* which) const {
        return *known ? sound((**known).*which) : std::nullopt;
    }
    [[nodiscard]] std::optional<double> of(std::optional<double> CostResult::* which) const {
        return *known ? sound((**known).*which) : std::nullopt;
    }
    static std::optional<double> sound(const std::optional<double>& usd) {
        return usd && *usd < silicon::cost_without_good_dies_usd ? usd : std::nullopt;
    }
};
constexpr auto describe(Type<DieCosts> /*type*/) {
    using C = DieCosts;
    using R = CostResult;
    return fields(
        item(
            "die", [](const C& c) { return c.of(&R::die); }, "USD"_u, "A fully good die")
            .null_if(no_cost),
        item(
            "harvested_die", [](const C& c) { return c.of(&R::harvested_die); }, "USD"_u,
            "A die that ships, spares used")
            .null_if(no_cost),
        item(
            "wafer", [](const C& c) { return c.of(&R::wafer); }, "USD"_u, "A wafer, replacement of masks included")
            .null_if(no_cost),
        item(
            "known_good_die", [](const C& c) { return c.of(&R::known_good_die); }, "USD"_u,
            "A die that passed the sort")
            .null_if("nothing behind the wafer was described"),
        item(
            "part", [](const C& c) { return c.of(&R::part); }, "USD"_u, "A shipped part")
            .null_if("nothing behind the wafer was described"),
        item(
            "escapes", [](const C& c) { return *c.known ? (**c.known).escapes : std::nullopt; }, "1"_u,
            "Share of bad ones among shipped parts")
            .null_if("nothing behind the wafer was described"),
        item(
            "nre_per_part", [](const C& c) { return *c.known ? (**c.known).nre_per_part : std::nullopt; }, "USD"_u,
            "One-time cost, a part")
            .null_if("no volume was given"),
        item(
            "total", [](const C& c) { return c.of(&R::total); }, "USD"_u, "A part with one-time cost")
            .null_if("no volume was given"));
}

struct DieSpread {
    const DieFindings* found;
};
constexpr auto describe(Type<DieSpread> /*type*/) {
    using S = DieSpread;
    return fields(
        item(
            "plain", [](const S& s) { return s.found->spread->plain; }, "Cost of a good die over the densities"),
        item(
            "harvested", [](const S& s) { return s.found->spread->harvested; }, "The same with spares used"),
        item(
            "yield_model_share", [](const S& s) { return s.found->model_choice->share_of_model; }, "1"_u,
            "Share of the variance that is the choice of yield model"));
}

struct DieSolution {
    silicon::Unknown unknown;
    double target_usd;
    const silicon::Solution* solution;
};
constexpr auto describe(Type<DieSolution> /*type*/) {
    using S = DieSolution;
    return fields(
        item("unknown", &S::unknown, "What was solved for"),
        item("target_usd", &S::target_usd, "USD"_u, "Cost that it meets"),
        item(
            "value", [](const S& s) { return s.solution->value; }, "1"_u, "Defects per cm^2, USD a wafer, or parts")
            .null_if("there is none: see reason"),
        item(
            "reason", [](const S& s) -> std::string_view { return s.solution->reason; }, "Why there is none")
            .absent_if("there is one"));
}

struct DieView {
    const DieAnswer* answer;
    const DieFindings* found;
};
constexpr auto describe(Type<DieView> /*type*/) {
    using V = DieView;
    return fields(
        item(
            "width_mm", [](const V& v) { return v.found->result.input.die.width_mm; }, "mm"_u, "Width"),
        item(
            "height_mm", [](const V& v) { return v.found->result.input.die.height_mm; }, "mm"_u, "Height"),
        item(
            "area_mm2", [](const V& v) { return v.found->result.input.area_mm2(); }, "mm^2"_u, "Area"),
        item(
            "d0_per_cm2", [](const V& v) { return v.found->result.input.density_per_cm2; }, "1/cm^2"_u,
            "Defect density, its median if uncertain")
            .null_if(no_density),
        item(
            "alpha", [](const V& v) { return v.found->result.input.clustering; }, "1"_u, "Clustering of the defects"),
        item(
            "gross_dies", [](const V& v) { return v.found->result.gross; }, "Dies a wafer, by convention"),
        item(
            "field", [](const V& v) { return v.found->result.field; }, "Dies in a lithography field"),
        item(
            "yield", [](const V& v) { return yields_of(*v.found); }, "1"_u,
            "Yields of random defects by model, their average, with spares used, and all other yields; mean_faults: "
            "faults on a die")
            .null_if(no_density),
        item(
            "good_dies", [](const V& v) { return v.found->result.good_dies; }, "die"_u, "Good dies a wafer")
            .null_if(no_density),
        item(
            "harvested_dies", [](const V& v) { return v.found->result.harvested_dies; }, "die"_u,
            "Dies a wafer that ship, spares used")
            .null_if(no_density),
        item(
            "bins",
            [](const V& v) {
                return v.found->result.yields ? v.found->result.yields->bins : std::vector<silicon::BinResult>();
            },
            "Products by most bad units"),
        item(
            "cost", [](const V& v) { return DieCosts{&v.found->result.cost}; }, "Cost"),
        item(
            "spread", [](const V& v) { return v.found->spread ? std::optional(DieSpread{v.found}) : std::nullopt; },
            "Cost under an uncertain density")
            .absent_if("the density is certain, or there is no cost"),
        item(
            "solve",
            [](const V& v) {
                return v.found->solution
                           ? std::optional(DieSolution{*v.answer->unknown, v.answer->target_usd, &*v.found->solution})
                           : std::nullopt;
            },
            "What was solved for")
            .absent_if("nothing was"));
}

std::vector<DieView> views_of(const DieAnswer& answer) {
    std::vector<DieView> out;
    for (const auto& found : answer.dies)
        out.push_back({&answer, &found});
    return out;
}

DieFindings find_out(const silicon::DieInput& input, const DieDensities& densities, const DieQuestion& question) {
    DieFindings findings;
    silicon::DieInput die = input;
    if (question.solve) {
        const auto missing = [&](bool is_missing, std::string_view field) {
            if (is_missing) refuse_field("solve", "E0506", fmt::format("it needs {}", field_mark(field)));
        };
        missing(*question.solve != silicon::Unknown::density && !die.density_per_cm2, "d0");
        missing(*question.solve != silicon::Unknown::wafer_price && !die.wafer_price_usd, "wafer_price");
        missing(*question.solve == silicon::Unknown::volume && !die.one_time, "nre");
        // A volume is put in so that one-time cost counts; solving replaces it.
        if (*question.solve == silicon::Unknown::volume && !die.one_time->volume) die.one_time->volume = 1e6;
    }
    findings.result = silicon::study(input);
    if (question.solve)
        findings.solution = silicon::solve(silicon::study(die), *question.solve, *question.target, true);
    if (findings.result.cost && !densities.per_cm2.empty()) {
        findings.spread = silicon::cost_spread(findings.result, densities.per_cm2);
        findings.model_choice = silicon::cost_model_choice(findings.result, densities.per_cm2);
    }
    return findings;
}

} // namespace

/// One object for one die; an object with `dies` for several.
constexpr auto describe(Type<DieAnswer> /*type*/) {
    using A = DieAnswer;
    return fields(
        item(
            "die", [](const A& a) { return a.dies.size() == 1 ? std::optional(views_of(a).front()) : std::nullopt; },
            "The die, its items one level up")
            .merged_if("there are several"),
        item(
            "dies", [](const A& a) { return a.dies.size() == 1 ? std::vector<DieView>() : views_of(a); }, "The dies")
            .absent_if("there is only one"),
        item("remarks", &A::remarks, "What was taken from where").absent_if("nothing was"));
}

DieAnswer die(const Catalogue& catalogue, const DieQuestion& question, const Watch& /*watch*/) {
    if (question.solve && !(question.target.value_or(0.0) > 0.0))
        refuse_field("solve", "E0506", fmt::format("it needs a positive {}", field_mark("target")));
    DieDensities densities;
    const auto dies = dies_of(catalogue, question, densities);
    DieAnswer out{{}, std::move(densities.remarks), question.solve, question.target.value_or(0.0), question.seed};
    for (const auto& input : dies)
        out.dies.push_back(find_out(input, densities, question));
    return out;
}

std::string picture(const DieAnswer& answer) {
    constexpr int most_drawn = 50'000;
    const auto& first = answer.dies.front().result;
    if (first.gross.optimised.dies > most_drawn)
        refuse({}, "E0504", fmt::format("{} dies are too many to draw", first.gross.optimised.dies));
    return silicon::wafer_svg(first, answer.seed);
}

const Entry die_entry =
    entry_of<&die, DieQuestion, DieAnswer>("", "die", "Dies per wafer, fields, yield, bins and cost of a die");

} // namespace autarky::answers

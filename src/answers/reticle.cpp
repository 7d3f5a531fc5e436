// autarky: studies reticles of several designs.
// SPDX-License-Identifier: Apache-2.0
#include "answers/reticle.hpp"

#include <fmt/format.h>

#include <numeric>

#include "answers/die.hpp"
#include "answers/quantity.hpp"
#include "core/refuse.hpp"
#include "show/figure_text.hpp"
#include "show/table.hpp"
#include "silicon/yield.hpp"

namespace autarky::silicon {

constexpr auto describe(Type<ReticlePlace> /*type*/) {
    using P = ReticlePlace;
    return fields(item("design", &P::design, "1"_u, "Which design, from 0"),
                  item("x_mm", &P::x_mm, "mm"_u, "Left edge"), item("y_mm", &P::y_mm, "mm"_u, "Lower edge"),
                  item("width_mm", &P::width_mm, "mm"_u, "Width as it lies"),
                  item("height_mm", &P::height_mm, "mm"_u, "Height as it lies"));
}

} // namespace autarky::silicon

namespace autarky::answers {
namespace {

using silicon::DieInput;
using silicon::ReticleDesign;

/// "8x6" or "8x6*2".
void add_design(const std::string& text, std::vector<ReticleDesign>& designs, Diagnostics& findings) {
    constexpr int most_copies = 10'000;
    const auto parts = parts_of(text, '*');
    const auto sides = sides_from(parts[0], "design", findings);
    if (!sides) return;
    ReticleDesign design{text, sides->width, sides->height};
    if (!(design.width_mm > 0.0 && design.height_mm > 0.0))
        return findings.error_in("design", "E0205", fmt::format("'{}' has a side of nothing", text), "such as 8x6*2");
    if (parts.size() > 2)
        return findings.error_in("design", "E0201", fmt::format("'{}' is no WIDTHxHEIGHT*COUNT", text));
    if (parts.size() > 1) {
        const auto copies = whole_from(parts[1], "design", findings);
        if (!copies) return;
        if (*copies < 1 || *copies > most_copies)
            return findings.error_in("design", "E0205", fmt::format("'{}' has {} dies a field", text, *copies),
                                     fmt::format("1 to {}", most_copies));
        design.copies = *copies;
    }
    designs.push_back(std::move(design));
}

silicon::FieldShape field_of(const std::string& text, Diagnostics& findings) {
    if (text == "high-na") return silicon::high_na_field;
    if (text.empty()) return silicon::full_field;
    const auto sides = sides_from(text, "field", findings);
    return sides ? silicon::FieldShape{sides->width, sides->height} : silicon::full_field;
}

template <class T, class To> void take(const std::optional<T>& given, To& to) {
    if (given) to = *given;
}

/// What all designs share: wafer, street, defects, prices.
DieInput common_of(const Catalogue& catalogue, const ReticleQuestion& q, std::vector<std::string>& remarks) {
    DieInput common;
    common.die.scribe_mm = silicon::usual_scribe_mm;
    if (!q.process.empty()) remarks.push_back(take_process(catalogue, q.process, q.date, 1, common).remark);
    take(q.wafer, common.wafer.diameter_mm);
    take(q.edge, common.wafer.edge_exclusion_mm);
    take(q.scribe, common.die.scribe_mm);
    take(q.d0, common.density_per_cm2);
    take(q.alpha, common.clustering);
    take(q.wafer_price, common.wafer_price_usd);
    if (q.mask_set) common.one_time = silicon::OneTimeInput{.mask_set_usd = q.mask_set};
    if (!(common.wafer.usable_radius_mm() > 0.0)) refuse_field("edge", "E0401", "it leaves nothing of the wafer");
    return common;
}

/// Yield, good dies and cost of a row whose dies are counted.
void add_cost(ReticleRow& row, const DieInput& common, const std::optional<double>& wafers) {
    const double area = row.design.width_mm * row.design.height_mm;
    if (common.density_per_cm2) {
        row.yield = silicon::yield_negative_binomial(quantity(area, "mm^2"_u),
                                                     quantity(*common.density_per_cm2, "1/cm^2"_u), common.clustering) *
                    common.line_yield * common.parametric_yield;
        row.good_dies = row.dies * *row.yield;
    }
    if (common.wafer_price_usd) row.wafer_usd = *common.wafer_price_usd * row.share;
    if (common.one_time && common.one_time->mask_set_usd) row.mask_usd = *common.one_time->mask_set_usd * row.share;
    if (!row.good_dies || !row.wafer_usd || !(*row.good_dies > 0.0)) return;
    const double masks = wafers && row.mask_usd ? *row.mask_usd / *wafers : 0.0;
    row.good_die_usd = (*row.wafer_usd + masks) / *row.good_dies;
}

constexpr std::string_view no_density = "no defect density is given", no_price = "no wafer price is given";

} // namespace

constexpr auto describe(Type<ReticleRow> /*type*/) {
    using R = ReticleRow;
    return fields(
        item(
            "width_mm", [](const R& r) { return r.design.width_mm; }, "mm"_u, "Width"),
        item(
            "height_mm", [](const R& r) { return r.design.height_mm; }, "mm"_u, "Height"),
        item(
            "in_field", [](const R& r) { return r.design.copies; }, "die"_u, "Dies of it a field"),
        item("dies", &R::dies, "die"_u, "Whole dies of it a wafer"),
        item("share", &R::share, "1"_u, "Of the area of all dies, and so of wafer and masks"),
        item("yield", &R::yield, "1"_u, "Share that is good").absent_if(no_density.data()),
        item("good_dies", &R::good_dies, "die"_u, "Good ones a wafer").absent_if(no_density.data()),
        item("wafer_usd", &R::wafer_usd, "USD"_u, "Its share of a wafer").absent_if(no_price.data()),
        item("mask_usd", &R::mask_usd, "USD"_u, "Its share of the mask set").absent_if("no mask set is given"),
        item("good_die_usd", &R::good_die_usd, "USD"_u, "Of one good die, with masks where wafers are given")
            .absent_if("density or price is not given, or no die is whole"));
}

constexpr auto describe(Type<ReticleAnswer> /*type*/) {
    using A = ReticleAnswer;
    return fields(item("designs", &A::rows, "Designs, in the order of the question"),
                  item(
                      "places", [](const A& a) { return a.layout.places; }, "Where their dies lie in the field"),
                  item(
                      "exposed_width_mm", [](const A& a) { return a.layout.width_mm; }, "mm"_u, "Of what is exposed"),
                  item(
                      "exposed_height_mm", [](const A& a) { return a.layout.height_mm; }, "mm"_u, "Of what is exposed"),
                  item("field_used", &A::field_used, "1"_u, "Share of the field that dies cover"),
                  item("remarks", &A::remarks, "What was taken from where, what is assumed"));
}

ReticleAnswer reticle(const Catalogue& catalogue, const ReticleQuestion& q, const Watch& /*watch*/) {
    Diagnostics findings;
    std::vector<ReticleDesign> designs;
    for (const auto& text : q.design)
        add_design(text, designs, findings);
    const auto field = field_of(q.field, findings);
    if (findings.has_errors()) throw InputError{std::move(findings)};
    ReticleAnswer out;
    const auto common = common_of(catalogue, q, out.remarks);
    out.layout = silicon::lay_out_reticle(designs, field, common.die.scribe_mm);
    const double area = std::accumulate(designs.begin(), designs.end(), 0.0, [](double sum, const ReticleDesign& d) {
        return sum + d.width_mm * d.height_mm * d.copies;
    });
    if (out.layout.places.empty())
        refuse_field("design", "E0401",
                     fmt::format("no layout in shelves fits {:.4g} mm^2 of dies into a field of {:g} x {:g} mm", area,
                                 field.width_mm, field.height_mm),
                     "fewer dies a field, or smaller ones");
    out.field_used = area / field.area_mm2();
    const auto dies = silicon::dies_of_each(out.layout, designs.size(), common.wafer, common.die.scribe_mm);
    for (std::size_t i = 0; i < designs.size(); ++i) {
        const auto& d = designs[i];
        auto& row = out.rows.emplace_back(ReticleRow{d, dies[i], d.width_mm * d.height_mm * d.copies / area});
        add_cost(row, common, q.wafers);
    }
    out.remarks.emplace_back("wafer and masks are shared by area; every die counts as if it can be sawn free of its "
                             "neighbours, which one plan of straight cuts may not do for all");
    if (q.wafers && !(common.one_time && common.one_time->mask_set_usd))
        refuse_field("wafers", "E0506", "there is no mask set to spread over them");
    return out;
}

std::string text(const ReticleAnswer& a, const show::Page& page) {
    std::string out = fmt::format("{:.4g} x {:.4g} mm exposed, dies cover {} of the field\n\n", a.layout.width_mm,
                                  a.layout.height_mm, show::share_text(a.field_used));
    show::Sheet sheet(
        {"<design", "a field", "a wafer", "good %", "good dies", "share %", "USD a good die", "masks MUSD"});
    const auto maybe = [](const std::optional<double>& x, double unit, const char* format) {
        return x ? fmt::format(fmt::runtime(format), *x * unit) : std::string("-");
    };
    for (const auto& r : a.rows)
        sheet.row({fmt::format("{:g}x{:g}", r.design.width_mm, r.design.height_mm), fmt::format("{}", r.design.copies),
                   fmt::format("{}", r.dies), maybe(r.yield, 100.0, "{:.1f}"), maybe(r.good_dies, 1.0, "{:.1f}"),
                   fmt::format("{:.1f}", 100.0 * r.share), maybe(r.good_die_usd, 1.0, "{:.2f}"),
                   maybe(r.mask_usd, 1e-6, "{:.3f}")});
    out += sheet.text(page, 0, 2) + "\n";
    for (const auto& remark : a.remarks)
        out += show::wrapped(remark, page.width, 2) + "\n";
    return out;
}

const Entry reticle_entry = entry_of<&reticle, ReticleQuestion, ReticleAnswer>(
    "", "reticle", "Several designs in one reticle: dies of each a wafer, and what each pays");

} // namespace autarky::answers

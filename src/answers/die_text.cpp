// autarky: the results of the command `die` as a table.
// SPDX-License-Identifier: Apache-2.0
#include "answers/die.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "show/table.hpp"
#include "show/text.hpp"
#include "silicon/cost.hpp"

namespace autarky::answers {
namespace {

using silicon::DieResult;
using Row = std::pair<std::string, std::string>;

/// What was asked to be solved for.
struct Solved {
    std::string unknown; ///< d0, price, volume; empty: nothing
    double target_usd = 0.0;
};

/// A price of a piece: to the cent below 1,000, and never in thousands or millions of dollars, as `show::money` would have it.
std::string money(double usd) {
    if (usd >= silicon::cost_without_good_dies_usd) return "no good dies";
    return usd < 1000.0 ? fmt::format("{:.2f} USD", usd) : fmt::format("{:.0f} USD", usd);
}
std::string percent(double share) { return fmt::format("{:.2f} %", 100.0 * share); }

std::string section(const show::Page& page, const std::string& title, const std::vector<Row>& rows) {
    if (rows.empty()) return {};
    std::string out = show::inked(page, show::Ink::bold, title) + "\n";
    for (const auto& [label, value] : rows)
        out += fmt::format("  {}  {}\n", show::left(label, 36), show::hanging(value, page.width, 40));
    return out + "\n";
}

std::string field_text(const DieResult& r) {
    const auto& fit = r.field.fit;
    std::string text = fmt::format("{} ({} x {}{}), {:.1f} % used", fit.dies(), fit.columns, fit.rows,
                                   fit.field_turned ? ", field turned" : "", 100.0 * fit.utilisation);
    const auto& gain = r.field.gain;
    if (gain.dies > fit.dies()) {
        const bool narrower = gain.shrink_width_mm > 0.0 &&
                              (gain.shrink_height_mm <= 0.0 || gain.shrink_width_mm <= gain.shrink_height_mm);
        text += fmt::format("; {} if it were {:.3g} mm {}", gain.dies,
                            narrower ? gain.shrink_width_mm : gain.shrink_height_mm, narrower ? "narrower" : "lower");
    }
    return text;
}

std::vector<Row> yield_rows(const DieResult& r) {
    std::vector<Row> rows;
    const auto& y = *r.yields;
    rows.emplace_back("mean faults on a die", fmt::format("{:.4f}", y.mean_faults));
    for (std::size_t i = 0; i < silicon::n_yield_models; ++i) {
        std::string name(silicon::yield_model_names[i]);
        std::replace(name.begin(), name.end(), '_', ' ');
        if (i + 1 == silicon::n_yield_models) name += fmt::format(" (alpha {:.3g})", r.input.clustering);
        rows.emplace_back(name, percent(y.by_model[i]));
    }
    rows.emplace_back("average of the seven", percent(y.average));
    if (r.input.units) {
        const auto& units = *r.input.units;
        rows.emplace_back(fmt::format("harvested, {} of {} units", units.units - units.spares, units.units),
                          percent(y.harvested));
    }
    if (y.other < 1.0) rows.emplace_back("line, systematic, parametric", percent(y.other));
    return rows;
}

std::vector<Row> bin_rows(const DieResult& r) {
    std::vector<Row> rows;
    int from = 0;
    for (const auto& bin : r.yields->bins) {
        std::string value = percent(bin.share);
        if (bin.cost_usd > 0.0)
            value += fmt::format(", sells for {}, carries {}", money(bin.price_usd), money(bin.cost_usd));
        const std::string range =
            from == bin.most_bad ? std::to_string(from) : fmt::format("{} to {}", from, bin.most_bad);
        rows.emplace_back(range + " bad units", value);
        from = bin.most_bad + 1;
    }
    return rows;
}

std::vector<Row> cost_rows(const DieResult& r) {
    std::vector<Row> rows;
    const auto& c = *r.cost;
    rows.emplace_back("wafer", money(c.wafer));
    rows.emplace_back("good die", money(c.die));
    if (r.input.units) rows.emplace_back("die that ships, spares used", money(c.harvested_die));
    if (c.known_good_die) rows.emplace_back("die that passed sort", money(*c.known_good_die));
    if (c.part) rows.emplace_back("shipped part", money(*c.part));
    if (c.escapes) rows.emplace_back("bad among shipped parts", fmt::format("{:.0f} ppm", 1e6 * *c.escapes));
    if (c.nre_per_part) rows.emplace_back("one-time cost, a part", money(*c.nre_per_part));
    if (c.total) rows.emplace_back("with one-time cost", money(*c.total));
    return rows;
}

std::string spread_text(const silicon::Spread& s) {
    return fmt::format("{} (5 % {}, 95 % {}, ratio {:.2f})", money(s.p50), money(s.p5), money(s.p95), s.ratio());
}

std::string solved_value(const std::string& unknown, double value) {
    if (unknown == "d0") return fmt::format("{:.5g} defects per cm^2", value);
    if (unknown == "price") return money(value) + " a wafer";
    return fmt::format("{:.0f} parts", value);
}

std::string solution_text(const DieFindings& f, const Solved& solved) {
    return f.solution->value ? solved_value(solved.unknown, *f.solution->value) : "none: " + f.solution->reason;
}

std::string die_table(const show::Page& page, const DieFindings& findings, const Solved& solved) {
    const DieResult& r = findings.result;
    const auto& g = r.gross;
    std::string out = show::inked(page, show::Ink::bold,
                                  fmt::format("{:g} x {:g} mm, {:g} mm^2", r.input.die.width_mm, r.input.die.height_mm,
                                              r.input.area_mm2())) +
                      fmt::format(" on a {:g} mm wafer, edge {:g} mm, street {:g} mm\n\n", r.input.wafer.diameter_mm,
                                  r.input.wafer.edge_exclusion_mm, r.input.die.scribe_mm);
    out += section(page, "Dies a wafer",
                   {{"area bound", fmt::format("{:.2f}", g.area_bound)},
                    {"closed form", fmt::format("{:.2f}", g.closed_form)},
                    {"die-centred", std::to_string(g.die_centred)},
                    {"street-centred", std::to_string(g.street_centred)},
                    {"corner-centred", std::to_string(g.corner_centred)},
                    {"optimised",
                     fmt::format("{}{}", g.optimised.dies, g.optimised.certified ? "" : " (scanned, not certified)")}});
    out += section(page, "Lithography",
                   {{"dies a field", field_text(r)},
                    {"shots a wafer", std::to_string(r.field.shots)},
                    {"dies in a 26 x 16.5 mm half field", std::to_string(r.field.high_na_dies)}});
    if (r.yields) {
        out += section(page, "Yield", yield_rows(r));
        out += section(page, "Bins", bin_rows(r));
        std::vector<Row> good{{"good dies a wafer", fmt::format("{:.2f}", *r.good_dies)}};
        if (r.input.units) good.emplace_back("dies that ship, spares used", fmt::format("{:.2f}", *r.harvested_dies));
        out += section(page, "Good dies", good);
    }
    if (r.cost) out += section(page, "Cost", cost_rows(r));
    if (findings.spread) {
        std::vector<Row> rows{{"cost under the uncertain density", spread_text(findings.spread->plain)}};
        if (r.input.units) rows.emplace_back("the same with spares used", spread_text(findings.spread->harvested));
        rows.emplace_back("of its spread, choice of yield model", percent(findings.model_choice->share_of_model));
        out += section(page, "Spread", rows);
    }
    if (findings.solution)
        out += section(page, fmt::format("Cost of {}", money(solved.target_usd)),
                       {{solved.unknown, solution_text(findings, solved)}});
    out.pop_back();
    return out;
}

std::string die_comparison(const show::Page& page, const std::vector<DieFindings>& findings, const Solved& solved) {
    using Cell = std::function<std::string(const DieFindings&)>;
    const bool has_yield = findings.front().result.yields.has_value();
    const bool has_cost = findings.front().result.cost.has_value();
    const bool has_spread = findings.front().spread.has_value();
    const bool has_units = std::any_of(findings.begin(), findings.end(),
                                       [](const DieFindings& f) { return f.result.input.units.has_value(); });
    std::vector<std::pair<std::string, Cell>> rows{
        {"area, mm^2", [](const DieFindings& f) { return fmt::format("{:g}", f.result.input.area_mm2()); }},
        {"dies a wafer, closed form",
         [](const DieFindings& f) { return fmt::format("{:.1f}", f.result.gross.closed_form); }},
        {"dies a wafer, optimised", [](const DieFindings& f) { return std::to_string(f.result.gross.optimised.dies); }},
        {"dies a field", [](const DieFindings& f) { return std::to_string(f.result.field.fit.dies()); }},
        {"field used", [](const DieFindings& f) { return percent(f.result.field.fit.utilisation); }},
        {"shots a wafer", [](const DieFindings& f) { return std::to_string(f.result.field.shots); }}};
    if (has_yield) {
        rows.emplace_back("yield, negative binomial",
                          [](const DieFindings& f) { return percent(f.result.yields->by_model.back()); });
        rows.emplace_back("good dies a wafer",
                          [](const DieFindings& f) { return fmt::format("{:.1f}", *f.result.good_dies); });
        if (has_units) {
            rows.emplace_back("yield, harvested",
                              [](const DieFindings& f) { return percent(f.result.yields->harvested); });
            rows.emplace_back("dies that ship",
                              [](const DieFindings& f) { return fmt::format("{:.1f}", *f.result.harvested_dies); });
        }
    }
    if (has_cost)
        rows.emplace_back("cost of a good die", [](const DieFindings& f) { return money(f.result.cost->die); });
    if (has_cost && has_units)
        rows.emplace_back("cost of a die that ships",
                          [](const DieFindings& f) { return money(f.result.cost->harvested_die); });
    const auto add_if_known = [&](const std::string& label, std::optional<double> silicon::CostResult::* which) {
        if (has_cost && ((*findings.front().result.cost).*which))
            rows.emplace_back(label, [which](const DieFindings& f) { return money(*((*f.result.cost).*which)); });
    };
    add_if_known("shipped part", &silicon::CostResult::part);
    add_if_known("with one-time cost", &silicon::CostResult::total);
    const auto add_spread = [&rows](const std::string& of, silicon::Spread silicon::CostSpread::* which) {
        rows.emplace_back(of + ", 5 %", [which](const DieFindings& f) { return money((*f.spread.*which).p5); });
        rows.emplace_back(of + ", median", [which](const DieFindings& f) { return money((*f.spread.*which).p50); });
        rows.emplace_back(of + ", 95 %", [which](const DieFindings& f) { return money((*f.spread.*which).p95); });
        rows.emplace_back(of + ", 95 % over 5 %",
                          [which](const DieFindings& f) { return fmt::format("{:.2f}", (*f.spread.*which).ratio()); });
    };
    if (has_spread) add_spread("cost", &silicon::CostSpread::plain);
    if (has_spread && has_units) add_spread("cost, harvested", &silicon::CostSpread::harvested);
    if (has_spread)
        rows.emplace_back("spread due to yield model",
                          [](const DieFindings& f) { return percent(f.model_choice->share_of_model); });
    if (findings.front().solution)
        rows.emplace_back(fmt::format("{} for {}", solved.unknown, money(solved.target_usd)),
                          [&solved](const DieFindings& f) { return solution_text(f, solved); });

    show::TableColumn labels{"", {}, true, false};
    for (const auto& [label, cell] : rows)
        labels.cells.push_back(label);
    std::vector<show::ColumnGroup> groups{{"", "", {std::move(labels)}}};
    for (const auto& f : findings) {
        show::TableColumn column{
            fmt::format("{:g}x{:g}", f.result.input.die.width_mm, f.result.input.die.height_mm), {}, false, false};
        for (const auto& [label, cell] : rows)
            column.cells.push_back(cell(f));
        groups.push_back({"", "", {std::move(column)}});
    }
    return show::table_text(page, groups, 0);
}

} // namespace

std::string text(const DieAnswer& answer, const show::Page& page) {
    const Solved solved{answer.unknown
                            ? std::string(choices(Type<silicon::Unknown>{})[static_cast<std::size_t>(*answer.unknown)])
                            : std::string(),
                        answer.target_usd};
    std::string out;
    for (const auto& remark : answer.remarks)
        out += show::wrapped(remark, page.width, 2) + "\n\n";
    return out + (answer.dies.size() == 1 ? die_table(page, answer.dies.front(), solved)
                                          : die_comparison(page, answer.dies, solved));
}

} // namespace autarky::answers

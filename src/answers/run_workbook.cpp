// autarky: a run as a workbook: verdict, bands, where cost and cash come from, drivers, and what it all rests on.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "answers/audit.hpp"
#include "answers/session.hpp"
#include "answers/sources.hpp"
#include "answers/workbook.hpp"
#include "show/sheet_collector.hpp"

namespace autarky::answers {
namespace {

using namespace analysis;
using Cell = show::WorkbookCell;
using Row = std::vector<Cell>;

Row headings(std::initializer_list<const char*> names) {
    Row out;
    for (const auto* name : names)
        out.push_back(Cell::of(name, Cell::Look::heading));
    return out;
}

constexpr auto share = Cell::Look::share;

/// What a reader opens the workbook for comes first: the verdict, the probability, the value; then what was run.
show::WorkbookSheet verdict_sheet(const Summary& s) {
    show::WorkbookSheet out{"Verdict", {44.0, 20.0, 18.0, 18.0, 18.0, 18.0, 18.0, 18.0}, {}, false};
    const auto line = [&](const char* what, Cell cell) {
        out.rows.push_back({Cell::of(what, Cell::Look::heading), std::move(cell)});
    };
    const auto& f = s.frame;
    const auto& v = s.verdict;
    out.rows.push_back({Cell::of(sentence(v), Cell::Look::title)});
    out.rows.push_back({Cell::of(f.title)});
    out.rows.emplace_back();
    if (!v.is_empty) {
        line("probability that making pays, at least", Cell::of(v.p_make_low, share));
        line("probability that making pays, at most", Cell::of(v.p_make_high, share));
        line("its standard error, of sampling", Cell::of(v.p_make_error, share));
        line("value with every input at its median, USD", Cell::of(f.median_case_usd));
        out.rows.emplace_back();
        out.rows.push_back(headings(
            {"value of making against buying, USD", "mean", "standard error", "5 %", "25 %", "50 %", "75 %", "95 %"}));
        const auto band = [&](std::string what, const ValueBand& b) {
            out.rows.push_back({Cell::of(std::move(what)), Cell::of(b.mean), Cell::of(b.standard_error),
                                Cell::of(b.p05), Cell::of(b.p25), Cell::of(b.p50), Cell::of(b.p75), Cell::of(b.p95)});
        };
        band("to " + f.quarters.back(), v.npv);
        band("with a fading tail behind it", v.npv_with_tail);
        out.rows.emplace_back();
    }
    line("scenario", Cell::of(f.scenario));
    line("variant", Cell::of(f.variant.empty() ? "as it stands" : f.variant));
    for (const auto& set : f.sets)
        line("with", Cell::of(set));
    line("samples", Cell::of(static_cast<double>(s.result.samples)));
    line("failed samples", Cell::of(static_cast<double>(s.result.failed)));
    line("seed", Cell::of(static_cast<double>(s.result.seed)));
    line("engine", Cell::of(s.result.engine_version));
    line("inputs (hash)", Cell::of(f.sha256));
    line("result (hash)", Cell::of(s.result.hash));
    return out;
}

/// A row for each metric and quarter, as other tools filter them.
show::WorkbookSheet bands_sheet(const Summary& s) {
    show::WorkbookSheet out{"Bands", {30.0, 16.0, 10.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0, 10.0, 60.0}, {}};
    out.rows.push_back(headings(
        {"metric", "unit", "quarter", "mean", "5 %", "25 %", "50 %", "75 %", "95 %", "does not exist", "what it is"}));
    for (const auto& metric : s.frame.metrics) {
        if (!metric.is_shown) continue;
        for (std::size_t q = 0; q < metric.count; ++q) {
            const auto band = s.band(metric, q);
            out.rows.push_back({Cell::of(metric.id), Cell::of(metric.unit),
                                Cell::of(metric.quarterly ? s.frame.quarters[q] : "whole run"), Cell::of(band.mean),
                                Cell::of(band.p05), Cell::of(band.p25), Cell::of(band.p50), Cell::of(band.p75),
                                Cell::of(band.p95), metric.may_be_none ? Cell::of(band.none_share, share) : Cell{},
                                Cell::of(metric.doc)});
        }
    }
    return out;
}

/// From the good die to the device, and the cash of both worlds: means, a quarter a row.
show::WorkbookSheet decomposition_sheet(const Summary& s) {
    static constexpr std::array shown{"silicon.yield",
                                      "silicon.good_die_cost",
                                      "chip.unit_cost",
                                      "compute.own_chips",
                                      "compute.memory_cost",
                                      "compute.own_cost",
                                      "merchant.price",
                                      "compute.merchant_chips",
                                      "compute.merchant_price",
                                      "compute.merchant_cost",
                                      "foundry.wafers",
                                      "foundry.chips",
                                      "cash.make",
                                      "cash.buy",
                                      "npv.make_vs_buy"};
    show::WorkbookSheet out{"Decomposition", {10.0}, {}};
    std::vector<const FrameMetric*> metrics;
    Row head = headings({"means"});
    for (const auto* id : shown)
        if (const auto* metric = s.frame.find(id); metric != nullptr && metric->quarterly) {
            metrics.push_back(metric);
            head.push_back(Cell::of(fmt::format("{}, {}", metric->id, metric->unit), Cell::Look::heading));
            out.widths.push_back(26.0);
        }
    out.rows.push_back(std::move(head));
    for (std::size_t q = 0; q < s.frame.quarters.size(); ++q) {
        Row row{Cell::of(s.frame.quarters[q])};
        for (const auto* metric : metrics)
            row.push_back(Cell::of(s.band(*metric, q).mean));
        out.rows.push_back(std::move(row));
    }
    return out;
}

show::WorkbookSheet drivers_sheet(const Summary& s) {
    show::WorkbookSheet out{"Drivers", {44.0, 14.0, 14.0, 24.0, 20.0, 20.0, 60.0}, {}};
    out.rows.push_back(headings({"input or group", "share of the variance", "standard error", "a rise of",
                                 "changes the value by, USD", "standard error, USD", "members"}));
    for (const auto& driver : s.drivers) {
        const auto& what = *driver.what;
        out.rows.push_back({Cell::of(what.name), Cell::of(driver.share, share), Cell::of(driver.standard_error, share),
                            Cell::of(what.rise.empty() ? "luck" : what.rise), Cell::of(what.rise_usd),
                            what.rise_error_usd > 0.0 ? Cell::of(what.rise_error_usd) : Cell{},
                            Cell::of(what.members.size() > 1 ? fmt::format("{}", fmt::join(what.members, ", ")) : "")});
    }
    out.rows.push_back({Cell::of("not explained by any single input"), Cell::of(s.result.unexplained, share)});
    out.rows.emplace_back();
    out.rows.push_back(headings({"support", "share of the variance", "numbers", "uncertain ones"}));
    for (std::size_t k = 0; k < n_classes; ++k)
        out.rows.push_back({Cell::of(std::string(class_names[k])), Cell::of(s.variance[k], share),
                            Cell::of(s.frame.numbers[k]), Cell::of(s.frame.uncertain[k])});
    return out;
}

/// What another question answers about the same scenario, a sheet a table.
std::vector<show::WorkbookSheet> answered(const Entry& entry, const Catalogue& catalogue, const ScenarioChoice& choice,
                                          Given more, const Watch& watch) {
    more.emplace_back("scenario", Value{choice.scenario});
    for (const auto& variant : choice.variant)
        more.emplace_back("variant", Value{variant});
    for (const auto& set : choice.set)
        more.emplace_back("set", Value{set});
    show::SheetCollector collector;
    const auto reply = entry.ask(entry, catalogue, more, watch);
    reply.walk(collector);
    return std::move(collector).sheets(reply.shape());
}

void add_table(show::Workbook& workbook, std::vector<show::WorkbookSheet> sheets, const std::string& table,
               const std::string& name) {
    for (auto& sheet : sheets)
        if (sheet.name == table) {
            sheet.name = name;
            workbook.sheets.push_back(std::move(sheet));
        }
}

} // namespace

show::Workbook run_workbook(const RunAnswer& answer) {
    const auto& s = answer.summary;
    show::Workbook out;
    out.sheets.push_back(verdict_sheet(s));
    if (s.verdict.is_empty) return out;
    out.sheets.push_back(bands_sheet(s));
    out.sheets.push_back(decomposition_sheet(s));
    out.sheets.push_back(drivers_sheet(s));
    return out;
}

show::Workbook whole_run_workbook(const Catalogue& catalogue, const RunQuestion& question, const RunAnswer& answer,
                                  const Watch& watch) {
    auto out = run_workbook(answer);
    const auto inputs = answered(sources_entry, catalogue, question, {}, watch);
    add_table(out, inputs, "inputs", "Inputs");
    add_table(out, inputs, "sources", "Sources");
    if (Session::open(question)->loaded().claims.empty()) return out;
    add_table(out, answered(audit_entry, catalogue, question, {{"seed", Value{question.seed}}}, watch), "claims",
              "Claims");
    return out;
}

} // namespace autarky::answers

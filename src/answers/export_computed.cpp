// autarky: judges chips that are computed here.
// SPDX-License-Identifier: Apache-2.0
#include "answers/export_computed.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "compute/mapping/equivalence.hpp"
#include "core/calendar.hpp"
#include "core/refuse.hpp"
#include "show/figure_text.hpp"
#include "show/table.hpp"

namespace autarky::answers {
namespace {

using namespace market::licensing;

/// Foundries left planar transistors behind 20 nm: 16 and 14 nm are FinFETs.
constexpr int first_planar_nm = 20;

double area_of(const compute::Accelerator<double>& chip) { return compute::die_area_of(chip).in("mm^2"_u); }

/// The weakest grade of what decides: peak, area, memory. Other inputs of a chip are nothing that rules look at.
Grade grade_of(const design::ChipEntry& chip) {
    Grade out = Grade::filing;
    for (const auto& row : chip.inputs.rows) {
        const auto key = std::string_view(row.path).substr(row.path.rfind('.') + 1);
        const bool decides = key == "clock" || key == "die_area" || key == "dram_bandwidth" || key.starts_with("rate_");
        if (decides && !row.is_default) out = std::max(out, row.grade);
    }
    return out;
}

} // namespace

Commodity commodity_of(const compute::Accelerator<double>& chip, double area_mm2) {
    Commodity out;
    out.name = out.title = chip.title;
    for (std::size_t i = 0; i < compute::precision_names.size(); ++i) {
        const auto precision = static_cast<compute::Precision>(i);
        const double tops = compute::dense_peak(chip, precision).in("TOPS"_u);
        if (tops > 0.0)
            out.rates.push_back({std::string(compute::precision_names[i]),
                                 static_cast<double>(compute::precision_bits(precision)), tops});
    }
    out.is_planar = chip.node >= first_planar_nm;
    if (!out.is_planar) out.area_mm2 = area_mm2;
    out.memory_gb_s = chip.dram_bandwidth.in("GB/s"_u);
    return out;
}

ComputedJudge::ComputedJudge(const Catalogue& catalogue, const std::string& date)
    : library_(read_export_library(catalogue)), date_(date) {
    if (date_.empty()) date_ = library_->day_text(library_->book.changes().back());
    const auto day = parse_date(date_);
    if (!day) refuse_field("date", "E0210", fmt::format("'{}' is no date", date_), "e.g. 2026-01-15 or 2027Q1");
    day_ = *day;
    delivery_.destination = delivery_.headquarters = library_->destination("CN", "destination");
}

ExportClass ComputedJudge::found(const Commodity& item) const {
    return classify(*library_, item, delivery_, day_, date_);
}

ComputedExport ComputedJudge::judge(const Commodity& item, Grade grade) const {
    ComputedExport out;
    out.date = date_;
    out.destination = destination();
    out.tpp = item.tpp().value_or(0.0);
    out.density = item.density();
    for (const auto marketed : {Marketed::yes, Marketed::no}) {
        Commodity chip = item;
        chip.data_centre = marketed;
        const auto judged = market::licensing::judge(library_->book, chip, delivery_, day_);
        out.readings.push_back({marketed, found(chip), confidence_of(judged, grade), 1.0});
    }
    out.unknown.emplace_back("whether it is designed or marketed for data centres");
    if (!item.interconnect_gb_s) out.unknown.emplace_back("chip-to-chip bandwidth");
    return out;
}

ComputedExport ComputedJudge::judge(const design::ChipEntry& entry) const {
    const auto median = entry.median();
    auto out = judge(commodity_of(median, area_of(median)), grade_of(entry));
    constexpr std::uint64_t draws = 200; // as the chip's bands
    for (auto& reading : out.readings) {
        std::uint64_t same = 0;
        for (std::uint64_t i = 0; i < draws; ++i) {
            const auto drawn = entry.draw(i);
            auto item = commodity_of(drawn, area_of(drawn));
            item.data_centre = reading.data_centre;
            same += found(item).short_class == reading.found.short_class ? 1 : 0;
        }
        reading.share = static_cast<double>(same) / static_cast<double>(draws);
    }
    return out;
}

std::string ComputedJudge::short_class(Commodity item, Marketed data_centre) const {
    item.data_centre = data_centre;
    return found(item).short_class;
}

std::string text(const ComputedExport& e, const show::Page& page) {
    constexpr int digits = 5;
    const auto density = e.density ? show::figure(*e.density, digits) + " TPP/mm^2" : "no density (planar nodes)";
    std::string out =
        fmt::format("export to {}, {}: {} TPP, {}\n", e.destination, e.date, show::figure(e.tpp, digits), density);
    for (const auto& r : e.readings) {
        const auto licence = r.found.needs_licence == Truth::no    ? "no licence needed"
                             : r.found.needs_licence == Truth::yes ? "licence needed"
                                                                   : "licence open";
        const auto head = r.data_centre == Marketed::yes ? "for data centres" : "for other use";
        out += "  " +
               show::hanging(fmt::format("{}: {}, {}; {}; {}; so in {} of its draws", head, r.found.short_class,
                                         licence, r.found.reason, r.confidence, show::share_text(r.share)),
                             page.width, 4) +
               "\n";
    }
    return out + "  " + show::hanging(fmt::format("not known: {}", fmt::join(e.unknown, ", ")), page.width, 4) + "\n";
}

} // namespace autarky::answers

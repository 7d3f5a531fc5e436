// autarky: judges chips under dated export rules.
// SPDX-License-Identifier: Apache-2.0
#include "answers/export.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "answers/quantity.hpp"
#include "core/calendar.hpp"
#include "core/refuse.hpp"

namespace autarky::answers {
namespace {

using namespace market::licensing;

/// The days asked for: `from` alone, or all up to `to`, which is not one of them.
struct Period {
    double from = 0.0, to = 0.0;
    [[nodiscard]] bool is_day() const { return !(to > from); }
};

double first_day_of(Quarter quarter) {
    const auto name = quarter.text(); // 2023Q4
    return *parse_date(fmt::format("{}-{:02}", name.substr(0, 4), 3 * (name.back() - '0') - 2));
}

Period period_of(const std::string& date) {
    const auto from = parse_date(date);
    if (!from) refuse_field("date", "E0210", fmt::format("'{}' is no date", date), "e.g. 2026-01-15 or 2023Q4");
    if (const auto quarter = parse_quarter(date)) // by its days: a fourth of a year has 91.25
        return {first_day_of(*quarter), first_day_of(*quarter + 1)};
    constexpr std::size_t year_length = 4, month_length = 7;
    if (date.size() == year_length) return {*from, *from + 1.0};
    if (date.size() != month_length) return {*from, *from};
    const int month = (date[5] - '0') * 10 + (date[6] - '0');
    if (month == 12) return {*from, std::floor(*from) + 1.0};
    return {*from, *parse_date(fmt::format("{}-{:02}", date.substr(0, 4), month + 1))};
}

/// "int8=1979": the digits of the name are the bit length; tf32 multiplies 19 bits.
std::optional<Rate> rate_from(const std::string& text, Diagnostics& findings) {
    const auto parts = parts_of(text, '=');
    if (parts.size() != 2 || parts[0].empty() || parts[1].empty()) {
        findings.error_in("tops", "E0504", fmt::format("'{}' is no PRECISION=TOPS", text), "e.g. int8=1979");
        return std::nullopt;
    }
    const auto& name = parts[0];
    const auto digits = name.find_first_of("0123456789");
    int bits = 0;
    const char* end = name.data() + name.size();
    const auto* begin = digits == std::string::npos ? end : name.data() + digits;
    const auto read = std::from_chars(begin, end, bits);
    if (read.ec != std::errc{} || digits == 0) {
        findings.error_in("tops", "E0504", fmt::format("'{}' is no precision with a bit length", name),
                          "e.g. int8, fp16, bf16, fp4");
        return std::nullopt;
    }
    constexpr int tf32_bits = 19, most_bits = 128;
    if (name == "tf32") bits = tf32_bits;
    if (bits < 1 || bits > most_bits) {
        findings.error_in("tops", "E0432", fmt::format("a number of {} bit multiplies nothing", bits),
                          fmt::format("bit lengths go from 1 to {}", most_bits));
        return std::nullopt;
    }
    const auto tops = number_from(parts[1], "tops", "TOPS", findings);
    if (!tops) return std::nullopt;
    if (!(*tops > 0.0)) {
        findings.error_in("tops", "E0205", fmt::format("{} TOPS in {} is no peak rate", *tops, name),
                          "a number above zero");
        return std::nullopt;
    }
    return Rate{name, static_cast<double>(bits), *tops};
}

/// Readings of what was asked about, before both readings of an open flag are taken apart.
std::vector<ReadChip> subjects(const ExportLibrary& library, const ExportQuestion& q, Diagnostics& findings) {
    std::vector<ReadChip> out;
    if (!q.chip.empty()) {
        for (const auto* chip : library.readings(q.chip))
            out.push_back(*chip);
    } else if (q.stack) {
        out.emplace_back();
        out.back().item.name = out.back().item.title = "memory stack";
        out.back().item.stack_gb_s_mm2 = q.stack;
        out.back().item.data_centre = Marketed::no; // the flag is about chips
    } else {
        out.emplace_back();
        out.back().item.name = out.back().item.title = "as given";
        out.back().item.vendor = q.vendor;
        for (const auto& text : q.tops)
            if (auto rate = rate_from(text, findings)) out.back().item.rates.push_back(std::move(*rate));
    }
    return out;
}

void override_figures(const ExportQuestion& q, Commodity& item) {
    if (q.area) item.area_mm2 = q.area;
    if (q.bandwidth) item.memory_gb_s = q.bandwidth;
    if (q.interconnect) item.interconnect_gb_s = q.interconnect;
    item.units = q.units;
    item.is_planar = q.planar;
    if (q.data_centre) item.data_centre = *q.data_centre == YesNo::yes ? Marketed::yes : Marketed::no;
}

/// A flag that is open is two readings.
std::vector<Commodity> with_flag(const Commodity& item) {
    if (item.data_centre != Marketed::open) return {item};
    std::vector<Commodity> out(2, item);
    out[0].data_centre = Marketed::yes;
    out[1].data_centre = Marketed::no;
    out[0].title += ", for data centres";
    out[1].title += ", not for data centres";
    return out;
}

void check_one_subject(const ExportQuestion& q, Diagnostics& findings) {
    const bool has_chip = !q.chip.empty(), has_tops = !q.tops.empty();
    const auto clash = [&](bool is_both, std::string_view one, std::string_view other) {
        if (is_both)
            findings.error_in(one, "E0504", fmt::format("give either it or {}", field_mark(other)),
                              "one item is judged at a time");
    };
    clash(has_tops && has_chip, "tops", "chip");
    clash(q.planar && q.area, "planar", "area");
    clash(q.stack && has_chip, "stack", "chip");
    clash(q.stack && has_tops, "stack", "tops");
    clash(q.frontier && has_chip, "frontier", "chip");
    clash(q.frontier && has_tops, "frontier", "tops");
    clash(q.frontier && q.stack, "frontier", "stack");
    if (q.stack && q.data_centre)
        findings.error_in("data_centre", "E0506", "it changes nothing for a memory stack", "leave it out");
    if (findings.has_errors()) throw InputError{findings};
}

bool is_about_all(const ExportQuestion& q) { return q.chip.empty() && q.tops.empty() && !q.stack; }

/// Names of the rules that begin, bind or end on a day.
std::string rules_of(const RuleBook& book, double day) {
    std::string out;
    const auto add = [&out](const std::string& what) { out += (out.empty() ? "" : "; ") + what; };
    for (const auto& rule : book.rules) {
        if (rule.row.effective.year == day) add(rule.row.title);
        if (rule.row.compliance.year == day) add(rule.row.title + " binds");
        if (rule.row.until.year == day) add(rule.row.title + " ends");
    }
    return out;
}

/// Where the paragraphs that must be complied with stand.
std::string rules_in_force(const ExportLibrary& library, const Commodity& item, const Delivery& delivery, double day) {
    std::string out;
    const auto judged = judge(library.book, item, delivery, day);
    for (const auto& tried : judged.tried) {
        const bool decides = tried.clause->effect == Effect::control || tried.clause->effect == Effect::letter;
        const auto& where = tried.rule->row.citation;
        if (decides && tried.binds && out.find(where) == std::string::npos) out += (out.empty() ? "" : ", ") + where;
    }
    return out.empty() ? "no rule" : out;
}

ExportReading read(const ExportLibrary& library, const ExportQuestion& q, const ReadChip& chip, Commodity item,
                   const Delivery& delivery, const Period& period, const std::string& date) {
    ExportReading out;
    out.item = std::move(item);
    if (!q.chip.empty()) out.grade = chip.grade;
    std::vector<double> starts{period.from};
    const auto changes = library.book.changes();
    for (const double day : changes)
        if (period.from < day && day < period.to) starts.push_back(day);
    for (std::size_t i = 0; i < starts.size(); ++i) {
        const double until = i + 1 < starts.size() ? starts[i + 1] : period.to;
        auto found = classify(library, out.item, delivery, starts[i], i == 0 ? date : library.day_text(starts[i]));
        auto& regimes = out.regimes;
        const double share = period.is_day() ? 1.0 : (until - starts[i]) / (period.to - period.from);
        auto rules = rules_in_force(library, out.item, delivery, starts[i]);
        const bool goes_on =
            !regimes.empty() && regimes.back().found.short_class == found.short_class && regimes.back().rules == rules;
        if (goes_on)
            regimes.back().share += share;
        else
            regimes.push_back({share, std::move(rules), std::move(found)});
    }
    const double day = starts.back();
    out.judged = judge(library.book, out.item, delivery, day);
    out.passing = passing(library.book, out.item, delivery, day);
    out.found = classify(library, out.item, delivery, day, date);
    if (const auto later = std::ranges::upper_bound(changes, day); later != changes.end()) {
        out.next = classify(library, out.item, delivery, *later, library.day_text(*later));
        out.next_rules = rules_of(library.book, *later);
    }
    if (q.history)
        for (const double change : changes)
            out.history.push_back(classify(library, out.item, delivery, change, library.day_text(change)));
    out.confidence = confidence_of(out.judged, out.grade);
    return out;
}

std::vector<ExportTableRow> table_of(const ExportLibrary& library, const ExportQuestion& q, const Delivery& delivery,
                                     double day, const std::string& date) {
    const std::string in_2022 = "2022-10-21", in_2023 = "2023-11-17"; // first days of compliance
    std::vector<ExportTableRow> out;
    for (const auto& chip : library.chips) {
        Commodity item = chip.item;
        override_figures(q, item);
        out.push_back({item, classify(library, item, delivery, *parse_date(in_2022), in_2022),
                       classify(library, item, delivery, *parse_date(in_2023), in_2023),
                       classify(library, item, delivery, day, date)});
    }
    return out;
}

} // namespace

bool ExportAnswer::is_ambiguous() const {
    return std::ranges::any_of(readings, [this](const ExportReading& r) {
        const auto& first = readings.front().found;
        return r.found.paragraph != first.paragraph || r.found.classification != first.classification ||
               r.found.needs_licence != first.needs_licence;
    });
}

ExportAnswer export_class(const Catalogue& catalogue, const ExportQuestion& q, const Watch& watch) {
    Diagnostics findings;
    check_one_subject(q, findings);
    ExportAnswer out;
    out.library = read_export_library(catalogue);
    const auto& library = *out.library;
    out.date = q.date.empty() ? library.day_text(library.book.changes().back()) : q.date;
    const auto period = period_of(out.date);
    Delivery delivery{library.destination(q.destination, "destination"), {}};
    delivery.headquarters =
        q.headquarters.empty() ? delivery.destination : library.destination(q.headquarters, "headquarters");
    out.destination = delivery.destination.title;
    out.destination_groups = delivery.destination.groups();
    out.headquarters = delivery.headquarters.title;
    out.headquarters_groups = delivery.headquarters.groups();
    if (q.frontier) {
        Commodity item;
        override_figures(q, item);
        constexpr int usual_node = 5;
        out.frontier =
            export_frontier(library, item, delivery, period.from, q.node.value_or(usual_node), catalogue.folder_text());
        return out;
    }
    if (is_about_all(q)) {
        out.table = table_of(library, q, delivery, period.from, out.date);
        return out;
    }
    const auto chips = subjects(library, q, findings);
    watch.settle(findings);
    for (const auto& chip : chips) {
        Commodity item = chip.item;
        override_figures(q, item);
        for (auto& reading : with_flag(item))
            out.readings.push_back(read(library, q, chip, std::move(reading), delivery, period, out.date));
    }
    return out;
}

} // namespace autarky::answers

// autarky: reads rules, destinations and published chips of catalogue/export.
// SPDX-License-Identifier: Apache-2.0
#include "answers/export_library.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/refuse.hpp"
#include "design/document.hpp"
#include "input/central.hpp"
#include "input/grade.hpp"
#include "scenario/country.hpp"

namespace autarky::answers {
namespace {

using namespace market::licensing;

struct ExportDocument {
    Table<Rule<Uncertain>> rule;
    Table<Clause<Uncertain>> clause;
    Table<CountryGroups<Uncertain>> country_groups;
    Table<Destination> destination;
    Table<PublishedChip<Uncertain>> chip;
};
constexpr auto describe(Type<ExportDocument> /*type*/) {
    using D = ExportDocument;
    return fields(table("rule", &D::rule, "Dated rules"), table("clause", &D::clause, "Their clauses"),
                  table("country_groups", &D::country_groups, "Which state of the country groups they have"),
                  table("destination", &D::destination, "Places of delivery"),
                  table("export_chip", &D::chip, "Published chips"));
}

const Input& input_of(const Inputs& inputs, const Uncertain& value) {
    return inputs.rows[static_cast<std::size_t>(value.input)];
}

template <template <class> class E> E<double> central(const E<Uncertain>& row, const Inputs& inputs) {
    E<double> out{};
    map_reading<E>(row, out, [&inputs](const Uncertain& from, double& to) {
        to = scenario::central_value(input_of(inputs, from).distribution);
    });
    return out;
}

std::string written(const Date<Uncertain>& date, const Inputs& inputs) {
    const auto& input = input_of(inputs, date.year);
    return input.is_default ? std::string() : input.written;
}

RuleBook book_of(const ExportDocument& document, const Inputs& inputs) {
    RuleBook book;
    for (std::size_t i = 0; i < document.rule.size(); ++i) {
        const auto& row = document.rule[i];
        const auto& day = input_of(inputs, row.effective.year);
        book.rules.push_back({document.rule.names[i], central<Rule>(row, inputs), written(row.effective, inputs),
                              written(row.compliance, inputs), written(row.until, inputs), day.grade, day.origin});
    }
    for (const auto& row : document.clause.rows)
        book.clauses.push_back(central<Clause>(row, inputs));
    return book;
}

/// Takes the figures of a chip that are published, and the weakest grade among them.
class FigureReader {
public:
    explicit FigureReader(const Inputs& inputs) : inputs_(inputs) {}

    template <class Unit, class Q> std::optional<double> operator()(const Q& quantity, Unit /*unit*/) {
        const auto& input = input_of(inputs_, quantity.raw());
        if (input.is_default) return std::nullopt;
        grade_ = std::max(grade_, input.grade);
        return market::licensing::as_written(scenario::central_value(input.distribution) / Unit::factor);
    }
    [[nodiscard]] Grade grade() const { return grade_; }

private:
    const Inputs& inputs_;
    Grade grade_ = Grade::filing;
};

ReadChip chip_of(const std::string& name, const PublishedChip<Uncertain>& row, const Inputs& inputs) {
    FigureReader figure(inputs);
    ReadChip out;
    auto& item = out.item;
    item.name = name;
    item.title = row.title;
    item.vendor = row.vendor;
    item.data_centre = row.data_centre;
    const auto rate = [&](const char* precision, double bits, const auto& quantity) {
        if (const auto tops = figure(quantity, "TOPS"_u)) item.rates.push_back({precision, bits, *tops});
    };
    rate("int4", 4.0, row.int4);
    rate("fp4", 4.0, row.fp4);
    rate("int8", 8.0, row.int8);
    rate("fp8", 8.0, row.fp8);
    rate("fp16", 16.0, row.fp16);
    item.area_mm2 = figure(row.area, "mm^2"_u);
    item.memory_gb_s = figure(row.memory, "GB/s"_u);
    item.interconnect_gb_s = figure(row.interconnect, "GB/s"_u);
    out.product = row.product;
    out.node = row.node;
    out.grade = figure.grade();
    return out;
}

/// Small letters without blanks, hyphens and underscores: "RTX 4090 D", "rtx4090d".
std::string plain(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (c != ' ' && c != '-' && c != '_') out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
    return out;
}

/// "15 CFR Part 740, Supplement 1 ... (2026-06, filing)": the weakest list, where there are several.
std::string groups_source_of(const Table<CountryGroups<Uncertain>>& lists, const Inputs& inputs) {
    const Input* weakest = nullptr;
    for (const auto& list : lists.rows) {
        const auto& day = input_of(inputs, list.as_of.year);
        if (day.source >= 0 && (!weakest || day.grade > weakest->grade)) weakest = &day;
    }
    if (!weakest) return {};
    const auto& source = inputs.sources[static_cast<std::size_t>(weakest->source)];
    return fmt::format("{} (as of {}, {})", source.title, weakest->written, grade_name(source.grade));
}

} // namespace

std::vector<const ReadChip*> ExportLibrary::readings(const std::string& name) const {
    const auto wanted = plain(name);
    std::vector<const ReadChip*> out;
    std::vector<std::string_view> known;
    for (const auto& chip : chips) {
        if (plain(chip.item.name) == wanted || plain(chip.item.title) == wanted) return {&chip};
        if (plain(chip.product) == wanted) out.push_back(&chip);
        known.emplace_back(chip.item.name);
        known.emplace_back(chip.product);
    }
    if (out.empty()) {
        const auto guess = did_you_mean(wanted, known);
        refuse_field("chip", "E0505", fmt::format("there is no published chip '{}'", name),
                     guess.empty()
                         ? fmt::format("without one all are listed; {} gives one of your own", field_mark("tops"))
                         : guess);
    }
    return out;
}

Destination ExportLibrary::destination(const std::string& name, std::string_view field) const {
    const auto wanted = plain(name);
    std::vector<std::string_view> known;
    for (const auto& [code, row] : destinations) {
        if (plain(code) == wanted || plain(row.title) == wanted) return row;
        known.emplace_back(row.title);
    }
    if (const auto* country = scenario::country_named(name)) {
        const auto row = destinations.find(country->code);
        if (row != destinations.end()) return row->second;
        Destination in_no_group;
        in_no_group.title = country->name;
        return in_no_group;
    }
    const auto guess = did_you_mean(name, known);
    refuse_field(field, "E0505", fmt::format("there is no destination '{}'", name),
                 guess.empty() ? scenario::country_hint(name) : guess);
}

std::string ExportLibrary::day_text(double day) const {
    for (const auto& rule : book.rules) {
        if (rule.row.effective.year == day) return rule.effective;
        if (rule.row.compliance.year == day) return rule.compliance;
        if (rule.row.until.year == day) return rule.until;
    }
    return {};
}

std::shared_ptr<const ExportLibrary> read_export_library(const Catalogue& catalogue) {
    const auto folder = catalogue.folder() / "catalogue" / "export";
    ExportDocument document;
    const auto inputs = design::read_document(
        catalogue.folder(), {folder / "rules.toml", folder / "destinations.toml", folder / "chips.toml"},
        scenario::shape_of<ExportDocument>(), &document);
    auto out = std::make_shared<ExportLibrary>();
    out->book = book_of(document, inputs);
    InputError findings;
    check_dates(out->book, findings.diagnostics);
    if (findings.diagnostics.has_errors()) throw std::move(findings);
    for (std::size_t i = 0; i < document.destination.size(); ++i)
        out->destinations[document.destination.names[i]] = document.destination[i];
    out->groups_source = groups_source_of(document.country_groups, inputs);
    for (std::size_t i = 0; i < document.chip.size(); ++i)
        out->chips.push_back(chip_of(document.chip.names[i], document.chip[i], inputs));
    return out;
}

} // namespace autarky::answers

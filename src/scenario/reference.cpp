// autarky: the reference pages of the scenario file.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "input/grade.hpp"
#include "scenario/codes.hpp"
#include "scenario/scenario_shape.hpp"
#include "scenario/schema.hpp"

namespace autarky {
namespace {

using namespace scenario;

constexpr std::string_view made_by = "<!-- Made by `autarky docs` from the descriptions in the sources. -->\n\n";

/// Text inside a cell of a Markdown table.
std::string cell(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '|') out += '\\';
        out += c == '\n' ? ' ' : c;
    }
    return out;
}

std::string kind_of(const FieldShape& field) {
    switch (field.kind) {
    case FieldKind::number: return fmt::format("quantity in {}", field.unit);
    case FieldKind::date: return "date";
    case FieldKind::series: return fmt::format("series in {}", field.unit);
    case FieldKind::text: return "text";
    case FieldKind::boolean: return "true or false";
    case FieldKind::integer: return "whole number";
    case FieldKind::choice: return fmt::format("one of {}", fmt::join(field.choices, ", "));
    case FieldKind::quarter: return "quarter";
    case FieldKind::reference: return fmt::format("name of a `{}`", field.target);
    case FieldKind::section:
    case FieldKind::table: break;
    }
    return "table";
}

std::string range_of(Range range) {
    switch (range) {
    case Range::any: return "";
    case Range::positive: return "> 0";
    case Range::nonnegative: return ">= 0";
    case Range::fraction: return "0 to 100 %";
    case Range::rate: return "> -100 %";
    }
    return "";
}

std::string before_of(const FieldShape& field) {
    if (field.kind != FieldKind::series) return {};
    return field.before == Before::zero ? " Zero before its first knot."
                                        : " Its first knot is at or before the horizon's start.";
}

void write_fields(const Shape& shape, std::string& out) {
    out += "| key | value | range | default | meaning |\n| --- | --- | --- | --- | --- |\n";
    for (const auto& field : shape.fields) {
        if (field.kind == FieldKind::section || field.kind == FieldKind::table) continue;
        const std::string fallback = field.fallback == nullptr ? "required"
                                     : *field.fallback == '\0' ? "none"
                                                               : fmt::format("`{}`", field.fallback);
        out += fmt::format("| `{}` | {} | {} | {} | {}.{} |\n", field.key, cell(kind_of(field)), range_of(field.range),
                           cell(fallback), cell(field.doc), before_of(field));
    }
    out += '\n';
}

void write_entity(const FieldShape& field, const std::string& path, std::string& out) {
    const bool is_table = field.kind == FieldKind::table;
    out += fmt::format("## `[{}{}]`\n\n{}.\n\n", path, is_table ? ".<name>" : "", field.doc);
    write_fields(*field.inner, out);
    for (const auto& inner : field.inner->fields)
        if (inner.kind == FieldKind::section || inner.kind == FieldKind::table)
            write_entity(inner, fmt::format("{}{}.{}", path, is_table ? ".<name>" : "", inner.key), out);
}

std::string scenario_page(const Shape& shape) {
    std::string out = fmt::format("# Scenario file: every table and key\n\n{}", made_by);
    out += "`docs/scenario-file.md` tells how the file is written; this page lists what may stand in it. Every heading "
           "may have `source`, which counts for all of its values that name none.\n\n";
    for (const auto& field : shape.fields)
        write_entity(field, std::string(field.key), out);
    return out;
}

std::string units_page() {
    std::string out = fmt::format("# Units\n\n{}", made_by);
    out += "A unit is names with `*`, `/` and whole powers (`USD/wafer`, `1/cm^2`). A currency may carry its year "
           "(`USD2023`, `MEUR2024`); "
           "it is then counted in USD of the scenario's price year.\n\n| unit | meaning |\n| --- | --- |\n";
    for (const auto& unit : unit_table)
        out += fmt::format("| `{}` | {} |\n", unit.name, cell(unit.meaning));
    return out;
}

std::string codes_page() {
    std::string out = fmt::format("# Codes of findings\n\n{}", made_by);
    for (const auto& row : code_explanations()) {
        out += fmt::format("## {}: {}\n\n{}\n\n", row.code, row.title, row.meaning);
        if (!row.wrong.empty())
            out += fmt::format("Instead of\n\n```\n{}\n```\n\nwrite\n\n```\n{}\n```\n\n", row.wrong, row.right);
    }
    return out;
}

} // namespace

std::vector<ReferencePage> reference_pages(const Shape& shape) {
    return {{"scenario.md", scenario_page(shape)}, {"units.md", units_page()}, {"codes.md", codes_page()}};
}

std::vector<ReferencePage> reference_pages() { return reference_pages(scenario_shape()); }

} // namespace autarky

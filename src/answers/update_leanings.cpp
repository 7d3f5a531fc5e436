// autarky: reads the leaning of yield reports.
// SPDX-License-Identifier: Apache-2.0
#include "answers/update_leanings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "answers/quantity.hpp"
#include "core/refuse.hpp"
#include "design/document.hpp"
#include "engine/quantile.hpp"
#include "input/grade.hpp"

namespace autarky::answers {
namespace {

template <class R> struct YieldLeaning {
    R points;
};
template <class R> constexpr auto describe(Type<YieldLeaning<R>> /*type*/) {
    return fields(field("points", &YieldLeaning<R>::points, "%"_u,
                        "Reported less true yield, in percentage points; its row is named by the grade of the source"));
}

struct LeaningDocument {
    Table<YieldLeaning<Uncertain>> yield_leaning;
};
constexpr auto describe(Type<LeaningDocument> /*type*/) {
    return fields(table("yield_leaning", &LeaningDocument::yield_leaning, "Leaning of yield reports by grade"));
}

/// The grade that a row is named by; a finding when it is none.
std::optional<Grade> grade_of(const std::string& name, const Input& input, Diagnostics& findings) {
    constexpr auto names = choices(Type<Grade>{});
    const auto found = std::ranges::find(names, name);
    if (found != names.end()) return static_cast<Grade>(found - names.begin());
    findings.error(input.origin, "E0304", fmt::format("there is no grade '{}'", name),
                   did_you_mean(name, {names.begin(), names.end()}));
    return std::nullopt;
}

void replace(std::vector<analysis::GradeLeaning>& rows, Grade grade, const std::optional<Stated>& asked,
             std::string_view field, Diagnostics& findings) {
    if (!asked) return;
    const auto points = distribution_from(asked->text, field, "%", findings);
    if (!points) return;
    const double middle = engine::Quantile(*points).median();
    if (!(std::fabs(middle) < 1.0)) {
        findings.error_in(std::string(field), "E0504", fmt::format("{} is outside -100 to 100 %", asked->text),
                          "percentage points of yield, such as 5 % or 0 to 10 %");
        return;
    }
    std::erase_if(rows, [&](const auto& row) { return row.grade == grade; });
    rows.push_back({grade, *points, asked->text, "as asked"});
}

} // namespace

std::vector<analysis::GradeLeaning> yield_leanings(const Catalogue& catalogue, const std::optional<Stated>& press,
                                                   const std::optional<Stated>& rumour) {
    LeaningDocument document;
    const auto inputs =
        design::read_document(catalogue.folder(), {catalogue.folder() / "catalogue" / "evidence" / "leanings.toml"},
                              scenario::shape_of<LeaningDocument>(), &document);
    InputError findings;
    std::vector<analysis::GradeLeaning> out;
    for (std::size_t i = 0; i < document.yield_leaning.size(); ++i) {
        const auto& input = inputs.rows[static_cast<std::size_t>(document.yield_leaning[i].points.input)];
        const auto grade = grade_of(document.yield_leaning.names[i], input, findings.diagnostics);
        if (!grade) continue;
        const auto source =
            input.source < 0 ? std::string() : inputs.sources[static_cast<std::size_t>(input.source)].id;
        out.push_back({*grade, input.distribution, input.written, source});
    }
    replace(out, Grade::press, press, "press_bias", findings.diagnostics);
    replace(out, Grade::rumour, rumour, "rumour_bias", findings.diagnostics);
    if (findings.diagnostics.has_errors()) throw std::move(findings);
    return out;
}

} // namespace autarky::answers

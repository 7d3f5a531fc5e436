// autarky: an explanation as a workbook: the tree with formulas that follow its inputs, and the source beside each.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <unordered_map>

#include "analysis/followed.hpp"
#include "analysis/input_doc.hpp"
#include "analysis/traced_case.hpp"
#include "analysis/written_case.hpp"
#include "analysis/written_lines.hpp"
#include "answers/workbook.hpp"
#include "core/refuse.hpp"
#include "engine/sampler.hpp"
#include "input/grade.hpp"
#include "show/base_unit.hpp"
#include "show/figure_text.hpp"
#include "show/formula_cells.hpp"

namespace autarky::answers {
namespace {

using analysis::Reason;
using Cell = show::WorkbookCell;
using Row = std::vector<Cell>;

constexpr std::size_t most_formulas = 250'000; // programs take minutes beyond
constexpr std::size_t many_formulas = 100'000; // LibreOffice 7.4 opens so many in 25 s, twice as many in 70 s
constexpr const char* value_column = "E";      // of the sheet Formulas

Row headings(const std::vector<std::string>& names) {
    Row out;
    for (const auto& name : names)
        out.push_back(Cell::of(name, Cell::Look::heading));
    return out;
}

/// Names of the inputs: no two alike, whatever the case of their letters, which programs do not see.
std::vector<std::string> input_names(const Inputs& inputs) {
    std::vector<std::string> out;
    std::set<std::string> taken;
    for (const auto& input : inputs.rows) {
        const auto name = show::workbook_name("in_", input.path);
        auto own = name;
        const auto folded = [](std::string text) {
            std::transform(text.begin(), text.end(), text.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
            return text;
        };
        for (int n = 2; !taken.insert(folded(own)).second; ++n)
            own = fmt::format("{}_{}", name, n);
        out.push_back(std::move(own));
    }
    return out;
}

/// Makes the sheets of one explanation.
class Book {
public:
    /// `wanted`: the steps of the result and of the lines that have one.
    Book(const ExplainAnswer& answer, const analysis::WrittenCase& written,
         const std::vector<analysis::WrittenLine>& lines, std::span<const std::int32_t> wanted,
         const analysis::Followed& followed, const std::vector<double>& medians)
        : answer_(answer),
          inputs_(answer.session->model().inputs()),
          working_(written.working()),
          lines_(lines),
          followed_(followed),
          result_(wanted.front()),
          medians_(medians),
          names_(input_names(inputs_)) {
        for (const auto& one : followed.undecided)
            undecided_.emplace(one.step, &one.what);
        for (const auto& one : followed.fixed)
            fixed_.emplace(one.row, &one.why);
        column_ = show::formula_column(working_, wanted,
                                       {[this](std::size_t input) { return input_text(input); }, value_column, 2});
        if (column_.cells.size() > most_formulas)
            refuse_field("metric", "E0504",
                         fmt::format("{} rests on {} formulas, more than the {} that a workbook takes",
                                     answer.explanation.metric->info.id, column_.cells.size(), most_formulas),
                         "ask for it at an earlier quarter, or for a metric that it is made of");
    }

    show::Workbook workbook() {
        show::Workbook out;
        out.sheets = {result_sheet(), tree_sheet(), inputs_sheet(out.names), formulas_sheet()};
        out.names.push_back({"m_result", "=Result!$B$4"});
        if (column_.cells.size() > many_formulas)
            out.notes.push_back(
                fmt::format("it holds {} formulas: spreadsheet programs take a minute or so to open it, and seconds to "
                            "follow a changed input",
                            column_.cells.size()));
        return out;
    }

private:
    static Row remark(std::string text) { return {Cell::of(std::move(text))}; }

    /// The value of an input in base units; of one that the formulas must not follow, the number itself.
    [[nodiscard]] std::string input_text(std::size_t input) const {
        if (fixed_.count(input) > 0) return show::formula_number(medians_[input]);
        const double factor = inputs_.rows[input].unit_factor;
        if (factor == 1.0) return names_[input];
        return names_[input] + "*" + show::formula_number(factor);
    }
    /// A step's value over a unit, as a formula where it has a cell.
    [[nodiscard]] Cell value(std::int32_t step, double base_value, double factor) const {
        const auto divisor = factor == 1.0 ? std::string() : "/" + show::formula_number(factor);
        if (step >= 0 && undecided_.count(step) == 0) {
            const auto& made = working_.steps()[static_cast<std::size_t>(step)];
            const auto found = column_.row_of.find(step);
            if (found != column_.row_of.end())
                return Cell::formula(fmt::format("=Formulas!${}${}{}", value_column, found->second, divisor),
                                     made.value / factor);
            if (made.operation == Operation::input)
                return Cell::formula("=" + input_text(static_cast<std::size_t>(made.of[0].value)) + divisor,
                                     made.value / factor);
        }
        return Cell::of(base_value / factor);
    }

    show::WorkbookSheet result_sheet() const {
        const auto& e = answer_.explanation;
        const auto& info = e.metric->info;
        const auto& loaded = answer_.session->loaded();
        show::WorkbookSheet out{"Result", {26.0, 24.0, 60.0}, {}, false};
        const auto line = [&](const char* what, Cell cell, Cell more = {}) {
            out.rows.push_back({Cell::of(what, Cell::Look::heading), std::move(cell), std::move(more)});
        };
        line("metric", Cell::of(info.id), Cell::of(info.doc));
        line("quarter", Cell::of(e.quarter.empty() ? "the whole run" : e.quarter));
        line("unit", Cell::of(info.unit));
        line("value", value(result_, e.value * info.unit_factor, info.unit_factor), Cell::of(how_it_follows()));
        line("value of the program", Cell::of(e.value), Cell::of("with every input at its median"));
        if (!is_dead())
            line("one over the other", Cell::formula("=IF(B5=0,1,B4/B5)", 1.0),
                 Cell::of("1 until an input is changed"));
        line("scenario", Cell::of(loaded.name), Cell::of(loaded.title));
        line("variant", Cell::of(loaded.variant.empty() ? "as it stands" : loaded.variant));
        line("inputs", Cell::of(loaded.sha256));
        line("formulas", Cell::of(static_cast<double>(column_.cells.size())), Cell::of("on the sheet Formulas"));
        if (e.n_samples > 0) {
            const double unit = info.unit_factor;
            line("mean of the samples", Cell::of(e.samples.mean / unit), Cell::of("does not follow the inputs"));
            line("5 %", Cell::of(e.samples.p05 / unit));
            line("50 %", Cell::of(e.samples.p50 / unit));
            line("95 %", Cell::of(e.samples.p95 / unit));
        }
        out.rows.emplace_back();
        if (!is_dead())
            out.rows.push_back(
                remark("Change a coloured cell of the sheet Inputs: Result, Tree and Formulas follow, as the "
                       "program would with that input at that value."));
        if (!followed_.fixed.empty())
            out.rows.push_back(
                remark(fmt::format("{} of {} inputs are not live: the last column of the sheet Inputs says why.",
                                   followed_.fixed.size(), column_.inputs.size())));
        out.rows.push_back(
            remark(fmt::format("Before it was written, {} other values of its inputs were tried against the program.",
                               followed_.n_tried)));
        out.rows.push_back(
            remark("Spreadsheets count with 15 digits; values agree with the program's to about 1e-12."));
        if (column_.is_bounded)
            out.rows.push_back(remark("Some formulas hold inside one cell of a table of the program only (street "
                                      "simulations); an input that leaves it makes an error here: ask the program."));
        return out;
    }

    /// Rounding decides the result: no formula gives it for sure.
    [[nodiscard]] bool is_dead() const { return undecided_.count(result_) > 0; }
    [[nodiscard]] std::string how_it_follows() const {
        return is_dead() ? "not live: " + choice_at(result_) + "; ask the program"
                         : std::string("follows the coloured cells of Inputs");
    }
    [[nodiscard]] std::string choice_at(std::int32_t step) const {
        return "rounding decides it: " + *undecided_.at(step);
    }

    show::WorkbookSheet tree_sheet() const {
        show::WorkbookSheet out{"Tree", {64.0, 16.0, 14.0, 10.0, 48.0, 40.0, 30.0}, {}};
        out.rows.push_back(
            headings({"value", "is", "unit", "elasticity", "formula or key", "source", "a change of inputs"}));
        for (const auto& line : lines_)
            out.rows.push_back(tree_row(line));
        return out;
    }
    [[nodiscard]] Row tree_row(const analysis::WrittenLine& line) const {
        const auto& r = *line.reason;
        const std::string indent(2 * line.level, ' ');
        if (r.kind == Reason::Kind::rest) return remark(fmt::format("{}and {} smaller parts", indent, r.n_hidden));
        std::string label = line.level == 0        ? answer_.explanation.metric->info.id
                            : !r.role.empty()      ? r.role
                            : r.formula != nullptr ? r.formula->label
                            : r.input != nullptr   ? std::string(analysis::input_doc(r.input->path))
                                                   : "value";
        if (!r.context.empty()) label += " (" + r.context + ")";
        if (r.kind == Reason::Kind::reference)
            label += fmt::format(", see [{}]", r.number);
        else if (r.number > 0)
            label += fmt::format(" [{}]", r.number);
        const auto unit = unit_of(line);
        Row out{Cell::of(indent + label), value(line.step, r.value, unit.factor), Cell::of(unit.name),
                Cell::of(r.elasticity)};
        if (r.formula != nullptr) {
            out.push_back(Cell::of(r.formula->expression));
            out.push_back(Cell::of(r.formula->source));
        } else if (r.input != nullptr) {
            out.push_back(Cell::of(r.input->path));
            out.push_back(Cell::of(source_text(*r.input)));
        } else {
            out.insert(out.end(), 2, Cell{});
        }
        if (undecided_.count(line.step) > 0) out.push_back(Cell::of("not live: " + choice_at(line.step)));
        return out;
    }
    /// A unit that reads well for the line's value.
    [[nodiscard]] show::DisplayUnit unit_of(const analysis::WrittenLine& line) const {
        const auto& r = *line.reason;
        const auto& info = answer_.explanation.metric->info;
        if (line.level == 0) return {info.unit, info.unit_factor};
        if (r.input != nullptr) return {r.input->unit, r.input->unit_factor};
        const Dim dim = r.dim;
        if ((dim == dimensionless || dim == units::time) && show::looks_like_a_date(r.value)) return {"year", 1.0};
        auto unit = show::display_unit(dim, r.value);
        if (unit.name.empty()) unit.name = "1";
        return unit;
    }
    [[nodiscard]] std::string source_text(const Input& input) const {
        if (input.is_default) return "default of the program";
        if (input.is_computed) return "computed from other inputs";
        if (input.source < 0) return "none";
        const auto& source = inputs_.sources[static_cast<std::size_t>(input.source)];
        return fmt::format("{}, {}", source.id, grade_name(input.grade));
    }

    show::WorkbookSheet inputs_sheet(std::vector<show::WorkbookName>& names) const {
        show::WorkbookSheet out{"Inputs", {40.0, 40.0, 16.0, 14.0, 26.0, 30.0, 44.0, 12.0, 12.0, 30.0, 44.0, 44.0}, {}};
        out.rows.push_back(headings({"key", "what it is", "value", "unit", "as written", "name here", "source", "date",
                                     "grade", "where", "note", "a change of it"}));
        for (const auto row : column_.inputs) {
            const auto& input = inputs_.rows[row];
            const auto* source = input.is_default || input.source < 0
                                     ? nullptr
                                     : &inputs_.sources[static_cast<std::size_t>(input.source)];
            const auto fixed = fixed_.find(row);
            const bool is_live = fixed == fixed_.end();
            if (is_live) names.push_back({names_[row], fmt::format("=Inputs!$C${}", out.rows.size() + 1)});
            out.rows.push_back(
                {Cell::of(input.path), Cell::of(std::string(analysis::input_doc(input.path))),
                 Cell::of(medians_[row] / input.unit_factor, is_live ? Cell::Look::input : Cell::Look::fixed),
                 Cell::of(input.unit), Cell::of(input.written), Cell::of(is_live ? names_[row] : ""),
                 Cell::of(source == nullptr ? source_text(input) : source->id + ": " + source->title),
                 Cell::of(source == nullptr ? "" : source->date),
                 Cell::of(source == nullptr ? "" : std::string(grade_name(input.grade))),
                 Cell::of(source == nullptr ? "" : source->url), Cell::of(input.note),
                 Cell::of(is_live ? "is followed" : *fixed->second)});
        }
        return out;
    }

    show::WorkbookSheet formulas_sheet() const {
        show::WorkbookSheet out{"Formulas", {40.0, 44.0, 40.0, 16.0, 20.0, 30.0}, {}};
        out.rows.push_back(headings({"value", "formula", "source", "base unit", "is", "a change of inputs"}));
        std::unordered_map<std::int32_t, const TapeCall*> calls;
        for (const auto& call : working_.calls())
            calls.emplace(call.node, &call);
        for (const auto& cell : column_.cells) {
            const auto found = calls.find(cell.step);
            if (found == calls.end()) {
                out.rows.push_back({{}, {}, {}, {}, Cell::formula(cell.text, cell.value)});
                continue;
            }
            const auto& formula = *found->second->formula;
            out.rows.push_back({Cell::of(formula.label), Cell::of(formula.expression), Cell::of(formula.source),
                                Cell::of(show::base_unit(found->second->dim)), Cell::formula(cell.text, cell.value)});
            if (undecided_.count(cell.step) > 0)
                out.rows.back().push_back(Cell::of("not live: " + choice_at(cell.step)));
        }
        return out;
    }

    const ExplainAnswer& answer_;
    const Inputs& inputs_;
    const Working& working_;
    const std::vector<analysis::WrittenLine>& lines_;
    const analysis::Followed& followed_;
    std::unordered_map<std::int32_t, const std::string*> undecided_; ///< why, by step
    std::unordered_map<std::size_t, const std::string*> fixed_;      ///< why, by row of inputs
    std::int32_t result_;
    const std::vector<double>& medians_;
    std::vector<std::string> names_;
    show::FormulaColumn column_;
};

/// The named formulas behind a step: each has a cell that readers look at.
std::vector<std::int32_t> named_behind(const Working& working, std::int32_t step) {
    auto out = working.behind(std::array{step});
    std::erase_if(out, [&](std::int32_t at) {
        return working.steps()[static_cast<std::size_t>(at)].operation != Operation::name;
    });
    return out;
}

/// A result at the medians of the scenario loaded with another value of one input, as `--set` would; nothing where the loader
/// refuses the value, or the input is a knot, which has no key of its own.
std::optional<double> loaded_anew(const Session& session, std::size_t column, std::size_t row, double value) {
    const auto& input = session.model().inputs().rows[row];
    const auto set =
        fmt::format("{}=\"{} {}\"", input.path, value / input.unit_factor, input.unit == "1" ? "" : input.unit);
    try {
        const auto changed = session.with({set});
        const auto& model = changed->model();
        const auto medians = engine::Sampler(model.inputs(), 0).medians();
        std::vector<Lanes> in(medians.begin(), medians.end()), out(model.columns().size());
        unsigned failed = 0;
        model.evaluator()->evaluate(in.data(), out.data(), failed);
        if (failed != 0 || column >= out.size()) return std::nullopt;
        return out[column].array()[0];
    } catch (const InputError&) {
        return std::nullopt;
    }
}

} // namespace

show::Workbook explain_workbook(const ExplainAnswer& answer) {
    const auto& e = answer.explanation;
    const auto& model = answer.session->model();
    const auto medians = engine::Sampler(model.inputs(), 0).medians();
    const analysis::WrittenCase written(model, medians);
    const auto& quarters = model.quarters();
    const auto quarter = e.quarter.empty() ? quarters.begin() : std::find(quarters.begin(), quarters.end(), e.quarter);
    const auto column = e.metric->first + static_cast<std::size_t>(quarter - quarters.begin());
    const auto result = written.result(column).step;
    if (!e.exists)
        refuse_field("metric", "E0504",
                     fmt::format("{} does not exist with every input at its median", e.metric->info.id),
                     "a workbook holds that case; ask for another quarter");
    std::vector<analysis::WrittenLine> lines;
    {
        const analysis::TracedCase traced(model, medians, analysis::Leaves::all);
        lines = analysis::written_lines(e.root, result, traced.tape(), written.working(), model.inputs());
    }
    std::vector<std::int32_t> wanted{result};
    for (const auto& line : lines)
        if (line.step >= 0) wanted.push_back(line.step);
    const auto named = named_behind(written.working(), result);
    auto watched = wanted;
    watched.insert(watched.end(), named.begin(), named.end());
    const auto anew = [&](std::size_t row, double value) { return loaded_anew(*answer.session, column, row, value); };
    const auto followed = analysis::followed(model, written, {column, watched, medians, anew});
    return Book(answer, written, lines, wanted, followed, medians).workbook();
}

} // namespace autarky::answers

// autarky: lists inputs with their sources, weakest support first.
// SPDX-License-Identifier: Apache-2.0
#include "answers/sources.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "answers/run_describe.hpp"
#include "input/support.hpp"

namespace autarky {

constexpr auto describe(Type<Source> /*type*/) {
    return fields(item("id", &Source::id, "What values cite it by"), item("title", &Source::title, "Its title"),
                  item("date", &Source::date, "Date as published"),
                  item("grade", &Source::grade, "How well it supports a number"),
                  item("url", &Source::url, "Where it is"));
}

} // namespace autarky

namespace autarky::answers {
namespace {

constexpr std::size_t n_grades = choices(Type<Grade>{}).size();

/// Weakest first: what rests on nothing stands at the top, a default of the program below all that has a grade.
int rank(const Input& row) {
    if (row.is_default || row.is_computed) return -1;
    const auto grade = support_of(row);
    constexpr int none = 100;
    return grade ? static_cast<int>(*grade) : none;
}

std::string source_name(const Input& row, const Inputs& inputs) {
    if (row.is_default) return "default";
    if (row.is_computed) return "computed";
    return row.source < 0 ? "none" : inputs.sources[static_cast<std::size_t>(row.source)].id;
}

} // namespace

/// Counts of inputs by grade; defaults of the program and values without a source stand apart.
struct SourcesCoverage {
    std::array<std::size_t, n_grades> by_grade{};
    std::size_t inputs = 0, uncertain = 0, defaults = 0, unsourced = 0;

    explicit SourcesCoverage(const Inputs& all) {
        for (const auto& row : all.rows) {
            if (row.is_computed) continue; // it rests on other rows
            ++inputs;
            uncertain += row.stream >= 0 ? 1U : 0U;
            if (const auto grade = support_of(row))
                ++by_grade[static_cast<std::size_t>(*grade)];
            else
                ++(row.is_default ? defaults : unsourced);
        }
    }
};
constexpr auto describe(Type<SourcesCoverage> /*type*/) {
    using C = SourcesCoverage;
    return fields(item("inputs", &C::inputs, "1"_u, "Inputs, computed ones left out"),
                  item("uncertain", &C::uncertain, "1"_u, "Uncertain ones among them"),
                  item(
                      "grades",
                      [](const C& c) {
                          std::vector<std::pair<std::string_view, std::size_t>> out;
                          for (std::size_t i = 0; i < n_grades; ++i)
                              out.emplace_back(choices(Type<Grade>{})[i], c.by_grade[i]);
                          return out;
                      },
                      "1"_u, "Inputs by grade"),
                  item("default", &C::defaults, "1"_u, "Defaults of the program"),
                  item("none", &C::unsourced, "1"_u, "Values without a source"));
}

struct SourcedInput {
    const Input* input;
    const Inputs* inputs;
};
constexpr auto describe(Type<SourcedInput> /*type*/) {
    using S = SourcedInput;
    using V = std::string_view;
    return fields(item(
                      "path", [](const S& s) -> V { return s.input->path; }, "Its key"),
                  item(
                      "value", [](const S& s) -> V { return s.input->written; }, "As written"),
                  item(
                      "unit", [](const S& s) -> V { return s.input->unit; }, "Its unit"),
                  item(
                      "uncertain", [](const S& s) { return s.input->stream >= 0; }, "It is drawn"),
                  item(
                      "default", [](const S& s) { return s.input->is_default; }, "The file leaves it out"),
                  item(
                      "computed", [](const S& s) { return s.input->is_computed; }, "It follows from other inputs"),
                  item(
                      "grade", [](const S& s) { return support_of(*s.input); }, "How well it is supported")
                      .null_if("a default, or no source"),
                  item(
                      "source",
                      [](const S& s) {
                          return s.input->source < 0 ? std::nullopt : std::optional(source_name(*s.input, *s.inputs));
                      },
                      "Id of its source")
                      .null_if("it has none"),
                  item(
                      "at", [](const S& s) -> V { return s.input->at; }, "Place inside the source"),
                  item(
                      "as_of", [](const S& s) -> V { return s.input->as_of; }, "Date to which the value belongs"),
                  item(
                      "note", [](const S& s) -> V { return s.input->note; }, "Remark"),
                  item(
                      "file", [](const S& s) -> V { return s.input->origin.file; }, "File that has it"),
                  item("line", [](const S& s) { return s.input->origin.line; }, "1"_u, "Line in it"));
}

constexpr auto describe(Type<SourcesAnswer> /*type*/) {
    using A = SourcesAnswer;
    return fields(item(
                      "scenario",
                      [](const A& a) {
                          const auto& l = a.session->loaded();
                          return ScenarioFacts{&l.name, &l.variant, &l.sha256};
                      },
                      "The scenario"),
                  item(
                      "coverage", [](const A& a) { return SourcesCoverage(a.session->loaded().inputs); },
                      "Inputs by grade of support"),
                  item(
                      "inputs",
                      [](const A& a) {
                          std::vector<SourcedInput> out;
                          for (const auto* input : a.inputs)
                              out.push_back({input, &a.session->loaded().inputs});
                          return out;
                      },
                      "Inputs, weakest support first"),
                  item(
                      "sources", [](const A& a) { return a.session->loaded().inputs.sources; },
                      "Sources that the scenario cites"));
}

SourcesAnswer sources(const Catalogue& /*catalogue*/, const SourcesQuestion& question, const Watch& watch) {
    SourcesAnswer out{Session::open(question), {}, question.summary};
    watch.settle(out.session->loaded().warnings);
    if (question.summary) return out;
    for (const auto& row : out.session->loaded().inputs.rows)
        if (!question.grade || support_of(row) == question.grade) out.inputs.push_back(&row);
    std::sort(out.inputs.begin(), out.inputs.end(), [](const Input* a, const Input* b) {
        return rank(*a) != rank(*b) ? rank(*a) > rank(*b) : a->path < b->path;
    });
    return out;
}

std::string text(const SourcesAnswer& answer, const show::Page& page) {
    const auto& loaded = answer.session->loaded();
    std::string out;
    constexpr std::size_t widest_grade = 10, widest_written = 34, gaps = 6;
    std::size_t path = 0, value = 0, source = 0;
    for (const auto* row : answer.inputs) {
        path = std::max(path, show::cells(row->path));
        value = std::max(value, std::min(show::cells(row->written), widest_written));
        source = std::max(source, show::cells(source_name(*row, loaded.inputs)));
    }
    const bool is_below = !page.wide && path + value + widest_grade + source + gaps > page.width; // two lines an input
    for (const auto* row : answer.inputs) {
        const auto grade = support_of(*row);
        const auto facts =
            fmt::format("{}  {}  {}", show::left(show::cut(row->written, value), value),
                        show::left(grade ? grade_name(*grade) : "", widest_grade), source_name(*row, loaded.inputs));
        out += is_below
                   ? fmt::format("{}\n    {}\n", show::cut(row->path, page.width), show::cut(facts, page.width - 4))
                   : fmt::format("{}  {}\n", show::left(row->path, path), facts);
    }
    if (!answer.summary) out += "\n";
    const SourcesCoverage coverage(loaded.inputs);
    out += fmt::format("{}: {} inputs, {} of them uncertain, {} sources\n", loaded.name, coverage.inputs,
                       coverage.uncertain, loaded.inputs.sources.size());
    const auto line = [&](std::string_view name, std::size_t count) {
        if (count > 0)
            out += fmt::format("  {}{:>6}  {:>5.1f} %\n", show::left(name, 12), count,
                               100.0 * static_cast<double>(count) / static_cast<double>(coverage.inputs));
    };
    for (std::size_t i = 0; i < n_grades; ++i)
        line(choices(Type<Grade>{})[i], coverage.by_grade[i]);
    line("default", coverage.defaults);
    line("no source", coverage.unsourced);
    return out;
}

const Entry sources_entry =
    entry_of<&sources, SourcesQuestion, SourcesAnswer>("", "sources", "Lists every input with value, source and grade");

} // namespace autarky::answers

// autarky: the command `sources`: every input of a scenario with its value and where that comes from.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "autarky/commands.hpp"
#include "autarky/output.hpp"
#include "autarky/scenario_options.hpp"
#include "autarky/terminal.hpp"
#include "input/grade.hpp"

namespace autarky::cli {
namespace {

using Json = nlohmann::ordered_json;

struct SourcesOptions : ScenarioOptions {
    std::string grade;
    bool summary = false, json = false;
};

constexpr std::size_t n_grades = choices(Type<Grade>{}).size();

/// Counts of inputs by grade; defaults of the program and values without a source stand apart.
struct Coverage {
    std::array<std::size_t, n_grades> by_grade{};
    std::size_t all = 0, uncertain = 0, defaults = 0, unsourced = 0;
};

Coverage coverage_of(const Inputs& inputs) {
    Coverage out;
    for (const auto& row : inputs.rows) {
        if (row.is_computed) continue; // it rests on other rows
        ++out.all;
        out.uncertain += row.stream >= 0 ? 1U : 0U;
        if (row.is_default)
            ++out.defaults;
        else if (row.source < 0)
            ++out.unsourced;
        else
            ++out.by_grade[static_cast<std::size_t>(row.grade)];
    }
    return out;
}

std::string source_name(const Input& row, const Inputs& inputs) {
    if (row.is_default) return "default";
    if (row.is_computed) return "computed";
    return row.source < 0 ? "none" : inputs.sources[static_cast<std::size_t>(row.source)].id;
}

/// Weakest first: what rests on nothing stands at the top.
int rank(const Input& row) {
    if (row.is_default || row.is_computed) return -1;
    return row.source < 0 ? 100 : static_cast<int>(row.grade);
}

std::vector<const Input*> sorted_rows(const Inputs& inputs, const std::string& grade) {
    std::vector<const Input*> rows;
    for (const auto& row : inputs.rows)
        if (grade.empty() || (!row.is_default && grade_name(row.grade) == grade)) rows.push_back(&row);
    std::sort(rows.begin(), rows.end(), [](const Input* a, const Input* b) {
        return rank(*a) != rank(*b) ? rank(*a) > rank(*b) : a->path < b->path;
    });
    return rows;
}

std::string text_of(const Loaded& loaded, const std::vector<const Input*>& rows, const Coverage& coverage,
                    bool summary) {
    std::string out;
    std::size_t widest_path = 0, widest_value = 0;
    for (const auto* row : rows) {
        widest_path = std::max(widest_path, cells(row->path));
        widest_value = std::max(widest_value, std::min<std::size_t>(cells(row->written), 34));
    }
    for (const auto* row : rows) {
        if (summary) break;
        out += fmt::format("{}  {}  {}  {}\n", left(row->path, widest_path),
                           left(cut(row->written, widest_value), widest_value),
                           left(row->is_default || row->source < 0 ? "" : grade_name(row->grade), 10),
                           source_name(*row, loaded.inputs));
    }
    if (!summary) out += "\n";
    out += fmt::format("{}: {} inputs, {} of them uncertain, {} sources\n", loaded.name, coverage.all,
                       coverage.uncertain, loaded.inputs.sources.size());
    const auto line = [&](std::string_view name, std::size_t count) {
        if (count > 0)
            out += fmt::format("  {}{:>6}  {:>5.1f} %\n", left(name, 12), count,
                               100.0 * static_cast<double>(count) / static_cast<double>(coverage.all));
    };
    for (std::size_t i = 0; i < n_grades; ++i)
        line(choices(Type<Grade>{})[i], coverage.by_grade[i]);
    line("default", coverage.defaults);
    line("no source", coverage.unsourced);
    return out;
}

Json json_of(const Loaded& loaded, const std::vector<const Input*>& rows, const Coverage& coverage) {
    Json inputs = Json::array();
    for (const auto* row : rows)
        inputs.push_back(
            {{"path", row->path},
             {"value", row->written},
             {"unit", row->unit},
             {"uncertain", row->stream >= 0},
             {"default", row->is_default},
             {"computed", row->is_computed},
             {"grade", row->is_default || row->source < 0 ? Json(nullptr) : Json(std::string(grade_name(row->grade)))},
             {"source", row->source < 0 ? Json(nullptr) : Json(source_name(*row, loaded.inputs))},
             {"at", row->at},
             {"as_of", row->as_of},
             {"note", row->note},
             {"file", row->origin.file},
             {"line", row->origin.line}});
    Json sources = Json::array();
    for (const auto& source : loaded.inputs.sources)
        sources.push_back({{"id", source.id},
                           {"title", source.title},
                           {"date", source.date},
                           {"grade", std::string(grade_name(source.grade))},
                           {"url", source.url}});
    Json grades;
    for (std::size_t i = 0; i < n_grades; ++i)
        grades[std::string(choices(Type<Grade>{})[i])] = coverage.by_grade[i];
    return {{"scenario", {{"name", loaded.name}, {"variant", loaded.variant}, {"sha256", loaded.sha256}}},
            {"coverage",
             {{"inputs", coverage.all},
              {"uncertain", coverage.uncertain},
              {"grades", grades},
              {"default", coverage.defaults},
              {"none", coverage.unsourced}}},
            {"inputs", inputs},
            {"sources", sources}};
}

Exit run(const SourcesOptions& options) {
    constexpr auto names = choices(Type<Grade>{});
    if (!options.grade.empty() && std::find(names.begin(), names.end(), options.grade) == names.end())
        throw UsageError("E0504", fmt::format("--grade: '{}' is no grade", options.grade),
                         fmt::format("grades are {}", fmt::join(names, ", ")));
    const auto loaded = load_scenario(options);
    const auto coverage = coverage_of(loaded.inputs);
    const auto rows = sorted_rows(loaded.inputs, options.grade);
    print(options.json ? json_of(loaded, rows, coverage).dump(1) + "\n"
                       : text_of(loaded, rows, coverage, options.summary));
    return Exit::ok;
}

} // namespace

void add_sources(Program& program) {
    auto& command = program.command("sources", "Lists every input with value, source and grade");
    auto& options = command.keep<SourcesOptions>();
    command.example("autarky sources", "the main scenario, weakest support first");
    command.example("autarky sources --grade rumour --variant reported", "what rests on rumours");
    command.example("autarky sources --json", "for other tools");
    add_scenario_options(command, options);
    command.option("--grade", "filing|paper|dataset|press|rumour|assumption", options.grade,
                   "Only inputs of this grade");
    command.flag("--summary", options.summary, "Only the counts by grade");
    command.flag("--json", options.json, "Print JSON");
    command.runs([&options] { return run(options); });
}

} // namespace autarky::cli

// autarky: names for completion, and the pages of reference.
// SPDX-License-Identifier: Apache-2.0
#include "answers/reference.hpp"

#include <fmt/format.h>

#include "answers/questions.hpp"
#include "input/files.hpp"
#include "model/metrics.hpp"
#include "scenario/load.hpp"
#include "scenario/schema.hpp"
#include "show/schema.hpp"

namespace autarky::answers {
namespace {

std::string cell(std::string text) {
    for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2)
        text.insert(at, 1, '\\');
    return text;
}

std::string metrics_page(const std::string& made_by) {
    std::string out = fmt::format("# Metrics\n\n{}", made_by);
    out += "What `run`, `explain`, claims and observations call by name. Flows belong to the quarter, stocks to its "
           "end; all "
           "of them belong to the make world unless said otherwise. `<region>` and `<path>` stand for a row of that "
           "table.\n\n";
    out += "| metric | unit | meaning |\n| --- | --- | --- |\n";
    for (const auto& info : model::metric_patterns())
        out += fmt::format("| `{}` | {} | {}{}{} |\n", info.id, info.unit, cell(info.doc),
                           info.quarterly ? "" : "; one value for the whole run",
                           info.may_be_none ? "; may not exist" : "");
    return out;
}

std::string answers_page(const std::string& made_by) {
    std::string out = fmt::format("# Answers\n\n{}", made_by);
    out += "What `--json` prints, key by key; `--csv` has the same columns, with their units behind. `autarky schema "
           "--answer NAME` prints the "
           "JSON "
           "Schema. Lists are marked `[]`, keys that a scenario or a file names `<name>`. What was odd about the input "
           "stands "
           "at the end of every answer that is an object, as `warnings[]`: file, line, column, length, code, severity, "
           "message and hint of each; without any the key is left out.\n\n";
    for (const auto* entry : answers::questions()) {
        out += fmt::format("## `autarky {}{}{}`\n\n{}: `{}`\n\n", entry->family, entry->family.empty() ? "" : " ",
                           entry->name, entry->summary, entry->schema());
        out += "| key | type | unit | meaning |\n| --- | --- | --- | --- |\n" + show::markdown_rows(entry->answer()) +
               "\n";
    }
    return out;
}

} // namespace

std::vector<std::string> scenario_names() { return scenario::bundled_scenarios(scenario::find_data_folder()); }

std::vector<std::string> variant_names(const std::string& scenario) {
    LoadRequest request;
    request.scenario = scenario;
    try {
        return load(request).known_variants;
    } catch (const InputError&) {
        return {}; // a broken scenario has nothing to offer
    }
}

std::string scenario_schema() { return json_schema(); }

std::vector<std::pair<std::string, std::string>> reference_pages(const std::string& made_by) {
    std::vector<std::pair<std::string, std::string>> out{{"metrics.md", metrics_page(made_by)},
                                                         {"answers.md", answers_page(made_by)}};
    for (const auto& page : autarky::reference_pages())
        out.emplace_back(page.file, page.text);
    return out;
}

} // namespace autarky::answers

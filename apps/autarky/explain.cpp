// autarky: the command `explain`: where a number comes from, or what a code of a finding means.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "analysis/explain.hpp"
#include "analysis/selection.hpp"
#include "autarky/codes.hpp"
#include "autarky/commands.hpp"
#include "autarky/explain_text.hpp"
#include "autarky/output.hpp"
#include "autarky/scenario_options.hpp"
#include "autarky/terminal.hpp"
#include "scenario/codes.hpp"

namespace autarky::cli {
namespace {

struct ExplainArguments : ScenarioOptions {
    std::string metric, at;
    std::optional<unsigned> depth;
    bool json = false;
};

std::size_t quarter_row(const analysis::ScenarioModel& model, const std::string& at) {
    const auto& quarters = model.quarters();
    if (at.empty()) return quarters.size() - 1;
    const auto parsed = parse_quarter(at);
    if (!parsed)
        throw UsageError("E0504", fmt::format("--at: '{}' is no quarter", at), "a quarter is written like 2028Q2");
    const auto found = std::find(quarters.begin(), quarters.end(), parsed->text());
    if (found == quarters.end())
        throw UsageError("E0504", fmt::format("--at: {} is outside the scenario", at),
                         fmt::format("it runs from {} to {}", quarters.front(), quarters.back()));
    return static_cast<std::size_t>(found - quarters.begin());
}

/// Whether a word is a code of a finding: a letter E or W and four digits.
bool is_code(const std::string& word) {
    return word.size() == 5 && (word.front() == 'E' || word.front() == 'W') &&
           word.find_first_not_of("0123456789", 1) == std::string::npos;
}

Exit explain_finding(const std::string& code) {
    if (const auto* row = explain_code(code)) {
        print(fmt::format("{}: {}\n\n{}\n", row->code, row->title, wrapped(row->meaning, terminal().width, 0)));
        if (!row->wrong.empty()) print(fmt::format("\nInstead of\n\n{}\n\nwrite\n\n{}\n", row->wrong, row->right));
        return Exit::ok;
    }
    for (const auto& row : program_codes())
        if (row.code == code) {
            print(fmt::format("{}: {}\n", row.code, row.meaning));
            return Exit::ok;
        }
    throw UsageError("E0505", fmt::format("there is no code '{}'", code),
                     "'autarky help' and docs/reference list them");
}

Exit explain(const ExplainArguments& arguments) {
    if (is_code(arguments.metric)) return explain_finding(arguments.metric);
    const auto loaded = load_scenario(arguments);
    const analysis::ScenarioModel model(loaded);
    const auto& metric = analysis::metric_named(model, arguments.metric);
    const auto quarter = quarter_row(model, arguments.at);
    analysis::ExplainOptions options;
    if (arguments.depth) options.depth = std::max(1U, *arguments.depth);
    const auto explanation = analysis::explain(model, metric, quarter, options);
    print(arguments.json ? analysis::json_of(model, explanation) : explain_text(model, explanation));
    return Exit::ok;
}

} // namespace

void add_explain(Program& program) {
    auto& command = program.command("explain", "Where a number comes from: formulas, inputs, sources");
    auto& arguments = command.keep<ExplainArguments>();
    command.example("autarky explain chip.unit_cost --at 2028Q2", "the cost of a chip in one quarter");
    command.example("autarky explain npv --depth 4", "the value of making, four levels deep");
    command.example("autarky explain E0203", "what a message means and how its cause is mended");
    command.argument("METRIC", arguments.metric, "A metric, as 'autarky metrics' lists them, or the code of a message",
                     Need::required);
    command.argument("SCENARIO", arguments.scenario,
                     "Name of a bundled scenario or a file; the bundled ai5 if left out");
    command.option("--at", "QUARTER", arguments.at, "Quarter such as 2028Q2, the last one if left out");
    command.option("--depth", "N", arguments.depth, "Levels to open; as many as fit a screen if left out");
    add_scenario_options(command, arguments, false);
    command.flag("--json", arguments.json, "Print JSON");
    command.runs([&arguments] { return explain(arguments); });
}

} // namespace autarky::cli

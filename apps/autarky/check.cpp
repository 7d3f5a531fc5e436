// autarky: the command `check`: every finding of reading a scenario, and nothing else.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <utility>

#include "analysis/scenario_model.hpp"
#include "autarky/commands.hpp"
#include "autarky/findings.hpp"
#include "autarky/output.hpp"
#include "autarky/scenario_options.hpp"
#include "autarky/terminal.hpp"
#include "input/files.hpp"

namespace autarky::cli {
namespace {

struct CheckOptions : ScenarioOptions {
    bool all = false, strict = false, json = false;
};

/// Findings of a scenario; without a variant asked for, of each of its variants too.
Diagnostics findings_of(LoadRequest request, std::size_t& n_readings) {
    auto found = check(request);
    ++n_readings;
    if (!request.variants.empty()) return found;
    for (const auto& variant : variants_of(request)) {
        request.variants = {variant};
        found.merge(check(request));
        ++n_readings;
    }
    return found;
}

Exit run(const CheckOptions& options) {
    LoadRequest request;
    request.scenario = options.scenario;
    request.variants = options.variants;
    request.sets = options.sets;
    request.metrics = analysis::known_metrics();
    std::size_t n_readings = 0;
    auto found = findings_of(request, n_readings);
    if (options.all)
        for (const auto& name : scenario::bundled_scenarios(scenario::find_data_folder())) {
            request.scenario = name;
            request.whole_catalogue = true;
            found.merge(findings_of(request, n_readings));
        }
    const bool is_refused = options.strict && !found.empty();
    const auto exit = found.has_errors() ? exit_of(found) : is_refused ? Exit::gate : Exit::ok;
    if (options.json) {
        print(findings_json(found));
        return exit;
    }
    print(found.render(terminal().colour_out, options.strict ? 200 : 20));
    if (found.empty())
        print(fmt::format("no findings in {} reading{} of {}\n", n_readings, n_readings == 1 ? "" : "s",
                          options.all ? "the bundled scenarios and the whole catalogue" : options.scenario));
    request.scenario = options.scenario;
    request.whole_catalogue = false;
    if (!found.has_errors()) print(packing_text(load(request)));
    return exit;
}

} // namespace

void add_check(Program& program) {
    auto& command = program.command("check", "Reads a scenario and lists every finding");
    auto& options = command.keep<CheckOptions>();
    command.example("autarky check", "the bundled main scenario with each of its variants");
    command.example("autarky check my.toml --variant cheap", "one variant of a file");
    command.example("autarky check --all --strict",
                    "every bundled scenario and the whole catalogue; warnings fail too");
    add_scenario_options(command, options);
    command.flag("--all", options.all, "Also every bundled scenario and every row of the catalogue");
    command.flag("--strict", options.strict, "Exit code 1 when there are only warnings");
    command.flag("--json", options.json, "A list of {file, line, column, length, code, severity, message, hint}");
    command.details("Exit codes: 0 no errors, 1 warnings with --strict, 2 the command line, 3 invalid input, 5 a file. "
                    "'autarky explain E0203' tells what a code means.");
    command.runs([&options] { return run(options); });
}

} // namespace autarky::cli

// autarky: the command `validate`: published cases, reproduced.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/validate.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>

#include "analysis/json_text.hpp"
#include "autarky/commands.hpp"
#include "autarky/output.hpp"
#include "core/diagnostics.hpp"
#include "input/files.hpp"
#include "show/figure_text.hpp"

namespace autarky::cli {
namespace {

using Json = nlohmann::ordered_json;

struct ValidateArguments {
    std::vector<std::string> peers;
    bool json = false, all = false;
};

struct GroupCases {
    std::string name;
    std::vector<ValidationCase> cases;
};

std::vector<GroupCases> computed(const ValidateArguments& arguments) {
    const auto known = analysis::validation_groups();
    for (const auto& wanted : arguments.peers)
        if (std::find(known.begin(), known.end(), wanted) == known.end())
            throw UsageError("E0505", fmt::format("--peer: nobody called '{}' is reproduced", wanted),
                             fmt::format("{} known: {}", did_you_mean(wanted, known), fmt::join(known, ", ")));
    const auto data = scenario::find_data_folder();
    if (data.empty())
        throw FileError("E0602", "the data folder with catalogue/ and validation/ is not found", "set AUTARKY_DATA");
    std::vector<GroupCases> groups;
    for (const auto name : known) {
        const bool wanted = arguments.peers.empty() ||
                            std::find(arguments.peers.begin(), arguments.peers.end(), name) != arguments.peers.end();
        if (wanted) groups.push_back({std::string(name), analysis::validation_cases(name, data / "validation")});
    }
    return groups;
}

std::string tolerance_text(const ValidationCase& row) {
    return row.relative ? fmt::format("{:g} relative", row.tolerance) : fmt::format("{:g}", row.tolerance);
}

std::string text_of(const std::vector<GroupCases>& groups, bool all) {
    std::string out;
    std::size_t n = 0;
    std::size_t passed = 0;
    for (const auto& group : groups) {
        const auto good = static_cast<std::size_t>(
            std::count_if(group.cases.begin(), group.cases.end(), [](const auto& row) { return row.pass; }));
        n += group.cases.size();
        passed += good;
        out += fmt::format("{:<16} {:>4} of {:<4} {}\n", group.name, good, group.cases.size(),
                           group.cases.empty() ? "" : group.cases.front().source);
        for (const auto& row : group.cases) {
            if (row.pass && !all && row.note.find("defect") == std::string::npos) continue;
            out += fmt::format("    {} {}: expected {:.10g}, got {:.10g}, tolerance {}\n", row.pass ? "pass" : "FAIL",
                               row.name, row.expected, row.got, tolerance_text(row));
            if (!row.note.empty()) out += fmt::format("         {}\n", row.note);
        }
    }
    out += fmt::format("{} of {} published cases reproduced{}\n", passed, n,
                       all ? "" : " (--all lists every one; known defects of peers are listed above)");
    return out;
}

std::string json_of(const std::vector<GroupCases>& groups) {
    auto list = Json::array();
    for (const auto& group : groups)
        for (const auto& row : group.cases)
            list.push_back({{"group", group.name},
                            {"case", row.name},
                            {"source", row.source},
                            {"expected", row.expected},
                            {"got", row.got},
                            {"tolerance", row.tolerance},
                            {"relative", row.relative},
                            {"pass", row.pass},
                            {"note", row.note}});
    return analysis::json_text(list);
}

Exit validate(const ValidateArguments& arguments) {
    const auto groups = computed(arguments);
    print(arguments.json ? json_of(groups) : text_of(groups, arguments.all));
    for (const auto& group : groups)
        for (const auto& row : group.cases)
            if (!row.pass) return Exit::gate;
    return Exit::ok;
}

} // namespace

void add_validate(Program& program) {
    auto& command = program.command("validate", "Published cases, reproduced by the model's formulas");
    auto& arguments = command.keep<ValidateArguments>();
    command.example("autarky validate", "every source, with the defects of peers that are known");
    command.example("autarky validate --peer actuary --all", "each case of one peer");
    command.option("--peer", "NAME", arguments.peers,
                   "Only these (actuary, catch, ttm, google, cset, llmcompass, yield, ...)");
    command.flag("--all", arguments.all, "List every case");
    command.flag("--json", arguments.json, "Print JSON: a list of {case, source, expected, got, tolerance, pass}");
    command.details("Exit code 1 when a case is not reproduced.");
    command.runs([&arguments] { return validate(arguments); });
}

} // namespace autarky::cli

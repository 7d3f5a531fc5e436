// autarky: the command `metrics`: every result with its unit and meaning.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "analysis/json_text.hpp"
#include "analysis/selection.hpp"
#include "autarky/commands.hpp"
#include "autarky/output.hpp"
#include "autarky/terminal.hpp"
#include "model/metrics.hpp"

namespace autarky::cli {
namespace {

struct MetricsArguments {
    std::string glob = "*";
    bool json = false;
};

Exit metrics(const MetricsArguments& arguments) {
    std::vector<model::MetricInfo> shown;
    for (auto& info : model::metric_patterns())
        if (analysis::matches(arguments.glob, info.id)) shown.push_back(std::move(info));
    if (shown.empty())
        throw UsageError("E0505", fmt::format("no metric matches '{}'", arguments.glob), "'autarky metrics' lists all");
    if (arguments.json) {
        auto out = nlohmann::ordered_json::array();
        for (const auto& info : shown)
            out.push_back({{"id", info.id},
                           {"unit", info.unit},
                           {"doc", info.doc},
                           {"quarterly", info.quarterly},
                           {"may_be_none", info.may_be_none}});
        print(analysis::json_text(out));
        return Exit::ok;
    }
    std::size_t id = 0;
    std::size_t unit = 0;
    for (const auto& info : shown) {
        id = std::max(id, info.id.size());
        unit = std::max(unit, info.unit.size());
    }
    for (const auto& info : shown) {
        std::string doc = info.doc;
        if (!info.quarterly) doc += " (for the whole run)";
        if (info.may_be_none) doc += " (may not exist)";
        const std::size_t indent = id + unit + 4;
        std::string body = wrapped(doc, terminal().width - indent, 0);
        for (std::size_t at = 0; (at = body.find('\n', at)) != std::string::npos; at += indent)
            body.insert(++at, indent, ' ');
        print(fmt::format("{}  {}  {}\n", inked(Ink::bold, left(info.id, id)), left(info.unit, unit), body));
    }
    return Exit::ok;
}

} // namespace

void add_metrics(Program& program) {
    auto& command = program.command("metrics", "Every result with its unit and meaning");
    auto& arguments = command.keep<MetricsArguments>();
    command.example("autarky metrics", "all of them");
    command.example("autarky metrics 'grid.*' --json", "those of the grid, as JSON");
    command.argument("GLOB", arguments.glob, "Only those whose name matches");
    command.flag("--json", arguments.json, "Print JSON");
    command.runs([&arguments] { return metrics(arguments); });
}

} // namespace autarky::cli

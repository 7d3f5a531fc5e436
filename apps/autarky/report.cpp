// autarky: the command `report`: the page with its answers inside, one file.
// SPDX-License-Identifier: Apache-2.0
#include "serve/report.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "autarky/ask.hpp"
#include "autarky/commands.hpp"
#include "autarky/exit.hpp"
#include "autarky/output.hpp"

namespace autarky::cli {
namespace {

struct ReportArguments {
    serve::ReportQuestion question;
    std::string output = "report.html";
    std::vector<std::string> svg; ///< "verdict=FILE"
};

/// Name and file of "verdict=FILE".
std::pair<std::string, std::string> named_file(const std::string& text) {
    const auto at = text.find('=');
    if (at == std::string::npos || at == 0 || at + 1 == text.size())
        throw UsageError("E0504", fmt::format("--svg {}: no name and file", text), "such as verdict=verdict.svg");
    return {text.substr(0, at), text.substr(at + 1)};
}

Exit report(const ReportArguments& arguments) {
    const answers::Catalogue catalogue;
    const Watching watching(0);
    const auto& watch = watching.watch();
    for (const auto& one : arguments.svg) { // pictures instead of the page
        const auto [name, path] = named_file(one);
        OutputFile file(path, 0, "--svg"); // before the work: a file that cannot be written is said at once
        const auto picture = serve::report_picture(catalogue, arguments.question, name, watch);
        if (watch.stop.stop_requested()) return left_with_nothing();
        file.write(picture.svg);
        file.commit();
    }
    if (!arguments.svg.empty()) return Exit::ok;
    OutputFile file(arguments.output);
    const auto html = serve::report_html(catalogue, arguments.question, watch);
    if (watch.stop.stop_requested()) return left_with_nothing();
    if (arguments.output == "-")
        print_as_it_is(html); // a page is for a browser, not for the terminal
    else
        file.write(html);
    file.commit();
    if (arguments.output != "-") print(fmt::format("{}: opens in any browser, without a network\n", arguments.output));
    return Exit::ok;
}

} // namespace

void add_report(Program& program) {
    auto& command = program.command("report", "The page as one file, its answers inside: to read, print and pass on");
    auto& arguments = command.keep<ReportArguments>();
    auto& question = arguments.question;
    command.example("autarky report", "writes report.html on the bundled scenario");
    command.example("autarky report my.toml -o mine.html", "on a scenario of your own");
    command.example("autarky report --variant article --against ai5", "with a comparison to the file as it stands");
    command.example("autarky report --plan --stress strait_blockade@2028Q1",
                    "also what to contract, and what an event takes");
    command.example("autarky report --svg verdict=verdict.svg", "one picture, drawn without a browser");
    command.argument("SCENARIO", question.scenario, "Name of a bundled scenario or a file (ai5)");
    command.option("--variant", "VARIANT", question.variant, "Named set of overrides of the scenario");
    command.option("--set", "PATH=VALUE", question.set, "Another value for one key");
    command.option("--against", "SCENARIO", question.against, "Also a comparison with another scenario");
    command.option("--against-variant", "VARIANT", question.against_variant, "Also a comparison with a variant");
    command.flag("--chinese", question.chinese, "The page begins in Chinese; its reader can change that");
    command.flag("--plan", question.plan, "Also what to contract before the future is known");
    command.option("--stress", "EVENT", question.stress, "Also what an event takes, such as strait_blockade@2028Q1");
    command.flag("--brief", question.brief, "Without what would change the decision and what to watch: sooner made");
    command.option("--svg", "NAME=FILE", arguments.svg, "Only a picture: verdict or map; - is standard output");
    command.option("-n,--samples", "N", question.samples, "Number of samples of the run (16384)");
    command.option("--claim-samples", "N", question.claim_samples, "Futures to judge the claims on (5000)");
    command.option("--seed", "S", question.seed, "Seed of the draws (1)");
    command.option("-o,--output", "FILE", arguments.output, "Where to write it (report.html); - is standard output");
    command.runs([&arguments] { return report(arguments); });
}

} // namespace autarky::cli

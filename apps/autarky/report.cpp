// autarky: the command `report`: the page with its answers inside, one file.
// SPDX-License-Identifier: Apache-2.0
#include "serve/report.hpp"

#include <fmt/format.h>

#include <stop_token>

#include "autarky/commands.hpp"
#include "autarky/interrupt.hpp"
#include "autarky/output.hpp"
#include "autarky/progress.hpp"

namespace autarky::cli {
namespace {

struct ReportArguments {
    serve::ReportQuestion question;
    std::string output = "report.html";
};

Exit report(const ReportArguments& arguments) {
    OutputFile file(arguments.output); // before the work: a file that cannot be written is said at once
    const answers::Catalogue catalogue;
    const InterruptWatch interrupt;
    ProgressLine line;
    std::stop_source stop;
    answers::Watch watch;
    watch.stop = stop.get_token();
    watch.progress = [&](std::uint64_t done, std::uint64_t of) {
        line.show(done, of);
        if (InterruptWatch::is_interrupted()) stop.request_stop();
    };
    const auto html = serve::report_html(catalogue, arguments.question, watch);
    if (stop.stop_requested()) return InterruptWatch::exit();
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
    command.argument("SCENARIO", question.scenario, "Name of a bundled scenario or a file (ai5)");
    command.option("--variant", "VARIANT", question.variant, "Named set of overrides of the scenario");
    command.option("--set", "PATH=VALUE", question.set, "Another value for one key");
    command.option("-n,--samples", "N", question.samples, "Number of samples of the run (20000)");
    command.option("--claim-samples", "N", question.claim_samples, "Futures to judge the claims on (5000)");
    command.option("--seed", "S", question.seed, "Seed of the draws (1)");
    command.option("-o,--output", "FILE", arguments.output, "Where to write it (report.html); - is standard output");
    command.runs([&arguments] { return report(arguments); });
}

} // namespace autarky::cli

// autarky: writes the results of a run.
// SPDX-License-Identifier: Apache-2.0
#include "autarky/run_output.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "analysis/json.hpp"
#include "autarky/run_text.hpp"

namespace autarky::cli {
namespace {

/// Set aside on the disk before the run; a result is usually smaller.
constexpr std::size_t usual_size = 1'000'000;

} // namespace

void add_result_options(Command& command, ResultOptions& options) {
    command.flag("--json", options.json, "Print JSON instead of the summary");
    command.option("-o,--output", "FILE", options.output,
                   "Write the JSON to FILE, whole or not at all; - is standard output");
}

void complain(std::string_view line) {
    // nothing is left to do when standard error is gone
    static_cast<void>(std::fwrite(line.data(), 1, line.size(), stderr));
    static_cast<void>(std::fputc('\n', stderr));
}

ResultWriter::ResultWriter(const ResultOptions& options) : options_(options) {
    if (!options.output.empty()) file_.emplace(options.output, usual_size);
}

Exit ResultWriter::write(const analysis::Summary& summary, const std::string& scenario) {
    if (file_) {
        file_->write(analysis::json_of(summary));
        file_->commit();
    } else if (options_.json) {
        print(analysis::json_of(summary));
    }
    if (!options_.json && options_.output != "-") print(run_text(summary, scenario));
    if (!summary.has_too_many_failures()) return Exit::ok;
    complain(fmt::format("{} of {} samples failed, which is more than 0.1 %: the figures are not to be relied on",
                         summary.result.failed, summary.result.done));
    return Exit::numerical;
}

void ResultWriter::write(std::string_view bytes) {
    file_->write(bytes);
    file_->commit();
}

} // namespace autarky::cli

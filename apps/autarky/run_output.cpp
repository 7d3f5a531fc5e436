// autarky: writes the results of a run.
// SPDX-License-Identifier: Apache-2.0
#include "autarky/run_output.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "autarky/ask.hpp"
#include "autarky/terminal.hpp"
#include "autarky/workbook_file.hpp"

namespace autarky::cli {
namespace {

/// Set aside on the disk before the run; a result is usually smaller.
constexpr std::size_t usual_size = 1'000'000;

/// Commands that a reader may want next.
std::string next_steps(const analysis::Summary& s, const std::string& named) {
    if (s.verdict.is_empty) return {};
    const std::string scenario = named == "ai5" ? "" : " " + named;
    std::vector<std::string> year_ends; // the rows of the tables
    for (const auto& quarter : s.frame.quarters)
        if (quarter.ends_with("Q4") || quarter == s.frame.quarters.back()) year_ends.push_back(quarter);
    const auto& middle = year_ends[year_ends.size() / 2];
    const std::size_t width = page().width;
    std::string out = "\n" + inked(Ink::bold, "Next") + "\n";
    const auto line = [&](const std::string& text) { out += "  " + wrapped(text, width - 2, 4) + "\n"; };
    line(fmt::format("autarky explain chip.unit_cost --at {}{}, where a number comes from", middle, scenario));
    if (!s.frame.known_variants.empty())
        line(fmt::format("autarky run{} --variant NAME, on other inputs: {}", scenario,
                         fmt::join(s.frame.known_variants, ", ")));
    return out;
}

} // namespace

void add_result_options(Command& command, ResultOptions& options) {
    command.flag("--json", options.json, "Print JSON instead of the summary");
    command.flag("--csv", options.csv, "Print a table as CSV instead of the summary");
    command.option("--table", "NAME", options.table,
                   "Which table as CSV, \"single\": what is in none, metrics among it (drivers)");
    command.option("-o,--output", "FILE", options.output,
                   "Write the JSON, or CSV or a workbook to a FILE named .csv or .xlsx, whole or not at all; - is "
                   "standard output");
}

void complain(std::string_view line) { warn(fmt::format("{}\n", line)); }

namespace {

bool is_csv(const ResultOptions& options) { return options.csv || options.output.ends_with(".csv"); }

void refuse_idle(const ResultOptions& options) {
    if (is_workbook(options.output) && (options.json || options.csv))
        throw UsageError("E0504", fmt::format("--output: {} is named for another format", options.output));
    if (options.json && is_csv(options))
        throw UsageError("E0504", "--json: the result is asked for as CSV", "give one of them, or name the file .json");
    if (options.csv && options.output.ends_with(".json"))
        throw UsageError("E0504", fmt::format("--output: {} is named for another format", options.output));
    if (!options.table.empty() && !is_csv(options))
        throw UsageError("E0506", "--table: it changes nothing without --csv");
}

} // namespace

ResultWriter::ResultWriter(const ResultOptions& options) : options_(options) {
    refuse_idle(options);
    if (!options.output.empty()) file_.emplace(options.output, usual_size);
}

Exit ResultWriter::write(answers::RunAnswer answer,
                         const std::function<show::Workbook(const answers::RunAnswer&)>& workbook) {
    const auto scenario = answer.scenario_asked;
    const auto reply = answers::reply_of(std::move(answer));
    const auto& summary = reply.as<answers::RunAnswer>().summary;
    const bool is_for_programs = options_.json || options_.csv;
    const auto result = [&] {
        if (is_workbook(options_.output))
            return bytes_of(workbook ? workbook(reply.as<answers::RunAnswer>()) : answers::workbook(reply));
        return is_csv(options_) ? csv_of(reply, options_.table) : reply.json();
    };
    if (file_) {
        file_->write(result());
        file_->commit();
    } else if (is_for_programs) {
        print(result());
    }
    if (!is_for_programs && options_.output != "-") print(reply.text(page()) + next_steps(summary, scenario));
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

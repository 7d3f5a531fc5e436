// autarky: the command `audit`: the claims of a scenario, each with what the model makes of it.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/audit.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/json_text.hpp"
#include "autarky/commands.hpp"
#include "autarky/output.hpp"
#include "autarky/scenario_options.hpp"
#include "autarky/terminal.hpp"
#include "core/calendar.hpp"
#include "show/figure_text.hpp"

namespace autarky::cli {
namespace {

using Json = nlohmann::ordered_json;

struct AuditArguments : ScenarioOptions {
    std::uint64_t samples = 5'000;
    std::uint64_t seed = 1;
    unsigned threads = 0;
    std::string fail_on;
    std::string output;
    bool json = false;
};

using analysis::AuditRow;
using analysis::Judgement;

std::string band_text(const AuditRow& row) {
    if (std::isnan(row.p50)) return "-";
    const bool is_date = row.claim->unit == "year" && show::looks_like_a_date(row.p50);
    const auto text = [is_date](double x) { return is_date ? quarter_of(x).text() : show::figure(x); };
    const bool has_unit = !is_date && row.claim->unit != "1";
    return fmt::format("{} ({} to {}){}", text(row.p50), text(row.p05), text(row.p95),
                       has_unit ? " " + row.claim->unit : "");
}

std::string text_of(const AuditArguments& arguments, const Loaded& loaded, const std::vector<AuditRow>& rows) {
    std::array<int, 4> count{};
    for (const auto& row : rows)
        ++count[static_cast<std::size_t>(row.judgement)];
    std::string out = fmt::format(
        "{}{}, {} futures, seed {}\n{} claims: {} hold, {} hold under a condition, {} fail, {} cannot be judged\n",
        loaded.name, loaded.variant.empty() ? "" : " (" + loaded.variant + ")",
        show::fixed(static_cast<double>(arguments.samples), 0), arguments.seed, rows.size(), count[0], count[1],
        count[2], count[3]);
    out += "A claim holds if it is true in at least 80 % of futures and fails if in less than 5 %.\n";
    out += "Recomputed: median (5 % to 95 % of futures).\n";
    for (const auto& row : rows) {
        const auto& claim = *row.claim;
        const std::string what =
            claim.metric.empty() ? "no metric" : claim.metric + (claim.at ? " in " + claim.at->text() : "");
        out += fmt::format("\n{:<5} {:<17} {}\n", claim.id, analysis::name_of(row.judgement), claim.text);
        const char* relation = claim.comparison == Comparison::at_least  ? "at least "
                               : claim.comparison == Comparison::at_most ? "at most "
                                                                         : "";
        out += fmt::format("      stated {}{}; recomputed {}: {}\n", relation, claim.written, band_text(row), what);
        out += "      " + wrapped(row.why, 94, 6) + "\n";
    }
    return out;
}

std::string json_of(const std::vector<AuditRow>& rows) {
    auto list = Json::array();
    const auto number = [](double x) { return std::isnan(x) ? Json(nullptr) : Json(x); };
    for (const auto& row : rows) {
        const auto& claim = *row.claim;
        Json item;
        item["id"] = claim.id;
        item["claim"] = claim.text;
        item["stated"] = claim.written;
        item["unit"] = claim.unit;
        item["metric"] = claim.metric;
        item["at"] = claim.at ? Json(claim.at->text()) : Json(nullptr);
        item["recomputed"] = {{"p05", number(row.p05)}, {"p50", number(row.p50)}, {"p95", number(row.p95)}};
        item["share"] = row.share;
        item["verdict"] = analysis::name_of(row.judgement);
        item["why"] = row.why;
        list.push_back(std::move(item));
    }
    return analysis::json_text(list);
}

Exit audit(const AuditArguments& arguments) {
    constexpr std::uint64_t most_samples = 1'000'000; // every one of them is kept
    if (arguments.samples < 100 || arguments.samples > most_samples)
        throw UsageError("E0504", fmt::format("--samples: an audit needs 100 to {} samples", most_samples));
    if (!arguments.fail_on.empty() && arguments.fail_on != "fails")
        throw UsageError("E0504", fmt::format("--fail-on: '{}' is no gate", arguments.fail_on), "--fail-on fails");
    const Loaded loaded = load_scenario(arguments);
    const analysis::ScenarioModel model(loaded);
    const auto rows = analysis::audit(model, {arguments.samples, arguments.seed, arguments.threads});
    const std::string text = arguments.json ? json_of(rows) : text_of(arguments, loaded, rows);
    if (arguments.output.empty() || arguments.output == "-")
        print(text);
    else
        write_file(arguments.output, text);
    const bool failed =
        std::any_of(rows.begin(), rows.end(), [](const AuditRow& row) { return row.judgement == Judgement::fails; });
    return failed && arguments.fail_on == "fails" ? Exit::gate : Exit::ok;
}

} // namespace

void add_audit(Program& program) {
    auto& command = program.command("audit", "Claims of the scenario, held against what the model recomputes");
    auto& arguments = command.keep<AuditArguments>();
    command.example("autarky audit", "the essay's claims on a careful reader's inputs");
    command.example("autarky audit --variant article", "the same claims on the essay's own numbers");
    add_scenario_options(command, arguments);
    command.option("-n,--samples", "N", arguments.samples, "Futures to judge on (5,000)");
    command.option("--seed", "S", arguments.seed, "Seed of the draws (1)");
    command.option("--threads", "T", arguments.threads, "Threads (0: one for each processor)");
    command.option("--fail-on", "fails", arguments.fail_on, "Exit with 1 when a claim fails");
    command.flag("--json", arguments.json, "Print JSON: a list of {id, claim, stated, unit, recomputed, verdict, why}");
    command.option("-o,--output", "FILE", arguments.output, "Write to a file");
    command.runs([&arguments] { return audit(arguments); });
}

} // namespace autarky::cli

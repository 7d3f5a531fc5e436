// autarky: the commands of questions about scenarios: their examples.
// SPDX-License-Identifier: Apache-2.0
#include "answers/anchor.hpp"
#include "answers/audit.hpp"
#include "answers/check.hpp"
#include "answers/compare.hpp"
#include "answers/discover.hpp"
#include "answers/explain.hpp"
#include "answers/flip.hpp"
#include "answers/map.hpp"
#include "answers/metrics.hpp"
#include "answers/paths.hpp"
#include "answers/plan.hpp"
#include "answers/sense.hpp"
#include "answers/sources.hpp"
#include "answers/stress.hpp"
#include "answers/update.hpp"
#include "answers/validate.hpp"
#include "answers/wafers.hpp"
#include "answers/worth.hpp"
#include "autarky/ask.hpp"
#include "autarky/commands.hpp"

namespace autarky::cli {
namespace {

/// The code of a message may stand in the place of a metric.
const answers::Entry& metric_or_code(answers::Given& given) {
    for (auto& [key, value] : given)
        if (const auto* text = std::get_if<std::string>(&value.is);
            key == "metric" && text != nullptr && answers::is_code(*text)) {
            key = "code";
            return answers::code_entry;
        }
    return answers::explain_entry;
}

} // namespace

void add_audit(Program& program) {
    auto& command = add_question(program, answers::audit_entry);
    command.example("autarky audit", "the essay's claims on a careful reader's inputs");
    command.example("autarky audit --variant article", "the same claims on the essay's own numbers");
    command.example("autarky audit --section 3 --word yield", "those of one section that speak of yield");
}

void add_check(Program& program) {
    auto& command = add_question(program, answers::check_entry);
    command.example("autarky check", "the bundled main scenario with each of its variants");
    command.example("autarky check my.toml --variant cheap", "one variant of a file");
    command.example("autarky check --all --strict",
                    "every bundled scenario and the whole catalogue; warnings fail too");
    command.details("Exit codes: 0 no errors, 1 warnings with --strict, 2 the command line, 3 invalid input, 5 a file. "
                    "'autarky explain E0203' tells what a code means.");
}

void add_map(Program& program) {
    auto& command = add_question(program, answers::map_entry);
    command.example("autarky map", "yearly volume against own over merchant utilisation");
    command.example("autarky map vehicle.cars.work*0.25..4 merchant.thor.list_price=200..3000 --svg map.svg",
                    "two inputs of your choice, as a picture too");
}

void add_break_even(Program& program) {
    auto& command = add_question(program, answers::break_even_entry);
    command.example("autarky break-even", "by which factor demand must grow or shrink");
    command.example("autarky break-even --variant article --json", "on the essay's own numbers, as JSON");
}

void add_flip(Program& program) {
    auto& command = add_question(program, answers::flip_entry);
    command.example("autarky flip", "the eight strongest inputs of the main scenario");
    command.example("autarky flip --variant article --input economy.discount_rate", "one input of your choice");
}

void add_worth(Program& program) {
    auto& command = add_question(program, answers::worth_entry);
    command.example("autarky worth", "which input to find out about before deciding");
    command.example("autarky worth --variant article --csv", "on the essay's own numbers, for other tools");
}

void add_update(Program& program) {
    auto& command = add_question(program, answers::update_entry);
    command.example("autarky update", "the main scenario after the reports since its decision");
    command.example("autarky update --variant article --since 2024", "how well the essay's numbers foresaw them");
}

void add_sense(Program& program) {
    auto& command = add_question(program, answers::sense_entry);
    command.example("autarky sense", "what drives the value, alone and together");
    command.example("autarky sense --screen", "the cheap look at every driver");
    command.example("autarky sense --metric chip.unit_cost --at 2030Q4 --svg sense.svg", "another result, drawn");
}

void add_discover(Program& program) {
    auto& command = add_question(program, answers::discover_entry);
    command.example("autarky discover", "where making fails, in boxes of inputs");
    command.example("autarky discover --pays --svg boxes.svg", "where it pays, drawn");
}

void add_compare(Program& program) {
    auto& command = add_question(program, answers::compare_entry);
    command.example("autarky compare --variant article", "a variant against the file as it stands");
    command.example("autarky compare --set economy.discount_rate='12 %/year'", "a changed input against the file");
}

void add_anchor(Program& program) {
    auto& command = add_question(program, answers::anchor_entry);
    command.example("autarky anchor", "points of yield per 1,000 wafers a month, at every site of own chips");
    command.example("autarky anchor --site samsung_taylor_sf2p --csv", "one site, for other tools");
}

void add_paths(Program& program) {
    auto& command = add_question(program, answers::paths_entry);
    command.example("autarky paths", "each way to more wafers: taken, waited for, staged, given up");
    command.example("autarky paths scarce --path terafab --wait 3", "one of them where wafers are scarce");
}

void add_wafers(Program& program) {
    auto& command = add_question(program, answers::wafers_entry);
    command.example("autarky wafers", "from site to device, in the year with most wafers");
    command.example("autarky wafers --fails samsung_taylor_sf2 --from 2029Q1", "the same when the sites there stop");
}

void add_stress(Program& program) {
    auto& command = add_question(program, answers::stress_entry);
    command.example("autarky stress --event strait_blockade --at 2028Q1", "what a blockade takes from either way");
    command.example("autarky stress --site samsung_taylor_sf2 --at 2029Q1 --for '6 month' --severity 0.5",
                    "half of one site for half a year");
    command.example("autarky stress --event title_one@2028Q1 --event memory_shortage@2028Q3",
                    "two events, each on a day of its own");
}

void add_plan(Program& program) {
    auto& command = add_question(program, answers::plan_entry);
    command.example("autarky plan", "which contracts to sign in the main scenario, and how large");
    command.example("autarky plan scarce --futures 200 --risk-weight 0", "where wafers are scarce, by the mean alone");
    command.example("autarky plan --as mps -o plan.mps", "the model for another solver");
    command.details(
        "A plan that no future was told apart from: it is made before the future is known, and what is done "
        "after it is made with the whole future known.");
}

void add_metrics(Program& program) {
    auto& command = add_question(program, answers::metrics_entry);
    command.example("autarky metrics", "all of them");
    command.example("autarky metrics 'grid.*' --json", "those of the grid, as JSON");
}

void add_sources(Program& program) {
    auto& command = add_question(program, answers::sources_entry);
    command.example("autarky sources", "the main scenario, weakest support first");
    command.example("autarky sources --grade rumour --variant reported", "what rests on rumours");
    command.example("autarky sources --csv", "for other tools");
}

void add_validate(Program& program) {
    auto& command = add_question(program, answers::validate_entry);
    command.example("autarky validate", "every source, with the defects of peers that are known");
    command.example("autarky validate --peer actuary --all", "each case of one peer");
    command.details("Exit code 1 when a case is not reproduced.");
}

void add_explain(Program& program) {
    auto& command = add_question(program, answers::explain_entry, metric_or_code);
    command.example("autarky explain chip.unit_cost --at 2028Q2", "the cost of a chip in one quarter");
    command.example("autarky explain npv --depth 4", "the value of making, four levels deep");
    command.example("autarky explain chip.unit_cost --at 2030Q4 -o tree.xlsx",
                    "a workbook whose formulas follow its inputs");
    command.example("autarky explain C019", "a claim, the metric that judges it and where that comes from");
    command.example("autarky explain E0203", "what a message means and how its cause is mended");
    command.details("METRIC is a metric, as 'autarky metrics' lists them, the name of a claim, or the code of a "
                    "message.");
}

void add_code(Program& program) {
    auto& command = add_question(program, answers::code_entry);
    command.example("autarky code E0203", "the same as 'autarky explain E0203'");
}

} // namespace autarky::cli

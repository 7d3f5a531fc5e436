// autarky: the commands of questions about the grid: their examples.
// SPDX-License-Identifier: Apache-2.0
#include "answers/grid/age.hpp"
#include "answers/grid/fix.hpp"
#include "answers/grid/flow.hpp"
#include "answers/grid/futures.hpp"
#include "answers/grid/host.hpp"
#include "answers/grid/nation.hpp"
#include "autarky/ask.hpp"
#include "autarky/commands.hpp"

namespace autarky::cli {
void add_grid_questions(Program& program) {
    auto& family = add_family(program, "grid", "How many devices a street, a feeder, a country can carry");
    family.example("autarky grid host us-pole-25", "cars behind a 25 kVA pole unit");
    family.example("autarky grid host --help", "each question has its own options");
    family.details("Streets and feeders of the catalogue: autarky grid list");
    add_question(program, answers::host_entry)
        .example("autarky grid host us-pole-25", "cars behind a 25 kVA pole unit, by criterion, over 100 placements");
    add_question(program, answers::fix_entry)
        .example("autarky grid fix us-pole-25 --devices 6", "what makes room for six cars, cheapest first");
    auto& flow = add_question(program, answers::flow_entry);
    flow.example("autarky grid flow cigre_lv", "losses, lowest voltage, fullest branch");
    flow.example("autarky grid flow feeder.json --batch day.json --json", "nodes and branches in every scenario");
    add_question(program, answers::fault_entry)
        .example("autarky grid fault feeder.json --currents smallest", "what protection has to see");
    auto& age = add_question(program, answers::age_entry);
    age.example("autarky grid age day.csv --model c57.91-ode", "an assumed unit of 400 kVA by IEEE C57.91");
    age.example("autarky grid age eu-station-400 --load day.csv --svg day.svg", "the unit of a street, drawn");
    add_question(program, answers::nation_entry)
        .example("autarky grid nation --region us --managed 0.5", "overload, ageing, cost by penetration");
    add_question(program, answers::cap_entry)
        .example("autarky grid cap --region europe", "how often, and when, streets hold devices back");
    add_question(program, answers::futures_entry)
        .example("autarky grid futures ai5", "when the grid binds before chips do, managed and unmanaged");
    add_question(program, answers::claims_entry).example("autarky grid claims", "each statement with what is computed");
    add_question(program, answers::surface_entry)
        .example("autarky grid surface --region us -o overload_us.toml", "the table of the catalogue, made anew");
    add_question(program, answers::grid_list_entry).example("autarky grid list", "names that the other commands take");
}

} // namespace autarky::cli

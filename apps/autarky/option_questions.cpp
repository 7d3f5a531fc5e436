// autarky: the commands of closed forms: their examples.
// SPDX-License-Identifier: Apache-2.0
#include "answers/option/dated.hpp"
#include "answers/option/decision.hpp"
#include "answers/option/perpetual.hpp"
#include "autarky/ask.hpp"
#include "autarky/commands.hpp"

namespace autarky::cli {

void add_option_questions(Program& program) {
    auto& family = add_family(program, "option", "Closed forms of options and decisions, to hold plans against");
    family.example("autarky option mcdonald-siegel --r 0.04 --delta 0.04 --sigma 0.2 --investment 1 --value 1.5",
                   "when to invest");
    family.example("autarky option crr --help", "each question has its own options");
    family.details("Rates, payouts and volatilities are per year and continuous; prices in any one currency.");
    add_question(program, answers::mcdonald_siegel_entry)
        .example("autarky option mcdonald-siegel --r 0.08 --delta 0.05 --sigma 0.3 --investment 100 --value 120",
                 "a net present value of 20, and the option to wait worth 50");
    add_question(program, answers::perpetual_put_entry)
        .example("autarky option perpetual-put --S 100 --K 100 --r 0.05 --sigma 0.2", "when to give up for 100");
    add_question(program, answers::black_scholes_entry)
        .example("autarky option black-scholes --S 100 --K 100 --r 0.05 --sigma 0.2 --T 1", "a year at the money");
    add_question(program, answers::margrabe_entry)
        .example("autarky option margrabe --S1 120 --S2 100 --sigma1 0.25 --sigma2 0.35 --rho 0.3 --T 2",
                 "give one for the other in two years");
    add_question(program, answers::crr_entry)
        .example("autarky option crr --S 100 --K 100 --r 0.05 --sigma 0.2 --T 1 --right put --american --n 200",
                 "a put that may be used before its end");
    add_question(program, answers::newsvendor_entry)
        .example("autarky option newsvendor --mean 1000 --sd 200 --price 10 --cost 6 --salvage 2", "how much to order");
    add_question(program, answers::manne_entry)
        .example("autarky option manne --a 0.7 --r 0.1", "how large a step of capacity should be");
    add_question(program, answers::payoff_entry)
        .example("autarky option payoff --row 120,60,-40 --row 80,70,20 --row 40,40,40 --p 0.3,0.5,0.2",
                 "three actions, three states");
}

} // namespace autarky::cli

// autarky: the commands of questions about parts of the model: their examples.
// SPDX-License-Identifier: Apache-2.0
#include "answers/chip.hpp"
#include "answers/design.hpp"
#include "answers/die.hpp"
#include "answers/export.hpp"
#include "answers/package.hpp"
#include "answers/reticle.hpp"
#include "answers/ttm.hpp"
#include "answers/workload.hpp"
#include "autarky/ask.hpp"
#include "autarky/commands.hpp"

namespace autarky::cli {

void add_die(Program& program) {
    auto& command = add_question(program, answers::die_entry);
    command.example("autarky die 26x16.5 --d0 0.1 --wafer-price 20_000", "a half-reticle die");
    command.example(
        "autarky die 26x16.5 25.5x31.9:144/12 --uncore-share \"40 %\" --d0 \"0.08 to 0.4\" --wafer-price 20_000",
        "two dies side by side under an uncertain defect density, the larger one with spare units");
    command.example("autarky die --area 400 --process n5 --svg wafer.svg",
                    "a square die on a process of the catalogue");
    command.example("autarky die 26x16.5 --wafer-price 20_000 --solve d0 --target 250",
                    "the defect density at which a good die costs 250 USD");
    command.example("autarky die 26x16.5 --reported-yield \"50 to 65 %\" --reported-area 115",
                    "the same die on a process of which a yield of another die was reported");
    command.details(
        "Numbers may carry units (\"0.3 cm\", \"18 MUSD\", \"85 %\"); without one the unit named above holds. A range "
        "\"a to b\" is the 5th to 95th percentile; of other options than --d0 and --reported-yield its median counts. "
        "gross_dies: area_bound is the wafer's area over the die's, closed_form the formula used inside Monte Carlo, "
        "optimised the exact count at the best position of the grid; good_dies and cost use it. Yields by model are "
        "for "
        "random defects only.");
}

void add_package(Program& program) {
    auto& command = add_question(program, answers::package_entry);
    command.example("autarky package \"13x16.4*2\" --d0 0.1 --wafer-price 20_000 --kind interposer",
                    "two chiplets on a silicon interposer, and one die of their area");
    command.example("autarky package \"10x10*4@n5\" 20x13@n7 --link-share \"10 %\" --nre \"200 MUSD\" --volume 1e6",
                    "four dies of one process and one of another, with their one-time cost");
    command.details(
        "Carriers, bumps and substrates have the published parameters of Chiplet Actuary (Feng and Ma, DAC 2022); "
        "the cost and the yield of embedding a bridge are assumptions. The one die is as square as the field of 26 x "
        "33 mm allows, on an organic substrate and the process of the first die; its design costs as much as those of "
        "all kinds of dies together, and it needs one mask set.");
}

void add_reticle(Program& program) {
    auto& command = add_question(program, answers::reticle_entry);
    command.example("autarky reticle \"8x6*2\" 10x5 \"4x4*3\" --process n5 --wafers 25",
                    "a shuttle of three designs, its masks spread over one lot");
    command.details("Dies lie in shelves; the field grid stands where the area of whole dies is largest. Dies at the "
                    "rim count one by "
                    "one, so that a field that is cut still gives those that are whole.");
}

void add_ttm(Program& program) {
    auto& command = add_question(program, answers::ttm_entry);
    command.example("autarky ttm --node 7 --chips 1e7 --transistors 5e9 --unique 5e8 --engineers 100 --parallel 0.6",
                    "ten million phone chips at 7 nm");
    command.details("The queue counts wafers: at half the rate the same wafers ahead take twice the weeks.");
}

void add_chip(Program& program) {
    auto& command = add_question(program, answers::chip_entry);
    command.example("autarky chip hw3 --workload driving-vision", "a chip of the catalogue under one workload");
    command.example("autarky chip thor --workload driving-vision --workload planning --json",
                    "several in turns, as JSON");
    command.example("autarky chip thor --customer driving-vision,occupancy --customer robot-pi0",
                    "a merchant's chip seen by two buyers");
    command.example("autarky chip --array 32x32 --dataflow ws --layers resnet-50", "exact cycles on one array");
    command.details("Without CHIP and --array the chips of the catalogue are listed.");
}

void add_design(Program& program) {
    auto& command = add_question(program, answers::design_entry);
    command.example("autarky design driving-vision planning", "two workloads that share the chip in turns");
    command.example("autarky design robot-pi0 --node 5 --svg front.svg", "one node, the front as a picture");
}

void add_export(Program& program) {
    auto& command = add_question(program, answers::export_entry);
    command.example("autarky export h20 --date 2025-05-01", "a published chip on a day, to China");
    command.example("autarky export thor --destination AE", "its readings differ: told as ambiguous");
    command.example("autarky export --date 2026-01-15", "all published chips");
    command.example("autarky export --frontier --node 5",
                    "the largest designs that pass, with the cost of their silicon");
    command.example("autarky export --tops int8=1979 --tops fp16=989 --area 814 --bandwidth 3350 --interconnect 900",
                    "a chip of your own");
    command.details(
        "TPP is the most over precisions of dense TOPS times bit length; performance density is TPP over the area of "
        "logic dies on non-planar nodes. What is not published is unknown, never zero: the answer then says what "
        "would be needed. No legal advice.");
}

void add_workload(Program& program) {
    auto& command = add_question(program, answers::workload_entry);
    command.example("autarky workload regnet-y-8gf", "a ready network");
    command.example("autarky workload regnet-y:17,192,76.82,2.19,56", "a RegNet by its numbers");
    command.example("autarky workload model.onnx --json", "an ONNX model");
    command.details("Without NAME the ready networks and workloads are listed.");
}

} // namespace autarky::cli

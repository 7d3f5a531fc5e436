// autarky: the command `chip`: a chip under its workloads, or exact cycles on one bare array.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "autarky/chip_array.hpp"
#include "autarky/chip_text.hpp"
#include "autarky/commands.hpp"
#include "autarky/network_input.hpp"
#include "autarky/output.hpp"
#include "design/chip.hpp"

namespace autarky::cli {
namespace {

struct ChipOptions {
    std::string chip;
    std::vector<std::string> workloads, customers;
    std::optional<std::string> precision, process;
    std::string date;
    bool per_layer = false;
    ArrayOptions array;
};

std::optional<compute::Precision> precision_of(const ChipOptions& options) {
    if (!options.precision) return std::nullopt;
    const auto precision = compute::precision_named(*options.precision);
    if (!precision)
        throw UsageError("E0504", fmt::format("--precision: '{}' is no number format", *options.precision),
                         fmt::format("{}", fmt::join(compute::precision_names, ", ")));
    return precision;
}

/// Rows of the jobs by customer; their names are added to `names`.
std::vector<std::vector<std::size_t>> customers_of(const ChipOptions& options, std::vector<std::string>& names) {
    std::vector<std::vector<std::size_t>> customers;
    for (std::string_view list : options.customers) {
        auto& rows = customers.emplace_back();
        while (true) {
            const auto comma = std::min(list.find(','), list.size());
            if (comma == 0)
                throw UsageError("E0504", "--customer: a name is empty", "e.g. --customer driving-vision,planning");
            rows.push_back(names.size());
            names.emplace_back(list.substr(0, comma));
            if (comma == list.size()) break;
            list.remove_prefix(comma + 1);
        }
    }
    return customers;
}

std::vector<design::Job> jobs_of(const ChipOptions& options, std::vector<std::string> names) {
    std::vector<design::Job> jobs;
    if (!options.array.layers.empty()) names.push_back(options.array.layers);
    jobs.reserve(names.size());
    compute::UsedDimensions used;
    for (const auto& name : names)
        jobs.push_back(is_network_file(name)
                           ? design::bare_job(name, read_network_file(name, options.array.dimensions, used))
                           : design::load_job(name));
    check_used(options.array.dimensions, used);
    if (const auto precision = precision_of(options))
        for (auto& job : jobs)
            job.workload.precision = *precision;
    return jobs;
}

void print_list() {
    print("Chips of the catalogue:\n");
    for (const auto& name : design::chip_names())
        print(fmt::format("  {}\n", name));
}

Exit chip(const ChipOptions& options) {
    if (!options.array.array.empty()) {
        if (!options.chip.empty()) throw UsageError("E0503", "either a chip or --array, not both");
        return chip_array(options.array);
    }
    if (options.chip.empty()) {
        if (!options.array.layers.empty() || !options.workloads.empty() || !options.customers.empty())
            throw UsageError("E0503", "which chip?",
                             "autarky chip hw3 --workload driving-vision, or --array 32x32 --dataflow os");
        print_list();
        return Exit::ok;
    }
    if (!options.array.as.empty() || !options.array.dataflow.empty())
        throw UsageError("E0503", "--dataflow and --as belong to --array",
                         "a chip of the catalogue has its own dataflow");
    const auto entry = design::load_chip(options.chip);
    auto names = options.workloads;
    const auto customers = customers_of(options, names);
    if (!customers.empty() && !options.workloads.empty())
        throw UsageError("E0503", "either --workload or --customer, not both",
                         "--customer NAME,NAME has the workloads of one customer");
    const auto jobs = jobs_of(options, std::move(names));
    const auto process = options.process.value_or(design::usual_process(entry.entity.node));
    const auto report = design::chip_report(entry, jobs, design::die_costing(process, options.date), 200, customers);
    print(options.array.json ? chip_json(report) : chip_text(report, options.per_layer));
    return Exit::ok;
}

} // namespace

void add_chip(Program& program) {
    auto& command =
        program.command("chip", "Which transistors does a workload use? Time, energy, area, unused silicon");
    auto& options = command.keep<ChipOptions>();
    command.example("autarky chip hw3 --workload driving-vision", "a chip of the catalogue under one workload");
    command.example("autarky chip thor --workload driving-vision --workload planning --json",
                    "several in turns, as JSON");
    command.example("autarky chip thor --customer driving-vision,occupancy --customer robot-pi0",
                    "a merchant's chip seen by two buyers");
    command.example("autarky chip --array 32x32 --dataflow ws --layers resnet-50", "exact cycles on one array");
    command.argument("CHIP", options.chip, "Chip of the catalogue, or a TOML file with one");
    command.option(
        "-w,--workload", "NAME", options.workloads,
        "Workload of the catalogue, ready network, layer table or ONNX model; several share the chip in turns");
    command.option(
        "--customer", "NAME,NAME", options.customers,
        "Workloads of one buyer of the chip; several buyers: what none uses, and the generality tax of each");
    command.option("--precision", "FORMAT", options.precision,
                   "Number format instead of the workload's: int8, fp16, ...");
    command.flag("--per-layer", options.per_layer, "Also a table of all layers");
    command.option("--process", "NAME", options.process, "Process whose wafers price the die");
    command.option("--date", "DATE", options.date, "Date of price and defect density (2027Q1)");
    command.option("--array", "RxC", options.array.array, "One bare array of so many rows and columns");
    command.option("--dataflow", "os|ws|is", options.array.dataflow,
                   "What stays in the array: outputs, weights, inputs");
    command.option("--layers", "FILE", options.array.layers,
                   "Layer table, topology of SCALE-Sim, ONNX model or ready network");
    command.option("--as", "scalesim", options.array.as, "Count as SCALE-Sim prints it, its known defects included");
    command.option("--dimension", "NAME=SIZE", options.array.dimensions,
                   "Size of a dimension that an ONNX model leaves open, by its name or as INPUT[INDEX]");
    command.flag("--json", options.array.json, "Print JSON");
    command.details("Without CHIP and --array the chips of the catalogue are listed.");
    command.runs([&options] { return chip(options); });
}

} // namespace autarky::cli

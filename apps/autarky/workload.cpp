// autarky: the command `workload`: work, parameters and layers of a ready network or of a file.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <algorithm>

#include "autarky/commands.hpp"
#include "autarky/network_input.hpp"
#include "autarky/output.hpp"
#include "autarky/terminal.hpp"
#include "compute/network/networks.hpp"
#include "design/chip.hpp"

namespace autarky::cli {
namespace {

using compute::Layer;
using Json = nlohmann::ordered_json;

struct WorkloadOptions {
    std::string name;
    std::vector<std::string> dimensions;
    bool json = false;
};

Json layer_json(const Layer& layer) {
    const auto f = compute::footprint(layer.shape);
    Json json{{"name", layer.name},
              {"operator", std::string(compute::operator_name(layer.shape))},
              {"macs", compute::macs(layer)},
              {"parameters", compute::parameters(layer)},
              {"executions", layer.executions()},
              {"vector_operations", compute::product(compute::vector_operations(layer.shape), layer.executions())},
              {"input_elements", f.inputs},
              {"output_elements", f.outputs}};
    Json products = Json::array();
    for (const auto& p : compute::products(layer.shape))
        products.push_back({{"m", p.rows}, {"n", p.columns}, {"k", p.reduction}, {"batch", p.batch}});
    json["products"] = std::move(products);
    return json;
}

Json network_json(const design::Job& job, bool has_rate) {
    Json json{{"name", job.name},
              {"network", job.network.name},
              {"source", job.network.source},
              {"macs", compute::macs(job.network)},
              {"parameters", compute::parameters(job.network)}};
    if (has_rate) {
        json["precision"] = std::string(compute::precision_names[static_cast<std::size_t>(job.workload.precision)]);
        json["rate_hz"] = job.workload.rate.in("Hz"_u);
        json["deadline_ms"] = job.workload.deadline.in("ms"_u);
        json["copies"] = job.workload.copies;
    }
    if (!job.network.unsupported.empty()) json["unsupported"] = job.network.unsupported;
    json["layers"] = Json::array();
    for (const auto& layer : job.network.layers)
        json["layers"].push_back(layer_json(layer));
    return json;
}

void print_table(const design::Job& job, bool has_rate) {
    const auto& network = job.network;
    print(fmt::format("{}: {:.3f} GMAC, {:.3f} M parameters, {} layers\n", inked(Ink::bold, job.name),
                      static_cast<double>(compute::macs(network)) * 1e-9,
                      static_cast<double>(compute::parameters(network)) * 1e-6, network.layers.size()));
    print(fmt::format("source: {}\n", network.source));
    if (has_rate)
        print(fmt::format("{:.4g} a second within {:.4g} ms in {}, {:.4g} times over for safety\n",
                          job.workload.rate.in("Hz"_u), job.workload.deadline.in("ms"_u),
                          compute::precision_names[static_cast<std::size_t>(job.workload.precision)],
                          job.workload.copies));
    std::size_t width = 5;
    for (const auto& layer : network.layers)
        width = std::max(width, std::min<std::size_t>(32, layer.name.size()));
    print(fmt::format("\n{} {:<22} {:>10} {:>12} {:>6}\n", left("layer", width), "operator", "MMAC", "parameters",
                      "runs"));
    for (const auto& layer : network.layers)
        print(fmt::format("{} {:<22} {:>10.1f} {:>12} {:>6}\n", left(cut(layer.name, width), width),
                          compute::operator_name(layer.shape), static_cast<double>(compute::macs(layer)) * 1e-6,
                          compute::parameters(layer), layer.executions()));
    for (const auto& [name, count] : network.unsupported)
        print(fmt::format("not counted: {} x {}\n", count, name));
}

void print_list() {
    print("Ready networks (a RegNet by its numbers: regnet-y:DEPTH,WIDTH,SLOPE,MULTIPLIER,GROUP):\n");
    for (const auto& name : compute::ready_network_names())
        print(fmt::format("  {}\n", name));
    print("Workloads of the catalogue, a network with rate, deadline and needs:\n");
    for (const auto& name : design::workload_names())
        print(fmt::format("  {}\n", name));
}

Exit workload(const WorkloadOptions& options) {
    if (options.name.empty()) {
        print_list();
        return Exit::ok;
    }
    const auto wanted = options.name;
    const bool is_file = is_network_file(wanted);
    design::Job job;
    compute::UsedDimensions used;
    if (is_file) {
        job.name = wanted;
        job.network = read_network_file(wanted, options.dimensions, used);
    } else {
        job = design::load_job(wanted);
    }
    check_used(options.dimensions, used);
    const bool has_rate = !is_file;
    if (options.json)
        print(network_json(job, has_rate).dump(2) + "\n");
    else
        print_table(job, has_rate);
    return Exit::ok;
}

} // namespace

void add_workload(Program& program) {
    auto& command = program.command("workload", "Work, parameters and layers of a network");
    auto& options = command.keep<WorkloadOptions>();
    command.example("autarky workload regnet-y-8gf", "a ready network");
    command.example("autarky workload regnet-y:17,192,76.82,2.19,56", "a RegNet by its numbers");
    command.example("autarky workload model.onnx --json", "an ONNX model");
    command.argument("NAME", options.name, "Ready network, workload of the catalogue, ONNX model or layer table");
    command.option("--dimension", "NAME=SIZE", options.dimensions,
                   "Size of a dimension that an ONNX model leaves open, by its name or as INPUT[INDEX]");
    command.flag("--json", options.json, "Print JSON");
    command.details("Without NAME the ready networks and workloads are listed.");
    command.runs([&options] { return workload(options); });
}

} // namespace autarky::cli

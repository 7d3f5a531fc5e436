// autarky: the command `chip` on one bare array: exact cycles of a network.
// SPDX-License-Identifier: Apache-2.0
#include "autarky/chip_array.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <algorithm>
#include <utility>

#include "autarky/network_input.hpp"
#include "autarky/output.hpp"
#include "autarky/program.hpp"
#include "autarky/terminal.hpp"
#include "compute/mapping/systolic.hpp"
#include "compute/network/networks.hpp"

namespace autarky::cli {
namespace {

using namespace compute;
using Json = nlohmann::ordered_json;

constexpr int largest_side = 65'536;

Array array_of(const ArrayOptions& options) {
    const auto x = options.array.find_first_of("xX");
    int rows = 0, columns = 0;
    const bool sound = x != std::string::npos && read_value(options.array.substr(0, x), rows).empty() &&
                       read_value(options.array.substr(x + 1), columns).empty();
    if (!sound)
        throw UsageError("E0504", fmt::format("--array: '{}' is no ROWSxCOLUMNS", options.array), "e.g. --array 32x32");
    if (rows < 1 || columns < 1)
        throw UsageError("E0504", fmt::format("--array: an array of {}x{} has no elements", rows, columns),
                         "e.g. --array 32x32");
    if (std::max(rows, columns) > largest_side)
        throw UsageError("E0504",
                         fmt::format("--array: {} has more than {} rows or columns", options.array, largest_side));
    const auto dataflow = dataflow_named(options.dataflow);
    if (!dataflow)
        throw UsageError("E0504",
                         options.dataflow.empty() ? "--array needs --dataflow"
                                                  : fmt::format("--dataflow: '{}' is no dataflow", options.dataflow),
                         "os (outputs stay), ws (weights stay) or is (inputs stay)");
    return {rows, columns, *dataflow};
}

Counting counting_of(const std::string& as) {
    if (as.empty()) return Counting::exact;
    if (as == "scalesim") return Counting::scalesim;
    throw UsageError("E0504", fmt::format("--as: '{}' is no convention", as), "scalesim");
}

Network network_of(const ArrayOptions& options, Counting counting) {
    if (options.layers.empty())
        throw UsageError("E0504", "--array needs --layers",
                         "a layer table, a topology of SCALE-Sim, an ONNX model or a ready network");
    UsedDimensions used;
    if (!is_network_file(options.layers)) {
        std::string why;
        if (auto ready = ready_network(options.layers, &why)) {
            check_used(options.dimensions, used);
            return std::move(*ready);
        }
        if (options.layers.find('/') == std::string::npos) {
            const auto known = ready_network_names();
            InputError error;
            error.diagnostics.error({}, "E0304", why + ", and no such file",
                                    did_you_mean(options.layers, {known.begin(), known.end()}));
            throw std::move(error);
        }
    }
    const auto depthwise = counting == Counting::scalesim ? Depthwise::layer_per_channel : Depthwise::one_layer;
    auto network = read_network_file(options.layers, options.dimensions, used, depthwise);
    check_used(options.dimensions, used);
    return network;
}

Json sram_json(const SramAccesses& sram) {
    return {{"ifmap", sram.ifmap}, {"filter", sram.filter}, {"ofmap", sram.ofmap}};
}

void add_run(Json& json, const ArrayRun& r, const Array& array) {
    json["macs"] = r.macs;
    json["cycles"] = r.cycles;
    json["utilisation"] = r.utilisation(array);
    json["mapping_efficiency"] = r.mapping_efficiency();
    json["sram"] = sram_json(r.sram);
}

Json run_json(const Network& network, const NetworkRun& result, const Array& array) {
    Json json;
    json["layers"] = Json::array();
    for (std::size_t i = 0; i < network.layers.size(); ++i) {
        Json layer{{"name", network.layers[i].name}};
        add_run(layer, result.layers[i], array);
        json["layers"].push_back(std::move(layer));
    }
    json["total"] = Json::object();
    add_run(json["total"], result.total, array);
    if (!network.unsupported.empty()) json["unsupported"] = network.unsupported;
    return json;
}

std::string row(const std::string& name, std::size_t width, const ArrayRun& r, const Array& array) {
    return fmt::format("{} {:>12.1f} {:>13} {:>8.2f} {:>8.2f} {:>14} {:>14} {:>14}\n", left(cut(name, width), width),
                       static_cast<double>(r.macs) * 1e-6, r.cycles, 100.0 * r.utilisation(array),
                       100.0 * r.mapping_efficiency(), r.sram.ifmap, r.sram.filter, r.sram.ofmap);
}

void print_table(const Network& network, const NetworkRun& result, const Array& array, Counting counting) {
    print(fmt::format("{} on an array of {} x {}, {} stationary{}\n\n", inked(Ink::bold, network.name), array.rows,
                      array.columns,
                      array.dataflow == Dataflow::output_stationary   ? "outputs"
                      : array.dataflow == Dataflow::weight_stationary ? "weights"
                                                                      : "inputs",
                      counting == Counting::scalesim ? ", counted as SCALE-Sim does" : ""));
    constexpr std::size_t width = 24;
    print(fmt::format("{} {:>12} {:>13} {:>8} {:>8} {:>14} {:>14} {:>14}\n", left("layer", width), "MMAC", "cycles",
                      "used %", "mapped %", "ifmap reads", "filter reads", "ofmap writes"));
    for (std::size_t i = 0; i < network.layers.size(); ++i)
        if (result.layers[i].macs > 0) print(row(network.layers[i].name, width, result.layers[i], array));
    print(row("total", width, result.total, array));
    const auto idle = std::ranges::count_if(result.layers, [](const ArrayRun& r) { return r.macs == 0; });
    if (idle > 0)
        print(
            fmt::format("{} layers have no work for an array (pooling, sums, activations) and are not shown\n", idle));
    for (const auto& [name, count] : network.unsupported)
        print(fmt::format("not counted: {} x {}\n", count, name));
}

} // namespace

Exit chip_array(const ArrayOptions& options) {
    const auto array = array_of(options);
    const auto counting = counting_of(options.as);
    const auto network = network_of(options, counting);
    const auto result = run(array, network, counting);
    if (options.json)
        print(run_json(network, result, array).dump(2) + "\n");
    else
        print_table(network, result, array, counting);
    return Exit::ok;
}

} // namespace autarky::cli

// autarky: a network on a bare array, for people.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "answers/chip.hpp"
#include "show/table.hpp"

namespace autarky::answers {
namespace {

using namespace compute;

std::string_view kept_in(Dataflow dataflow) {
    switch (dataflow) {
    case Dataflow::output_stationary: return "outputs";
    case Dataflow::weight_stationary: return "weights";
    case Dataflow::input_stationary: return "inputs";
    }
    return {};
}

} // namespace

std::string array_text(const ArrayFindings& found, const show::Page& page) {
    const auto& array = found.array;
    const auto& network = found.network;
    const auto& result = found.run;
    const auto title =
        fmt::format("{} on an array of {} x {}, {} stationary{}", show::inked(page, show::Ink::bold, network.name),
                    array.rows, array.columns, kept_in(array.dataflow),
                    found.counting == Counting::scalesim ? ", counted as SCALE-Sim does" : "");
    std::vector<std::string> heads{"MMAC", "cycles", "used %", "mapped %", "ifmap", "filter", "ofmap"};
    if (found.buffers) heads.emplace_back("DRAM");
    show::TableColumn names{"layer", {}, true, false};
    std::vector<show::TableColumn> columns;
    for (const auto& head : heads)
        columns.push_back({head, {}, false, false});
    const auto add = [&, &on = array](const std::string& name, const ArrayRun& r, Count dram) {
        names.cells.push_back(name);
        std::vector<std::string> row{fmt::format("{:.1f}", static_cast<double>(r.macs) * 1e-6),
                                     fmt::format("{}", r.cycles),
                                     fmt::format("{:.1f}", 100.0 * r.utilisation(on)),
                                     fmt::format("{:.1f}", 100.0 * r.mapping_efficiency()),
                                     fmt::format("{}", r.sram.ifmap),
                                     fmt::format("{}", r.sram.filter),
                                     fmt::format("{}", r.sram.ofmap)};
        if (found.buffers) row.push_back(fmt::format("{}", dram));
        for (std::size_t i = 0; i < row.size(); ++i)
            columns[i].cells.push_back(row[i]);
    };
    Count dram_total = 0;
    for (std::size_t i = 0; i < network.layers.size(); ++i) {
        if (result.layers[i].macs == 0) continue;
        const auto traffic = found.traffic(i).value_or(ArrayTraffic{});
        const Count dram = sum(traffic.read, traffic.written);
        dram_total = sum(dram_total, dram);
        add(network.layers[i].name, result.layers[i], dram);
    }
    add("total", result.total, dram_total);
    std::string out = show::wrapped(title, page.width, 0) + "\n";
    if (found.buffers)
        out += show::wrapped(fmt::format("buffers of {}, {} and {} KiB for inputs, weights and results; DRAM: words "
                                         "read and written, the least that they allow",
                                         found.buffers->ifmap / 1024, found.buffers->filter / 1024,
                                         found.buffers->ofmap / 1024),
                             page.width, 2) +
               "\n";
    for (const auto& remark : found.remarks())
        out += show::wrapped(remark, page.width, 2) + "\n";
    out += "\n";
    std::vector<show::TableColumn> all{std::move(names)};
    std::move(columns.begin(), columns.end(), std::back_inserter(all));
    out += show::table_text(page, {{"", "", std::move(all)}}, 0);
    const auto idle = std::ranges::count_if(result.layers, [](const ArrayRun& r) { return r.macs == 0; });
    if (idle > 0)
        out +=
            show::wrapped(
                fmt::format("{} layers have no work for an array (pooling, sums, activations) and are not shown", idle),
                page.width, 0) +
            "\n";
    return out;
}

} // namespace autarky::answers

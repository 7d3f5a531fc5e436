// autarky: a network on a bare array, for people.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
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
    const auto& [array, counting, network, result] = found;
    const auto title = fmt::format(
        "{} on an array of {} x {}, {} stationary{}", show::inked(page, show::Ink::bold, network.name), array.rows,
        array.columns, kept_in(array.dataflow), counting == Counting::scalesim ? ", counted as SCALE-Sim does" : "");
    const std::array<const char*, 7> heads{"MMAC", "cycles", "used %", "mapped %", "ifmap", "filter", "ofmap"};
    show::TableColumn names{"layer", {}, true, false};
    std::vector<show::TableColumn> columns;
    for (const auto* head : heads)
        columns.push_back({head, {}, false, false});
    const auto add = [&, &on = array](const std::string& name, const ArrayRun& r) {
        names.cells.push_back(name);
        const std::array<std::string, 7> row{fmt::format("{:.1f}", static_cast<double>(r.macs) * 1e-6),
                                             fmt::format("{}", r.cycles),
                                             fmt::format("{:.1f}", 100.0 * r.utilisation(on)),
                                             fmt::format("{:.1f}", 100.0 * r.mapping_efficiency()),
                                             fmt::format("{}", r.sram.ifmap),
                                             fmt::format("{}", r.sram.filter),
                                             fmt::format("{}", r.sram.ofmap)};
        for (std::size_t i = 0; i < row.size(); ++i)
            columns[i].cells.push_back(row[i]);
    };
    for (std::size_t i = 0; i < network.layers.size(); ++i)
        if (result.layers[i].macs > 0) add(network.layers[i].name, result.layers[i]);
    add("total", result.total);
    std::string out = show::wrapped(title, page.width, 0) + "\n";
    if (const auto left_out = uncounted_text(network); !left_out.empty())
        out += show::wrapped(left_out, page.width, 2) + "\n";
    for (const auto& remark : network.remarks)
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

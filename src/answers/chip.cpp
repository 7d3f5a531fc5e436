// autarky: puts workloads on chips and arrays.
// SPDX-License-Identifier: Apache-2.0
#include "answers/chip.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "answers/chip_describe.hpp"
#include "answers/quantity.hpp"
#include "compute/network/networks.hpp"
#include "core/refuse.hpp"

namespace autarky::answers {
namespace {

using namespace compute;

ArrayConfig config_of(const ChipQuestion& q, const std::string& content) {
    Diagnostics findings;
    auto config = read_array_config(content, q.array, findings);
    if (findings.has_errors()) throw InputError{std::move(findings)};
    if (q.dataflow && *q.dataflow != config.array.dataflow)
        refuse_field("dataflow", "E0504",
                     fmt::format("it is {}, {} says {}", dataflow_name(*q.dataflow), q.array,
                                 dataflow_name(config.array.dataflow)),
                     "leave it out, or change the file");
    return config;
}

Array sides_of(const ChipQuestion& q) {
    constexpr int largest_side = 65'536;
    const auto sides = parts_of(q.array, q.array.find('x') == std::string::npos ? 'X' : 'x');
    Diagnostics ignored;
    const auto rows = sides.size() == 2 ? whole_from(sides[0], "array", ignored) : std::nullopt;
    const auto columns = sides.size() == 2 ? whole_from(sides[1], "array", ignored) : std::nullopt;
    if (!rows || !columns)
        refuse_field("array", "E0504", fmt::format("'{}' is no ROWSxCOLUMNS", q.array),
                     "e.g. 32x32, or a .cfg of SCALE-Sim");
    if (*rows < 1 || *columns < 1)
        refuse_field("array", "E0504", fmt::format("an array of {}x{} has no elements", *rows, *columns), "e.g. 32x32");
    if (std::max(*rows, *columns) > largest_side)
        refuse_field("array", "E0504", fmt::format("{} has more than {} rows or columns", q.array, largest_side));
    if (!q.dataflow)
        refuse_field("array", "E0506", fmt::format("it needs {}", field_mark("dataflow")),
                     "os (outputs stay), ws (weights stay) or is (inputs stay)");
    return {*rows, *columns, *q.dataflow};
}

Network network_of(NetworkReader& read, const ChipQuestion& q) {
    if (!NetworkReader::is_file(q.layers)) {
        std::string why;
        if (auto ready = ready_network(q.layers, &why)) return std::move(*ready);
        if (q.layers.find('/') == std::string::npos) {
            const auto known = ready_network_names();
            refuse_field("layers", "E0304", why + ", and no such file",
                         did_you_mean(q.layers, {known.begin(), known.end()}));
        }
    }
    return read.file(q.layers, "layers",
                     q.as == Counting::scalesim ? Depthwise::layer_per_channel : Depthwise::one_layer);
}

ArrayFindings on_array(const Catalogue& catalogue, const ChipQuestion& q, const Watch& watch) {
    const bool is_file = q.array.ends_with(".cfg") || NetworkReader::is_file(q.array);
    auto config = is_file ? config_of(q, file_text(q.array, "array")) : ArrayConfig{.array = sides_of(q)};
    NetworkReader read(catalogue, q.dimension);
    auto network = network_of(read, q);
    read.finish(watch);
    auto result = compute::run(config.array, network, q.as);
    ArrayFindings out{config.array, q.as, std::move(network), std::move(result)};
    if (is_file) out.buffers = config.buffers;
    out.config_remarks = std::move(config.remarks);
    return out;
}

/// Rows of the jobs by customer; their names are added to `names`.
std::vector<std::vector<std::size_t>> customers_of(const ChipQuestion& q, std::vector<std::string>& names) {
    std::vector<std::vector<std::size_t>> customers;
    for (const auto& list : q.customer) {
        auto& rows = customers.emplace_back();
        for (auto& name : parts_of(list, ',')) {
            if (name.empty()) refuse_field("customer", "E0504", "a name is empty", "e.g. driving-vision,planning");
            rows.push_back(names.size());
            names.push_back(std::move(name));
        }
    }
    return customers;
}

design::ChipReport on_chip(const Catalogue& catalogue, const ChipQuestion& q, const design::ChipEntry& entry,
                           const Watch& watch) {
    const auto data = catalogue.folder_text();
    auto names = q.workload;
    const auto customers = customers_of(q, names);
    if (!customers.empty() && !q.workload.empty())
        refuse_field("workload", "E0504", fmt::format("give either it or {}", field_mark("customer")),
                     "a list NAME,NAME has the workloads of one customer");
    NetworkReader read(catalogue, q.dimension);
    std::vector<design::Job> jobs;
    for (const auto& name : names)
        jobs.push_back(read.job(name, q.workload.empty() ? "customer" : "workload"));
    if (!q.layers.empty()) jobs.push_back(read.job(q.layers, "layers"));
    read.finish(watch);
    for (auto& job : jobs)
        FormatsAsked{q.precision, q.activations}.set(job);
    const auto process = q.process.empty() ? design::usual_process(entry.entity.node) : q.process;
    constexpr std::size_t n_draws = 200;
    return design::chip_report(entry, jobs, design::die_costing(process, q.date, data), n_draws, customers);
}

} // namespace

ChipAnswer chip(const Catalogue& catalogue, const ChipQuestion& q, const Watch& watch) {
    ChipAnswer out;
    out.per_layer = q.per_layer;
    if (!q.array.empty()) {
        if (!q.chip.empty())
            refuse_field("array", "E0504", fmt::format("give either it or {}", field_mark("chip")),
                         "a chip of the catalogue has its own arrays and dataflow");
        if (q.precision || q.activations)
            refuse_field(q.precision ? "precision" : "activations", "E0506", "it changes nothing on a bare array",
                         "the same cycles in any number format");
        if (q.per_layer)
            refuse_field("per_layer", "E0506", "it changes nothing on a bare array",
                         "all of its layers are shown anyway");
        out.array = on_array(catalogue, q, watch);
    } else if (!q.chip.empty()) {
        const auto entry = design::load_chip(q.chip, catalogue.folder_text());
        out.report = on_chip(catalogue, q, entry, watch);
        out.licence = ComputedJudge(catalogue, q.date).judge(entry);
    } else {
        out.chips = design::chip_names(catalogue.folder_text());
    }
    return out;
}

std::string text(const ChipAnswer& answer, const show::Page& page) {
    if (answer.array) return array_text(*answer.array, page);
    if (answer.report) return report_text(*answer.report, answer.per_layer, page) + "\n" + text(*answer.licence, page);
    std::string out = "Chips of the catalogue:\n";
    for (const auto& name : answer.chips)
        out += fmt::format("  {}\n", name);
    return out;
}

const Entry chip_entry = entry_of<&chip, ChipQuestion, ChipAnswer>(
    "", "chip", "Which transistors does a workload use? Time, energy, area, unused silicon");

} // namespace autarky::answers

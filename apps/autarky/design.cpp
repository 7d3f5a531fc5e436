// autarky: the command `design`: which chip fits these workloads?
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <algorithm>
#include <array>
#include <optional>

#include "autarky/commands.hpp"
#include "autarky/network_input.hpp"
#include "autarky/output.hpp"
#include "autarky/terminal.hpp"
#include "design/space.hpp"
#include "silicon/fields.hpp"

namespace autarky::cli {
namespace {

using design::DesignPoint;
using design::Exploration;
using Json = nlohmann::ordered_json;

struct DesignOptions {
    std::vector<std::string> workloads;
    std::vector<int> nodes;
    std::vector<std::string> processes, dimensions;
    std::optional<std::string> precision, svg;
    std::optional<double> deadline_ms, rate_hz;
    std::string date;
    int rows = 25;
    bool json = false;
};

/// Clock at which arrays of a generation ship: a working estimate between TPUv4i (1.05 at 7 nm), Thor (1.58 at 4 nm) and
/// the class of AI5 (2 and above at 3 nm).
double usual_clock_ghz(int node_nm) {
    if (node_nm >= 12) return 1.2;
    if (node_nm >= 6) return 1.4;
    if (node_nm >= 4) return 1.6;
    return node_nm == 3 ? 1.9 : 2.1;
}

design::Job job_of(const std::string& name, const DesignOptions& options, compute::UsedDimensions& used) {
    auto job = is_network_file(name) ? design::bare_job(name, read_network_file(name, options.dimensions, used))
                                     : design::load_job(name);
    if (options.deadline_ms && !(*options.deadline_ms > 0.0))
        throw UsageError("E0504", fmt::format("--deadline: {} ms is no time in which to finish", *options.deadline_ms),
                         "e.g. --deadline 50");
    if (options.rate_hz && !(*options.rate_hz > 0.0))
        throw UsageError("E0504", fmt::format("--rate: {} inferences a second are no work", *options.rate_hz),
                         "e.g. --rate 10");
    if (options.deadline_ms) job.workload.deadline = quantity(*options.deadline_ms, "ms"_u);
    if (options.rate_hz) job.workload.rate = quantity(*options.rate_hz, "Hz"_u);
    if (options.precision) {
        const auto precision = compute::precision_named(*options.precision);
        if (!precision)
            throw UsageError("E0504", fmt::format("--precision: '{}' is no number format", *options.precision),
                             fmt::format("{}", fmt::join(compute::precision_names, ", ")));
        job.workload.precision = *precision;
    }
    return job;
}

design::DesignAxes axes_of(const DesignOptions& options) {
    design::DesignAxes axes;
    auto nodes = options.nodes.empty() ? std::vector<int>{7, 5, 3, 2} : options.nodes;
    if (!options.processes.empty() && options.processes.size() != nodes.size())
        throw UsageError("E0504", "as many --process as --node", "autarky design W --node 5 --process n5");
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (!compute::technology(nodes[i]))
            throw UsageError("E0504", fmt::format("--node: no figures for {} nm", nodes[i]),
                             fmt::format("{}", fmt::join(compute::technology_nodes(), ", ")));
        const auto process = options.processes.empty() ? design::usual_process(nodes[i]) : options.processes[i];
        axes.nodes.push_back({nodes[i], usual_clock_ghz(nodes[i]), design::die_costing(process, options.date)});
    }
    return axes;
}

int dies_a_field(const DesignPoint& point) {
    return silicon::fit_field({point.width_mm, point.height_mm, silicon::usual_scribe_mm}, silicon::full_field).dies();
}

Json point_json(const Exploration& e, const DesignPoint& point) {
    const auto d = design::design_at(e.axes, point.index);
    Json json{{"array", fmt::format("{}x{}", d.side, d.side)},
              {"cores", d.cores},
              {"dataflow", std::string(compute::dataflow_name(d.dataflow))},
              {"buffer_mib", d.buffer_mib},
              {"dram_channels", d.channels},
              {"node_nm", e.axes.nodes[d.node].node_nm},
              {"process", e.axes.nodes[d.node].costing.process},
              {"width_mm", point.width_mm},
              {"height_mm", point.height_mm},
              {"dies_a_field", dies_a_field(point)},
              {"load", point.load}};
    for (std::size_t i = 0; i < design::n_objectives; ++i)
        json[std::string(design::objective_names[i])] = point.objectives[i];
    return json;
}

std::string exploration_json(const Exploration& e) {
    Json json{{"points", e.points}, {"feasible", e.feasible}};
    json["front"] = Json::array();
    for (const auto& point : e.front)
        json["front"].push_back(point_json(e, point));
    return json.dump(2) + "\n";
}

/// At most `n` points, spread evenly over the front.
std::vector<DesignPoint> spread(const std::vector<DesignPoint>& front, std::size_t n) {
    if (front.size() <= n || n < 2) return front;
    std::vector<DesignPoint> out;
    out.reserve(n);
    for (std::size_t i = 0; i < n; ++i)
        out.push_back(front[i * (front.size() - 1) / (n - 1)]);
    return out;
}

void print_table(const Exploration& e, int rows) {
    print(fmt::format("{} designs, {} keep every deadline and fit the field, {} of them on the front ({:.1f} s)\n\n",
                      e.points, e.feasible, inked(Ink::bold, fmt::format("{}", e.front.size())), e.seconds));
    if (e.front.empty()) {
        print("no design keeps the deadlines: relax --deadline or --rate\n");
        return;
    }
    print(fmt::format("{:>12} {:>4} {:>8} {:>8} {:>6} {:>13} {:>6} {:>9} {:>9} {:>9} {:>9} {:>7}\n", "arrays", "flow",
                      "MiB", "channels", "nm", "die mm", "a field", "mm^2", "USD", "ms", "mJ", "load %"));
    const auto shown = spread(e.front, static_cast<std::size_t>(std::max(2, rows)));
    for (const auto& p : shown) {
        const auto d = design::design_at(e.axes, p.index);
        print(fmt::format("{:>12} {:>4} {:>8g} {:>8} {:>6} {:>13} {:>7} {:>9.1f} {:>9.1f} {:>9.2f} {:>9.1f} {:>7.1f}\n",
                          fmt::format("{} x {}x{}", d.cores, d.side, d.side), compute::dataflow_name(d.dataflow),
                          d.buffer_mib, d.channels, e.axes.nodes[d.node].node_nm,
                          fmt::format("{:.1f} x {:.1f}", p.width_mm, p.height_mm), dies_a_field(p), p.objectives[0],
                          p.objectives[1], p.objectives[2], p.objectives[3], 100.0 * p.load));
    }
    if (shown.size() < e.front.size())
        print(fmt::format("{} of {} shown; --json and --svg have all\n", shown.size(), e.front.size()));
}

Exit design(const DesignOptions& options) {
    std::vector<design::Job> jobs;
    jobs.reserve(options.workloads.size());
    compute::UsedDimensions used;
    for (const auto& name : options.workloads)
        jobs.push_back(job_of(name, options, used));
    check_used(options.dimensions, used);
    if (options.rows < 1) throw UsageError("E0504", "--rows: the table needs at least one row", "e.g. --rows 25");
    const auto exploration = design::explore(jobs, axes_of(options));
    if (options.svg) write_file(*options.svg, design::front_svg(exploration));
    if (options.json)
        print(exploration_json(exploration));
    else if (!(options.svg && *options.svg == "-"))
        print_table(exploration, options.rows);
    return Exit::ok;
}

} // namespace

void add_design(Program& program) {
    auto& command =
        program.command("design", "Which chip fits these workloads? A million designs and their Pareto front");
    auto& options = command.keep<DesignOptions>();
    command.example("autarky design driving-vision planning", "two workloads that share the chip in turns");
    command.example("autarky design robot-pi0 --node 5 --svg front.svg", "one node, the front as a picture");
    command.argument("WORKLOAD", options.workloads,
                     "Workloads of the catalogue, ready networks, layer tables, ONNX models", Need::required);
    command.option("--node", "NM", options.nodes, "Process generations to try (7, 5, 3, 2)");
    command.option("--process", "NAME", options.processes, "Process of the catalogue that prices each --node");
    command.option("--date", "DATE", options.date, "Date of prices and defect densities (2027Q1)");
    command.option("--precision", "FORMAT", options.precision, "Number format instead of the workloads'");
    command.option("--deadline", "MS", options.deadline_ms, "Deadline instead of the workloads'");
    command.option("--rate", "HZ", options.rate_hz, "Inferences a second instead of the workloads'");
    command.option("--dimension", "NAME=SIZE", options.dimensions,
                   "Size of a dimension that an ONNX model leaves open, by its name or as INPUT[INDEX]");
    command.option("--rows", "N", options.rows, "Rows of the table (25)");
    command.option("--svg", "FILE", options.svg, "Write the front as a picture; - is standard output");
    command.flag("--json", options.json, "Print JSON");
    command.runs([&options] { return design(options); });
}

} // namespace autarky::cli

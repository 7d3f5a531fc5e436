// autarky: explores designs, and describes the front.
// SPDX-License-Identifier: Apache-2.0
#include "answers/design.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "answers/export_computed.hpp"
#include "answers/watched.hpp"
#include "core/refuse.hpp"
#include "show/table.hpp"
#include "silicon/fields.hpp"

namespace autarky::answers {
namespace {

using autarky::design::DesignPoint;
using autarky::design::Exploration;

int dies_a_field(const DesignPoint& point) {
    return silicon::fit_field({point.width_mm, point.height_mm, silicon::usual_scribe_mm}, silicon::full_field).dies();
}

struct PointView {
    const Exploration* exploration;
    const DesignPoint* point;
    const DesignClass* licence;

    [[nodiscard]] autarky::design::Design design() const {
        return autarky::design::design_at(exploration->axes, point->index);
    }
    [[nodiscard]] const autarky::design::DesignNode& node() const { return exploration->axes.nodes[design().node]; }
};
constexpr auto describe(Type<PointView> /*type*/) {
    using P = PointView;
    return fields(
        item(
            "array", [](const P& p) { return fmt::format("{0}x{0}", p.design().side); }, "Rows x columns of an array"),
        item(
            "cores", [](const P& p) { return p.design().cores; }, "1"_u, "Arrays"),
        item(
            "dataflow", [](const P& p) { return compute::dataflow_name(p.design().dataflow); },
            "What stays in the array: outputs (os), weights (ws)"),
        item(
            "buffer_mib", [](const P& p) { return p.design().buffer_mib; }, "1"_u, "Buffers, in MiB"),
        item(
            "dram_channels", [](const P& p) { return p.design().channels; }, "1"_u, "Memory channels of 32 bit"),
        item(
            "node_nm", [](const P& p) { return p.node().node_nm; }, unit_named("nm"), "Generation"),
        item(
            "process", [](const P& p) { return p.node().costing.process; }, "Process that prices it"),
        item(
            "width_mm", [](const P& p) { return p.point->width_mm; }, "mm"_u, "Width of the die"),
        item(
            "height_mm", [](const P& p) { return p.point->height_mm; }, "mm"_u, "Its height"),
        item(
            "dies_a_field", [](const P& p) { return dies_a_field(*p.point); }, "die"_u, "Dies in a lithography field"),
        item(
            "load", [](const P& p) { return p.point->load; }, "1"_u, "Share of the chip's time"),
        item(
            "area_mm2", [](const P& p) { return p.point->objectives[0]; }, "mm^2"_u, "Area"),
        item(
            "unit_cost_usd", [](const P& p) { return p.point->objectives[1]; }, "USD"_u,
            "Cost of a die with its substrate"),
        item(
            "latency_ms", [](const P& p) { return p.point->objectives[2]; }, "ms"_u,
            "Time of one turn of all workloads"),
        item(
            "energy_mj", [](const P& p) { return p.point->objectives[3]; }, unit_named("mJ"), "Energy of one turn"),
        item(
            "tpp", [](const P& p) { return p.licence->tpp; }, "TPP"_u, "Total processing performance"),
        item(
            "pd", [](const P& p) { return p.licence->density; }, "TPP/mm^2"_u, "Performance density")
            .null_if("its node is planar"),
        item(
            "export_data_centre", [](const P& p) -> std::string_view { return p.licence->for_data_centres; },
            "Export class of the design if it is for data centres"),
        item(
            "export_other", [](const P& p) -> std::string_view { return p.licence->for_other_use; },
            "Export class if it is not"));
}

/// As export rules look at it: every format of the workloads at the arrays' peak.
market::licensing::Commodity item_of(const Exploration& e, const DesignPoint& point,
                                     const std::vector<compute::Precision>& formats) {
    const auto d = autarky::design::design_at(e.axes, point.index);
    const auto& node = e.axes.nodes[d.node];
    compute::Accelerator<double> chip{};
    chip.node = node.node_nm;
    chip.array_rows = chip.array_columns = d.side;
    chip.cores = d.cores;
    chip.clock = quantity(node.clock_ghz, "GHz"_u);
    chip.dram_bandwidth = quantity(d.channels * autarky::design::DesignRules{}.channel_gb_per_s, "GB/s"_u);
    market::licensing::Commodity out;
    for (const auto format : formats) {
        chip.precision = format; // an array runs each of them at one rate
        auto one = commodity_of(chip, point.objectives[0]);
        one.rates.insert(one.rates.end(), out.rates.begin(), out.rates.end());
        out = std::move(one);
    }
    return out;
}

/// Classes of the front, both readings of its market.
void add_classes(DesignAnswer& answer, const ComputedJudge& judge, const std::vector<compute::Precision>& formats) {
    answer.rules_date = judge.date();
    answer.destination = judge.destination();
    for (const auto& point : answer.exploration.front) {
        const auto item = item_of(answer.exploration, point, formats);
        using market::licensing::Marketed;
        answer.classes.push_back({item.tpp().value_or(0.0), item.density(), judge.short_class(item, Marketed::yes),
                                  judge.short_class(item, Marketed::no)});
    }
}

/// How many designs of the front each class has, and what is not known.
std::string classes_text(const DesignAnswer& answer, const show::Page& page) {
    const auto counted = [&](std::string DesignClass::* which) {
        std::map<std::string, std::size_t> counts;
        for (const auto& one : answer.classes)
            ++counts[one.*which];
        std::string out;
        for (const auto& [name, count] : counts)
            out += fmt::format("{}{} {}", out.empty() ? "" : ", ", count, name);
        return out;
    };
    return show::wrapped(
               fmt::format("export to {}, {}: for data centres {}; for other use {}. Chip-to-chip bandwidth is "
                           "not known; clock, and with it TPP, is an assumption of the generation.",
                           answer.destination, answer.rules_date, counted(&DesignClass::for_data_centres),
                           counted(&DesignClass::for_other_use)),
               page.width, 2) +
           "\n";
}

/// Places of at most `n` of so many points, spread evenly over them.
std::vector<std::size_t> spread(std::size_t points, std::size_t n) {
    const std::size_t shown = n < 2 ? points : std::min(points, n);
    std::vector<std::size_t> out(shown);
    for (std::size_t i = 0; i < shown; ++i)
        out[i] = shown == points ? i : i * (points - 1) / (shown - 1);
    return out;
}

autarky::design::DesignAxes axes_of(const Catalogue& catalogue, const DesignQuestion& q) {
    autarky::design::DesignAxes axes;
    const auto nodes = q.node.empty() ? std::vector<int>{7, 5, 3, 2} : q.node;
    if (!q.process.empty() && q.process.size() != nodes.size())
        refuse_field("process", "E0504", fmt::format("there must be as many as {}", field_mark("node")));
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (!compute::technology(nodes[i]))
            refuse_field("node", "E0504", fmt::format("there are no figures for {} nm", nodes[i]),
                         fmt::format("{}", fmt::join(compute::technology_nodes(), ", ")));
        const auto process = q.process.empty() ? autarky::design::usual_process(nodes[i]) : q.process[i];
        axes.nodes.push_back({nodes[i], autarky::design::usual_clock_ghz(nodes[i]),
                              autarky::design::die_costing(process, q.date, catalogue.folder_text())});
    }
    return axes;
}

} // namespace

constexpr auto describe(Type<DesignAnswer> /*type*/) {
    using A = DesignAnswer;
    return fields(
        item(
            "points", [](const A& a) { return a.exploration.points; }, "1"_u,
            "Designs that were tried, fewer than there are when it was stopped"),
        item(
            "feasible", [](const A& a) { return a.exploration.feasible; }, "1"_u,
            "Those that keep every deadline and fit the field"),
        item(
            "front",
            [](const A& a) {
                std::vector<PointView> out;
                for (std::size_t i = 0; i < a.exploration.front.size(); ++i)
                    out.push_back({&a.exploration, &a.exploration.front[i], &a.classes[i]});
                return out;
            },
            "Designs that no other beats or equals in area, cost, latency and energy, by cost"),
        item("export_date", &A::rules_date, "Day of the export rules behind their classes"),
        item("export_destination", &A::destination, "Where they would be delivered"),
        item("remarks", &A::reservations, "What of the networks is not counted, what was chosen for the reader")
            .absent_if("there is nothing of it"),
        item("is_whole", &A::is_whole, "Every learned value is counted: deadlines can be judged"));
}

DesignAnswer design(const Catalogue& catalogue, const DesignQuestion& q, const Watch& watch) {
    NetworkReader read(catalogue, q.dimension);
    std::vector<autarky::design::Job> jobs;
    for (const auto& name : q.workload) {
        auto& job = jobs.emplace_back(read.job(name, "workload"));
        if (q.deadline) job.workload.deadline = quantity(*q.deadline, "ms"_u);
        if (q.rate) job.workload.rate = quantity(*q.rate, "Hz"_u);
        FormatsAsked{q.precision, q.activations}.set(job);
    }
    read.finish(watch);
    DesignAnswer answer{autarky::design::explore(jobs, axes_of(catalogue, q), {}, watched(watch)), q.rows};
    if (answer.exploration.points == 0) refuse_stopped("workload");
    std::vector<compute::Precision> multiplied; // of blocks with shared scales the format in which they are multiplied
    for (const auto& job : jobs)
        if (std::ranges::find(multiplied, job.multiplied_in()) == multiplied.end())
            multiplied.push_back(job.multiplied_in());
    add_classes(answer, ComputedJudge(catalogue, q.date), multiplied);
    for (const auto& job : jobs) {
        if (const auto formats = formats_text(job, job.multiplied_in()); !formats.empty())
            answer.reservations.push_back(fmt::format("{}: {}", job.name, formats));
        answer.is_whole = answer.is_whole && compute::is_whole(job.network);
        for (const auto& remark : remarks_of(job.network))
            answer.reservations.push_back(fmt::format("{}: {}", job.name, remark));
    }
    return answer;
}

Standing standing(const DesignAnswer& answer) {
    return answer.exploration.is_stopped ? Standing::interrupted : Standing::good;
}

std::string picture(const DesignAnswer& answer) { return autarky::design::front_svg(answer.exploration); }

std::string text(const DesignAnswer& answer, const show::Page& page) {
    const auto& e = answer.exploration;
    std::string out;
    for (const auto& reservation : answer.reservations)
        out += show::wrapped(reservation, page.width, 2) + "\n";
    out += show::wrapped(fmt::format("{}{} designs, {} {} and fit the field, {} of them on the front",
                                     e.is_stopped ? fmt::format("stopped after {} of ", e.points) : "",
                                     e.is_stopped ? e.axes.points() : e.points, e.feasible,
                                     answer.is_whole ? "keep every deadline"
                                                     : "are in time for what is counted (no deadline is judged)",
                                     show::inked(page, show::Ink::bold, fmt::format("{}", e.front.size()))),
                         page.width, 0) +
           "\n\n";
    if (e.front.empty())
        return out +
               show::wrapped(fmt::format("no design keeps the deadlines: relax {} or {}", field_mark("deadline"),
                                         field_mark("rate")),
                             page.width, 0) +
               "\n";
    const std::array<const char*, 13> heads{"arrays", "flow", "MiB", "ch", "nm",     "die mm", "field",
                                            "mm^2",   "USD",  "ms",  "mJ", "load %", "class"};
    std::vector<show::TableColumn> columns;
    for (const auto* head : heads)
        columns.push_back({head, {}, false, false});
    const auto shown = spread(e.front.size(), static_cast<std::size_t>(std::max(2, answer.rows)));
    for (const auto i : shown) {
        const auto& p = e.front[i];
        const auto d = autarky::design::design_at(e.axes, p.index);
        const std::array<std::string, 13> row{fmt::format("{}x{}x{}", d.cores, d.side, d.side),
                                              std::string(compute::dataflow_name(d.dataflow)),
                                              fmt::format("{:g}", d.buffer_mib),
                                              fmt::format("{}", d.channels),
                                              fmt::format("{}", e.axes.nodes[d.node].node_nm),
                                              fmt::format("{:.1f}x{:.1f}", p.width_mm, p.height_mm),
                                              fmt::format("{}", dies_a_field(p)),
                                              fmt::format("{:.1f}", p.objectives[0]),
                                              fmt::format("{:.1f}", p.objectives[1]),
                                              fmt::format("{:.2f}", p.objectives[2]),
                                              fmt::format("{:.1f}", p.objectives[3]),
                                              fmt::format("{:.0f}", 100.0 * p.load),
                                              answer.classes[i].for_data_centres};
        for (std::size_t k = 0; k < row.size(); ++k)
            columns[k].cells.push_back(row[k]);
    }
    std::vector<show::ColumnGroup> groups;
    for (auto& column : columns)
        groups.push_back({"", "", {std::move(column)}});
    out += show::table_text(page, groups, 0, 1);
    out += classes_text(answer, page);
    if (shown.size() < e.front.size())
        out += fmt::format("{} of {} shown; {} gives more\n", shown.size(), e.front.size(), field_mark("rows"));
    return out;
}

const Entry design_entry = entry_of<&design, DesignQuestion, DesignAnswer>(
    "", "design", "Which chip fits these workloads? A million designs and their Pareto front");

} // namespace autarky::answers

// autarky: exploration of chips for given workloads.
// SPDX-License-Identifier: Apache-2.0
#include "design/space.hpp"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "compute/chip/area.hpp"
#include "compute/mapping/layer_plan.hpp"

namespace autarky::design {
namespace {

using namespace compute;

/// A workload with what does not depend on the design.
struct Task {
    const Job* job = nullptr;
    Share share{};
    double mac_pj = 0.0; ///< at 7 nm
};

/// A network on the arrays of one design: tilings, and bytes between arrays and buffers.
struct OnArrays {
    std::vector<ArrayPlan> layers;
    double accesses = 0.0;
};

/// Sizes of the axes, the fastest last: part, node, channels, buffer, dataflow, cores, side.
struct Grid {
    std::size_t part, node, channel, buffer, dataflow, core, side;
    explicit Grid(const DesignAxes& a)
        : part(a.parts.size()),
          node(a.nodes.size()),
          channel(a.channels.size()),
          buffer(a.buffers_mib.size()),
          dataflow(a.dataflows.size()),
          core(a.cores.size()),
          side(a.sides.size()) {}
    [[nodiscard]] std::size_t arrays() const { return side * core * dataflow; }
    [[nodiscard]] std::size_t each() const { return buffer * channel * node * part; }
};

/// Structure of a design's machine; clock and DRAM rate are set by node and channels.
Machine machine_for(const DesignRules& rules, int side, int cores, Dataflow dataflow, double buffer_mib,
                    const Job& job) {
    Machine m;
    m.array = {side, side, dataflow};
    m.style = dataflow == Dataflow::output_stationary ? ArrayStyle::broadcast : ArrayStyle::overlapped;
    m.cores = cores;
    m.element_bits = precision_bits(job.multiplied_in());
    m.blocks = job.stored_as();
    m.largest_tile = cores > 1 ? product(2, side, side, 8) : 0;
    m.buffer_bytes = static_cast<Count>(buffer_mib * 1024.0 * 1024.0);
    m.dram_efficiency = rules.dram_efficiency;
    m.gather_efficiency = rules.gather_efficiency;
    m.tile_latency_s = cores > 1 ? rules.tile_latency_s : 0.0;
    m.launch_s = rules.launch_s;
    return m;
}

void set_rates(Machine& m, const DesignRules& rules, const DesignNode& node, int channels, int side, int cores) {
    m.clock_hz = node.clock_ghz * 1e9;
    m.dram_bytes_per_s = channels * rules.channel_gb_per_s * 1e9;
    m.vector_operations_per_s = rules.vector_lanes_a_column * side * cores * m.clock_hz * 2.0;
}

class Explorer {
public:
    Explorer(const std::vector<Job>& jobs, const DesignAxes& axes, const DesignRules& rules)
        : axes_(axes), rules_(rules), grid_(axes) {
        for (const auto& job : jobs)
            tasks_.push_back({&job,
                              {0.0, job.workload.rate.in("Hz"_u), job.workload.deadline.in("s"_u)},
                              mac_energy_pj_7nm(job.multiplied_in())});
        widest_ = Precision::int4;
        for (const auto& job : jobs)
            if (const auto p = job.multiplied_in(); mac_transistors(p) > mac_transistors(widest_)) widest_ = p;
        plan_buffers();
    }

    Exploration run(const Watched& watched) {
        Exploration result;
        result.axes = axes_;
        const auto n = grid_.arrays();
        WatchedCount count(watched, axes_.points());
        std::vector<std::uint8_t> is_done(n, 0); // each written by one thread
        std::vector<std::vector<DesignPoint>> fronts(n);
        std::vector<std::size_t> feasible(n, 0);
        tbb::parallel_for(tbb::blocked_range<std::size_t>(0, n, 1), [&](const tbb::blocked_range<std::size_t>& range) {
            for (std::size_t i = range.begin(); i < range.end() && !count.is_stopped(); ++i) {
                fronts[i] = pareto_front(points_of(i, feasible[i]));
                is_done[i] = 1;
                count.add(grid_.each());
            }
        });
        result.is_stopped = count.is_stopped();
        result.points = grid_.each() * static_cast<std::size_t>(std::count(is_done.begin(), is_done.end(), 1));
        std::vector<DesignPoint> all;
        for (std::size_t i = 0; i < n; ++i) {
            all.insert(all.end(), fronts[i].begin(), fronts[i].end());
            result.feasible += feasible[i];
        }
        // what an array's own front holds is costed exactly, so that no die is left out for the closed form's sake
        cost_exactly(all, axes_, rules_);
        result.front = pareto_front(std::move(all));
        return result;
    }

private:
    /// Traffic depends on dataflow, buffer and precision only.
    void plan_buffers() {
        buffers_.resize(grid_.dataflow * grid_.buffer);
        tbb::parallel_for(std::size_t{0}, buffers_.size(), [&](std::size_t i) {
            const auto dataflow = axes_.dataflows[i / grid_.buffer];
            const auto mib = axes_.buffers_mib[i % grid_.buffer];
            for (const auto& task : tasks_)
                buffers_[i].push_back(
                    buffer_plans(machine_for(rules_, 1, 1, dataflow, mib, *task.job), task.job->network));
        });
    }

    [[nodiscard]] std::vector<OnArrays> on_arrays(int side, int cores, Dataflow dataflow) const {
        std::vector<OnArrays> result;
        for (const auto& task : tasks_) {
            auto machine = machine_for(rules_, side, cores, dataflow, 1.0, *task.job);
            set_rates(machine, rules_, axes_.nodes.front(), 1, side, cores);
            auto& made = result.emplace_back();
            for (const auto& layer : task.job->network.layers) {
                made.layers.push_back(array_plan(machine, layer));
                const auto sram = compute::run(machine.array, layer).sram;
                made.accesses += static_cast<double>(fed_bytes(machine, layer.shape, sram));
            }
        }
        return result;
    }

    std::vector<DesignPoint> points_of(std::size_t arrays, std::size_t& feasible) const {
        const auto dataflow_at = arrays % grid_.dataflow;
        const int cores = axes_.cores[arrays / grid_.dataflow % grid_.core];
        const int side = axes_.sides[arrays / grid_.dataflow / grid_.core];
        const auto dataflow = axes_.dataflows[dataflow_at];
        const auto laid = on_arrays(side, cores, dataflow);
        std::vector<DesignPoint> points;
        auto index = static_cast<std::uint32_t>(arrays * grid_.each());
        for (std::size_t b = 0; b < grid_.buffer; ++b)
            for (const int channels : axes_.channels)
                for (const auto& node : axes_.nodes) {
                    add_shapes(points, index, at(laid, dataflow_at, b, side, cores, channels, node), node);
                    index += static_cast<std::uint32_t>(grid_.part);
                }
        feasible = points.size();
        return points;
    }

    /// Objectives and load of a design whose die has no shape yet; an infinite latency when a deadline is missed.
    [[nodiscard]] DesignPoint at(const std::vector<OnArrays>& laid, std::size_t dataflow_at, std::size_t b, int side,
                                 int cores, int channels, const DesignNode& node) const {
        DesignPoint point;
        const double mib = axes_.buffers_mib[b];
        const double area = area_mm2(side, cores, mib, channels, node.node_nm);
        const auto tech = *technology(node.node_nm);
        std::vector<Share> shares;
        double total_s = 0.0, picojoules = 0.0;
        for (std::size_t t = 0; t < tasks_.size(); ++t) {
            const auto& task = tasks_[t];
            const auto& network = task.job->network;
            const auto& traffic = buffers_[dataflow_at * grid_.buffer + b][t];
            auto machine = machine_for(rules_, side, cores, axes_.dataflows[dataflow_at], mib, *task.job);
            set_rates(machine, rules_, node, channels, side, cores);
            const auto rates = rates_of(machine);
            double seconds = 0.0, dram = 0.0, macs = 0.0, vector = 0.0;
            for (std::size_t i = 0; i < network.layers.size(); ++i) {
                const auto layer = layer_time(rates, network.layers[i], laid[t].layers[i], traffic.layers[i]);
                seconds += layer.seconds;
                dram += static_cast<double>(layer.dram_read + layer.dram_written);
                macs += static_cast<double>(layer.macs);
                vector += static_cast<double>(layer.vector_operations);
            }
            const double on_chip = macs * task.mac_pj + laid[t].accesses * sram_energy_pj_per_byte_7nm(32e3) +
                                   vector * mac_energy_pj_7nm(Precision::bf16);
            picojoules += on_chip * tech.energy_over_7nm * rules_.energy_overhead + dram * rules_.dram_pj_per_byte;
            total_s += seconds;
            shares.push_back({seconds, task.share.per_second, task.share.deadline_s});
        }
        const auto schedule = time_sharing(shares);
        point.load = schedule.load;
        const double leakage_j = rules_.leakage_w_per_mm2 * area * total_s;
        point.objectives = {area, 0.0,
                            schedule.meets_deadlines ? total_s * 1e3 : std::numeric_limits<double>::infinity(),
                            picojoules * 1e-9 + leakage_j * 1e3};
        return point;
    }

    [[nodiscard]] double area_mm2(int side, int cores, double mib, int channels, int node_nm) const {
        const auto tech = *technology(node_nm);
        const double arrays = static_cast<double>(side) * side * cores * mac_transistors(widest_) *
                              rules_.array_overhead / tech.transistors_per_mm2;
        const double buffer = mib * tech.sram_mm2_per_mib * rules_.buffer_overhead;
        const double ports = port_area(Port<double>{Interface::lpddr, channels, rules_.port_scale}, tech).in("mm^2"_u);
        const double fixed = rules_.fixed_mm2 * technology(5)->transistors_per_mm2 / tech.transistors_per_mm2;
        return (arrays + buffer + ports + fixed) / (1.0 - rules_.share_of_rest);
    }

    void add_shapes(std::vector<DesignPoint>& points, std::uint32_t index, DesignPoint point,
                    const DesignNode& node) const {
        if (point.objectives[2] == std::numeric_limits<double>::infinity()) return;
        const double area = point.objectives[0];
        for (std::size_t i = 0; i < axes_.parts.size(); ++i) {
            const auto& part = axes_.parts[i];
            const double whole = part.width_mm() * part.height_mm();
            if (area > whole) continue;
            const double scale = sqrt(area / whole);
            point.index = index + static_cast<std::uint32_t>(i);
            point.width_mm = part.width_mm() * scale;
            point.height_mm = part.height_mm() * scale;
            const auto die = node.costing.of(quantity(point.width_mm, "mm"_u), quantity(point.height_mm, "mm"_u));
            point.objectives[1] = die.in("USD/die"_u) + rules_.package_usd_per_mm2 * area;
            points.push_back(point);
        }
    }

    const DesignAxes& axes_;
    const DesignRules& rules_;
    Grid grid_;
    std::vector<Task> tasks_;
    Precision widest_ = Precision::int4;
    std::vector<std::vector<BufferPlans>> buffers_; ///< [dataflow and buffer][task]
};

bool beats_or_equals(const DesignPoint& a, const DesignPoint& b) {
    for (std::size_t i = 0; i < n_objectives; ++i)
        if (a.objectives[i] > b.objectives[i]) return false;
    return true;
}

} // namespace

std::vector<DesignPoint> pareto_front(std::vector<DesignPoint> points) {
    // In the order of the objectives a point can be beaten only by one that stands before it.
    std::ranges::sort(points, [](const DesignPoint& a, const DesignPoint& b) {
        const std::array<double, n_objectives> x{a.objectives[1], a.objectives[0], a.objectives[2], a.objectives[3]};
        const std::array<double, n_objectives> y{b.objectives[1], b.objectives[0], b.objectives[2], b.objectives[3]};
        return x != y ? x < y : a.index < b.index;
    });
    std::vector<DesignPoint> front;
    for (const auto& point : points) {
        const bool beaten =
            std::ranges::any_of(front, [&point](const DesignPoint& f) { return beats_or_equals(f, point); });
        if (!beaten) front.push_back(point);
    }
    return front;
}

void cost_exactly(std::vector<DesignPoint>& points, const DesignAxes& axes, const DesignRules& rules) {
    tbb::parallel_for(std::size_t{0}, points.size(), [&](std::size_t i) {
        auto& point = points[i];
        const auto& costing = axes.nodes[design_at(axes, point.index).node].costing;
        const auto die = costing.exactly_of(quantity(point.width_mm, "mm"_u), quantity(point.height_mm, "mm"_u));
        point.objectives[1] = die.in("USD/die"_u) + rules.package_usd_per_mm2 * point.objectives[0];
    });
}

double usual_clock_ghz(int node_nm) {
    if (node_nm >= 12) return 1.2;
    if (node_nm >= 6) return 1.4;
    if (node_nm >= 4) return 1.6;
    return node_nm == 3 ? 1.9 : 2.1;
}

Design design_at(const DesignAxes& axes, std::uint32_t index) {
    const Grid grid(axes);
    std::size_t rest = index;
    const auto next = [&rest](std::size_t size) {
        const auto i = rest % size;
        rest /= size;
        return i;
    };
    Design design;
    design.part = axes.parts[next(grid.part)];
    design.node = next(grid.node);
    design.channels = axes.channels[next(grid.channel)];
    design.buffer_mib = axes.buffers_mib[next(grid.buffer)];
    design.dataflow = axes.dataflows[next(grid.dataflow)];
    design.cores = axes.cores[next(grid.core)];
    design.side = axes.sides[next(grid.side)];
    return design;
}

Exploration explore(const std::vector<Job>& jobs, const DesignAxes& axes, const DesignRules& rules,
                    const Watched& watched) {
    return Explorer(jobs, axes, rules).run(watched);
}

} // namespace autarky::design

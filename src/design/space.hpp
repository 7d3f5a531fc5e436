// autarky: exploration of chips for given workloads: a grid of designs, its feasible points, its Pareto front.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/watched.hpp"
#include "design/chip.hpp"
#include "design/cost.hpp"
#include "silicon/fields.hpp"

namespace autarky::design {

/// A generation to build in: the process that prices the die, and the clock of the arrays.
struct DesignNode {
    int node_nm = 5;
    double clock_ghz = 1.6;
    DieCosting costing;
};

/// Clock at which arrays of a generation ship: a working estimate between TPUv4i (1.05 at 7 nm), Thor (1.58 at 4 nm) and
/// the class of AI5 (2 and above at 3 nm).
double usual_clock_ghz(int node_nm);

/// How a lithography field of 26 x 33 mm is divided among equal dies; a die takes the proportions of its part.
struct FieldPart {
    int columns = 1, rows = 1;
    [[nodiscard]] double width_mm() const { return silicon::full_field.width_mm / columns; }
    [[nodiscard]] double height_mm() const { return silicon::full_field.height_mm / rows; }
};

/// What all designs of an exploration share. The shares and overheads are working estimates; docs/model/compute.md says why.
struct DesignRules {
    double array_overhead = 11.0; ///< as Accelerator::array_overhead, middle of its prior
    double buffer_overhead = 1.6;
    double energy_overhead = 1.4;
    double fixed_mm2 = 22.0;        ///< CPU, image input, codec at 5 nm; scales with logic density
    double share_of_rest = 0.25;    ///< of the die: network, vector units, safety, pads
    double channel_gb_per_s = 38.4; ///< one 32-bit channel of LPDDR5X-9600
    double port_scale = 1.25;       ///< of its interface against the published DDR5 one
    double dram_efficiency = 0.8;
    double dram_pj_per_byte = 40.0;
    double gather_efficiency = 0.2;
    double vector_lanes_a_column = 1.0;
    double leakage_w_per_mm2 = 0.03;
    double tile_latency_s = 0.3e-6, launch_s = 1e-6;
    double package_usd_per_mm2 = 0.02; ///< organic substrate, four times the die: Feng and Ma, DAC 2022
};

struct DesignAxes {
    std::vector<int> sides{16, 24, 32, 48, 64, 80, 96, 128, 192, 256};
    std::vector<int> cores{1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64};
    std::vector<compute::Dataflow> dataflows{compute::Dataflow::output_stationary,
                                             compute::Dataflow::weight_stationary};
    std::vector<double> buffers_mib{1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 40, 48, 64, 80, 96, 128, 160, 192, 256, 384};
    std::vector<int> channels{2, 4, 6, 8, 10, 12, 14, 16, 20, 24, 32};
    std::vector<FieldPart> parts{{1, 1}, {1, 2}, {2, 1}, {2, 2}, {2, 3}};
    std::vector<DesignNode> nodes;

    [[nodiscard]] std::size_t points() const {
        return sides.size() * cores.size() * dataflows.size() * buffers_mib.size() * channels.size() * parts.size() *
               nodes.size();
    }
};

inline constexpr std::size_t n_objectives = 4;
inline constexpr std::array<std::string_view, n_objectives> objective_names{"area_mm2", "unit_cost_usd", "latency_ms",
                                                                            "energy_mj"};

/// One feasible design: it keeps every deadline and fits the field.
struct DesignPoint {
    std::uint32_t index = 0; ///< position in the grid; ties go to the lower one
    std::array<double, n_objectives>
        objectives{}; ///< all smaller is better; latency and energy of one turn of all workloads
    double load = 0.0;
    double width_mm = 0.0, height_mm = 0.0;
};

/// The design that a position of the grid stands for.
struct Design {
    int side = 0, cores = 0, channels = 0;
    compute::Dataflow dataflow{};
    double buffer_mib = 0.0;
    std::size_t node = 0;
    FieldPart part;
};
Design design_at(const DesignAxes& axes, std::uint32_t index);

struct Exploration {
    DesignAxes axes;
    std::size_t points = 0, feasible = 0; ///< looked at: all of the axes, or after a stop fewer; feasible ones of these
    bool is_stopped = false;
    std::vector<DesignPoint> front; ///< by unit cost (of exactly packed dies), then area, latency, energy
};

/// Domain: at least one job, each with a network; axes not empty, every side, core count and channel count positive, at most
/// 2^32 points. Deterministic for any number of threads; after a stop it is the front of the designs that were looked at,
/// some arrays with all that can stand around them, maybe none. Throws InputError when a precision has no figures.
Exploration explore(const std::vector<Job>& jobs, const DesignAxes& axes, const DesignRules& rules = {},
                    const Watched& watched = {});

/// Costs the dies of these points by the exact packing on a wafer instead of the closed form that the sweep uses.
void cost_exactly(std::vector<DesignPoint>& points, const DesignAxes& axes, const DesignRules& rules);

/// The points that no other point beats or equals in all objectives; of equal ones the lowest index.
std::vector<DesignPoint> pareto_front(std::vector<DesignPoint> points);

/// The front as a picture: unit cost against latency, nodes in colours, energy as size.
std::string front_svg(const Exploration& exploration);

} // namespace autarky::design

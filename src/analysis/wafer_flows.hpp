// autarky: where the buyer's wafers go in each year: site, process, chip, device; means over the futures.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/scenario_model.hpp"

namespace autarky::analysis {

enum class FlowStage { site, process, chip, device, outlet, earlier, later };
constexpr auto choices(Type<FlowStage> /*type*/) {
    return std::array<std::string_view, 7>{"site", "process", "chip", "device", "outlet", "earlier", "later"};
}

/// What passes from one place to the next in a year, counted in the wafers behind it. A chip that is built in stands for the
/// part of a wafer that it takes at the yields of the year in which wafers of its kind were last started.
struct WaferFlow {
    FlowStage from_stage{}, to_stage{};
    std::string from, to;
    double wafers = 0.0;
};

/// A place that flows touch, and the wafers that pass it.
struct WaferPlace {
    FlowStage stage{};
    std::string name;
    double wafers = 0.0;
};

struct WaferYear {
    int year = 0;
    double wafers = 0.0;                 ///< started
    double vehicles = 0.0, robots = 0.0; ///< deployed
    std::vector<WaferPlace> places;
    std::vector<WaferFlow> flows; ///< none without a wafer; what enters a chip leaves it
};

struct WaferFlows {
    std::uint64_t samples = 0, failed = 0;
    double p_make = 0.0, npv = 0.0; ///< share of the futures, mean in USD
    std::vector<WaferYear> years;
};

/// How a run is watched.
struct FlowRun {
    std::uint64_t samples = 2000, seed = 1;
    unsigned threads = 0;
    std::stop_token stop{};
    std::function<void(std::uint64_t done, std::uint64_t of)> progress{};
};

/// Years of the horizon, those with some of their quarters only too.
WaferFlows wafer_flows(const ScenarioModel& model, const FlowRun& run);

} // namespace autarky::analysis

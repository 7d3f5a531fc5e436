// autarky: sums wafers and chips of a year along their way.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/wafer_flows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "engine/result.hpp"
#include "engine/run.hpp"

namespace autarky::analysis {
namespace {

/// Means of the metrics that the flows are made of, quarter by quarter.
class Means {
public:
    Means(const ScenarioModel& model, const FlowRun& how) : model_(model) {
        std::vector<std::size_t> columns;
        for (const auto& metric : model.metrics())
            if (is_needed(metric.info.id))
                for (std::size_t k = 0; k < metric.count; ++k)
                    columns.push_back(metric.first + k);
        const SelectedColumns selected(model, std::move(columns));
        engine::RunOptions options;
        options.samples = how.samples;
        options.seed = how.seed;
        options.threads = how.threads;
        options.stop = how.stop;
        options.progress = how.progress;
        result_ = engine::summarise(engine::run(selected, options));
    }

    [[nodiscard]] const engine::Result& result() const { return result_; }
    /// Sum over the quarters of a year, in base units; 0 for a metric that the scenario does not have.
    [[nodiscard]] double in_year(const std::string& metric, const std::string& year) const {
        double sum = 0.0;
        for (const auto& quarter : model_.quarters())
            if (quarter.starts_with(year))
                if (const auto* column = result_.find(fmt::format("{}[{}]", metric, quarter))) sum += column->mean;
        return sum;
    }

private:
    static bool is_needed(std::string_view id) {
        for (const std::string_view prefix : {"foundry.line_", "foundry.chips_into."})
            if (id.starts_with(prefix)) return true;
        return id == "npv" || id == "deploy.vehicles" || id == "deploy.robots";
    }

    const ScenarioModel& model_;
    engine::Result result_;
};

/// The flows of one year.
class YearFlows {
public:
    /// `chips_a_wafer` of each chip is kept from year to year.
    YearFlows(const Scenario<Uncertain>& s, const Means& means, std::string year, std::vector<double>& chips_a_wafer)
        : s_(s), means_(means), year_(std::move(year)), chips_a_wafer_(chips_a_wafer) {}

    std::vector<WaferFlow> all() {
        for (std::size_t g = 0; g < s_.chip.size(); ++g)
            add_chip(g);
        return std::move(flows_);
    }

private:
    void add_chip(std::size_t g) {
        const auto& chip = s_.chip.names[g];
        double wafers = 0.0, chips = 0.0, outlets = 0.0;
        for (const auto& allocation : s_.allocation.rows) {
            if (static_cast<std::size_t>(allocation.chip.index) != g) continue;
            const auto& site = s_.site.names[static_cast<std::size_t>(allocation.site.index)];
            const auto& process = s_.process.names[static_cast<std::size_t>(s_.site[allocation.site].process.index)];
            const auto line = chip + "." + site;
            const double started = means_.in_year("foundry.line_wafers." + line, year_);
            const double free = means_.in_year("foundry.line_to_outlets." + line, year_);
            add({FlowStage::site, FlowStage::process, site, process, started + free});
            add({FlowStage::process, FlowStage::chip, process, chip, started + free});
            wafers += started;
            outlets += free;
            chips += means_.in_year("foundry.line_chips." + line, year_);
        }
        add({FlowStage::chip, FlowStage::outlet, chip, "outlets", outlets});
        if (wafers > 0.0) chips_a_wafer_[g] = chips / wafers;
        if (chips_a_wafer_[g] <= 0.0) return; // no wafer of it was started yet
        double left = wafers;
        for (const auto* programmes : {&s_.vehicle.names, &s_.robot.names})
            for (const auto& programme : *programmes) {
                const double used =
                    means_.in_year(fmt::format("foundry.chips_into.{}.{}", chip, programme), year_) / chips_a_wafer_[g];
                add({FlowStage::chip, FlowStage::device, chip, programme, used});
                left -= used;
            }
        add({FlowStage::chip, FlowStage::later, chip, "later", std::max(left, 0.0)});
        add({FlowStage::earlier, FlowStage::chip, "earlier", chip, std::max(-left, 0.0)});
    }

    /// Flows between the same places are one. Nothing is left of a part in a thousand of a wafer.
    void add(WaferFlow flow) {
        constexpr double hardly_any = 1e-3;
        if (!(flow.wafers > hardly_any)) return;
        for (auto& other : flows_)
            if (other.from_stage == flow.from_stage && other.to_stage == flow.to_stage && other.from == flow.from &&
                other.to == flow.to) {
                other.wafers += flow.wafers;
                return;
            }
        flows_.push_back(std::move(flow));
    }

    const Scenario<Uncertain>& s_;
    const Means& means_;
    std::string year_;
    std::vector<double>& chips_a_wafer_;
    std::vector<WaferFlow> flows_;
};

/// What a place passes on, or, at the end of the way, receives.
std::vector<WaferPlace> places_of(const std::vector<WaferFlow>& flows) {
    std::vector<WaferPlace> out;
    const auto at = [&out](FlowStage stage, const std::string& name) -> double& {
        for (auto& place : out)
            if (place.stage == stage && place.name == name) return place.wafers;
        out.push_back({stage, name, 0.0});
        return out.back().wafers;
    };
    const auto ends_at = [](FlowStage stage) { return stage > FlowStage::chip && stage != FlowStage::earlier; };
    for (const auto& flow : flows) {
        at(flow.from_stage, flow.from) += flow.wafers;
        if (ends_at(flow.to_stage)) at(flow.to_stage, flow.to) += flow.wafers;
    }
    return out;
}

} // namespace

WaferFlows wafer_flows(const ScenarioModel& model, const FlowRun& how) {
    const Means means(model, how);
    const auto& result = means.result();
    WaferFlows out;
    out.failed = result.failed;
    out.samples = result.done - result.failed;
    if (const auto* npv = result.find("npv")) {
        out.p_make = npv->positive_share;
        out.npv = npv->mean;
    }
    const auto& scenario = model.loaded().scenario;
    std::vector<double> chips_a_wafer(scenario.chip.size(), 0.0);
    constexpr std::size_t year_digits = 4;
    for (const auto& quarter : model.quarters()) {
        const auto year = quarter.substr(0, year_digits);
        if (!out.years.empty() && std::to_string(out.years.back().year) == year) continue;
        WaferYear row;
        row.year = std::stoi(year);
        row.vehicles = means.in_year("deploy.vehicles", year);
        row.robots = means.in_year("deploy.robots", year);
        row.flows = YearFlows(scenario, means, year, chips_a_wafer).all();
        row.places = places_of(row.flows);
        for (const auto& place : row.places)
            if (place.stage == FlowStage::site) row.wafers += place.wafers;
        out.years.push_back(std::move(row));
    }
    return out;
}

} // namespace autarky::analysis

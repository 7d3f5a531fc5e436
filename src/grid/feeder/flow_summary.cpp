// autarky: what planners ask of a solved power flow: losses, extremes, source.
// SPDX-License-Identifier: Apache-2.0
#include "grid/feeder/flow_summary.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace autarky::grid {
namespace {

double over_phases(const FlowComponent& c, const std::string& column, std::size_t scenario, std::size_t element) {
    const FlowColumn* found = c.find(column);
    double sum = 0.0;
    for (std::size_t phase = 0; found && phase < found->width; ++phase)
        sum += c.at(column, scenario, element, phase);
    return sum;
}

} // namespace

double branch_loss(const FlowComponent& branch, std::size_t scenario, std::size_t element,
                   const std::string& quantity) {
    double sum = 0.0;
    for (const char* end : {"_from", "_to", "_1", "_2", "_3"})
        sum += over_phases(branch, quantity + end, scenario, element);
    return sum;
}

double loading_by_current(const FlowComponent& branch, std::size_t scenario, std::size_t element,
                          const FeederFacts& facts) {
    const auto rated = facts.rated_a.find(branch.id[element]);
    if (rated == facts.rated_a.end()) return branch.at("loading", scenario, element);
    constexpr std::array<std::array<const char*, 3>, 2> ends{{{"i_from", "i_to", ""}, {"i_1", "i_2", "i_3"}}};
    const auto& names = ends[branch.find("i_1") ? 1 : 0];
    double highest = std::numeric_limits<double>::quiet_NaN();
    for (std::size_t end = 0; end < rated->second.size(); ++end) {
        const FlowColumn* current = branch.find(names[end]);
        for (std::size_t phase = 0; current && phase < current->width; ++phase)
            highest = std::fmax(highest, branch.at(names[end], scenario, element, phase) / rated->second[end]);
    }
    return highest;
}

FlowSummary summary_of(const FlowResult& result, std::size_t scenario, const FeederFacts& facts) {
    FlowSummary out;
    const auto lower = [](double x, double& least, std::optional<int>& place, int id) {
        if (std::isfinite(x) && (!place || x < least)) least = x, place = id;
    };
    const auto higher = [](double x, double& most, std::optional<int>& place, int id) {
        if (std::isfinite(x) && (!place || x > most)) most = x, place = id;
    };
    for (const FlowComponent& c : result.components) {
        const bool branch = c.find("p_from") || c.find("p_1");
        double lost = 0.0;
        for (std::size_t e = 0; e < c.id.size(); ++e) {
            if (c.name == "source") {
                out.source_w += over_phases(c, "p", scenario, e);
                out.source_var += over_phases(c, "q", scenario, e);
            }
            if (branch) {
                lost += branch_loss(c, scenario, e, "p");
                out.loss_var += branch_loss(c, scenario, e, "q");
                higher(c.at("loading", scenario, e), out.loading_max, out.loading_max_branch, c.id[e]);
                higher(loading_by_current(c, scenario, e, facts), out.loading_by_current_max,
                       out.loading_by_current_max_branch, c.id[e]);
            }
            const FlowColumn* u = c.name == "node" ? c.find("u_pu") : nullptr;
            for (std::size_t phase = 0; u && phase < u->width; ++phase) {
                const double pu = c.at("u_pu", scenario, e, phase);
                if (!(pu > 0.0)) continue;
                lower(pu, out.u_min_pu, out.u_min_node, c.id[e]);
                higher(pu, out.u_max_pu, out.u_max_node, c.id[e]);
            }
        }
        if (branch) out.loss_by_component.emplace_back(c.name, lost), out.loss_w += lost;
    }
    return out;
}

std::vector<int> dead_nodes_of(const FlowResult& result, std::size_t scenario) {
    std::vector<int> out;
    const FlowComponent* nodes = result.find("node");
    for (std::size_t i = 0; nodes && i < nodes->id.size(); ++i)
        if (!(nodes->at("energized", scenario, i) == 1.0)) out.push_back(nodes->id[i]);
    return out;
}

BatchSummary batch_summary(const FlowResult& result, const FeederFacts& facts) {
    BatchSummary out;
    FlowSummary& worst = out.worst;
    for (std::size_t s = 0; s < result.n_scenarios; ++s) {
        if (result.has_failed(s)) continue;
        ++out.n_solved;
        const FlowSummary one = summary_of(result, s, facts);
        if (!one.is_live()) continue;
        ++out.n_live;
        out.source_w += one.source_w, out.loss_w += one.loss_w;
        if (!worst.u_min_node || one.u_min_pu < worst.u_min_pu)
            worst.u_min_pu = one.u_min_pu, worst.u_min_node = one.u_min_node, out.lowest = s;
        if (!worst.u_max_node || one.u_max_pu > worst.u_max_pu)
            worst.u_max_pu = one.u_max_pu, worst.u_max_node = one.u_max_node, out.highest = s;
        if (one.loading_max_branch && (!worst.loading_max_branch || one.loading_max > worst.loading_max))
            worst.loading_max = one.loading_max, worst.loading_max_branch = one.loading_max_branch, out.fullest = s;
        if (one.loading_by_current_max_branch &&
            (!worst.loading_by_current_max_branch || one.loading_by_current_max > worst.loading_by_current_max)) {
            worst.loading_by_current_max = one.loading_by_current_max;
            worst.loading_by_current_max_branch = one.loading_by_current_max_branch;
            out.fullest_by_current = s;
        }
    }
    const auto n = static_cast<double>(std::max<std::size_t>(out.n_live, 1));
    out.source_w /= n, out.loss_w /= n;
    return out;
}

} // namespace autarky::grid

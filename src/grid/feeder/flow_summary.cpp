// autarky: what planners ask of a solved power flow: losses, extremes, source.
// SPDX-License-Identifier: Apache-2.0
#include "grid/feeder/flow_summary.hpp"

#include <array>

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

FlowSummary summary_of(const FlowResult& result, std::size_t scenario) {
    FlowSummary out;
    bool any_node = false;
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
                const double loading = c.at("loading", scenario, e);
                if (loading > out.loading_max) out.loading_max = loading, out.loading_max_branch = c.id[e];
            }
            const FlowColumn* u = c.name == "node" ? c.find("u_pu") : nullptr;
            for (std::size_t phase = 0; u && phase < u->width; ++phase) {
                const double pu = c.at("u_pu", scenario, e, phase);
                if (!(pu > 0.0)) continue;
                if (!any_node || pu < out.u_min_pu) out.u_min_pu = pu, out.u_min_node = c.id[e];
                if (!any_node || pu > out.u_max_pu) out.u_max_pu = pu, out.u_max_node = c.id[e];
                any_node = true;
            }
        }
        if (branch) out.loss_by_component.emplace_back(c.name, lost), out.loss_w += lost;
    }
    return out;
}

} // namespace autarky::grid

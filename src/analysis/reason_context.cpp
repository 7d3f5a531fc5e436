// autarky: tells neighbours of the same name apart by what moves one of them and hardly the others.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>
#include <utility>

#include "analysis/reason_tree.hpp"

namespace autarky::analysis {
namespace {

using Weights = std::map<std::string_view, double>;

/// "site.tsmc_taiwan_n3" for "site.tsmc_taiwan_n3.capacity[2026Q2]".
std::string_view entity_of(std::string_view path) {
    const auto first = path.find('.');
    const auto second = first == std::string_view::npos ? first : path.find('.', first + 1);
    return path.substr(0, second);
}

/// Tables whose rows tell best what a value is about come first.
std::size_t rank(std::string_view entity) {
    constexpr std::array<std::string_view, 10> order{"site", "chip",  "merchant", "maker", "region",
                                                     "grid", "robot", "vehicle",  "path",  "event"};
    const auto table = entity.substr(0, entity.find('.'));
    return static_cast<std::size_t>(std::find(order.begin(), order.end(), table) - order.begin());
}

/// The tape and what its inputs are and hold.
struct Case {
    const Tape& tape;
    const Inputs& inputs;
    const std::vector<double>& values;
};

/// How much each entity moves a node: the sum over its inputs of derivative times value, without signs.
Weights weights(const Case& on, std::int32_t node) {
    Weights out;
    const auto gradient = on.tape.gradient(node, on.inputs.rows.size());
    for (std::size_t row = 0; row < gradient.size(); ++row)
        if (gradient[row] != 0.0) out[entity_of(on.inputs.rows[row].path)] += std::fabs(gradient[row] * on.values[row]);
    return out;
}

/// An entity that moves one of the group at least so many times as much as any other one of it, and is among those that move
/// it most.
void add_to_group(const std::vector<Reason*>& group, const Case& on) {
    constexpr double times = 5.0;
    constexpr double least_share = 0.001; // of the entity that moves it most
    std::vector<Weights> all;
    for (const auto* reason : group)
        all.push_back(weights(on, reason->node));
    for (std::size_t i = 0; i < group.size(); ++i) {
        std::string_view best;
        double largest = 0.0;
        for (const auto& [entity, weight] : all[i])
            largest = std::max(largest, weight);
        for (const auto& [entity, weight] : all[i]) {
            bool is_alone = weight >= least_share * largest;
            for (std::size_t j = 0; j < group.size(); ++j)
                if (const auto other = all[j].find(entity); i != j && other != all[j].end())
                    is_alone = is_alone && other->second * times < weight;
            if (is_alone && (best.empty() || rank(entity) < rank(best))) best = entity;
        }
        group[i]->context = best;
    }
}

void add_below(Reason& reason, const Case& on) {
    std::map<std::pair<std::string, const Formula*>, std::vector<Reason*>> groups;
    for (auto& part : reason.parts) {
        add_below(part, on);
        if (part.formula != nullptr && part.node >= 0) groups[{part.role, part.formula}].push_back(&part);
    }
    for (const auto& [key, group] : groups)
        if (group.size() > 1) add_to_group(group, on);
}

} // namespace

void add_contexts(Reason& reason, const Tape& tape, const Inputs& inputs, const std::vector<double>& values) {
    add_below(reason, {tape, inputs, values});
}

} // namespace autarky::analysis

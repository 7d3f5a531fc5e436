// autarky: elements of a solved feeder as its answers have them: every attribute of power-grid-model, by phase where it is.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/describe_plain.hpp"
#include "grid/feeder/feeder_check.hpp"
#include "grid/feeder/flow_summary.hpp"
#include "grid/feeder/power_flow.hpp"

namespace autarky::grid {

constexpr auto describe(Type<FailedScenario> /*type*/) {
    return fields(item("scenario", &FailedScenario::index, "1"_u, "Its row in the batch, from 0"),
                  item("message", &FailedScenario::message, "What power-grid-model says"));
}

} // namespace autarky::grid

namespace autarky::answers {

[[nodiscard]] inline bool is_branch(const grid::FlowComponent& c) {
    return c.find("p_from") != nullptr || c.find("p_1") != nullptr;
}

/// One element in one scenario; it points into the result. Without `facts` it is shown as no branch.
struct ElementView {
    const grid::FlowComponent* of;
    std::size_t scenario, element;
    const grid::FeederFacts* facts;

    [[nodiscard]] int id() const { return of->id[element]; }
    [[nodiscard]] bool is_shown_as_branch() const { return facts != nullptr && is_branch(*of); }
    [[nodiscard]] std::optional<std::string_view> component() const {
        return is_shown_as_branch() ? std::optional<std::string_view>(of->name) : std::nullopt;
    }
    [[nodiscard]] std::optional<std::pair<int, int>> ends() const {
        if (!is_shown_as_branch()) return std::nullopt;
        const auto found = facts->ends.find(id());
        return found == facts->ends.end() ? std::nullopt : std::optional(found->second);
    }
    [[nodiscard]] std::optional<double> loading_by_current() const {
        if (!is_shown_as_branch() || of->find("loading") == nullptr) return std::nullopt;
        return grid::loading_by_current(*of, scenario, element, *facts);
    }
    [[nodiscard]] std::optional<double> p_loss() const {
        if (!is_shown_as_branch() || of->find("p_from") == nullptr || of->find("p_to") == nullptr) return std::nullopt;
        return grid::branch_loss(*of, scenario, element, "p");
    }
    /// Attributes with one value, and those with one a phase.
    [[nodiscard]] std::vector<std::pair<std::string_view, double>> values() const {
        std::vector<std::pair<std::string_view, double>> out;
        for (const auto& column : of->columns)
            if (column.width == 1) out.emplace_back(column.name, column.values[row()]);
        return out;
    }
    [[nodiscard]] std::vector<std::pair<std::string_view, std::vector<double>>> by_phase() const {
        std::vector<std::pair<std::string_view, std::vector<double>>> out;
        for (const auto& column : of->columns) {
            if (column.width == 1) continue;
            const auto first = column.values.begin() + static_cast<std::ptrdiff_t>(row() * column.width);
            out.emplace_back(column.name,
                             std::vector<double>(first, first + static_cast<std::ptrdiff_t>(column.width)));
        }
        return out;
    }

private:
    [[nodiscard]] std::size_t row() const { return scenario * of->id.size() + element; }
};
constexpr void stands_on_one_line(Type<ElementView> /*type*/) {}
constexpr auto describe(Type<ElementView> /*type*/) {
    using V = ElementView;
    constexpr auto no_branch = "it is no branch";
    constexpr auto units = unit_named("W, var, VA, V, A, rad, pu");
    return fields(
        item("id", &V::id, "1"_u, "Of the feeder"),
        item("component", &V::component, "Kind of branch").absent_if(no_branch),
        item(
            "from_node", [](const V& v) { return v.ends() ? std::optional(v.ends()->first) : std::nullopt; }, "1"_u,
            "Node at its beginning")
            .absent_if(no_branch),
        item(
            "to_node", [](const V& v) { return v.ends() ? std::optional(v.ends()->second) : std::nullopt; }, "1"_u,
            "Node at its end")
            .absent_if(no_branch),
        item("attribute", &V::values, units,
             "What power-grid-model computes of it, by that library's names and in its units")
            .null_if("it was not computed")
            .beside(),
        item("attribute_by_phase", &V::by_phase, units, "The same of attributes with a value for each of three phases")
            .null_if("it was not computed")
            .beside(),
        item("loading_by_current", &V::loading_by_current, "1"_u,
             "Current over rated current, highest over ends and phases; null without a rating")
            .absent_if(no_branch),
        item("p_loss", &V::p_loss, "W"_u, "What goes in at both ends together")
            .absent_if("it is no branch of two ends"));
}

/// All elements of a component.
inline void append_elements(std::vector<ElementView>& to, const grid::FlowComponent& component, std::size_t scenario,
                            const grid::FeederFacts* facts) {
    for (std::size_t e = 0; e < component.id.size(); ++e)
        to.push_back({&component, scenario, e, facts});
}

/// A line for each scenario that has no solution.
inline std::string failures_text(const grid::FlowResult& result) {
    std::string out;
    for (const auto& failed : result.failed)
        out += "scenario " + std::to_string(failed.index) + " failed: " + failed.message + "\n";
    return out;
}

} // namespace autarky::answers

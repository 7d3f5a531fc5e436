// autarky: computes the short circuits that a feeder's file names, and describes them.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>
#include <utility>
#include <vector>

#include "answers/grid/element_view.hpp"
#include "answers/grid/feeder.hpp"
#include "answers/grid/flow.hpp"
#include "grid/feeder/short_circuit.hpp"
#include "show/table.hpp"

namespace autarky::answers {
namespace {

/// Elements by kind.
struct FaultScenario {
    const grid::FlowResult* result;
    std::size_t scenario;
    [[nodiscard]] std::vector<std::pair<std::string_view, std::vector<ElementView>>> components() const {
        std::vector<std::pair<std::string_view, std::vector<ElementView>>> out;
        for (const auto& component : result->components) {
            out.emplace_back(component.name, std::vector<ElementView>{});
            append_elements(out.back().second, component, scenario, nullptr);
        }
        return out;
    }
};
constexpr auto describe(Type<FaultScenario> /*type*/) {
    return fields(
        item("component", &FaultScenario::components, "Elements of one kind: node, line, source, fault, ...").beside());
}

std::vector<FaultScenario> scenarios_of(const FaultAnswer& a) {
    std::vector<FaultScenario> out;
    for (std::size_t s = 0; s < a.result.n_scenarios; ++s)
        out.push_back({&a.result, s});
    return out;
}

} // namespace

constexpr auto describe(Type<FaultAnswer> /*type*/) {
    using A = FaultAnswer;
    return fields(item(
                      "command", [](const A&) { return "grid fault"; }, "What was asked"),
                  item("feeder", &A::file, "File of the feeder"),
                  item(
                      "library", [](const A&) { return "power-grid-model " + grid::power_flow_version(); },
                      "What computes the currents"),
                  item(
                      "convention", [](const A&) { return grid::short_circuit_convention; }, "What they are by"),
                  item(
                      "currents", [](const A& a) { return a.question.currents; }, "Voltage factor of IEC 60909"),
                  item(
                      "n_scenarios", [](const A& a) { return a.result.n_scenarios; }, "1"_u, "Scenarios"),
                  item(
                      "failed", [](const A& a) { return a.result.failed; }, "Scenarios without a solution"),
                  item("scenarios", &scenarios_of, "One row a scenario"));
}

FaultAnswer fault(const Catalogue& catalogue, const FaultQuestion& q, const Watch& watch) {
    const bool is_batch = !q.batch.empty();
    auto feeder = SolvableFeeder::open(catalogue, q.feeder, {{}, is_batch, true}, q.frequency, watch);
    grid::FlowOptions options;
    options.kind = q.currents == FaultCurrents::largest ? grid::FlowKind::largest_short_circuit
                                                        : grid::FlowKind::smallest_short_circuit;
    auto result = feeder.solved(q.batch, options, watch);
    return {q, std::move(feeder.file), std::move(feeder.document), std::move(result)};
}

std::string text(const FaultAnswer& answer, const show::Page& page) {
    const auto& result = answer.result;
    const bool is_batch = !answer.question.batch.empty();
    std::string out =
        show::wrapped(fmt::format("{} currents, kA by phase: {}",
                                  choices(Type<FaultCurrents>{})[static_cast<std::size_t>(answer.question.currents)],
                                  grid::short_circuit_convention),
                      page.width, 0) +
        "\n\n";
    std::vector<std::string> heads{"<fault", "a", "b", "c"};
    heads.insert(is_batch ? heads.begin() : heads.end(), is_batch ? "<scenario" : "<at");
    show::Sheet sheet(heads);
    for (std::size_t s = 0; s < result.n_scenarios; ++s)
        for (const auto& fault : grid::fault_currents(result, s, *answer.feeder)) {
            std::vector<std::string> cells;
            if (is_batch) cells.push_back(fmt::format("{}", s));
            cells.push_back(fmt::format("{}", fault.id));
            for (const double ampere : fault.ampere)
                cells.push_back(std::isfinite(ampere) ? fmt::format("{:.4f}", ampere / 1e3) : "none");
            if (!is_batch) cells.push_back(fault.node ? fmt::format("node {}, {}", *fault.node, fault.type) : "");
            sheet.row(std::move(cells));
        }
    return out + sheet.text(page, 0, 3) + failures_text(result);
}

Standing standing(const FaultAnswer& answer) {
    return answer.result.failed.empty() ? Standing::good : Standing::unreliable;
}

const Entry fault_entry = threaded(
    entry_of<&fault, FaultQuestion, FaultAnswer>("grid", "fault", "The short circuits of a feeder by IEC 60909"));

} // namespace autarky::answers

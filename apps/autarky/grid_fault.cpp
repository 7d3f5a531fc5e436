// autarky: `grid fault`: the short circuits that a feeder's file names.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <cmath>

#include "autarky/grid_options.hpp"
#include "autarky/output.hpp"
#include "grid/feeder/feeder_check.hpp"
#include "grid/feeder/short_circuit.hpp"

namespace autarky::cli {
namespace {

using namespace autarky::grid;
using json = nlohmann::ordered_json;

json number_or_null(double x) { return std::isfinite(x) ? json(x) : json(); }

/// Every attribute of every element, by phase.
json elements_of(const FlowResult& result, std::size_t scenario) {
    json out = json::object();
    for (const FlowComponent& component : result.components) {
        json rows = json::array();
        for (std::size_t e = 0; e < component.id.size(); ++e) {
            json row{{"id", component.id[e]}};
            for (const FlowColumn& column : component.columns) {
                json values = json::array();
                for (std::size_t phase = 0; phase < column.width; ++phase)
                    values.push_back(number_or_null(component.at(column.name, scenario, e, phase)));
                row[column.name] = column.width == 1 ? values[0] : values;
            }
            rows.push_back(std::move(row));
        }
        out[component.name] = std::move(rows);
    }
    return out;
}

void print_json(const GridOptions& o, const std::string& file, const FlowResult& result) {
    json out{{"command", "grid fault"},
             {"feeder", file},
             {"library", "power-grid-model " + power_flow_version()},
             {"convention", short_circuit_convention},
             {"currents", o.currents},
             {"n_scenarios", result.n_scenarios},
             {"failed", json::array()},
             {"scenarios", json::array()}};
    for (const FailedScenario& failed : result.failed)
        out["failed"].push_back({{"scenario", failed.index}, {"message", failed.message}});
    for (std::size_t s = 0; s < result.n_scenarios; ++s)
        out["scenarios"].push_back(elements_of(result, s));
    print(out.dump(2, ' ', false, json::error_handler_t::replace) + "\n");
}

void print_table(const GridOptions& o, const FeederDocument& feeder, const FlowResult& result) {
    print(fmt::format("{} currents, kA by phase; IEC 60909, see --json for the convention\n", o.currents));
    for (std::size_t s = 0; s < result.n_scenarios; ++s) {
        if (result.n_scenarios > 1) print(fmt::format("scenario {}\n", s));
        for (const FaultCurrent& fault : fault_currents(result, s, feeder)) {
            const std::string place =
                fault.node && o.batch.empty() ? fmt::format("node {}, {}", *fault.node, fault.type) : "";
            if (std::isfinite(fault.highest()))
                print(fmt::format("  fault {:<6}{:>10.4f}{:>10.4f}{:>10.4f}   {}\n", fault.id, fault.ampere[0] / 1e3,
                                  fault.ampere[1] / 1e3, fault.ampere[2] / 1e3, place));
            else
                print(fmt::format("  fault {:<6}{:>30}   {}\n", fault.id, "no current", place));
        }
    }
    for (const FailedScenario& failed : result.failed)
        print(fmt::format("scenario {} failed: {}\n", failed.index, failed.message));
}

} // namespace

Exit grid_fault(const GridOptions& o) {
    if (o.targets.size() != 1) throw UsageError("E0504", "fault wants one feeder", "autarky grid fault feeder.json");
    if (o.currents != "largest" && o.currents != "smallest")
        throw UsageError("E0503", fmt::format("--currents is largest or smallest, not '{}'", o.currents));
    grid_check_range("--frequency", o.frequency_hz, 1.0, 1000.0);
    const std::string& file = o.targets.front();
    Diagnostics findings;
    const auto feeder = FeederDocument::read(grid_text_of(file), file, findings);
    if (!feeder) throw InputError{findings};
    check_feeder(*feeder, file, findings, {{}, !o.batch.empty(), true});
    if (findings.has_errors()) throw InputError{findings};
    const auto flow = PowerFlow::make(feeder->text(), file, o.frequency_hz, findings);
    grid_settle(findings);
    FlowOptions options;
    options.kind = o.currents == "largest" ? FlowKind::largest_short_circuit : FlowKind::smallest_short_circuit;
    options.threads = o.threads == 1 ? -1 : o.threads;
    FlowResult result;
    if (o.batch.empty()) {
        result = flow->solve(options);
    } else {
        Diagnostics of_batch;
        auto solved = flow->solve_batch(grid_text_of(o.batch), o.batch, options, of_batch);
        grid_settle(of_batch);
        result = std::move(*solved);
    }
    if (o.json)
        print_json(o, file, result);
    else
        print_table(o, *feeder, result);
    return result.failed.empty() ? Exit::ok : Exit::numerical;
}

} // namespace autarky::cli

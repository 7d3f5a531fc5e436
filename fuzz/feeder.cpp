// autarky: fuzz target: a feeder is read or refused, and what is accepted can be solved or says why not.
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <string>

#include "grid/feeder/feeder_check.hpp"
#include "grid/feeder/flow_summary.hpp"
#include "grid/feeder/power_flow.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace autarky;
    const std::string text(reinterpret_cast<const char*>(bytes), size);
    Diagnostics findings;
    const auto facts = grid::check_feeder(text, "fuzz.json", findings);
    (void)findings.render(true);
    if (findings.has_errors() || facts.branches.size() > 32 || !grid::power_flow_available()) return 0;
    const auto feeder = grid::PowerFlow::make(text, "fuzz.json", 50.0, findings);
    (void)findings.render(true);
    if (feeder == nullptr) return 0;
    grid::FlowOptions options;
    options.symmetric = !facts.needs_phases;
    const auto result = feeder->solve(options);
    (void)grid::summary_of(result, 0, facts);
    return 0;
}

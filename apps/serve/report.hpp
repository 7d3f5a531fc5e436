// autarky: the report: the page with its answers inside, one file that opens from disk and asks nobody.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "answers/catalogue.hpp"
#include "answers/session.hpp"
#include "answers/watch.hpp"

namespace autarky::serve {

struct ReportQuestion : answers::ScenarioChoice {
    std::uint64_t samples = 20'000, claim_samples = 5'000, seed = 1;
};

/// HTML. Without script it is readable as tables.
std::string report_html(const answers::Catalogue& catalogue, const ReportQuestion& question,
                        const answers::Watch& watch);

} // namespace autarky::serve

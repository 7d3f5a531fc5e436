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
    std::uint64_t samples = 16'384, claim_samples = 5'000, seed = 1;
    std::string against;                      ///< another scenario to compare with; empty: the same
    std::vector<std::string> against_variant; ///< with these variants; with neither there is no comparison
    bool chinese = false;                     ///< the page begins in Chinese
    bool brief = false;              ///< without what would change the decision and what to watch, which take longest
    bool plan = false;               ///< also what to contract
    std::vector<std::string> stress; ///< also what these events take, all at once: NAME or NAME@QUARTER
};

/// A picture of a report, drawn without a browser.
struct ReportPicture {
    std::string name; ///< "verdict" or "map"
    std::string svg;
};
/// Names of the pictures that there are.
std::vector<std::string> report_pictures();
/// Throws InputError for another name.
ReportPicture report_picture(const answers::Catalogue& catalogue, const ReportQuestion& question,
                             const std::string& name, const answers::Watch& watch);

/// HTML. Without script it is readable as tables.
std::string report_html(const answers::Catalogue& catalogue, const ReportQuestion& question,
                        const answers::Watch& watch);

} // namespace autarky::serve

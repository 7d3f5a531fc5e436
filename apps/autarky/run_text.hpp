// autarky: the summary of a run for a reader: about one screen.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "analysis/summary.hpp"

namespace autarky::cli {

/// `scenario` is how the command line names it, for the commands that are proposed next.
std::string run_text(const analysis::Summary& summary, const std::string& scenario);

} // namespace autarky::cli

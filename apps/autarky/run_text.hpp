// autarky: the summary of a run for a reader: about one screen.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "analysis/summary.hpp"

namespace autarky::cli {

std::string run_text(const analysis::Summary& summary);

} // namespace autarky::cli

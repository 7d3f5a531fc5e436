// autarky: the results of a run as JSON; other programs rely on its names.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "analysis/summary.hpp"

namespace autarky::analysis {

/// `run --json`. Money of the verdict is in USD; a metric is in its `unit`. What does not exist is null.
std::string json_of(const Summary& summary);

/// The frame of a run as JSON, for the parts of a run that is divided, and back.
std::string json_of(const Frame& frame);
/// Throws engine::StateError when the text is no frame.
Frame frame_from_json(std::string_view text);

} // namespace autarky::analysis

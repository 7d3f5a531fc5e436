// autarky: the frame of a run as text, for the parts of a run that is divided, and back.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "analysis/summary.hpp"

namespace autarky::analysis {

/// On one line; what is not finite is null.
std::string json_of(const Frame& frame);
/// Throws engine::StateError when the text is no frame.
Frame frame_from_json(std::string_view text);

} // namespace autarky::analysis

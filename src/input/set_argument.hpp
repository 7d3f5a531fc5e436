// autarky: one `--set path=value` of the command line.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "core/diagnostics.hpp"
#include "input/node.hpp"
#include "input/path.hpp"

namespace autarky::scenario {

struct SetArgument {
    Path path;
    Place place; ///< of the path inside the argument
    Node value;
};

/// Reads "path=value". The value is a TOML value, or, without quotes, a text ("process.sf2.wafer_price=17_000 USD/wafer").
/// `number` counts the arguments from 1, for the name under which findings are reported.
std::optional<SetArgument> read_set_argument(const std::string& argument, std::size_t number, Texts& texts,
                                             Diagnostics& diagnostics);

} // namespace autarky::scenario

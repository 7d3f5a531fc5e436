// autarky: composes the effective scenario: catalogue, base files, the scenario, its variants, the command line.
// SPDX-License-Identifier: Apache-2.0
//
// Later layers lie on top of earlier ones; tables merge key by key, a value replaces the whole value below it:
//
//     catalogue/*.toml  <  file named by `extends`  <  the scenario  <  each --variant  <  each --set
//
// A layer that names the `accelerator` or `workload` of a chip outdates what lower layers typed in of the numbers that
// follow from it; a number in the same layer or above stands. All --set are one layer.
//
// The catalogue is a library: one of its rows takes part only when the scenario names it, which is done by
//   - a heading of that row (`[process.sf2]`; it may be empty, then everything comes from the catalogue),
//   - a reference from a row that takes part (`process = "sf2"`),
//   - `use = ["region.*", "maker.byd", "-maker.nio"]`, in which '*' is any text and '-' takes rows out again.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostics.hpp"
#include "input/node.hpp"
#include "input/shape.hpp"
#include "scenario/load.hpp"

namespace autarky::scenario {

/// Keys of a document that are no entities of the scenario.
const std::vector<std::string_view>& reserved_keys();

struct Composition {
    Node root;                         ///< everything, merged; only the rows that take part
    std::string name;                  ///< "ai5", or the name of the file without ".toml"
    std::vector<std::string> variants; ///< as applied, in order, with those that they extend
    std::vector<std::string> known_variants;
    std::map<std::string, std::vector<std::string>, std::less<>> names; ///< of all rows by table, also those left out
    int first_scenario_text = 0;                                        ///< texts before it are the catalogue's
    bool is_readable = true; ///< false: a file is missing or no TOML, reading on makes no sense
};

Composition compose(const LoadRequest& request, const Shape& shape, Texts& texts, Diagnostics& diagnostics);

} // namespace autarky::scenario

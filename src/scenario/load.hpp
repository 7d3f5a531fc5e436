// autarky: loads a scenario: from its name or file to typed entities, inputs, claims and observations.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostics.hpp"
#include "input/inputs.hpp"
#include "scenario/claims.hpp"
#include "scenario/scenario.hpp"

namespace autarky {

namespace scenario {
struct Shape;
}

/// What to load.
struct LoadRequest {
    std::string scenario = "ai5";        ///< name of a bundled scenario, or a file
    std::vector<std::string> variants{}; ///< applied in this order
    std::vector<std::string> sets{};     ///< "path=value", applied after the variants
    std::vector<std::string> reports{};  ///< files of further observations and their sources
    std::optional<std::string> text{};   ///< the scenario itself, instead of a file; `scenario` is then its name
    std::string data_folder{};           ///< with catalogue/ and scenarios/; empty: found by find_data_folder()
    std::vector<KnownMetric> metrics{};  ///< claims and observations may name these; empty: not checked
    bool whole_catalogue = false;        ///< also takes every row of the catalogue, to check it
};

/// Everything that is known after reading, except the entities.
struct LoadedTables {
    std::string name;                        ///< "ai5"
    std::string title;                       ///< `title` of the scenario
    std::string variant;                     ///< "article", "article+late", or empty
    std::vector<std::string> known_variants; ///< of the scenario, in file order
    std::string sha256;                      ///< of the effective content
    Inputs inputs;
    std::vector<Claim> claims;
    std::vector<Observation> observations;
    std::vector<DefaultValue> defaults;
    Diagnostics warnings; ///< no errors among them
};

struct Loaded : LoadedTables {
    Scenario<Uncertain> scenario;
};

/// Loads a scenario. Throws InputError with all findings when one of them is an error.
Loaded load(const LoadRequest& request);

/// The same for any described struct in the reading Uncertain, given by its shape (scenario/shape.hpp).
LoadedTables load_tables(const LoadRequest& request, const scenario::Shape& shape, void* target);

/// Names of the variants of a scenario, in file order; empty when it cannot be read.
std::vector<std::string> variants_of(const LoadRequest& request);

/// Findings of loading, warnings too, without throwing.
Diagnostics check(const LoadRequest& request);

} // namespace autarky

// autarky: JSON Schema and reference pages, made from the descriptions alone.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "input/shape.hpp"

namespace autarky {

/// JSON Schema (draft-07) of a scenario file, for the completion and hints of editors (`#:schema ./scenario.schema.json`).
/// What it cannot check, `autarky check` does: units, ranges, references.
std::string json_schema();
std::string json_schema(const scenario::Shape& shape);

/// A page of the reference documentation.
struct ReferencePage {
    std::string file; ///< "scenario.md"
    std::string text; ///< Markdown
};

/// Every entity and key, the grammar of quantities, the units, and the codes of findings.
std::vector<ReferencePage> reference_pages();
std::vector<ReferencePage> reference_pages(const scenario::Shape& shape);

} // namespace autarky

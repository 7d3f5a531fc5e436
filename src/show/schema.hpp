// autarky: the JSON Schema of an answer, and its table in the reference.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "show/shape.hpp"

namespace autarky::show {

/// JSON Schema (2020-12) of what write_json writes: "title" is the answer's schema, such as "autarky.host/1"; every
/// property has its description and unit, a value that may be null says why.
std::string json_schema(const RecordShape& shape, std::string_view schema, std::string_view doc);

/// Rows "| `key.inner[]` | type | unit | meaning |" of a Markdown table, records opened in place.
std::string markdown_rows(const RecordShape& shape);

/// TypeScript interfaces of an answer; the outermost is called `name`.
std::string typescript(const RecordShape& shape, std::string_view name);

} // namespace autarky::show

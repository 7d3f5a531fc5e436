// autarky: tables by the Arrow C data interface (https://arrow.apache.org/docs/format/CDataInterface.html).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nanobind/nanobind.h>

namespace autarky::python {

/// A capsule "arrow_array_stream" with one batch. Each column is (name, metadata, kind, values): metadata a dict of texts;
/// kind "number" takes an array of doubles, which is not copied, NaN being null; "integer", "natural", "boolean" and "text"
/// take a list with None for null. Columns of different lengths are a ValueError.
nanobind::capsule arrow_stream(const nanobind::list& columns);

} // namespace autarky::python

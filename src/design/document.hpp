// autarky: reads some files of the catalogue into one described struct, without composing a scenario.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "input/inputs.hpp"
#include "input/shape.hpp"

namespace autarky::design {

/// A data folder as given, else the program's own.
std::filesystem::path data_folder_or_default(const std::string& folder);

/// Lays the catalogue's sources and price index, then `files`, on top of one another and reads the result into `target`,
/// whose shape says what it holds. Money is real USD of 2025. Throws InputError with all findings.
Inputs read_document(const std::filesystem::path& data, const std::vector<std::filesystem::path>& files,
                     const scenario::Shape& shape, void* target);

} // namespace autarky::design

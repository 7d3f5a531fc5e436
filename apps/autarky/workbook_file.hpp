// autarky: the bytes of a workbook, for files that are named .xlsx.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "answers/workbook.hpp"
#include "autarky/exit.hpp"
#include "autarky/output.hpp"

namespace autarky::cli {

inline bool is_workbook(std::string_view file) { return file.ends_with(".xlsx"); }

/// Says on standard error what is to be known of it. Throws FileError where the machine has no room for it.
inline std::string bytes_of(const show::Workbook& workbook) {
    for (const auto& note : workbook.notes)
        warn(note + "\n");
    try {
        return show::workbook_bytes(workbook);
    } catch (const std::runtime_error& trouble) {
        throw FileError("E0612", trouble.what(), "is there room in the folder for temporary files?");
    }
}

} // namespace autarky::cli

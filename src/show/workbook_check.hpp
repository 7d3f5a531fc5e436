// autarky: whether the file of a workbook holds all that was written.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "show/workbook.hpp"

namespace autarky::show {

/// Reads the file of a workbook back and counts. libxlsxwriter collects every part in a temporary file and looks at none of its
/// writes: where there is no room for one, it says nothing and packs what is left. Throws std::runtime_error when a part is
/// empty, does not end, or has not the cells and formulas of its sheet. (Some 4,096 bytes are lost at once, which is many cells;
/// what is lost inside one long text is not seen.)
void check_workbook_file(const std::string& path, const Workbook& workbook);

} // namespace autarky::show

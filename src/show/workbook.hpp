// autarky: workbooks for spreadsheet programs (Office Open XML), with formulas that stay alive.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autarky::show {

/// What a cell holds. A text is a text whatever it begins with; a number that is not finite is an empty cell.
struct WorkbookCell {
    enum class Kind { empty, text, number, formula };
    enum class Look {
        plain,
        title,   ///< the sentence that a sheet is about
        heading, ///< of a column or a line
        input,   ///< a number that a reader may change
        share,   ///< a part of one, shown in per cent
        fixed,   ///< a number that nothing follows: a program that checks what is typed refuses another one
    };
    Kind kind = Kind::empty;
    Look look = Look::plain;
    std::string text;    ///< of a text; of a formula as "=in_price*2"
    double number = 0.0; ///< of a formula what it gives with the numbers that stand in the workbook

    static WorkbookCell of(std::string text, Look look = Look::plain) {
        return {Kind::text, look, std::move(text), 0.0};
    }
    static WorkbookCell of(double number, Look look = Look::plain) { return {Kind::number, look, {}, number}; }
    static WorkbookCell formula(std::string text, double number) {
        return {Kind::formula, Look::plain, std::move(text), number};
    }
};

struct WorkbookSheet {
    std::string name;           ///< at most 31 characters, none of []:*?/\ and not a name that is there
    std::vector<double> widths; ///< of columns, in characters; those without one keep the usual width
    std::vector<std::vector<WorkbookCell>> rows;
    bool is_table = true; ///< the first row has the headings of columns: it stays in sight, and rows can be filtered
};

/// A name of the whole workbook: "in_chip_own_width" for "=Inputs!$D$7".
struct WorkbookName {
    std::string name, place;
};

struct Workbook {
    std::vector<WorkbookSheet> sheets;
    std::vector<WorkbookName> names;
    std::vector<std::string> notes{}; ///< what whoever writes the file is told, a sentence each; it is not in the file
};

/// A name that no spreadsheet program takes for the address of a cell: the prefix, then letters, digits and underscores.
/// Equal texts give equal names.
std::string workbook_name(std::string_view prefix, std::string_view text);

/// A name that a sheet may have and no other has: at most 31 characters, none of []:*?/\ . It joins those that are taken.
std::string sheet_name(std::string_view text, std::set<std::string>& taken);

/// The file. Equal workbooks give equal bytes. Throws std::runtime_error where a temporary file cannot be written whole.
std::string workbook_bytes(const Workbook& workbook);

} // namespace autarky::show

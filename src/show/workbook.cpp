// autarky: writes workbooks with libxlsxwriter.
// SPDX-License-Identifier: Apache-2.0
#include "show/workbook.hpp"

#include <fmt/format.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <stdexcept>

#include <unistd.h>

#include "core/visible.hpp"
#include "show/workbook_check.hpp"

namespace autarky::show {
namespace {

/// A file that nobody else has, gone when this is.
class TemporaryFile {
public:
    TemporaryFile() : path_((std::filesystem::temp_directory_path() / "autarky-XXXXXX").string()) {
        const int file = mkstemp(path_.data());
        if (file < 0) throw std::runtime_error("no temporary file can be made for the workbook");
        close(file);
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::string content() const {
        std::error_code unreadable;
        const auto size = std::filesystem::file_size(path_, unreadable);
        const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path_.c_str(), "rb"), &std::fclose);
        std::string out(unreadable ? 0 : size, '\0');
        if (file == nullptr || out.empty() || std::fread(out.data(), 1, out.size(), file.get()) != out.size())
            throw std::runtime_error("the temporary file of the workbook cannot be read back");
        return out;
    }

private:
    std::string path_;
};

/// Digits that a reader can take in: the value keeps all that it has. Small and very large numbers as powers of ten.
const char* number_format(double value) {
    const double size = std::fabs(value);
    if (size == 0.0 || (std::floor(size) == size && size < 1e5)) return "0";
    if (size >= 1e15 || size < 1e-3) return "0.000E+00";
    if (size >= 1e4) return "#,##0";
    if (size >= 100.0) return "0.0";
    if (size >= 1.0) return "0.000";
    return "0.00000";
}

/// The formats of the looks, made when they are first needed.
class Looks {
public:
    explicit Looks(lxw_workbook* book) : book_(book) {}

    lxw_format* of(const WorkbookCell& cell) {
        using Look = WorkbookCell::Look;
        if (cell.look == Look::plain) return cell.kind == WorkbookCell::Kind::number ? plain(cell.number) : nullptr;
        auto& format = looks_[cell.look];
        if (format != nullptr) return format;
        format = workbook_add_format(book_);
        constexpr lxw_color_t changed_by_readers = 0x1F4E9E, paper = 0xFFF8DC, line = 0x808080;
        switch (cell.look) {
        case Look::title:
            format_set_bold(format);
            format_set_font_size(format, 14.0);
            break;
        case Look::heading:
            format_set_bold(format);
            format_set_text_wrap(format);
            format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
            format_set_bottom(format, LXW_BORDER_THIN);
            format_set_bottom_color(format, line);
            break;
        case Look::input:
            format_set_font_color(format, changed_by_readers);
            format_set_bg_color(format, paper);
            break;
        case Look::fixed: format_set_font_color(format, line); break;
        case Look::share: format_set_num_format(format, "0.0 %"); break;
        case Look::plain: break;
        }
        return format;
    }

private:
    lxw_format* plain(double number) {
        auto& format = numbers_[number_format(number)];
        if (format == nullptr) {
            format = workbook_add_format(book_);
            format_set_num_format(format, number_format(number));
        }
        return format;
    }

    lxw_workbook* book_;
    std::map<WorkbookCell::Look, lxw_format*> looks_;
    std::map<std::string_view, lxw_format*> numbers_;
};

/// The library refuses longer texts, and a program shows no more.
std::string cell_text(const std::string& text) {
    constexpr std::size_t longest = 8000; // bytes; 32,767 characters are the format's
    auto out = visible(text);
    if (out.size() <= longest) return out;
    auto end = longest;
    while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0U) == 0x80U)
        --end;
    return out.substr(0, end) + "…";
}

void check(lxw_error error) {
    if (error != LXW_NO_ERROR) throw std::runtime_error(fmt::format("the workbook: {}", lxw_strerror(error)));
}

/// Nobody types another number over one that no formula follows and takes what then stands there for its outcome.
void keep_as_it_is(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, double number) {
    lxw_data_validation rule{};
    rule.validate = LXW_VALIDATION_TYPE_DECIMAL;
    rule.criteria = LXW_VALIDATION_CRITERIA_EQUAL_TO;
    rule.value_number = number;
    rule.error_type = LXW_VALIDATION_ERROR_TYPE_STOP;
    std::string title = "Not live";
    std::string message = "No formula follows this number: the last column says why. Ask the program.";
    rule.error_title = title.data();
    rule.error_message = message.data();
    check(worksheet_data_validation_cell(sheet, row, column, &rule));
}

void write_cell(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const WorkbookCell& cell, Looks& looks) {
    auto* format = looks.of(cell);
    const bool is_finite = std::isfinite(cell.number);
    switch (cell.kind) {
    case WorkbookCell::Kind::empty: return;
    case WorkbookCell::Kind::text: // always as a string, so what begins with = is no formula
        check(worksheet_write_string(sheet, row, column, cell_text(cell.text).c_str(), format));
        return;
    case WorkbookCell::Kind::number:
        if (is_finite) check(worksheet_write_number(sheet, row, column, cell.number, format));
        if (is_finite && cell.look == WorkbookCell::Look::fixed) keep_as_it_is(sheet, row, column, cell.number);
        return;
    case WorkbookCell::Kind::formula:
        check(
            worksheet_write_formula_num(sheet, row, column, cell.text.c_str(), format, is_finite ? cell.number : 0.0));
        return;
    }
}

void check_size(const WorkbookSheet& sheet) {
    const auto width = std::ranges::max(sheet.rows, {}, [](const auto& row) { return row.size(); }).size();
    if (sheet.rows.size() > LXW_ROW_MAX || width > LXW_COL_MAX)
        throw std::runtime_error(
            fmt::format("the sheet '{}' has more rows or columns than a workbook takes", sheet.name));
}

/// Headings stay in sight, on the screen and on paper, and rows can be filtered.
void write_table_look(lxw_worksheet* sheet, const WorkbookSheet& from) {
    worksheet_freeze_panes(sheet, 1, 0);
    check(worksheet_repeat_rows(sheet, 0, 0));
    if (from.rows.size() > 1 && !from.rows.front().empty())
        check(worksheet_autofilter(sheet, 0, 0, static_cast<lxw_row_t>(from.rows.size() - 1),
                                   static_cast<lxw_col_t>(from.rows.front().size() - 1)));
}

void write_sheet(lxw_workbook* book, const WorkbookSheet& from, Looks& looks) {
    auto* sheet = workbook_add_worksheet(book, from.name.c_str());
    if (sheet == nullptr) throw std::runtime_error(fmt::format("the workbook cannot have a sheet '{}'", from.name));
    worksheet_set_landscape(sheet);
    worksheet_fit_to_pages(sheet, 1, 0);
    if (from.rows.empty()) return;
    check_size(from);
    for (std::size_t c = 0; c < from.widths.size(); ++c)
        if (from.widths[c] > 0.0)
            check(worksheet_set_column(sheet, static_cast<lxw_col_t>(c), static_cast<lxw_col_t>(c), from.widths[c],
                                       nullptr));
    if (from.is_table) write_table_look(sheet, from);
    for (std::size_t r = 0; r < from.rows.size(); ++r)
        for (std::size_t c = 0; c < from.rows[r].size(); ++c)
            write_cell(sheet, static_cast<lxw_row_t>(r), static_cast<lxw_col_t>(c), from.rows[r][c], looks);
}

} // namespace

std::string workbook_name(std::string_view prefix, std::string_view text) {
    constexpr std::size_t longest = 255;
    std::string out(prefix);
    for (const char c : text) {
        const bool is_plain = std::isalnum(static_cast<unsigned char>(c)) != 0 && static_cast<unsigned char>(c) < 0x80U;
        out += is_plain ? c : '_';
    }
    return out.substr(0, longest);
}

std::string sheet_name(std::string_view text, std::set<std::string>& taken) {
    constexpr std::size_t longest = 31, for_number = 4;
    std::string plain(text);
    std::erase_if(plain, [](char c) { return c == '[' || c == ']'; });
    std::replace_if(
        plain.begin(), plain.end(),
        [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '.' && c != '_'; }, ' ');
    plain = plain.substr(0, longest - for_number);
    auto out = plain.empty() ? std::string("sheet") : plain;
    const auto folded = [](std::string name) {
        std::transform(name.begin(), name.end(), name.begin(),
                       [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
        return name;
    };
    for (int n = 2; !taken.insert(folded(out)).second; ++n)
        out = fmt::format("{} {}", plain, n);
    return out;
}

std::string workbook_bytes(const Workbook& workbook) {
    const TemporaryFile file;
    lxw_workbook_options options{};
    auto* book = workbook_new_opt(file.path().c_str(), &options);
    if (book == nullptr) throw std::runtime_error("there is not enough memory for the workbook");
    lxw_doc_properties properties{};
    std::string author = "autarky";
    properties.author = author.data();
    constexpr std::time_t no_matter_when = 946'684'800; // 2000-01-01: equal contents, equal bytes
    properties.created = no_matter_when;
    check(workbook_set_properties(book, &properties));
    Looks looks(book);
    for (const auto& sheet : workbook.sheets)
        write_sheet(book, sheet, looks);
    for (const auto& [name, place] : workbook.names)
        check(workbook_define_name(book, name.c_str(), place.c_str()));
    check(workbook_close(book));
    check_workbook_file(file.path(), workbook);
    return file.content();
}

} // namespace autarky::show

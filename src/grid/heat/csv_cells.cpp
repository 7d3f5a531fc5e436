// autarky: rows and cells of separated text (RFC 4180), each with its place, and the numbers in them as people write them.
// SPDX-License-Identifier: Apache-2.0
#include "grid/heat/csv_cells.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace autarky::grid {
namespace {

constexpr std::string_view blanks = " \t\r";
constexpr std::string_view hard_blank = "\xC2\xA0", narrow_blank = "\xE2\x80\xAF"; // no-break spaces

std::string trimmed(std::string text) {
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

char separator_of(std::string_view text) {
    bool quoted = false;
    std::size_t i = 0;
    while (i < text.size() && text[i] == '#') // remarks before the header
        i = std::min(text.find('\n', i), text.size() - 1) + 1;
    for (; i < text.size() && (quoted || text[i] != '\n'); ++i) {
        if (text[i] == '"') quoted = !quoted;
        if (!quoted && (text[i] == ';' || text[i] == '\t')) return text[i];
    }
    return ',';
}

/// Walks the text once, cell by cell.
class Walk {
public:
    Walk(std::string_view text, char separator) : text_(text), separator_(separator) {}

    std::vector<CsvRow> all() {
        std::vector<CsvRow> out;
        while (at_ < text_.size()) {
            if (text_[at_] == '#') {
                at_ = std::min(text_.find('\n', at_), text_.size() - 1) + 1, ++line_;
                continue;
            }
            CsvRow row = next();
            if (row.cells.size() > 1 || !row.cells.front().text.empty()) out.push_back(std::move(row));
        }
        return out;
    }

private:
    CsvRow next() {
        CsvRow row{line_, 0, {}};
        const std::size_t begin = at_;
        for (bool more = true; more;) {
            const std::size_t from = at_;
            std::string text = cell();
            row.cells.push_back({trimmed(std::move(text)), from - begin + 1, std::max<std::size_t>(at_ - from, 1)});
            more = at_ < text_.size() && text_[at_] == separator_;
            if (more) ++at_;
        }
        row.length = at_ - begin;
        if (at_ < text_.size()) ++at_, ++line_; // the line's end
        return row;
    }
    std::string cell() {
        std::string out;
        bool quoted = false;
        for (; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            if (c == '"') {
                const bool doubled = quoted && at_ + 1 < text_.size() && text_[at_ + 1] == '"';
                if (doubled)
                    out += text_[++at_];
                else
                    quoted = !quoted;
            } else if (!quoted && (c == separator_ || c == '\n')) {
                break;
            } else {
                line_ += c == '\n' ? 1 : 0;
                out += c;
            }
        }
        return out;
    }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0, line_ = 1;
};

/// "1,234,567": groups of three behind at most three digits.
bool is_grouped(std::string_view digits, char mark) {
    std::size_t group = digits.find(mark);
    if (group == 0 || group > 3) return false;
    while (group != std::string_view::npos) {
        const std::size_t next = digits.find(mark, group + 1);
        if ((next == std::string_view::npos ? digits.size() : next) - group != 4) return false;
        group = next;
    }
    return true;
}

std::string without_blanks(std::string_view cell) {
    std::string out;
    for (std::size_t i = 0; i < cell.size(); ++i) {
        if (cell.substr(i).starts_with(hard_blank))
            i += hard_blank.size() - 1;
        else if (cell.substr(i).starts_with(narrow_blank))
            i += narrow_blank.size() - 1;
        else if (cell[i] != ' ' && cell[i] != '\'')
            out += cell[i];
    }
    return out;
}

} // namespace

CsvText csv_rows(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    CsvText out;
    out.separator = separator_of(text);
    out.rows = Walk(text, out.separator).all();
    return out;
}

NumberStyle number_style(const std::vector<std::string_view>& cells, char separator) {
    bool comma_decimal = false, dot_decimal = false, comma_group = false;
    for (const std::string_view cell : cells) {
        const auto comma = cell.rfind(','), dot = cell.rfind('.');
        const bool has_comma = comma != std::string_view::npos, has_dot = dot != std::string_view::npos;
        std::string_view digits = cell;
        if (digits.starts_with('-') || digits.starts_with('+')) digits.remove_prefix(1);
        if (has_comma && has_dot)
            (comma > dot ? comma_decimal : dot_decimal) = true;
        else if (has_comma)
            (is_grouped(digits, ',') ? comma_group : comma_decimal) = true;
        else if (has_dot && std::ranges::count(digits, '.') == 1)
            dot_decimal = true;
    }
    if (comma_decimal) return {',', false};
    if (comma_group && !dot_decimal) return {separator == ';' ? ',' : '.', separator != ';'};
    return {'.', false};
}

std::optional<double> number_in(std::string_view cell, NumberStyle style) {
    std::string text = without_blanks(cell);
    const char mark = style.decimal == '.' ? ',' : '.';
    // A lone dot in a file of decimal commas is a decimal sign too: 2.5 beside 2,5.
    const bool lone_dot = mark == '.' && text.find(',') == std::string::npos && std::ranges::count(text, '.') == 1;
    if (!lone_dot && text.find(mark) != std::string::npos) {
        const std::string_view whole = std::string_view(text).substr(0, text.find(style.decimal));
        if (!is_grouped(whole.substr(whole.starts_with('-') || whole.starts_with('+') ? 1 : 0), mark))
            return std::nullopt;
        std::erase(text, mark);
    }
    std::ranges::replace(text, ',', '.');
    if (text.starts_with('+')) text.erase(0, 1);
    double value = 0.0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

} // namespace autarky::grid

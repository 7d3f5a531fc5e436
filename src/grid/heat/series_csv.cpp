// autarky: reads a load series from the text of a CSV file.
// SPDX-License-Identifier: Apache-2.0
#include "grid/heat/series_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>

namespace autarky::grid {
namespace {

struct Cell {
    std::string_view text;
    std::size_t column; ///< of its first character, from 1
};

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\"");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\"") - first + 1);
}

/// What parts the columns: the header tells. With a semicolon a comma is a decimal sign.
char separator_of(std::string_view header) {
    for (const char c : {';', '\t'})
        if (header.find(c) != std::string_view::npos) return c;
    return ',';
}

std::vector<Cell> cells_of(std::string_view line, char separator) {
    std::vector<Cell> cells;
    std::size_t begin = 0;
    while (begin <= line.size()) {
        const std::size_t end = std::min(line.find(separator, begin), line.size());
        cells.push_back({trimmed(line.substr(begin, end - begin)), begin + 1});
        begin = end + 1;
    }
    return cells;
}

std::optional<double> number(std::string_view cell, char separator) {
    double value = 0.0;
    std::string text(cell);
    if (separator == ';') std::ranges::replace(text, ',', '.');
    if (!text.empty() && text.front() == '+') text.erase(0, 1);
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

constexpr std::array<std::string_view, 3> column_names{"minute", "load", "ambient_c"};

std::optional<std::size_t> role_of(std::string_view header) {
    static const std::map<std::string_view, std::size_t> roles{
        {"minute", 0},  {"minutes", 0},   {"t_min", 0},   {"time_min", 0}, {"load", 1},
        {"load_a", 1},  {"load_A", 1},    {"load_pu", 1}, {"K", 1},        {"current_a", 1},
        {"current", 1}, {"ambient_c", 2}, {"ambient", 2}, {"ambient_C", 2}};
    const auto found = roles.find(header);
    return found == roles.end() ? std::nullopt : std::optional(found->second);
}

class Reader {
public:
    Reader(const std::string& file, Diagnostics& findings) : file_(file), findings_(findings) {}

    bool header(std::string_view line, std::size_t row) {
        separator_ = separator_of(line);
        const auto cells = cells_of(line, separator_);
        n_columns_ = cells.size();
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const auto role = role_of(cells[i].text);
            if (!role || place_[*role] >= 0) continue;
            place_[*role] = static_cast<int>(i);
            if (*role == 1) out.is_per_unit = cells[i].text == "load_pu" || cells[i].text == "K";
        }
        for (std::size_t role = 0; role < place_.size(); ++role)
            if (place_[role] < 0)
                findings_.error({file_, row, 1, line.size()}, "E0802",
                                fmt::format("the header has no column '{}'", column_names[role]),
                                "the columns are minute, load (A), ambient_c");
        return std::ranges::all_of(place_, [](int p) { return p >= 0; });
    }

    void data(std::string_view line, std::size_t row) {
        const auto cells = cells_of(line, separator_);
        if (cells.size() > n_columns_ && !cells[n_columns_].text.empty()) {
            findings_.error({file_, row, cells[n_columns_].column, 1}, "E0802",
                            fmt::format("this row has {} values, the header {} columns", cells.size(), n_columns_),
                            "a decimal comma needs a semicolon between columns");
            return;
        }
        std::array<double, 3> values{};
        bool good = true;
        for (std::size_t role = 0; role < place_.size(); ++role) {
            const auto at = static_cast<std::size_t>(place_[role]);
            const Cell cell = at < cells.size() ? cells[at] : Cell{{}, line.size() + 1};
            if (const auto value = number(cell.text, separator_)) {
                values[role] = *value;
                continue;
            }
            good = false;
            const std::size_t width = std::max<std::size_t>(cell.text.size(), 1);
            findings_.error({file_, row, cell.column, width}, "E0803",
                            cell.text.empty() ? fmt::format("{} is missing", column_names[role])
                                              : fmt::format("{}: '{}' is no number", column_names[role], cell.text),
                            role == 0 && !cell.text.empty()
                                ? "minutes from the start, such as 0, 15, 30"
                                : "a series has no holes: fill the value in, or leave the row out and say --gaps hold");
        }
        if (!good) return;
        constexpr double coldest_c = -90.0, hottest_c = 100.0; // of any air on earth, and of a hot vault
        if (values[2] < coldest_c || values[2] > hottest_c) {
            const Cell& cell = cells[static_cast<std::size_t>(place_[2])];
            findings_.error({file_, row, cell.column, cell.text.size()}, "E0205",
                            fmt::format("ambient_c: {} is no temperature of air", values[2]),
                            "degrees Celsius are expected, not kelvin");
            return;
        }
        if (!out.minute.empty() && values[0] <= out.minute.back()) {
            findings_.error({file_, row, cells[static_cast<std::size_t>(place_[0])].column, 1}, "E0804",
                            values[0] == out.minute.back()
                                ? fmt::format("time step 0: minute {} stands twice", values[0])
                                : fmt::format("time runs backwards: minute {} after {}", values[0], out.minute.back()),
                            "every row must be later than the one before it");
            return;
        }
        if (values[1] < 0.0) ++out.n_negative;
        out.minute.push_back(values[0]);
        out.load.push_back(values[1]);
        out.ambient_c.push_back(values[2]);
        rows_.push_back(row);
    }

    /// Finds rows that are missing from a regular series.
    void gaps(bool hold) {
        std::vector<double> steps;
        for (std::size_t i = 1; i < out.minute.size(); ++i)
            steps.push_back(out.minute[i] - out.minute[i - 1]);
        if (steps.size() < 10) return;
        auto sorted = steps;
        std::ranges::nth_element(sorted, sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2));
        const double usual = sorted[sorted.size() / 2];
        const auto like_usual = [usual](double step) { return std::fabs(step - usual) <= 1e-6 * usual; };
        if (std::ranges::count_if(steps, like_usual) * 10 < static_cast<std::ptrdiff_t>(steps.size()) * 9) return;
        for (std::size_t i = 0; i < steps.size(); ++i) {
            if (steps[i] <= 1.5 * usual) continue;
            const auto lost = static_cast<std::size_t>(std::lround(steps[i] / usual)) - 1;
            out.n_missing += lost;
            const std::string message = fmt::format("gap: {} rows of {} min are missing between minute {} and {}", lost,
                                                    usual, out.minute[i], out.minute[i + 1]);
            const Origin origin{file_, rows_[i + 1], 1, 1};
            if (hold)
                findings_.warning(origin, "E0805", message, "the row after the gap is held over all of it");
            else
                findings_.error(origin, "E0805", message, "fill the rows in, or say --gaps hold");
        }
    }

    SeriesColumns out;

private:
    const std::string& file_;
    Diagnostics& findings_;
    std::array<int, 3> place_{-1, -1, -1};
    char separator_ = ',';
    std::size_t n_columns_ = 0;
    std::vector<std::size_t> rows_;
};

} // namespace

SeriesColumns read_series_csv(std::string_view text, const std::string& file, bool hold_gaps, Diagnostics& findings) {
    findings.remember_source(file, std::string(text));
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    Reader reader(file, findings);
    bool have_header = false;
    std::size_t row = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        ++row;
        if (trimmed(line).empty() || line.front() == '#') continue;
        if (have_header) {
            reader.data(line, row);
        } else if (!reader.header(line, row)) {
            return {};
        } else {
            have_header = true;
        }
    }
    if (reader.out.minute.size() < 2 && !findings.has_errors())
        findings.error({file, std::max<std::size_t>(row, 1), 1, 1}, "E0802",
                       fmt::format("a series needs at least two rows, this one has {}", reader.out.minute.size()),
                       "the first row gives the start, the others a step each");
    reader.gaps(hold_gaps);
    return reader.out;
}

} // namespace autarky::grid

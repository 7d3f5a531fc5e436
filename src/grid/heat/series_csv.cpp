// autarky: reads a load series from the text of a CSV file.
// SPDX-License-Identifier: Apache-2.0
#include "grid/heat/series_csv.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/file_kind.hpp"
#include "grid/heat/csv_cells.hpp"
#include "grid/heat/series_time.hpp"

namespace autarky::grid {
namespace {

constexpr std::array<std::string_view, 3> role_names{"minute", "load", "ambient_c"};
constexpr const char* columns_hint = "the columns are minute (or timestamp), load (A, kVA, kW or pu), ambient_c";

/// One column that is used.
struct Place {
    std::size_t at = 0;
    SeriesColumn column{SeriesRole::time};
};

class Header {
public:
    Header(const CsvRow& row, const std::string& file, const SeriesReading& how, Diagnostics& findings)
        : row_(row), file_(file), how_(how), findings_(findings) {
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            std::string fault;
            const auto column = series_column(row.cells[i].text, fault);
            if (!fault.empty()) error(i, "E0802", fmt::format("'{}': {}", row.cells[i].text, fault), columns_hint);
            if (column) found_[static_cast<std::size_t>(column->role)].push_back({i, *column});
        }
        time_of_day();
        choose();
    }
    [[nodiscard]] bool good() const { return good_; }
    [[nodiscard]] const Place& place(SeriesRole role) const { return found_[static_cast<std::size_t>(role)].front(); }
    [[nodiscard]] bool has(SeriesRole role) const { return !found_[static_cast<std::size_t>(role)].empty(); }
    /// A column of clock times beside one of dates.
    [[nodiscard]] std::optional<std::size_t> clock() const { return clock_; }

private:
    void error(std::size_t cell, const char* code, const std::string& message, const std::string& hint) {
        findings_.error({file_, row_.line, row_.cells[cell].column, row_.cells[cell].width}, code, message, hint);
        good_ = false;
    }
    /// "date" and "time" are one stamp in two columns.
    void time_of_day() {
        auto& times = found_[0];
        if (times.size() != 2) return;
        for (const std::size_t first : {0U, 1U})
            if (lower(row_.cells[times[first].at].text) == "date" &&
                lower(row_.cells[times[1 - first].at].text) == "time") {
                clock_ = times[1 - first].at;
                times = {times[first]};
                return;
            }
    }
    static std::string lower(std::string text) {
        std::ranges::transform(text, text.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        return text;
    }
    void choose() {
        auto& loads = found_[1];
        if (!how_.load_column.empty()) {
            std::erase_if(loads, [this](const Place& p) { return row_.cells[p.at].text != how_.load_column; });
            if (loads.empty()) {
                findings_.error({file_, row_.line, 1, row_.length}, "E0802",
                                fmt::format("the header has no column of load '{}'", how_.load_column), columns_hint);
                good_ = false;
                return;
            }
        }
        for (std::size_t role = 0; role < found_.size(); ++role) {
            if (found_[role].empty()) {
                if (role == 2 && how_.ambient_c) continue;
                findings_.error({file_, row_.line, 1, row_.length}, "E0802",
                                fmt::format("the header has no column '{}'", role_names[role]),
                                role == 2 ? fmt::format("add one, or say {}", field_mark("ambient")) : columns_hint);
                good_ = false;
            } else if (role == 2 && how_.ambient_c) {
                error(found_[role][0].at, "E0506", "the series has its own ambient, so a stated one changes nothing",
                      "leave one of them out");
            } else if (found_[role].size() > 1) {
                std::vector<std::string_view> all;
                for (const Place& p : found_[role])
                    all.push_back(row_.cells[p.at].text);
                error(found_[role][1].at, "E0802",
                      fmt::format("{} columns could be '{}': {}", all.size(), role_names[role], fmt::join(all, ", ")),
                      role == 1 ? fmt::format("which one? --column \"{}\"", all[0]) : "keep one of them");
            }
        }
    }

    const CsvRow& row_;
    const std::string& file_;
    const SeriesReading& how_;
    Diagnostics& findings_;
    std::array<std::vector<Place>, 3> found_;
    std::optional<std::size_t> clock_;
    bool good_ = true;
};

class Reader {
public:
    Reader(const CsvText& csv, const std::string& file, const SeriesReading& how, Diagnostics& findings)
        : csv_(csv), file_(file), how_(how), findings_(findings), header_(csv.rows.front(), file, how, findings) {}

    SeriesColumns run() {
        if (!header_.good()) return {};
        settle_style();
        for (std::size_t i = 1; i < csv_.rows.size(); ++i)
            row(csv_.rows[i]);
        if (!stamps_agree() || counts_days_or_seconds()) return {};
        if (how_.daylight_saving) follow_summer_time();
        keep_growing();
        gaps();
        if (out_.minute.size() < 2 && !findings_.has_errors())
            findings_.error({file_, csv_.rows.back().line, 1, 1}, "E0802",
                            fmt::format("a series needs at least two rows, this one has {}", out_.minute.size()),
                            "the first row gives the start, the others a step each");
        if (how_.stamps_begin && out_.minute.size() >= 2) end_steps();
        out_.unit = header_.place(SeriesRole::load).column.load;
        out_.load_name = csv_.rows.front().cells[header_.place(SeriesRole::load).at].text;
        return std::move(out_);
    }

private:
    /// A row whose cells could be read.
    struct Read {
        TimeStamp time;
        double load, ambient_c;
        std::size_t line, column;
    };

    void error(const CsvRow& row, const CsvCell& cell, const char* code, const std::string& message,
               const std::string& hint) {
        findings_.error({file_, row.line, cell.column, cell.width}, code, message, hint);
    }
    const CsvCell& cell_of(const CsvRow& row, std::size_t at) {
        nothing_ = {{}, row.length + 1, 1};
        return at < row.cells.size() ? row.cells[at] : nothing_;
    }

    void settle_style() {
        std::vector<std::string_view> cells;
        const CsvCell* odd = nullptr;
        for (std::size_t i = 1; i < csv_.rows.size(); ++i)
            for (const SeriesRole role : {SeriesRole::time, SeriesRole::load, SeriesRole::ambient}) {
                if (!header_.has(role) || header_.place(role).at >= csv_.rows[i].cells.size()) continue;
                const CsvCell& cell = csv_.rows[i].cells[header_.place(role).at];
                if (cell.text.find_first_not_of("+-.,0123456789' ") != std::string::npos || time_stamp(cell.text))
                    continue;
                cells.push_back(cell.text);
                if (!odd && cell.text.find(',') != std::string::npos) odd = &cell, odd_row_ = &csv_.rows[i];
            }
        style_ = number_style(cells, csv_.separator);
        if (style_.ambiguous && odd)
            error(*odd_row_, *odd, "E0803",
                  fmt::format("is '{}' a thousand and more, or a little over one?", odd->text),
                  "write numbers without the comma, or part the columns by semicolons and use a decimal comma");
    }

    std::optional<TimeStamp> time_in(const CsvRow& row, const std::string& text) {
        const SeriesColumn& column = header_.place(SeriesRole::time).column;
        if (const auto number = number_in(text, style_)) return TimeStamp{*number * column.factor};
        if (header_.clock()) return time_stamp(text + " " + cell_of(row, *header_.clock()).text);
        return time_stamp(text);
    }

    void row(const CsvRow& row) {
        const std::size_t n_columns = csv_.rows.front().cells.size();
        if (row.cells.size() > n_columns && !row.cells[n_columns].text.empty()) {
            error(row, row.cells[n_columns], "E0802",
                  fmt::format("this row has {} values, the header {} columns", row.cells.size(), n_columns),
                  "a decimal comma needs quotes, or a semicolon between columns");
            return;
        }
        const CsvCell time_cell = cell_of(row, header_.place(SeriesRole::time).at);
        const auto time = time_in(row, time_cell.text);
        if (!time) no_number(row, time_cell, SeriesRole::time);
        const auto load = value(row, SeriesRole::load);
        const auto ambient = header_.has(SeriesRole::ambient) ? value(row, SeriesRole::ambient) : how_.ambient_c;
        if (!time || !load || !ambient) return;
        constexpr double coldest_c = -90.0, hottest_c = 100.0; // of any air on earth, and of a hot vault
        if (*ambient < coldest_c || *ambient > hottest_c) {
            error(row, cell_of(row, header_.has(SeriesRole::ambient) ? header_.place(SeriesRole::ambient).at : 0),
                  "E0205", fmt::format("ambient_c: {} is no temperature of air", *ambient),
                  "degrees Celsius are expected, not kelvin");
            return;
        }
        read_.push_back({*time, *load, *ambient, row.line, time_cell.column});
    }
    std::optional<double> value(const CsvRow& row, SeriesRole role) {
        const Place& place = header_.place(role);
        const CsvCell& cell = cell_of(row, place.at);
        if (const auto number = number_in(cell.text, style_))
            return place.column.factor * (*number + place.column.offset);
        no_number(row, cell, role);
        return std::nullopt;
    }
    void no_number(const CsvRow& row, const CsvCell& cell, SeriesRole role) {
        const auto name = role_names[static_cast<std::size_t>(role)];
        if (role == SeriesRole::time)
            if (const auto zone = zone_name_in(cell.text); !zone.empty()) return zone_by_name(row, cell, zone);
        const bool slashes = role == SeriesRole::time && cell.text.find('/') != std::string::npos;
        error(row, cell, "E0803",
              cell.text.empty() ? fmt::format("{} is missing", name)
              : slashes         ? fmt::format("'{}' could be day/month or month/day", cell.text)
                                : fmt::format("{}: '{}' is no {}", name, cell.text,
                                      role == SeriesRole::time ? "number of minutes and no time" : "number"),
              role == SeriesRole::time && !cell.text.empty()
                  ? "minutes from the start, such as 0, 15, 30, or stamps such as 2024-10-27T02:30+02:00"
                  : "a series has no holes: fill the value in, or leave the row out and say --gaps hold");
    }

    void zone_by_name(const CsvRow& row, const CsvCell& cell, std::string_view zone) {
        if (said_zone_++ > 0) return; // every row has it
        error(row, cell, "E0803", fmt::format("'{}' names a time zone, not how far its clock is from UTC", zone),
              "write the offset of every row, such as 2024-10-27T02:30+02:00, or leave the zone out and say "
              "--daylight-saving");
    }

    /// All stamps have a date or none, an offset or none; then time is one number.
    bool stamps_agree() {
        for (const Read& one : read_) {
            const TimeStamp& first = read_.front().time;
            if (one.time.has_date == first.has_date && one.time.offset_min.has_value() == first.offset_min.has_value())
                continue;
            findings_.error({file_, one.line, one.column, 1}, "E0803",
                            "this time is written in another way than the first one",
                            "all with a date or none, all with an offset from UTC or none");
            return false;
        }
        local_ = !read_.empty() && read_.front().time.has_date && !read_.front().time.offset_min;
        for (const Read& one : read_)
            minute_.push_back(one.time.utc());
        return true;
    }
    /// Numbers in a column that names no unit, too large for minutes from a start: a spreadsheet's days since 1900, or seconds
    /// since 1970. Read as minutes they would give a series of seconds, or of months.
    bool counts_days_or_seconds() {
        if (read_.empty() || read_.front().time.has_date || !header_is_clock()) return false;
        constexpr double least_seconds = 1e8, least_days = 20'000.0, most_days = 80'000.0; // 1973; 1954 to 2119
        constexpr double step_of_days = 0.09; // two hours; a series of minutes has no steps of five seconds so late
        const double first = minute_.front();
        const bool days = first >= least_days && first <= most_days && usual_step() < step_of_days;
        if (first < least_seconds && !days) return false;
        findings_.error({file_, read_.front().line, read_.front().column, 1}, "E0803",
                        fmt::format("{:.12g} looks like {}, not like minutes from the start", first,
                                    days ? "a spreadsheet's day since 1900" : "seconds since 1970"),
                        "stamps such as 2024-10-27T02:30+02:00; if they are minutes, call the column minute");
        return true;
    }
    [[nodiscard]] double usual_step() const {
        std::vector<double> steps;
        for (std::size_t i = 1; i < minute_.size(); ++i)
            if (minute_[i] > minute_[i - 1]) steps.push_back(minute_[i] - minute_[i - 1]);
        if (steps.empty()) return 0.0;
        const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
        std::ranges::nth_element(steps, middle);
        return *middle;
    }
    /// Clocks to time that flows: an hour that stands twice is two hours, one that is left out none.
    void follow_summer_time() {
        const double usual = usual_step();
        double shift = 0.0;
        std::vector<double> flowing(minute_);
        for (std::size_t i = 1; i < minute_.size(); ++i) {
            const double step = minute_[i] - minute_[i - 1];
            const bool sunday = local_ && clocks_may_change(minute_[i]);
            if (sunday && step <= 0.0 && step > -hour_min)
                shift += hour_min;
            else if (sunday && std::fabs(step - usual - hour_min) < 1e-6 * usual)
                shift -= hour_min;
            flowing[i] += shift;
        }
        minute_ = std::move(flowing);
    }
    void keep_growing() {
        for (std::size_t i = 0; i < read_.size(); ++i) {
            if (!out_.minute.empty() && minute_[i] <= out_.minute.back()) {
                stands_still(read_[i], minute_[i]);
                continue;
            }
            if (read_[i].load < 0.0) ++out_.n_negative;
            out_.minute.push_back(minute_[i]);
            out_.load.push_back(read_[i].load);
            out_.ambient_c.push_back(read_[i].ambient_c);
            lines_.push_back(read_[i].line);
        }
    }
    void stands_still(const Read& one, double minute) {
        if (local_ && clocks_may_change(minute)) {
            if (said_clock_++ == 0)
                findings_.error({file_, one.line, one.column, 1}, "E0804",
                                fmt::format("{} stands twice: is it the hour that the end of summer time repeats?",
                                            stamp_text(minute)),
                                "write offsets, such as 2024-10-27T02:30+01:00, or say --daylight-saving");
            return;
        }
        const bool dated = one.time.has_date;
        const auto name = [dated](double x) { return dated ? stamp_text(x) : fmt::format("minute {}", x); };
        findings_.error({file_, one.line, one.column, 1}, "E0804",
                        minute == out_.minute.back()
                            ? fmt::format("time step 0: {} stands twice", name(minute))
                            : fmt::format("time runs backwards: {} after {}", name(minute), name(out_.minute.back())),
                        dated || one.time.minute < 0.0 || !header_is_clock()
                            ? "every row must be later than the one before it"
                            : "times of day without a date end at 24:00; give dates");
    }
    [[nodiscard]] bool header_is_clock() const { return !header_.place(SeriesRole::time).column.has_unit; }

    /// Finds rows that are missing from a regular series.
    void gaps() {
        std::vector<double> steps;
        for (std::size_t i = 1; i < out_.minute.size(); ++i)
            steps.push_back(out_.minute[i] - out_.minute[i - 1]);
        if (steps.size() < 10) return;
        auto sorted = steps;
        std::ranges::nth_element(sorted, sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2));
        const double usual = sorted[sorted.size() / 2];
        const auto like_usual = [usual](double step) { return std::fabs(step - usual) <= 1e-6 * usual; };
        if (std::ranges::count_if(steps, like_usual) * 10 < static_cast<std::ptrdiff_t>(steps.size()) * 9) return;
        for (std::size_t i = 0; i < steps.size(); ++i)
            if (steps[i] > 1.5 * usual) gap(i, steps[i], usual);
    }
    void gap(std::size_t before, double step, double usual) {
        const auto lost = static_cast<std::size_t>(std::lround(step / usual)) - 1;
        out_.n_missing += lost;
        const double from = out_.minute[before], to = out_.minute[before + 1];
        const bool clock = local_ && !how_.daylight_saving && clocks_may_change(to) &&
                           std::fabs(step - usual - hour_min) < 1e-6 * usual;
        const std::string place = local_ || read_.front().time.has_date
                                      ? fmt::format("between {} and {}", stamp_text(from), stamp_text(to))
                                      : fmt::format("between minute {} and {}", from, to);
        const std::string message = fmt::format("gap: {} rows of {} min are missing {}{}", lost, usual, place,
                                                clock ? ": is it the hour that summer time leaves out?" : "");
        const Origin origin{file_, lines_[before + 1], 1, 1};
        if (how_.hold_gaps)
            findings_.warning(origin, "E0805", message, "the row after the gap is held over all of it");
        else
            findings_.error(origin, "E0805", message,
                            clock ? "write offsets, such as 2024-03-31T03:00+02:00, or say --daylight-saving"
                                  : "fill the rows in, or say --gaps hold");
    }
    /// A row that begins at its stamp ends at the next one, the last after the usual step.
    void end_steps() {
        const double usual = usual_step();
        out_.minute.push_back(out_.minute.back() + usual);
        for (auto* column : {&out_.load, &out_.ambient_c}) {
            column->push_back(column->front());
            std::rotate(column->begin(), column->end() - 1, column->end());
        }
    }

    static constexpr double hour_min = 60.0;
    const CsvText& csv_;
    const std::string& file_;
    SeriesReading how_;
    Diagnostics& findings_;
    Header header_;
    NumberStyle style_;
    CsvCell nothing_;
    const CsvRow* odd_row_ = nullptr;
    std::vector<Read> read_;
    std::vector<double> minute_;
    std::vector<std::size_t> lines_;
    bool local_ = false;
    std::size_t said_clock_ = 0;
    std::size_t said_zone_ = 0;
    SeriesColumns out_;
};

} // namespace

SeriesColumns read_series_csv(std::string_view text, const std::string& file, const SeriesReading& how,
                              Diagnostics& findings) {
    if (const char* why = other_than_text(text)) {
        findings.error({file, 0, 0, 0}, "E0802", why, columns_hint);
        return {};
    }
    findings.remember_source(file, std::string(text));
    const CsvText csv = csv_rows(text);
    if (csv.rows.empty()) {
        findings.error({file, 1, 1, 1}, "E0802", "a series needs at least two rows, this one has 0", columns_hint);
        return {};
    }
    return Reader(csv, file, how, findings).run();
}

} // namespace autarky::grid

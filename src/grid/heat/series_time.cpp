// autarky: time stamps of a load series: minutes, ISO 8601, and what summer time does to clocks.
// SPDX-License-Identifier: Apache-2.0
#include "grid/heat/series_time.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cmath>

namespace autarky::grid {
namespace {

using std::chrono::day, std::chrono::month, std::chrono::sys_days, std::chrono::year, std::chrono::year_month_day;

constexpr double day_min = 1440.0;

/// Takes parts off the front of a text.
class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text) {}

    [[nodiscard]] bool done() const { return text_.empty(); }
    [[nodiscard]] std::string_view rest() const { return text_; }
    bool take(char c) {
        if (!text_.starts_with(c)) return false;
        text_.remove_prefix(1);
        return true;
    }
    /// Exactly that many digits.
    std::optional<int> digits(std::size_t n) {
        int value = 0;
        if (text_.size() < n) return std::nullopt;
        const auto [end, fault] = std::from_chars(text_.data(), text_.data() + n, value);
        if (fault != std::errc() || end != text_.data() + n || text_[0] == '-') return std::nullopt;
        text_.remove_prefix(n);
        return value;
    }
    /// A number with decimals to the end of its digits.
    std::optional<double> number() {
        double value = 0.0;
        const auto [end, fault] =
            std::from_chars(text_.data(), text_.data() + text_.size(), value, std::chars_format::fixed);
        if (fault != std::errc() || text_.starts_with('-')) return std::nullopt;
        text_.remove_prefix(static_cast<std::size_t>(end - text_.data()));
        return value;
    }

private:
    std::string_view text_;
};

std::optional<double> date_minute(int y, int m, int d) {
    const year_month_day date{year(y), month(static_cast<unsigned>(m)), day(static_cast<unsigned>(d))};
    if (!date.ok()) return std::nullopt;
    return day_min * static_cast<double>(sys_days(date).time_since_epoch().count());
}

/// "2024-10-27" or "27.10.2024".
std::optional<double> date(Scanner& at) {
    Scanner attempt = at;
    if (const auto y = attempt.digits(4); y && (attempt.take('-') || attempt.take('/'))) {
        const auto m = attempt.digits(2);
        const bool parted = attempt.take('-') || attempt.take('/');
        const auto d = attempt.digits(2);
        if (!m || !parted || !d) return std::nullopt;
        at = attempt;
        return date_minute(*y, *m, *d);
    }
    attempt = at;
    const auto d = attempt.digits(2);
    if (!d || !attempt.take('.')) return std::nullopt;
    const auto m = attempt.digits(2);
    if (!m || !attempt.take('.')) return std::nullopt;
    const auto y = attempt.digits(4);
    if (!y) return std::nullopt;
    at = attempt;
    return date_minute(*y, *m, *d);
}

/// "02:30", "02:30:15.5"; to 24:00.
std::optional<double> clock(Scanner& at) {
    const auto hour = at.digits(2);
    if (!hour || !at.take(':')) return std::nullopt;
    const auto minute = at.digits(2);
    if (!minute || *minute > 59) return std::nullopt;
    double second = 0.0;
    if (at.take(':')) {
        const auto given = at.number();
        if (!given || *given >= 60.0) return std::nullopt;
        second = *given;
    }
    const double out = 60.0 * *hour + *minute + second / 60.0;
    return out <= day_min ? std::optional(out) : std::nullopt;
}

/// "Z", "+02:00", "+02:00[Europe/Berlin]", "+0200", "+02", " UTC"; none inside when there is none.
std::optional<std::optional<int>> offset(Scanner& at) {
    at.take(' ');
    if (at.done()) return std::optional<int>();
    if (at.rest() == "Z" || at.rest() == "z" || at.rest() == "UTC" || at.rest() == "GMT") return std::optional(0);
    const bool minus = at.take('-');
    if (!minus && !at.take('+')) return std::nullopt;
    const auto hour = at.digits(2);
    at.take(':');
    const auto minute = at.done() || at.rest().starts_with('[') ? std::optional(0) : at.digits(2);
    const bool named = at.rest().starts_with('[') && at.rest().ends_with(']'); // RFC 9557: the offset decides
    if (!hour || !minute || !(at.done() || named) || *hour > 18 || *minute > 59) return std::nullopt;
    return std::optional((minus ? -1 : 1) * (60 * *hour + *minute));
}

} // namespace

std::optional<TimeStamp> time_stamp(std::string_view text) {
    Scanner at(text);
    TimeStamp out;
    if (const auto days = date(at)) {
        out.has_date = true;
        out.minute = *days;
        if (at.done()) return out;
        if (!at.take('T') && !at.take('t') && !at.take(' ')) return std::nullopt;
    }
    const auto minutes = clock(at);
    if (!minutes) return std::nullopt;
    out.minute += *minutes;
    const auto zone = offset(at);
    if (!zone) return std::nullopt;
    out.offset_min = *zone;
    return out;
}

std::string_view zone_name_in(std::string_view text) {
    const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
    const std::size_t blank = text.find_last_of(" [(");
    std::string_view name = blank == std::string_view::npos ? text : text.substr(blank + 1);
    if (!name.empty() && (name.back() == ']' || name.back() == ')')) name.remove_suffix(1);
    const std::size_t slash = name.find('/');
    const bool is_place = slash != std::string_view::npos && slash > 1 && slash + 1 < name.size() &&
                          is_letter(name.front()) && is_letter(name[slash + 1]);
    const bool is_short = name.size() >= 3 && name.size() <= 5 &&
                          name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string_view::npos;
    return is_place || is_short ? name : std::string_view{};
}

bool clocks_may_change(double minute) {
    const sys_days today(std::chrono::days(static_cast<long long>(std::floor(minute / day_min))));
    const auto m = static_cast<unsigned>(year_month_day(today).month());
    return std::chrono::weekday(today) == std::chrono::Sunday && (m == 3 || m == 4 || (m >= 9 && m <= 11));
}

std::string stamp_text(double minute) {
    const double days = std::floor(minute / day_min);
    const year_month_day date(sys_days(std::chrono::days(static_cast<long long>(days))));
    const auto left = static_cast<int>(minute - day_min * days);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), left / 60, left % 60);
}

} // namespace autarky::grid

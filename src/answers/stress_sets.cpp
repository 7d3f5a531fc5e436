// autarky: overrides of a scenario that let things happen on a day.
// SPDX-License-Identifier: Apache-2.0
#include "answers/stress_sets.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include "core/refuse.hpp"
#include "input/central.hpp"

namespace autarky::answers {
namespace {

/// "50 to 90 %": its numbers and its unit.
struct Written {
    std::vector<double> numbers;
    std::string unit;
};

std::optional<double> number_at(std::string& rest) {
    const auto end = std::min(rest.find_first_not_of("0123456789_.eE+-"), rest.size());
    std::string digits = rest.substr(0, end);
    std::erase(digits, '_');
    double value = 0.0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) return std::nullopt;
    rest.erase(0, end);
    rest.erase(0, rest.find_first_not_of(' '));
    return value;
}

std::optional<Written> read(std::string text) {
    Written out;
    const auto first = number_at(text);
    if (!first) return std::nullopt;
    out.numbers.push_back(*first);
    if (text.starts_with("to ")) {
        text.erase(0, text.find_first_not_of(' ', 2));
        const auto second = number_at(text);
        if (!second) return std::nullopt;
        out.numbers.push_back(*second);
    }
    out.unit = std::move(text);
    return out;
}

Written read_or_refuse(const std::string& text, std::string_view field) {
    auto out = read(text);
    if (!out)
        refuse_field(field, "E0504", fmt::format("'{}' cannot be scaled", text),
                     "state it as a number or a range, such as \"0.5 to 2 year\"");
    return *std::move(out);
}

/// A knot of a series as it stands in the file.
struct Knot {
    std::string date, value;
    double year = 0.0;
};
using Knots = std::vector<Knot>;

Knots capacity_of(const Session& session, std::size_t site) {
    const auto& loaded = session.loaded();
    const auto& series = loaded.scenario.site[site].capacity;
    Knots out;
    for (std::size_t k = 0; k < series.dates.size(); ++k) {
        const auto& input = loaded.inputs.rows[static_cast<std::size_t>(series.values[k].raw().input)];
        const auto open = input.path.find('[');
        if (open == std::string::npos) return {}; // one value for all time: nothing grows
        out.push_back({input.path.substr(open + 1, input.path.size() - open - 2), input.written, series.dates[k]});
    }
    return out;
}

std::string set_of(const Session& session, std::size_t site, const Knots& knots) {
    std::string rows;
    for (const auto& knot : knots)
        rows += fmt::format("{}[\"{}\", \"{}\"]", rows.empty() ? "" : ", ", knot.date, knot.value);
    return fmt::format("site.{}.capacity={{ series = [{}] }}", session.loaded().scenario.site.names[site], rows);
}

/// "2028Q1", or the month where it is no quarter.
std::string date_of(double year) {
    const auto whole = std::floor(year + 1e-9);
    const auto months = static_cast<int>(std::lround((year - whole) * 12.0));
    if (months % 3 == 0) return fmt::format("{:.0f}Q{}", whole + (months == 12 ? 1 : 0), months % 12 / 3 + 1);
    return fmt::format("{:.0f}-{:02}", whole, months + 1);
}

double start_of(const std::string& quarter) {
    constexpr std::size_t digits = 4;
    return std::stod(quarter.substr(0, digits)) + 0.25 * (std::stod(quarter.substr(digits + 1)) - 1.0);
}

double middle_share(const Session& session, const Uncertain& share) {
    return scenario::central_value(session.loaded().inputs.rows[static_cast<std::size_t>(share.input)].distribution);
}

} // namespace

std::string scaled(const std::string& written, double factor, double offset, std::string_view field) {
    if (factor == 1.0) return written;
    auto text = read_or_refuse(written, field);
    for (auto& x : text.numbers)
        x = offset + factor * (x - offset);
    if (factor == 0.0) text.numbers.resize(1);
    return fmt::format("{} {}", fmt::join(text.numbers, " to "), text.unit);
}

double middle_of(const std::string& written, std::string_view field) {
    const auto numbers = read_or_refuse(written, field).numbers;
    return 0.5 * (numbers.front() + numbers.back());
}

std::string event_setting(const std::string& event, std::string_view key, const std::string& value) {
    return fmt::format("event.{}.{}=\"{}\"", event, key, value);
}

Sets made_sure(const std::string& name, const std::string& from) {
    return {event_setting(name, "earliest", from), event_setting(name, "hazard", "1_000_000 %/year"),
            event_setting(name, "luck", "0.5")};
}

Sets outage(const std::string& name, const std::string& place, const std::string& from, const std::string& lasts,
            const std::string& severity) {
    auto out = made_sure(name, from);
    out.push_back(event_setting(name, "kind", "supply_loss"));
    out.push_back(event_setting(name, "location", place));
    out.push_back(event_setting(name, "duration", lasts));
    out.push_back(event_setting(name, "severity", severity));
    return out;
}

Sets later_capacity(const Session& session, std::size_t site, const std::string& from, std::size_t quarters) {
    if (quarters == 0) return {};
    const double day = start_of(from), late = 0.25 * static_cast<double>(quarters);
    Sets out;
    auto knots = capacity_of(session, site);
    bool grows = false;
    for (auto& knot : knots)
        if (knot.year > day) {
            knot.date = date_of(knot.year + late);
            grows = true;
        }
    if (grows) out.push_back(set_of(session, site, knots));
    const auto& s = session.loaded().scenario;
    for (std::size_t i = 0; i < s.path.size(); ++i) {
        if (!s.path[i].taken || static_cast<std::size_t>(s.path[i].site.index) != site) continue;
        const auto& input = session.loaded().inputs.rows[static_cast<std::size_t>(s.path[i].lead_time.raw().input)];
        auto text = read_or_refuse(input.written, "event");
        const double in_unit = late / (input.unit_factor > 0.0 ? input.unit_factor : 1.0);
        for (auto& x : text.numbers)
            x += in_unit;
        out.push_back(
            fmt::format("path.{}.lead_time=\"{} {}\"", s.path.names[i], fmt::join(text.numbers, " to "), text.unit));
    }
    return out;
}

Sets larger_capacity(const Session& session, std::size_t site, const std::string& from, double factor) {
    const double day = start_of(from);
    auto knots = capacity_of(session, site);
    if (knots.empty() || factor == 1.0) return {};
    if (knots.back().year < day - 0.25) { // what holds after the last knot steps up on the day
        auto until = knots.back();
        until.date = date_of(day - 0.25);
        until.year = day - 0.25;
        knots.push_back(until);
    }
    if (knots.back().year < day) {
        auto since = knots.back();
        since.date = date_of(day);
        since.year = day;
        knots.push_back(since);
    }
    for (auto& knot : knots)
        if (knot.year >= day) knot.value = scaled(knot.value, factor, 0.0, "event");
    return {set_of(session, site, knots)};
}

Sets single_source(const Session& session) {
    const auto& s = session.loaded().scenario;
    Sets left_out;
    for (std::size_t g = 0; g < s.chip.size(); ++g) {
        std::size_t kept = s.allocation.size();
        double largest = 0.0;
        const auto leave_out = [&](std::size_t i) {
            // Rows of a further generation follow those of the chip that it continues, and go with them.
            const bool is_copy = std::any_of(s.successor.names.begin(), s.successor.names.end(), [&](const auto& name) {
                return s.allocation.names[i].ends_with(" for " + name);
            });
            if (!is_copy) left_out.push_back(fmt::format("\"-allocation.{}\"", s.allocation.names[i]));
        };
        for (std::size_t i = 0; i < s.allocation.size(); ++i) {
            if (static_cast<std::size_t>(s.allocation[i].chip.index) != g) continue;
            const double share = middle_share(session, s.allocation[i].share);
            const bool is_first = kept == s.allocation.size();
            if (!is_first && share <= largest) {
                leave_out(i);
                continue;
            }
            if (!is_first) leave_out(kept);
            kept = i;
            largest = share;
        }
    }
    if (left_out.empty()) return {};
    return {fmt::format("use=[{}]", fmt::join(left_out, ", "))};
}

std::string main_site(const Session& session) {
    const auto& s = session.loaded().scenario;
    std::string out;
    double largest = 0.0;
    for (const auto& allocation : s.allocation.rows) {
        const double share = middle_share(session, allocation.share);
        if (!out.empty() && share <= largest) continue;
        largest = share;
        out = s.site.names[static_cast<std::size_t>(allocation.site.index)];
    }
    return out;
}

} // namespace autarky::answers

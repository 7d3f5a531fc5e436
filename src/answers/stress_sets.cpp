// autarky: overrides of a scenario that let things happen on a day.
// SPDX-License-Identifier: Apache-2.0
#include "answers/stress_sets.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include "core/calendar.hpp"
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
    double year = 0.0, unit_factor = 1.0;
};
using Knots = std::vector<Knot>;

/// A capacity that is one value for all time is one knot, before every day.
Knots capacity_of(const Session& session, std::size_t site) {
    const auto& loaded = session.loaded();
    const auto& series = loaded.scenario.site[site].capacity;
    Knots out;
    int stream = -1;
    for (std::size_t k = 0; k < series.dates.size(); ++k) {
        const auto& input = loaded.inputs.rows[static_cast<std::size_t>(series.values[k].raw().input)];
        if (input.stream >= 0 && stream >= 0 && input.stream != stream)
            refuse_field(
                "event", "E0402",
                fmt::format("the knots of site.{}.capacity have draws of their own; a knot that moves or comes "
                            "between them would change those",
                            loaded.scenario.site.names[site]),
                "leave its persistence out");
        stream = std::max(stream, input.stream);
        const auto open = input.path.find('[');
        if (open == std::string::npos) return {{"1900", input.written, 1900.0, input.unit_factor}};
        out.push_back({input.path.substr(open + 1, input.path.size() - open - 2), input.written, series.dates[k],
                       input.unit_factor});
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

/// Of a quarter that the scenario has.
double start_of(const std::string& quarter) { return parse_date(quarter).value(); }

/// The last day before a quarter: "2027-12-31" of "2028Q1".
std::string eve_of(const std::string& quarter) {
    constexpr std::array<const char*, 4> ends{"03-31", "06-30", "09-30", "12-31"};
    const int before = parse_quarter(quarter).value().index - 1;
    return fmt::format("{}-{}", before / 4, ends[static_cast<std::size_t>(before % 4)]);
}

/// The line from knot to knot, on both ends of their ranges; behind the last knot (`right` null) what it holds. All knots of a
/// series are drawn at one percentile, so the ends are those of the line; between the ends it is near.
Knot between(const Knot& left, const Knot* right, const std::string& date) {
    Knot out{date, left.value, parse_date(date).value(), left.unit_factor};
    if (right == nullptr || out.year <= left.year) return out;
    if (out.year >= right->year) {
        out.value = right->value;
        out.unit_factor = right->unit_factor;
        return out;
    }
    auto from = read_or_refuse(left.value, "event");
    const auto to = read_or_refuse(right->value, "event");
    if (to.numbers.size() > from.numbers.size()) from.numbers.push_back(from.numbers.front());
    const double weight = (out.year - left.year) / (right->year - left.year);
    const double unit = right->unit_factor / left.unit_factor;
    for (std::size_t k = 0; k < from.numbers.size(); ++k) {
        const double end = k == 0 ? to.numbers.front() : to.numbers.back();
        from.numbers[k] += weight * (end * unit - from.numbers[k]);
    }
    out.value = fmt::format("{:.12g} {}", fmt::join(from.numbers, " to "), from.unit); // without the crumbs of units
    return out;
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
    const auto after = std::find_if(knots.begin(), knots.end(), [day](const Knot& knot) { return knot.year > day; });
    if (after != knots.end()) {
        Knots standstill; // from the day on, until what was planned goes on
        if (after != knots.begin()) {
            const auto& left = *(after - 1);
            auto since = between(left, &*after, from);
            if (since.year > left.year) standstill.push_back(since);
            since.date = date_of(day + late);
            standstill.push_back(since);
        }
        for (auto knot = after; knot != knots.end(); ++knot)
            knot->date = date_of(knot->year + late);
        knots.insert(after, standstill.begin(), standstill.end());
        out.push_back(set_of(session, site, knots));
    }
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
    const auto after = std::find_if(knots.begin(), knots.end(), [day](const Knot& knot) { return knot.year >= day; });
    if (after != knots.begin()) { // a step: what is planned to the eve of the day stays
        const auto* right = after == knots.end() ? nullptr : &*after;
        const auto& left = *(after - 1);
        const auto until = between(left, right, eve_of(from)), since = between(left, right, from);
        Knots step;
        if (until.year > left.year) step.push_back(until);
        if (right == nullptr || right->year > day) step.push_back(since);
        knots.insert(after, step.begin(), step.end());
    }
    for (auto& knot : knots)
        if (knot.year >= day) knot.value = scaled(knot.value, factor, 0.0, "event");
    return {set_of(session, site, knots)};
}

SingleSource single_source(const Session& session) {
    const auto& s = session.loaded().scenario;
    SingleSource out;
    Sets left_out;
    for (std::size_t g = 0; g < s.chip.size(); ++g) {
        std::vector<std::size_t> sources;
        for (std::size_t i = 0; i < s.allocation.size(); ++i)
            if (static_cast<std::size_t>(s.allocation[i].chip.index) == g) sources.push_back(i);
        if (sources.size() < 2) continue;
        const auto kept = *std::max_element(sources.begin(), sources.end(), [&](std::size_t a, std::size_t b) {
            return middle_share(session, s.allocation[a].share) < middle_share(session, s.allocation[b].share);
        });
        // Rows of a further generation follow those of the chip that it continues, and go with them.
        const auto is_copy = [&s](std::size_t i) {
            return std::any_of(s.successor.names.begin(), s.successor.names.end(),
                               [&](const auto& name) { return s.allocation.names[i].ends_with(" for " + name); });
        };
        if (!is_copy(kept))
            out.kept.push_back(
                {s.chip.names[g], s.site.names[static_cast<std::size_t>(s.allocation[kept].site.index)]});
        for (const auto i : sources)
            if (i != kept && !is_copy(i)) left_out.push_back(fmt::format("\"-allocation.{}\"", s.allocation.names[i]));
    }
    if (!left_out.empty()) out.sets = {fmt::format("use=[{}]", fmt::join(left_out, ", "))};
    return out;
}

std::vector<std::string> own_sites(const Session& session) {
    const auto& s = session.loaded().scenario;
    std::vector<std::string> out;
    for (std::size_t i = 0; i < s.site.size(); ++i) {
        const bool makes = std::any_of(s.allocation.rows.begin(), s.allocation.rows.end(),
                                       [i](const auto& row) { return static_cast<std::size_t>(row.site.index) == i; });
        if (makes) out.push_back(s.site.names[i]);
    }
    return out;
}

} // namespace autarky::answers

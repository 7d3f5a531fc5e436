// autarky: what the columns of a load series are, by their names and units.
// SPDX-License-Identifier: Apache-2.0
#include "grid/heat/series_header.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "grid/heat/series_time.hpp"

namespace autarky::grid {
namespace {

using Role = SeriesRole;

struct NameRow {
    Role role;
    std::string_view name;
};
constexpr std::array names{NameRow{Role::time, "minute"},
                           NameRow{Role::time, "minutes"},
                           NameRow{Role::time, "time"},
                           NameRow{Role::time, "t"},
                           NameRow{Role::time, "timestamp"},
                           NameRow{Role::time, "datetime"},
                           NameRow{Role::time, "date time"},
                           NameRow{Role::time, "date"},
                           NameRow{Role::time, "hour"},
                           NameRow{Role::time, "hours"},
                           NameRow{Role::time, "second"},
                           NameRow{Role::time, "seconds"},
                           NameRow{Role::load, "load"},
                           NameRow{Role::load, "current"},
                           NameRow{Role::load, "i"},
                           NameRow{Role::load, "k"},
                           NameRow{Role::load, "loading"},
                           NameRow{Role::load, "load factor"},
                           NameRow{Role::load, "load current"},
                           NameRow{Role::load, "demand"},
                           NameRow{Role::load, "power"},
                           NameRow{Role::load, "apparent power"},
                           NameRow{Role::load, "active power"},
                           NameRow{Role::load, "p"},
                           NameRow{Role::load, "s"},
                           NameRow{Role::ambient, "ambient"},
                           NameRow{Role::ambient, "temperature"},
                           NameRow{Role::ambient, "temp"},
                           NameRow{Role::ambient, "ambient temperature"},
                           NameRow{Role::ambient, "ambient temp"},
                           NameRow{Role::ambient, "air temperature"},
                           NameRow{Role::ambient, "outdoor temperature"},
                           NameRow{Role::ambient, "t amb"},
                           NameRow{Role::ambient, "t ambient"},
                           NameRow{Role::ambient, "tamb"},
                           NameRow{Role::ambient, "air"}};

struct UnitRow {
    Role role;
    std::string_view name;
    LoadUnit load;
    double factor, offset = 0.0;
};
constexpr std::array units{UnitRow{Role::time, "min", LoadUnit::unstated, 1.0},
                           UnitRow{Role::time, "minute", LoadUnit::unstated, 1.0},
                           UnitRow{Role::time, "minutes", LoadUnit::unstated, 1.0},
                           UnitRow{Role::time, "h", LoadUnit::unstated, 60.0},
                           UnitRow{Role::time, "hour", LoadUnit::unstated, 60.0},
                           UnitRow{Role::time, "hours", LoadUnit::unstated, 60.0},
                           UnitRow{Role::time, "s", LoadUnit::unstated, 1.0 / 60.0},
                           UnitRow{Role::time, "sec", LoadUnit::unstated, 1.0 / 60.0},
                           UnitRow{Role::time, "seconds", LoadUnit::unstated, 1.0 / 60.0},
                           UnitRow{Role::load, "a", LoadUnit::ampere, 1.0},
                           UnitRow{Role::load, "amps", LoadUnit::ampere, 1.0},
                           UnitRow{Role::load, "ampere", LoadUnit::ampere, 1.0},
                           UnitRow{Role::load, "ka", LoadUnit::ampere, 1e3},
                           UnitRow{Role::load, "pu", LoadUnit::per_unit, 1.0},
                           UnitRow{Role::load, "p.u.", LoadUnit::per_unit, 1.0},
                           UnitRow{Role::load, "%", LoadUnit::per_unit, 0.01},
                           UnitRow{Role::load, "pct", LoadUnit::per_unit, 0.01},
                           UnitRow{Role::load, "percent", LoadUnit::per_unit, 0.01},
                           UnitRow{Role::load, "va", LoadUnit::kva, 1e-3},
                           UnitRow{Role::load, "kva", LoadUnit::kva, 1.0},
                           UnitRow{Role::load, "mva", LoadUnit::kva, 1e3},
                           UnitRow{Role::load, "w", LoadUnit::kw, 1e-3},
                           UnitRow{Role::load, "kw", LoadUnit::kw, 1.0},
                           UnitRow{Role::load, "mw", LoadUnit::kw, 1e3},
                           UnitRow{Role::ambient, "c", LoadUnit::unstated, 1.0},
                           UnitRow{Role::ambient, "°c", LoadUnit::unstated, 1.0},
                           UnitRow{Role::ambient, "degc", LoadUnit::unstated, 1.0},
                           UnitRow{Role::ambient, "celsius", LoadUnit::unstated, 1.0},
                           UnitRow{Role::ambient, "k", LoadUnit::unstated, 1.0, -273.15},
                           UnitRow{Role::ambient, "kelvin", LoadUnit::unstated, 1.0, -273.15},
                           UnitRow{Role::ambient, "f", LoadUnit::unstated, 5.0 / 9.0, -32.0},
                           UnitRow{Role::ambient, "°f", LoadUnit::unstated, 5.0 / 9.0, -32.0},
                           UnitRow{Role::ambient, "degf", LoadUnit::unstated, 5.0 / 9.0, -32.0}};

std::optional<Role> role_of(std::string_view name) {
    const auto found = std::ranges::find(names, name, &NameRow::name);
    return found == names.end() ? std::nullopt : std::optional(found->role);
}
const UnitRow* unit_of(Role role, std::string_view unit) {
    const auto found =
        std::ranges::find_if(units, [&](const UnitRow& row) { return row.role == role && row.name == unit; });
    return found == units.end() ? nullptr : &*found;
}

/// Lower case, underscores and hyphens as blanks, blanks single; and what stood in brackets.
std::pair<std::string, std::optional<std::string>> parted(std::string_view header) {
    std::string name, unit;
    bool inside = false, seen = false;
    for (const char given : header) {
        const char c = given >= 'A' && given <= 'Z' ? static_cast<char>(given - 'A' + 'a') : given;
        if (c == '(' || c == '[')
            inside = seen = true;
        else if (c == ')' || c == ']')
            inside = false;
        else if (inside)
            unit += c == ' ' ? "" : std::string(1, c);
        else if (c == '_' || c == '-' || c == ' ' || c == '/')
            name += name.empty() || name.back() == ' ' ? "" : " ";
        else
            name += c;
    }
    if (name.ends_with(' ')) name.pop_back();
    return {name, seen ? std::optional(unit) : std::nullopt};
}

SeriesColumn column_of(Role role, std::string_view name) {
    SeriesColumn out{role};
    if (role == Role::load && (name == "k" || name == "load factor")) out.load = LoadUnit::per_unit;
    if (role == Role::time && (name.starts_with("minute") || name.starts_with("hour") || name.starts_with("second"))) {
        out.has_unit = true;
        out.factor = name[0] == 'm' ? 1.0 : name[0] == 'h' ? 60.0 : 1.0 / 60.0;
    }
    return out;
}

/// The unit as the last word, which leaves the name for it: load_kva.
std::optional<Role> with_unit_behind(std::string& name, std::optional<std::string>& unit) {
    const std::size_t last = name.rfind(' ');
    if (last == std::string::npos) return std::nullopt;
    const auto role = role_of(name.substr(0, last));
    if (!role || !unit_of(*role, name.substr(last + 1))) return std::nullopt;
    unit = name.substr(last + 1);
    name.resize(last);
    return role;
}

/// The name before a word for one of several: load_b, "I L2", "current phase 3". Whole when there is none.
std::string without_phase(const std::string& name) {
    constexpr std::array<std::string_view, 14> phases{"a", "b", "c",  "r",  "s",  "t",   "u",
                                                      "v", "w", "l1", "l2", "l3", "sum", "total"};
    const std::size_t last = name.rfind(' ');
    if (last == std::string::npos) return name;
    const std::string word = name.substr(last + 1);
    const bool numbered = word.find_first_not_of("0123456789") == std::string::npos;
    if (!numbered && std::ranges::find(phases, word) == phases.end()) return name;
    std::string out = name.substr(0, last);
    for (const std::string_view filler : {" phase", " ph", " line", " feeder"})
        if (out.ends_with(filler)) out.resize(out.size() - filler.size());
    return out;
}

} // namespace

std::string_view name_of(LoadUnit unit) {
    switch (unit) {
    case LoadUnit::unstated:
    case LoadUnit::ampere: return "A";
    case LoadUnit::per_unit: return "per unit";
    case LoadUnit::kva: return "kVA";
    case LoadUnit::kw: return "kW";
    }
    return {};
}

std::optional<SeriesColumn> series_column(std::string_view header, std::string& fault) {
    auto [name, unit] = parted(header);
    auto role = role_of(name);
    if (!role && !unit) role = with_unit_behind(name, unit);
    if (!role && role_of(without_phase(name)) == Role::load) {
        role = Role::load;
        name = without_phase(name);
    }
    if (!role) return std::nullopt;
    SeriesColumn out = column_of(*role, name);
    if (!unit) return out;
    const UnitRow* known = unit_of(*role, *unit);
    if (!known) {
        const auto zone = zone_name_in(header);
        fault =
            *role == Role::time && !zone.empty()
                ? fmt::format("'{}' names a time zone: leave it out, and write offsets such as +02:00 in every row or "
                              "say --daylight-saving",
                              zone)
                : fmt::format("'{}' has no unit that is known here", *unit);
        return std::nullopt;
    }
    if (*role == Role::time) out.has_unit = true;
    if (*role == Role::load) out.load = known->load;
    out.factor = known->factor, out.offset = known->offset;
    return out;
}

} // namespace autarky::grid

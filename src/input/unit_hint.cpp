// autarky: what a number without its unit probably meant.
// SPDX-License-Identifier: Apache-2.0
#include "input/unit_hint.hpp"

#include <fmt/format.h>

#include <cmath>

#include "core/units.hpp"

namespace autarky::scenario {
namespace {

bool is_counted(const Dim& dim) {
    return dim == units::unit || dim == units::worker || dim == units::chip || dim == units::wafer;
}

/// The unit without the prefix of its first name ("Mvehicle/year": "vehicle/year"); empty if it has none above one.
std::string without_prefix(std::string_view unit) {
    const auto end = unit.find_first_of("/*");
    const auto name = unit.substr(0, end);
    if (name.size() < 2 || std::string_view("kMBGT").find(name[0]) == std::string_view::npos) return {};
    const auto* whole = find_unit(name);
    const auto* part = find_unit(name.substr(1));
    if (whole == nullptr || part == nullptr || !(whole->dim == part->dim) || whole->factor < 999.0 * part->factor)
        return {};
    return std::string(unit.substr(1));
}

} // namespace

std::string plausible_readings(std::string_view written, double value, std::string_view unit, char quote) {
    const auto quoted = [&](std::string_view number, std::string_view of) {
        return fmt::format("{0}{1} {2}{0}", quote, number, of);
    };
    const auto either = [](const std::string& first, const std::string& second) {
        return fmt::format("{} or {}, whichever is meant", first, second);
    };
    const auto as_written = quoted(written, unit);
    const double size = std::fabs(value);
    if (unit.starts_with('%') && size > 0.0 && size < 1.0)
        return either(quoted(fmt::format("{:.6g}", 100.0 * value), unit), as_written);
    constexpr double many = 1e3, far_too_many = 1e5;
    const auto smaller = without_prefix(unit);
    if (size < many || smaller.empty()) return as_written;
    const auto* base = find_unit(std::string_view(smaller).substr(0, smaller.find_first_of("/*")));
    if (size >= far_too_many || is_counted(base->dim)) return quoted(written, smaller);
    return base->dim == units::money ? either(as_written, quoted(written, smaller)) : as_written;
}

} // namespace autarky::scenario

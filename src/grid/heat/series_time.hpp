// autarky: time stamps of a load series: minutes, ISO 8601, and what summer time does to clocks.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace autarky::grid {

/// A stamp as it is written.
struct TimeStamp {
    double minute = 0.0; ///< on its own clock, since 1970 when it has a date, else since midnight
    bool has_date = false;
    std::optional<int> offset_min = {}; ///< of its clock before UTC
    [[nodiscard]] double utc() const { return minute - offset_min.value_or(0); }
};

/// "2024-10-27T02:30+02:00", "2024-10-27 02:30:00", "2024-10-27", "27.10.2024 02:30", "02:30"; 24:00 is midnight after.
/// None for anything else, such as 10/27/2024, whose day and month could change places.
std::optional<TimeStamp> time_stamp(std::string_view text);

/// A time zone by its name at the end of a stamp or header, such as Europe/Berlin or CET; empty: there is none. What a name
/// means depends on the year and on rules that change, so that stamps need offsets.
std::string_view zone_name_in(std::string_view text);

/// Whether summer time may begin or end on that day: a Sunday of March, April, September, October or November.
bool clocks_may_change(double minute_since_1970);

/// "2024-10-27T02:30" of minutes since 1970.
std::string stamp_text(double minute_since_1970);

} // namespace autarky::grid

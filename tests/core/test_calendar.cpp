// autarky: quarters and dates.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "core/calendar.hpp"

using namespace autarky;

TEST_CASE("a quarter reads, prints and counts") {
    const auto q = parse_quarter("2025Q4");
    REQUIRE(q);
    CHECK(q->text() == "2025Q4");
    CHECK((*q + 1).text() == "2026Q1");
    CHECK((*q + -4).text() == "2024Q4");
    CHECK(*parse_quarter("2035Q4") - *q == 40);
    CHECK(q->start() == 2025.75);
    CHECK(q->middle() == 2025.875);
    CHECK(*q < *parse_quarter("2026Q1"));
}

TEST_CASE("what is no quarter is refused") {
    for (const auto* text :
         {"", "2025", "2025Q0", "2025Q5", "2025q1", "Q12025", "2025Q11", "1800Q1", "99999Q1", "2025Q"})
        CHECK_MESSAGE(!parse_quarter(text), text);
}

TEST_CASE("a date is a decimal year: year, quarter, month and day") {
    CHECK(parse_date("2026") == 2026.0);
    CHECK(parse_date("2026Q2") == 2026.25);
    CHECK(parse_date("2026-01") == 2026.0);
    CHECK(parse_date("2026-01-01") == 2026.0);
    // 15 April 2026: 31 + 28 + 31 + 14 = 104 days after New Year
    CHECK(*parse_date("2026-04-15") == doctest::Approx(2026.0 + 104.0 / 365.0).epsilon(1e-15));
    // 1 March of a leap year: 31 + 29 = 60 days
    CHECK(*parse_date("2024-03-01") == doctest::Approx(2024.0 + 60.0 / 366.0).epsilon(1e-15));
    CHECK(parse_date("2024-02-29"));
}

TEST_CASE("what is no date is refused") {
    for (const auto* text : {"", "26", "2026-13", "2026-00", "2026-02-30", "2025-02-29", "2026-1", "2026-04-",
                             "2026/04", "2026-04-15x", "20260415", "2026-0a", "2026-+1", "1899", "2201"})
        CHECK_MESSAGE(!parse_date(text), text);
}

TEST_CASE("the quarter of a date is the one that holds it") {
    CHECK(quarter_of(2026.0).text() == "2026Q1");
    CHECK(quarter_of(2026.2499).text() == "2026Q1");
    CHECK(quarter_of(2026.25).text() == "2026Q2");
    CHECK(quarter_of(*parse_date("2026-12-31")).text() == "2026Q4");
}

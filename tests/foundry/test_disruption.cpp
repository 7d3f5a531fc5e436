// autarky: tests of events.
// SPDX-License-Identifier: Apache-2.0
#include "foundry/disruption.hpp"

#include <doctest/doctest.h>

using namespace autarky;
using namespace autarky::foundry;

TEST_CASE("an event takes its severity for the part of the quarter in which it lasts") {
    Event<double> event{};
    event.earliest = {2027.0};
    event.hazard = quantity(10.0, "%/year"_u);
    event.luck = 0.0; // at once
    event.duration = quantity(6.0, "month"_u);
    event.severity = 0.8;
    const double begins = event_start(event);
    CHECK(begins == doctest::Approx(2027.0));
    CHECK(event_loss(event, begins, 2026.75, 2027.0) == doctest::Approx(0.0));
    CHECK(event_loss(event, begins, 2027.25, 2027.5) == doctest::Approx(0.8));
    CHECK(event_loss(event, begins, 2027.375, 2027.625) == doctest::Approx(0.4));
    CHECK(event_loss(event, begins, 2027.5, 2027.75) == doctest::Approx(0.0));
}

TEST_CASE("an event without hazard never comes, and a higher hazard comes earlier on the same draw") {
    const auto at = [](double hazard) { return time_to_event(quantity(hazard, "%/year"_u), 0.5).in("year"_u); };
    CHECK(at(0.0) > 1000.0);
    CHECK(at(1.0) == doctest::Approx(69.3147180559945)); // ln 2 / 0.01
    CHECK(at(5.0) < at(1.0));
}

// autarky: tests of programme dates, spending and ramp.
// SPDX-License-Identifier: Apache-2.0
#include "foundry/schedule.hpp"

#include <doctest/doctest.h>

using namespace autarky;
using namespace autarky::foundry;

namespace {

Chip<double> example() {
    Chip<double> chip{};
    chip.design_start = {2024.0};
    chip.tapeout = {2026.0};
    chip.respins = 1.0;
    chip.respin_delay = quantity(6.0, "month"_u);
    chip.qualification_time = quantity(9.0, "month"_u);
    chip.ramp_time = quantity(12.0, "month"_u);
    chip.cancellation_hazard = quantity(0.0, "%/year"_u);
    chip.cancellation_luck = 0.5;
    return chip;
}

const Duration<double> half_year = quantity(0.5, "year"_u);

double musd(const Money<double>& x) { return x.in("MUSD"_u); }

} // namespace

TEST_CASE("a re-spin moves tape-out, production and first chips by its delay") {
    auto chip = example();
    const auto with = schedule(chip, half_year);
    CHECK(with.final_tapeout == doctest::Approx(2026.5));
    CHECK(with.production == doctest::Approx(2027.25));
    CHECK(with.first_chips == doctest::Approx(2027.75));
    chip.respins = 0.0;
    CHECK(schedule(chip, half_year).first_chips == doctest::Approx(2027.25));
}

TEST_CASE("the ramp is 0 before first chips, linear, and 1 after the ramp time") {
    const auto s = schedule(example(), half_year);
    const auto ramp_time = quantity(12.0, "month"_u);
    CHECK(ramp(s, ramp_time, 2027.7) == doctest::Approx(0.0));
    CHECK(ramp(s, ramp_time, 2028.25) == doctest::Approx(0.5));
    CHECK(ramp(s, ramp_time, 2029.0) == doctest::Approx(1.0));
}

TEST_CASE("spending adds up to the total over any cut of time") {
    const auto s = schedule(example(), half_year);
    double sum = 0.0;
    for (double start = 2023.0; start < 2028.0; start += 0.25)
        sum += musd(spent_in(quantity(800.0, "MUSD"_u), s.design_start, s.tapeout, s, start, start + 0.25));
    CHECK(sum == doctest::Approx(800.0));
    CHECK(musd(spent_in(quantity(800.0, "MUSD"_u), s.design_start, s.tapeout, s, 2024.0, 2024.5)) ==
          doctest::Approx(200.0));
}

TEST_CASE("a cancelled programme stops spending at that date and never produces") {
    auto chip = example();
    chip.cancellation_hazard = quantity(100.0, "%/year"_u);
    chip.cancellation_luck = 1.0 - 0.36787944117144233; // exp(-1): cancelled after exactly one year
    const auto s = schedule(chip, half_year);
    CHECK(s.cancelled);
    CHECK(s.cancelled_at == doctest::Approx(2025.0));
    CHECK(musd(spent_in(quantity(800.0, "MUSD"_u), s.design_start, s.tapeout, s, 2024.0, 2030.0)) ==
          doctest::Approx(400.0));
    CHECK(ramp(s, quantity(12.0, "month"_u), 2035.0) == 0.0);
    CHECK(production_share(s, 2030.0, 2030.25) == 0.0);
}

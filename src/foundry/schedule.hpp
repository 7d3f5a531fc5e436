// autarky: the dates of a chip programme, its spending over time, and its ramp.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/finance.hpp"
#include "foundry/programme.hpp"

namespace autarky::foundry {

inline constexpr Formula final_tapeout_formula{"programme.tapeout", "Final tape-out",
                                               "first tape-out + re-spins x delay", "Autarky"};
inline constexpr Formula production_formula{"programme.production", "First production start",
                                            "final tape-out + qualification", "Autarky"};
inline constexpr Formula ramp_formula{"programme.ramp", "Share of demand that the generation serves",
                                      "clamp((t - first chips) / ramp time, 0, 1)", "Autarky"};

/// Dates of one sample, in decimal years; a cancelled programme never reaches production.
template <class R> struct Schedule {
    R design_start{}, tapeout{}, final_tapeout{}, production{}, first_chips{}, cancelled_at{};
    Mask<R> cancelled{};
};

/// Domain: `lead` is the time from wafer start to tested chip.
template <class R> Schedule<R> schedule(const Chip<R>& chip, const Duration<R>& lead) {
    Schedule<R> s;
    s.design_start = chip.design_start.year;
    s.tapeout = chip.tapeout.year;
    s.final_tapeout = named(final_tapeout_formula, R(s.tapeout + chip.respins * chip.respin_delay.raw()),
                            arg("first tape-out", s.tapeout), arg("re-spins", chip.respins),
                            arg("delay a re-spin", chip.respin_delay));
    s.production = named(production_formula, R(s.final_tapeout + chip.qualification_time.raw()),
                         arg("final tape-out", s.final_tapeout), arg("qualification", chip.qualification_time));
    s.first_chips = s.production + lead.raw();
    s.cancelled_at = s.design_start + time_to_event(chip.cancellation_hazard, chip.cancellation_luck).raw();
    s.cancelled = s.cancelled_at < s.production;
    return s;
}

/// Share of the devices of date `t` for which this generation is meant, before a newer one takes over.
template <class R> R ramp(const Schedule<R>& s, const Duration<R>& ramp_time, double t) {
    const R reached = clamp((R(t) - s.first_chips) / ramp_time.raw(), R(0.0), R(1.0));
    const R result = select(s.cancelled, R(0.0), reached);
    return named(ramp_formula, result, arg("first chips", s.first_chips), arg("ramp time", ramp_time));
}

/// Share of a quarter [start, end] in which wafers may be started.
template <class R> R production_share(const Schedule<R>& s, double start, double end) {
    const R open = clamp((R(end) - s.production) / R(end - start), R(0.0), R(1.0));
    return select(s.cancelled, R(0.0), open);
}

/// Part of a sum spent evenly over [from, to] that falls into the window [start, end]; nothing after a cancellation.
/// A period of no length is spent at `from`.
template <class R>
Money<R> spent_in(const Money<R>& total, const R& from, const R& to, const Schedule<R>& s, const R& start,
                  const R& end) {
    constexpr double shortest = 1.0 / 365.0;
    const R length = max(to - from, R(shortest));
    const R stop = select(s.cancelled, s.cancelled_at, from + length);
    const R until = min(from + length, stop);
    return total * (overlap(from, max(until, from), start, end) / length);
}

} // namespace autarky::foundry

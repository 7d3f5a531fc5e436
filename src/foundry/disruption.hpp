// autarky: how much of a quarter an event takes away.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/finance.hpp"
#include "foundry/entities.hpp"

namespace autarky::foundry {

inline constexpr Formula event_formula{"event.loss", "Loss through an event",
                                       "severity x share of the quarter in [start, start + duration]", "Autarky"};

/// Date at which an event begins in this sample, in decimal years.
template <class R> R event_start(const Event<R>& event) {
    return event.earliest.year + time_to_event(event.hazard, event.luck).raw();
}

/// Share of the quarter [start, end] (decimal years) in which the event lasts.
template <class R> R event_share(const Event<R>& event, const R& begins, double start, double end) {
    return overlap(begins, begins + event.duration.raw(), R(start), R(end)) / R(end - start);
}

/// Share lost in the quarter [start, end] (decimal years) through one event.
template <class R> R event_loss(const Event<R>& event, const R& begins, double start, double end) {
    const R result = event.severity * event_share(event, begins, start, end);
    return named(event_formula, result, arg("severity", event.severity), arg("begins", begins),
                 arg("duration", event.duration));
}

} // namespace autarky::foundry

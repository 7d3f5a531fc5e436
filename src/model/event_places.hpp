// autarky: which events strike what of the scenario: their places are names, and no sample changes them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "market/robot_bill.hpp"
#include "scenario/scenario.hpp"

namespace autarky::model {

/// Indices of the events of one kind at one place.
using Strikes = std::vector<std::size_t>;

inline Strikes joined(Strikes first, const Strikes& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

/// Events by what they strike, read once from the names of places.
struct EventPlaces {
    std::vector<Strikes> site;              ///< losses of supply, at its country or at itself by its name
    std::vector<Strikes> rated;             ///< rated orders, by site, at the same places
    std::vector<Strikes> back_end;          ///< losses of supply, at its country or at itself by its name
    std::vector<Strikes> merchant;          ///< both; none where the scenario has the merchant's own site
    std::vector<Strikes> region;            ///< closed markets
    std::vector<Strikes> rival;             ///< foundries closed to it
    std::vector<std::vector<Strikes>> part; ///< [robot programme][part]: closed regions of supply

    template <class R> explicit EventPlaces(const Scenario<R>& s) {
        using foundry::EventKind;
        const auto at = [&](EventKind kind, const std::string& place) {
            Strikes out;
            for (std::size_t e = 0; e < s.event.size(); ++e)
                if (s.event[e].kind == kind && s.event[e].location == place) out.push_back(e);
            return out;
        };
        for (std::size_t i = 0; i < s.site.size(); ++i) {
            const auto here = [&](EventKind kind) {
                return joined(at(kind, s.site[i].location), at(kind, s.site.names[i]));
            };
            site.push_back(here(EventKind::supply_loss));
            rated.push_back(here(EventKind::rated_orders));
        }
        for (std::size_t i = 0; i < s.back_end.size(); ++i)
            back_end.push_back(joined(at(EventKind::supply_loss, s.back_end[i].location),
                                      at(EventKind::supply_loss, s.back_end.names[i])));
        for (const auto& row : s.merchant.rows)
            merchant.push_back(row.site.index >= 0 ? Strikes{}
                                                   : joined(at(EventKind::supply_loss, row.location),
                                                            at(EventKind::rated_orders, row.location)));
        for (const auto& name : s.region.names)
            region.push_back(at(EventKind::market_closed, name));
        for (const auto& row : s.rival.rows)
            rival.push_back(at(EventKind::foundries_closed, row.location));
        for (const auto& row : s.robot.rows) {
            auto& parts = part.emplace_back();
            for (std::size_t i = 0; i < market::part_count(row); ++i)
                parts.push_back(at(EventKind::parts_closed, market::part_location(row, i)));
        }
    }
};

/// The worst of the events that strike one thing; 0 where none does. Loss: share, by event.
template <class R> R worst_loss(const Strikes& strikes, const std::vector<R>& event_loss) {
    R loss(0.0);
    for (const auto e : strikes)
        loss = max(loss, event_loss[e]);
    return loss;
}

} // namespace autarky::model

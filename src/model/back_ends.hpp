// autarky: assembly, substrates, test and DRAM among named customers: how many dies of a quarter they take.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "model/event_places.hpp"
#include "model/line.hpp"

namespace autarky::model {

inline constexpr Formula back_end_formula{
    "back_end.met", "Share of the buyer's dies that a back end takes",
    "(reserved x share of contracts that fit + beyond x share of open requests met) / dies that wait", "Autarky"};

/// One back end in a quarter, counted in chips that take one unit of it each.
template <class R> struct BackEndQuarter {
    Chips<R> installed{};                ///< after events
    Chips<R> firm{}, open{}, reserved{}; ///< requests of the others: by contract, and beyond; the buyer's contract
    Chips<R> wanted{};                   ///< units that the buyer's waiting dies would take
    R met = R(1.0);                      ///< share of them that it takes
    Chips<R> taken{};                    ///< of them, what goes on: no more than every other back end of the chip takes
};

/// All back ends. A chip goes on with the share of its dies that the scarcest of those it needs takes; what another would
/// have taken more is not given to other chips in the same quarter.
template <class R> class BackEnds {
public:
    void open_quarter(const Scenario<R>& s, const Timeline& time, std::size_t q, const EventPlaces& places,
                      const std::vector<R>& event_loss) {
        quarters_.assign(s.back_end.size(), BackEndQuarter<R>{});
        const double t = time.middle(q);
        const auto quarter = quantity<R>(quarter_years, "year"_u);
        for (std::size_t i = 0; i < quarters_.size(); ++i) {
            const auto& back_end = s.back_end[i];
            auto& out = quarters_[i];
            const Chips<R> capacity = back_end.capacity.at(t) * quarter;
            out.installed = capacity * (R(1.0) - worst_loss(places.back_end[i], event_loss));
            out.reserved = back_end.reserved.at(t) * quarter;
            for (const auto& customer : back_end.customer.rows) {
                const Chips<R> asked = capacity * customer.request.at(t);
                out.firm += asked * customer.firm;
                out.open += asked * (R(1.0) - customer.firm);
            }
        }
    }

    /// Divides each back end among its customers and the dies that wait on the buyer's lines.
    void ration(const Scenario<R>& s, const std::vector<Line<R>>& lines) {
        for (const auto& line : lines)
            for (const auto& need : s.chip[line.chip].needs.rows)
                at(need).wanted += Chips<R>(line.bank.raw() * need.amount);
        for (auto& one : quarters_) {
            const Chips<R> by_contract = min(one.wanted, one.reserved), beyond = one.wanted - by_contract;
            const Rationed<Chips<R>, R> of(one.installed, one.firm + by_contract, one.open + beyond);
            const Chips<R> granted = by_contract * of.fits + beyond * of.open_share;
            one.met = named(back_end_formula, R(min(ratio(granted, one.wanted, R(1.0)), R(1.0))),
                            arg("reserved", by_contract), arg("contracts that fit", of.fits), arg("beyond", beyond),
                            arg("open requests met", of.open_share));
        }
    }

    /// Counts the dies of a line that go on, which is that share of those that wait.
    void take(const Scenario<R>& s, const Line<R>& line, const R& taken_share) {
        for (const auto& need : s.chip[line.chip].needs.rows)
            at(need).taken += Chips<R>(line.bank.raw() * taken_share * need.amount);
    }
    /// Share of the waiting dies of a chip that go on; 1 where it needs no back end.
    [[nodiscard]] R share(const Scenario<R>& s, std::size_t chip) const {
        R least(1.0);
        for (const auto& need : s.chip[chip].needs.rows)
            least = min(least, quarters_[static_cast<std::size_t>(need.back_end.index)].met);
        return least;
    }
    [[nodiscard]] const std::vector<BackEndQuarter<R>>& quarters() const { return quarters_; }

private:
    BackEndQuarter<R>& at(const foundry::ChipNeed<R>& need) {
        return quarters_[static_cast<std::size_t>(need.back_end.index)];
    }

    std::vector<BackEndQuarter<R>> quarters_;
};

} // namespace autarky::model

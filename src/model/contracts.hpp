// autarky: take-or-pay: what a quarter commits to, what is settled, and what a free wafer costs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <vector>

#include "model/site_state.hpp"

namespace autarky::model {

inline constexpr Formula commitment_formula{
    "contract.minimum", "Minimum of the quarter",
    "larger of wafers x price and money, while the term runs, at most what can be delivered", "Autarky"};
inline constexpr Formula settlement_formula{
    "contract.settlement", "Paid for what is not taken",
    "unmet minimum x min(settling share, 1 - resale share): the cheaper of settling and of taking and reselling",
    "AMD and GlobalFoundries, December 2012: 320 MUSD for 385 MUSD of wafers"};

/// Whether a site fulfils a contract.
template <class R> bool covers(const foundry::Contract<R>& contract, std::size_t site) {
    return std::any_of(contract.line.rows.begin(), contract.line.rows.end(),
                       [site](const auto& line) { return static_cast<std::size_t>(line.site.index) == site; });
}

/// One contract in one quarter.
template <class R> struct Commitment {
    WaferPrice<R> price{}; ///< of a wafer on its first line, to turn wafers into money
    Money<R> minimum{};
    Wafers<R> maximum{}; ///< reserved for the buyer, all lines together
    R loss_share{};      ///< of an unmet wafer's price, what it costs not to take it
    R both_worlds{};     ///< 1: signed before the decision, so the buy world carries it too
    Money<R> prepaid{}, credit{};
    std::vector<R> unmet_share; ///< by site: part of what is unmet that stands there

    /// `deliverable` is what its lines could deliver at all: a foundry that cannot deliver cannot ask to be paid.
    void open(const Scenario<R>& s, const foundry::Contract<R>& c, const Timeline& time, std::size_t q,
              const WaferPrice<R>& site_price, const Wafers<R>& deliverable) {
        const double t = time.middle(q);
        const auto quarter = quantity<R>(quarter_years, "year"_u);
        const R runs = overlap(c.signed_on.year, c.ends.year, R(time.start(q)), R(time.end(q))) / R(quarter_years);
        price = site_price * c.price;
        const Money<R> wafers = c.minimum.at(t) * quarter * price;
        const Money<R> money = c.minimum_spend.at(t) * quarter;
        minimum = named(commitment_formula, Money<R>(min(Money<R>(max(wafers, money) * runs), deliverable * price)),
                        arg("wafers at their price", wafers), arg("in money", money),
                        arg("share of the quarter in the term", runs), arg("deliverable", deliverable));
        maximum = max(c.maximum.at(t) * quarter * runs, Wafers<R>(minimum / price)) * R(c.priority ? 1.0 : 0.0);
        loss_share = min(c.settling_share, R(1.0) - c.resale_share);
        both_worlds = select(c.signed_on.year < s.economy.decision_date.year, R(1.0), R(0.0));
        prepay(s, c, time, q, runs);
    }
    /// What is paid for the part of the minimum that `taken` leaves open.
    [[nodiscard]] Money<R> settlement(const Money<R>& taken) const {
        const Money<R> unmet = max(minimum - taken, Money<R>{});
        return named(settlement_formula, Money<R>(unmet * loss_share), arg("minimum", minimum), arg("taken", taken),
                     arg("share lost", loss_share));
    }

private:
    /// Paid at signing as a share of the minimum a year after its first knot, at the prices of the scenario's start; credited
    /// evenly over the term.
    void prepay(const Scenario<R>& s, const foundry::Contract<R>& c, const Timeline& time, std::size_t q,
                const R& runs) {
        const auto year = quantity<R>(1.0, "year"_u);
        const auto& site = s.site[c.line.rows.front().site];
        const WaferPrice<R> first_price = s.process[site.process].wafer_price * (site.premium * c.price);
        const double first_wafers = c.minimum.dates.empty() ? time.middle(q) : c.minimum.dates.front() + 1.0;
        const double first_money = c.minimum_spend.dates.empty() ? time.middle(q) : c.minimum_spend.dates.front() + 1.0;
        const Money<R> yearly =
            max(c.minimum.at(first_wafers) * year * first_price, c.minimum_spend.at(first_money) * year);
        const Money<R> paid = yearly * c.prepayment;
        // What was signed between the decision and the first quarter is paid in the first quarter.
        const auto late = (c.signed_on.year < R(time.start(q))) & (c.signed_on.year >= s.economy.decision_date.year);
        const auto now = (c.signed_on.year >= R(time.start(q))) & (c.signed_on.year < R(time.end(q)));
        prepaid = select(now, paid, q == 0 ? Money<R>(select(late, paid, Money<R>{})) : Money<R>{});
        const R term = max(c.ends.year - c.signed_on.year, R(quarter_years));
        credit = paid * (runs * R(quarter_years) / term);
    }
};

/// All contracts of a quarter.
template <class R> class Contracts {
public:
    void open_quarter(const Scenario<R>& s, const Timeline& time, std::size_t q, const std::vector<SiteState<R>>& sites,
                      const std::vector<SiteCapacity<R>>& capacity) {
        scenario_ = &s;
        quarter_.resize(s.contract.size());
        for (std::size_t i = 0; i < quarter_.size(); ++i) {
            Wafers<R> deliverable{};
            for (std::size_t site = 0; site < sites.size(); ++site)
                if (covers(s.contract[i], site)) deliverable += could_deliver(capacity[site]);
            quarter_[i].open(s, s.contract[i], time, q, sites[site_of(i)].market_price, deliverable);
        }
    }
    [[nodiscard]] const std::vector<Commitment<R>>& quarter() const { return quarter_; }
    [[nodiscard]] const Commitment<R>& operator[](std::size_t i) const { return quarter_[i]; }

    /// Price of a wafer under the contracts of a site over its market price, while their terms run.
    static R price_at(const Scenario<R>& s, const Timeline& time, std::size_t q, std::size_t site) {
        R price(1.0);
        for (const auto& contract : s.contract.rows) {
            if (!covers(contract, site)) continue;
            const R runs = overlap(contract.signed_on.year, contract.ends.year, R(time.start(q)), R(time.end(q))) /
                           R(quarter_years);
            price += (contract.price - R(1.0)) * runs;
        }
        return price;
    }
    /// Wafers reserved for the buyer at a site: what its other lines have left of each maximum.
    [[nodiscard]] Wafers<R> reserved(std::size_t site, const std::vector<SiteState<R>>& sites) const {
        Wafers<R> sum{};
        for (std::size_t i = 0; i < quarter_.size(); ++i) {
            const auto& contract = scenario_->contract[i];
            if (!covers(contract, site)) continue;
            Wafers<R> left = quarter_[i].maximum;
            for (std::size_t other = 0; other < sites.size(); ++other)
                if (other != site && covers(contract, other)) left -= sites[other].started;
            sum += max(left, Wafers<R>{});
        }
        return sum;
    }
    /// Money that the buyer's wafers count toward contract i, those that rated orders took from it and pay included. No wafer
    /// counts twice: at a site of several contracts the earlier one in the file takes what its minimum still needs beside the
    /// wafers of its other sites.
    [[nodiscard]] Money<R> taken(std::size_t i, const std::vector<SiteState<R>>& sites) const {
        Money<R> sum{};
        for (std::size_t site = 0; site < sites.size(); ++site)
            if (covers(scenario_->contract[i], site)) sum += counted(sites[site]);
        for (std::size_t before = 0; before < i; ++before)
            sum -= counted_before(before, i, sites);
        return max(sum, Money<R>{});
    }

    /// Says at which sites stands what each contract leaves unmet. Of the minimum a site owes the part that it could deliver of
    /// all; by what it is short of that the rest is shared out. `to_outlets`: wafers of outlets, by site.
    void share_unmet(const std::vector<SiteState<R>>& sites, const std::vector<SiteCapacity<R>>& capacity,
                     const std::vector<Wafers<R>>& to_outlets) {
        std::vector<Money<R>> missing(sites.size());
        for (std::size_t i = 0; i < quarter_.size(); ++i) {
            auto& share = quarter_[i].unmet_share;
            share.assign(sites.size(), R(0.0));
            if (scenario_->contract[i].line.size() == 1) {
                share[site_of(i)] = R(1.0);
                continue;
            }
            Wafers<R> deliverable{};
            Money<R> all{};
            for (std::size_t site = 0; site < sites.size(); ++site)
                if (covers(scenario_->contract[i], site)) deliverable += could_deliver(capacity[site]);
            for (std::size_t site = 0; site < sites.size(); ++site) {
                if (!covers(scenario_->contract[i], site)) continue;
                share[site] = ratio(could_deliver(capacity[site]), deliverable, R(0.0));
                const Money<R> there = counted(sites[site]) + to_outlets[site] * sites[site].price;
                missing[site] = max(quarter_[i].minimum * share[site] - there, Money<R>{});
                all += missing[site];
            }
            // Where another contract counts the wafers no site looks short: then by what each could deliver.
            for (std::size_t site = 0; site < sites.size(); ++site)
                if (covers(scenario_->contract[i], site)) share[site] = ratio(missing[site], all, share[site]);
        }
    }

private:
    static Wafers<R> could_deliver(const SiteCapacity<R>& capacity) { return capacity.installed + capacity.own_path; }
    static Money<R> counted(const SiteState<R>& site) {
        return site.started * site.price + site.rated_from.own * site.agreed;
    }
    /// Of the wafers at sites that two contracts share, the money that the earlier one counts.
    [[nodiscard]] Money<R> counted_before(std::size_t before, std::size_t i,
                                          const std::vector<SiteState<R>>& sites) const {
        Money<R> shared{};
        Money<R> alone{};
        for (std::size_t site = 0; site < sites.size(); ++site) {
            if (!covers(scenario_->contract[before], site)) continue;
            auto& sum = covers(scenario_->contract[i], site) ? shared : alone;
            sum += counted(sites[site]);
        }
        return min(shared, max(quarter_[before].minimum - alone, Money<R>{}));
    }
    /// The site of a contract's first line.
    [[nodiscard]] std::size_t site_of(std::size_t i) const {
        return static_cast<std::size_t>(scenario_->contract[i].line.rows.front().site.index);
    }

    const Scenario<R>* scenario_ = nullptr;
    std::vector<Commitment<R>> quarter_;
};

} // namespace autarky::model

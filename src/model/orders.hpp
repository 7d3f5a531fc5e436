// autarky: bought chips on their way: orders with a lead time, up to the wafers that the merchants' sites grant.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <vector>

#include "model/event_places.hpp"
#include "model/plans.hpp"
#include "model/site_state.hpp"

namespace autarky::model {

inline constexpr Formula merchant_order_formula{"merchant.order", "Chips ordered from a merchant",
                                                "min(needs until arrival - stock - on order, supply, wafers granted)",
                                                "order-up-to policy"};

/// Orders, deliveries and stock of each merchant's chips in one world.
template <class R> class Orders {
public:
    void reset(const Scenario<R>& s, const Plans<R>& plans, const EventPlaces& places) {
        scenario_ = &s;
        plans_ = &plans;
        places_ = &places;
        lines_.resize(s.merchant.size());
        ahead_.resize(s.merchant.size());
        horizon_ = 0;
        for (std::size_t m = 0; m < lines_.size(); ++m) {
            lines_[m].reset(foundry::FractionalLag<R>(s.merchant[m].lead_time));
            ahead_[m] = LeadWeights<R>(s.merchant[m].lead_time);
            horizon_ = std::max(horizon_, ahead_[m].horizon());
        }
        stock_.assign(s.merchant.size(), Chips<R>{});
        ordered_ = delivered_ = stock_;
        waiting_ = opening_ = stock_;
        met_.assign(s.merchant.size(), R(1.0));
    }

    /// Quarters, this one included, whose needs an order of today may have to cover.
    [[nodiscard]] std::size_t horizon() const { return horizon_; }
    /// Orders for `needed[m][k]`, the chips that devices are planned to need in quarter q + k; then what was ordered a lead
    /// time ago arrives; in the first quarter also what was ordered before the horizon for the needs of today. `requests` are
    /// those of this world by site; the merchants' wafers are counted there.
    void place(std::size_t q, const std::vector<std::array<Chips<R>, lookahead>>& needed,
               const std::vector<SiteCapacity<R>>& capacity, std::vector<SiteRequests<R>*>& requests,
               const std::vector<R>& event_loss) {
        const auto& s = *scenario_;
        const bool is_first = q == 0;
        for (auto* request : requests)
            request->merchants_firm = request->merchants_open = Wafers<R>{};
        for (std::size_t m = 0; m < lines_.size(); ++m) {
            const auto& merchant = s.merchant[m];
            const Chips<R> until = ahead_[m].needs(needed[m]).until;
            if (is_first) stock_[m] = opening_[m] = ordered_before(merchant.lead_time, needed[m]);
            const Chips<R> missing = until - stock_[m] - lines_[m].in_progress();
            const Chips<R> wanted = select(missing > Chips<R>(R(least_order)), missing, Chips<R>{});
            waiting_[m] = wanted;
            ordered_[m] = min(wanted, most(m, q, event_loss));
            if (merchant.site.index < 0) continue;
            auto& request = *requests[static_cast<std::size_t>(merchant.site.index)];
            const Wafers<R> wafers = ordered_[m] / merchant.chips_per_wafer;
            request.merchants_firm += wafers * merchant.firm;
            request.merchants_open += wafers * (R(1.0) - merchant.firm);
        }
        for (std::size_t m = 0; m < lines_.size(); ++m) {
            const auto& merchant = s.merchant[m];
            if (merchant.site.index >= 0) {
                const auto site = static_cast<std::size_t>(merchant.site.index);
                met_[m] = requests[site]->met(capacity[site], merchant.firm);
            }
            ordered_[m] = named(merchant_order_formula, Chips<R>(ordered_[m] * met_[m]), arg("wanted", waiting_[m]),
                                arg("share of the wafers granted", met_[m]));
            delivered_[m] = lines_[m].advance(ordered_[m]);
            stock_[m] += delivered_[m];
            delivered_[m] += is_first ? opening_[m] : Chips<R>{};
        }
    }
    /// Chips of merchant m that can be ordered in quarter q while events last as now.
    [[nodiscard]] Chips<R> most(std::size_t m, std::size_t q, const std::vector<R>& event_loss) const {
        const R lost = worst_loss(places_->merchant[m], event_loss);
        return plans_->supply[m][q] * quantity<R>(quarter_years, "year"_u) * (R(1.0) - lost);
    }
    /// Share of an order that merchant m's site granted a quarter ago, or would have granted; 1 before the first and without
    /// a site. What a buyer counts on.
    [[nodiscard]] const R& met(std::size_t m) const { return met_[m]; }
    /// Takes up to `wanted` chips out of stock.
    Chips<R> use(std::size_t m, const Chips<R>& wanted) {
        const Chips<R> used = min(stock_[m], wanted);
        stock_[m] -= used;
        return used;
    }

    [[nodiscard]] const Chips<R>& stock(std::size_t m) const { return stock_[m]; }
    [[nodiscard]] const std::vector<Chips<R>>& ordered() const { return ordered_; }
    /// Delivered, and paid, in the quarter.
    [[nodiscard]] const Chips<R>& delivered(std::size_t m) const { return delivered_[m]; }
    [[nodiscard]] Chips<R> on_order(std::size_t m) const { return lines_[m].in_progress(); }

private:
    static constexpr double least_order = 1e-6; ///< chips; less is what rounding leaves of a difference
    /// What arrives before an order of today could.
    static Chips<R> ordered_before(const Duration<R>& lead_time, const std::array<Chips<R>, lookahead>& needed) {
        const R lead = lead_time.in("quarter"_u);
        Chips<R> sum{};
        for (std::size_t k = 0; k < lookahead; ++k)
            sum += needed[k] * clamp(lead - R(static_cast<double>(k)), R(0.0), R(1.0));
        return sum;
    }

    const Scenario<R>* scenario_ = nullptr;
    const Plans<R>* plans_ = nullptr;
    const EventPlaces* places_ = nullptr;
    std::vector<LeadWeights<R>> ahead_;
    std::size_t horizon_ = 0;
    std::vector<foundry::Pipeline<Chips<R>, R>> lines_;
    std::vector<Chips<R>> stock_, ordered_, delivered_, waiting_, opening_;
    std::vector<R> met_;
};

} // namespace autarky::model

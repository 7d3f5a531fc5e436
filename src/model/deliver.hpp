// autarky: how a quarter's chips reach a world's devices, and what its streets and rivals make of it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "grid/region/fleet_load.hpp"
#include "model/world.hpp"

namespace autarky::model {

/// Devices that carry a merchant's part because the region refuses the chip that was meant.
template <class R> void World<R>::split_fallbacks(std::size_t p, Build& build) {
    const auto& s = *scenario_;
    build.fallback.assign(s.fallback.size(), Units<R>{});
    for (std::size_t f = 0; f < s.fallback.size(); ++f) {
        const auto r = static_cast<std::size_t>(s.fallback[f].region.index);
        const Units<R> devices = fleets_[p].gated[r] * access_.replaced(f);
        fallback_ += devices * s.fallback[f].device_cost;
        if (s.fallback[f].merchant.index >= 0) build.fallback[f] = devices;
    }
}

/// Own chips by plan, newest generation first; what is short is made up by other generations while there are any.
template <class R>
void World<R>::take_own(const QuarterView<R>& now, std::size_t p, Supply<R>& supply,
                        const std::vector<Generation<R>>& generations, Build& build) {
    const auto& s = *scenario_;
    const auto& need = needs_->programmes[p];
    Units<R> open = build.wanted;
    for (const auto& units : build.fallback)
        open -= units;
    const auto take = [&](std::size_t g, const Units<R>& devices) {
        const auto chips = need.own[g][now.q];
        const Chips<R> used = supply.use(g, Chips<R>(devices * chips));
        const Units<R> built = Units<R>(used / chips);
        used_[g] += used;
        used_in_[g * fleets_.size() + p] += used;
        mix_[g] += built.raw();
        build.built += built;
        build.power += s.chip[g].power * used.raw();
        buy_memory(MemoryPrice<R>(now.memory_price * s.chip[g].memory_premium), need.memory[now.q],
                   s.chip[g].memory_in_package, built);
        return built;
    };
    for (std::size_t g = generations.size(); g-- > 0;) {
        const Units<R> wanted = open * generations[g].share[now.q];
        build.own_short += wanted - take(g, wanted);
    }
    for (std::size_t g = generations.size(); g-- > 0;)
        build.own_short -= take(g, max(build.own_short, Units<R>{}));
    build.own_short = max(build.own_short, Units<R>{});
}

/// Up to `devices` with chips of merchant m; returns those built.
template <class R>
Units<R> World<R>::take_bought(const QuarterView<R>& now, std::size_t p, std::size_t m, const Units<R>& devices,
                               bool is_fallback, Build& build) {
    const auto& merchant = scenario_->merchant[m];
    const auto& need = needs_->programmes[p];
    const auto chips = need.merchant[m][now.q];
    const Chips<R> used = orders_.use(m, Chips<R>(devices * chips));
    const Units<R> built = Units<R>(used / chips);
    bought_[m] += used;
    if (!is_fallback) mix_[scenario_->chip.size() + m] += built.raw();
    bought_share_[m] += built.raw();
    build.built += built;
    build.power += merchant.power * used.raw();
    buy_memory(offers_.all()[m].memory, need.memory[now.q], merchant.memory_in_package, built);
    return built;
}

/// Plans up to `wanted` devices of programme p in quarter q + k with chips of merchant m, as far as it has any left; returns
/// those planned.
template <class R>
Units<R> World<R>::ask(std::size_t p, std::size_t q, std::size_t k, std::size_t m, const Units<R>& wanted) {
    if (!some(wanted > Units<R>{})) return {};
    const auto chips = needs_->programmes[p].merchant[m][q + k];
    const Units<R> planned = min(wanted, Units<R>(room_[m][k] / chips));
    room_[m][k] = max(room_[m][k] - planned * chips, Chips<R>{});
    needed_[m][k] += planned * chips;
    return planned;
}

/// Asks the merchant that the programme chose for `left` devices. What it cannot be counted on for, the others are asked for in
/// the order of the file; what they cannot be counted on for either, the chosen one and then the others are asked for all the
/// same.
template <class R> void World<R>::ask_merchants(std::size_t p, std::size_t q, std::size_t k, Units<R> left) {
    const auto& s = *scenario_;
    const auto ask_chosen = [&](bool all) {
        const Units<R> wanted = left;
        for (std::size_t m = 0; m < s.merchant.size(); ++m)
            left -= ask(p, q, k, m, Units<R>(wanted * offers_.chosen(p, m) * (all ? R(1.0) : orders_.met(m))));
    };
    const auto ask_others = [&](bool all) {
        for (std::size_t m = 0; m < s.merchant.size() && some(left > Units<R>{}); ++m) {
            if (s.merchant[m].fallback_only) continue;
            const R counted = all ? R(1.0) : R(orders_.met(m) * (R(1.0) - offers_.chosen(p, m)));
            left -= ask(p, q, k, m, Units<R>(left * counted));
        }
    };
    for (const bool all : {false, true}) {
        if (!some(left > Units<R>{})) return;
        ask_chosen(all);
        ask_others(all);
    }
}

/// Orders for what devices are planned to need from merchants; this quarter's needs are known.
template <class R>
void World<R>::order_bought(const QuarterView<R>& now, const std::vector<Generation<R>>& generations) {
    const auto& s = *scenario_;
    const std::size_t n_merchants = s.merchant.size();
    const bool until = !make_ || s.buyer.buys_until_own_chip;
    const bool shortfall = make_ && s.buyer.buys_shortfall;
    needed_.assign(n_merchants, {});
    room_.resize(n_merchants);
    for (std::size_t m = 0; m < n_merchants; ++m)
        for (std::size_t k = 0; k < orders_.horizon(); ++k)
            room_[m][k] = orders_.most(m, now.q + k, *now.event_loss);
    for (std::size_t p = 0; p < builds_.size(); ++p) {
        const auto devices = planned_devices(p, now.q, orders_.horizon());
        const auto& build = builds_[p];
        fallback_share_.assign(n_merchants, R(0.0)); // of the devices that carry each part as a fallback
        R others(1.0);
        for (std::size_t f = 0; f < s.fallback.size(); ++f) {
            if (s.fallback[f].merchant.index < 0) continue;
            const R share = ratio(build.fallback[f], build.wanted, R(0.0));
            fallback_share_[static_cast<std::size_t>(s.fallback[f].merchant.index)] += share;
            others -= share;
        }
        others = max(others, R(0.0));
        for (std::size_t k = 0; k < orders_.horizon(); ++k) {
            for (std::size_t m = 0; m < n_merchants; ++m)
                ask(p, now.q, k, m, Units<R>(devices[k] * fallback_share_[m]));
            const R meant = make_ ? R(1.0) - autarky::model::own_share(generations, now.q + k) : R(1.0);
            Units<R> left = until ? Units<R>(devices[k] * others * meant) : Units<R>{};
            // What own chips are short of today is taken to last until an order can arrive.
            if (shortfall) left += build.own_short;
            ask_merchants(p, now.q, k, left);
        }
    }
    asked_.resize(requests_.size());
    for (std::size_t i = 0; i < asked_.size(); ++i)
        asked_[i] = &requests_[i];
    orders_.place(now.q, needed_, *now.capacity, asked_, *now.event_loss);
}

/// The rest of the devices from merchants, the chosen one first; what is short is attributed.
template <class R>
void World<R>::finish(const QuarterView<R>& now, std::size_t p, const std::vector<Generation<R>>& generations,
                      Build& build) {
    const auto& s = *scenario_;
    const bool until = !make_ || s.buyer.buys_until_own_chip;
    const bool shortfall = !make_ || s.buyer.buys_shortfall;
    Units<R> open = build.wanted;
    Units<R> fallback_short{};
    for (std::size_t f = 0; f < build.fallback.size(); ++f) {
        open -= build.fallback[f];
        if (s.fallback[f].merchant.index >= 0)
            fallback_short +=
                build.fallback[f] - take_bought(now, p, static_cast<std::size_t>(s.fallback[f].merchant.index),
                                                build.fallback[f], true, build);
    }
    const Units<R> meant = open * (make_ ? R(1.0) - autarky::model::own_share(generations, now.q) : R(1.0));
    Units<R> left = (until ? meant : Units<R>{}) + (shortfall ? build.own_short : Units<R>{});
    for (std::size_t m = 0; m < s.merchant.size(); ++m)
        left -= take_bought(now, p, m, left * offers_.chosen(p, m), false, build);
    for (std::size_t m = 0; m < s.merchant.size(); ++m)
        if (!s.merchant[m].fallback_only) left -= take_bought(now, p, m, max(left, Units<R>{}), false, build);
    left = max(left, Units<R>{});
    auto& sales = fleets_[p].sales;
    // Own chips that are missing are the cause for what they were meant for; the rest waits for merchants.
    const Units<R> for_own = shortfall ? Units<R>(min(left, build.own_short)) : build.own_short;
    sales.of(Cause::own_wafers) += for_own;
    sales.of(Cause::merchant_chips) += (shortfall ? left - for_own : left) + fallback_short;
    if (!until) sales.of(Cause::programme) += meant;
    const R share = ratio(build.built, build.wanted, R(1.0));
    const PowerPerUnit<R> power(ratio(build.power.raw(), build.built.raw(), power_[p].raw()));
    fleets_[p].deliver(min(share, R(1.0)), power, life(p), lost_share(p));
    if (p < s.vehicle.size()) return;
    for (std::size_t r = 0; r < s.region.size(); ++r)
        fleets_[p].adopters[r] += fleets_[p].delivered[r];
}

template <class R>
void World<R>::deliver(const QuarterView<R>& now, Supply<R>* supply, const std::vector<Generation<R>>& generations) {
    for (auto* column : {&used_, &used_in_, &bought_})
        for (auto& chips : *column)
            chips = Chips<R>{};
    for (auto* shares : {&mix_, &bought_share_})
        for (auto& share : *shares)
            share = R(0.0);
    memory_ = fallback_ = Money<R>{};
    builds_.resize(fleets_.size());
    for (std::size_t p = 0; p < builds_.size(); ++p) {
        builds_[p].own_short = builds_[p].built = Units<R>{};
        builds_[p].power = Power<R>{};
        builds_[p].wanted = Fleet<R>::sum(fleets_[p].gated);
        split_fallbacks(p, builds_[p]);
        if (supply != nullptr) take_own(now, p, *supply, generations, builds_[p]);
    }
    if (supply != nullptr)
        for (std::size_t i = 0; i < requests_.size(); ++i)
            requests_[i] = supply->sites()[i].requests;
    order_bought(now, generations);
    if (supply != nullptr)
        for (std::size_t i = 0; i < requests_.size(); ++i)
            supply->sites()[i].requests = requests_[i];
    R built(0.0);
    for (std::size_t p = 0; p < builds_.size(); ++p) {
        finish(now, p, generations, builds_[p]);
        built += builds_[p].built.raw();
    }
    R meant(0.0);
    for (const auto& share : mix_)
        meant += share;
    for (auto& share : mix_)
        share = ratio(share, meant, R(0.0));
    // What rounding leaves of a stock is no device that anybody supports.
    const auto any_built = built >= R(1.0);
    for (auto& share : bought_share_)
        share = select(any_built, ratio(share, built, R(0.0)), R(0.0));
    porting_ = offers_.close(orders_.ordered());
}

template <class R>
void World<R>::close(const QuarterView<R>& now, const MakerMarket<R>& market, const Money<R>& buyers_market) {
    const auto& s = *scenario_;
    average_power_ = system_power_ = Power<R>{};
    energy_cost_ = Money<R>{};
    const auto quarter = quantity<R>(quarter_years, "year"_u);
    for (std::size_t k = 0; k < streets_.size(); ++k) {
        auto& street = streets_[k];
        const auto& g = street.grid();
        const auto& plan = street.plan();
        const auto r = static_cast<std::size_t>(g.region.index);
        AtHome<R> home;
        Power<R> average{};
        Power<R> owned{};
        for (std::size_t p = 0; p < fleets_.size(); ++p) {
            const auto& fleet = fleets_[p];
            const bool is_vehicle = p < s.vehicle.size();
            const std::size_t robot = is_vehicle ? 0 : p - s.vehicle.size();
            const R& at_home = is_vehicle ? g.vehicles_at_home : g.robots_at_home;
            Power<R> load{};
            if (is_vehicle) {
                load = grid::vehicle_average(fleet.compute[r], fleet.service[r], work_share_[p], g);
                system_power_ += load * plan.system_share;
                home.added += (load + fleet.service[r] * plan.fresh) * at_home;
                owned += load * s.vehicle[p].owned_share;
            } else {
                const Power<R> peak = grid::robot_peak(fleet.compute[r], fleet.service[r], s.robot[robot].power);
                load = peak * now.labour->place(robot, r).hours.raw(); // hours as a share of the year
                system_power_ += peak * g.system_coincidence;
                home.added += load * at_home;
                owned += load * s.robot[robot].owned_share;
            }
            average += load;
            home.devices += fleet.service[r] * at_home;
        }
        average_power_ += average;
        energy_cost_ += owned * quarter * s.region[r].energy_price;
        street.advance(home, now.growths->street_supply[k]);
    }
    // What the buyer no longer buys is lost to the merchants too.
    const ChipCost<R> list = s.merchant.rows.empty() ? ChipCost<R>{} : offers_.all()[0].quote.list;
    makers_.advance(market, list, own_share_);
    lost_share_ = makers_.lost_share(max(buyers_market - worth_of_bought(), Money<R>{}), buyers_market);
}

} // namespace autarky::model

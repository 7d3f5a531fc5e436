// autarky: one world, make or buy: its markets, fleets and streets, and how a quarter's chips reach its devices.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <vector>

#include "model/fleet.hpp"
#include "model/makers.hpp"
#include "model/offers.hpp"
#include "model/orders.hpp"
#include "model/street.hpp"
#include "model/supply.hpp"

namespace autarky::model {

inline constexpr Formula own_compute_formula{"compute.world", "Compute of a device in this world",
                                             "own share x own compute + the rest x bought compute", "Autarky"};
inline constexpr Formula own_device_formula{"compute.own_device", "Compute of a device with own chips",
                                            "sum over generations of weight x (chips x unit cost + DRAM beside them)",
                                            "Autarky"};

/// What both worlds know of a quarter.
template <class R> struct QuarterView {
    std::size_t q = 0;
    double start = 0.0, middle = 0.0, end = 0.0;
    const std::vector<R>* event_loss = nullptr;
    const Growths<R>* growths = nullptr;
    const Licences<R>* licences = nullptr;
    const std::vector<SiteCapacity<R>>* capacity = nullptr;
    const LabourMarket<R>* labour = nullptr;
    MemoryPrice<R> memory_price{};
    R parts_left{}; ///< share of all devices' other parts that events leave
};

/// State of one world. Order of calls in a quarter: open, price, want, (starts and arrivals of own chips), deliver, close.
template <class R> class World {
public:
    void reset(const Scenario<R>& s, const Needs<R>& needs, const Plans<R>& plans, const EventPlaces& places, bool make,
               const R& scale, const std::vector<StreetPlan<R>>& streets) {
        scenario_ = &s;
        needs_ = &needs;
        plans_ = &plans;
        places_ = &places;
        make_ = make;
        scale_ = scale;
        offers_.reset(s, needs);
        orders_.reset(s, plans, places);
        makers_.reset(s);
        access_.reset(s, places);
        const std::size_t n = s.region.size();
        fleets_.resize(s.vehicle.size() + s.robot.size());
        for (auto& fleet : fleets_)
            fleet.reset(n);
        prices_.assign(s.robot.size(), RobotPrice<R>{});
        labour_.assign(s.robot.size(), std::vector<LabourCase<R>>(n));
        streets_.resize(s.grid.size());
        for (std::size_t i = 0; i < streets_.size(); ++i)
            streets_[i].reset(s.grid[i], streets[i]);
        requests_.assign(s.site.size(), SiteRequests<R>{});
        used_.assign(s.chip.size(), Chips<R>{});
        used_in_.assign(s.chip.size() * fleets_.size(), Chips<R>{});
        bought_.assign(s.merchant.size(), Chips<R>{});
        mix_.assign(s.chip.size() + s.merchant.size(), R(0.0));
        bought_share_.assign(s.merchant.size(), R(0.0));
        own_device_.assign(fleets_.size(), UnitCost<R>{});
        compute_ = own_device_;
        power_.assign(fleets_.size(), PowerPerUnit<R>{});
        fallback_ = memory_ = Money<R>{};
        average_power_ = system_power_ = Power<R>{};
        energy_cost_ = porting_ = Money<R>{};
        lost_share_ = R(0.0);
        work_share_.resize(s.vehicle.size());
        for (std::size_t i = 0; i < work_share_.size(); ++i)
            work_share_[i] = min(s.vehicle[i].driving_share + s.vehicle[i].parked_share, R(1.0));
    }

    /// Markets and offers of the quarter. `own_share` is that of devices meant for own chips in this world.
    void open(const QuarterView<R>& now, const R& own_share, const Threat<R>& threat) {
        own_share_ = own_share;
        access_.advance(*now.event_loss, *now.licences, mix_,
                        fleets_.empty() ? UnitCost<R>{} : UnitCost<R>(fleets_[0].margin));
        offers_.open(now.q, now.memory_price, reference_volume(now.q), lost_share_, threat);
    }
    /// What compute costs a device here. `unit_cost[g]` are the own chips' in last quarter's terms; `weight[g]` says which
    /// generation is in use.
    void price(const QuarterView<R>& now, const std::vector<ChipCost<R>>& unit_cost, const std::vector<R>& weight) {
        const auto& s = *scenario_;
        for (std::size_t p = 0; p < fleets_.size(); ++p) {
            UnitCost<R> own{};
            PowerPerUnit<R> own_power{};
            PowerPerUnit<R> bought_power{};
            for (std::size_t m = 0; m < s.merchant.size(); ++m)
                bought_power += PowerPerUnit<R>(needs_->programmes[p].merchant[m][now.q].raw() *
                                                s.merchant[m].power.raw() * offers_.chosen(p, m));
            for (std::size_t g = 0; g < weight.size(); ++g) {
                const auto& chip = s.chip[g];
                own_power += PowerPerUnit<R>(needs_->programmes[p].own[g][now.q].raw() * chip.power.raw() * weight[g]);
                own += (UnitCost<R>(needs_->programmes[p].own[g][now.q] * unit_cost[g]) +
                        memory_beside(needs_->programmes[p].memory[now.q],
                                      MemoryPrice<R>(now.memory_price * chip.memory_premium), chip.memory_in_package)) *
                       weight[g];
            }
            power_[p] = own_power * own_share_ + bought_power * (R(1.0) - own_share_);
            own_device_[p] = named(own_device_formula, own);
            compute_[p] = named(own_compute_formula,
                                UnitCost<R>(own_device_[p] * own_share_ + offers_.device(p) * (R(1.0) - own_share_)),
                                arg("own compute", own_device_[p]), arg("own share", own_share_),
                                arg("bought compute", offers_.device(p)));
        }
    }

    /// Demand of the quarter through markets, streets and parts. `bought[p]` is the compute of a bought device, of the buy
    /// world: demand curves are the same in both worlds.
    void want(const QuarterView<R>& now, const std::vector<UnitCost<R>>& bought) {
        const auto& s = *scenario_;
        const auto quarter = quantity<R>(quarter_years, "year"_u);
        for (std::size_t i = 0; i < s.vehicle.size(); ++i)
            want_vehicles(s, s.vehicle[i], Units<R>(plans_->volume[i][now.q] * quarter * scale_),
                          UnitCost<R>(bought[i] - compute_[i]), fleets_[i]);
        for (std::size_t i = 0; i < s.robot.size(); ++i)
            want_robot(now, i, bought[s.vehicle.size() + i]);
        for (auto& fleet : fleets_)
            fleet.open_markets(access_);
        for (auto& street : streets_)
            admit(street);
        for (std::size_t p = 0; p < fleets_.size(); ++p)
            fleets_[p].hold_to_parts(plans_->part_limit[p][now.q] * quarter * (scale_ * now.parts_left));
    }

    /// Chips of each own generation that devices are planned to need in quarter q + k.
    const std::vector<std::array<Chips<R>, lookahead>>& needed_own(std::size_t q,
                                                                   const std::vector<Generation<R>>& generations) {
        auto& out = needed_own_;
        out.assign(generations.size(), {});
        std::size_t horizon = 1;
        for (const auto& generation : generations)
            horizon = std::max(horizon, generation.ahead.horizon());
        for (std::size_t p = 0; p < fleets_.size(); ++p) {
            const auto devices = planned_devices(p, q, horizon);
            for (std::size_t g = 0; g < generations.size(); ++g)
                for (std::size_t k = 0; k < horizon; ++k)
                    out[g][k] += devices[k] * needs_->programmes[p].own[g][q + k] * generations[g].share[q + k];
        }
        return out;
    }
    /// Of them, those of generation g in the quarter itself: what its devices would take, were there enough.
    [[nodiscard]] const Chips<R>& needed_now(std::size_t g) const { return needed_own_[g][0]; }

    /// Builds devices from own chips, bought chips and fallbacks, programme by programme in the order of the file.
    void deliver(const QuarterView<R>& now, Supply<R>* supply, const std::vector<Generation<R>>& generations);

    /// The quarter ends: streets take the load, makers watch.
    void close(const QuarterView<R>& now, const MakerMarket<R>& market, const Money<R>& buyers_market);

    [[nodiscard]] const Offers<R>& offers() const { return offers_; }
    [[nodiscard]] const Orders<R>& orders() const { return orders_; }
    [[nodiscard]] const Access<R>& access() const { return access_; }
    /// Programmes of vehicles, then of robots.
    [[nodiscard]] const std::vector<Fleet<R>>& fleets() const { return fleets_; }
    [[nodiscard]] const std::vector<RobotPrice<R>>& robot_prices() const { return prices_; }
    [[nodiscard]] const std::vector<std::vector<LabourCase<R>>>& labour() const { return labour_; }
    [[nodiscard]] const std::vector<Street<R>>& streets() const { return streets_; }
    [[nodiscard]] const Makers<R>& makers() const { return makers_; }
    /// Compute of a device of programme p: with own chips, and in this world.
    [[nodiscard]] const std::vector<UnitCost<R>>& own_device() const { return own_device_; }
    [[nodiscard]] const std::vector<UnitCost<R>>& compute() const { return compute_; }
    /// Chips built into devices in the quarter, by own generation and by merchant.
    [[nodiscard]] const std::vector<Chips<R>>& used() const { return used_; }
    /// Of the own chips, those of generation g in the devices of programme p.
    [[nodiscard]] const Chips<R>& used_in(std::size_t g, std::size_t p) const {
        return used_in_[g * fleets_.size() + p];
    }
    [[nodiscard]] const std::vector<Chips<R>>& bought() const { return bought_; }
    /// Share of each product in the devices of the quarter that carry what is meant for them, fallbacks left out: own
    /// generations, then merchants. The rule looks at these.
    [[nodiscard]] const std::vector<R>& mix() const { return mix_; }
    /// Share of the quarter's devices with chips of merchant m, fallbacks included.
    [[nodiscard]] const R& bought_share(std::size_t m) const { return bought_share_[m]; }
    /// DRAM bought beside chips, and extra cost of fallback devices, in the quarter.
    [[nodiscard]] const Money<R>& memory() const { return memory_; }
    [[nodiscard]] const Money<R>& fallback() const { return fallback_; }
    [[nodiscard]] const Money<R>& porting() const { return porting_; }
    /// Paid to merchants for chips that arrived in the quarter.
    [[nodiscard]] Money<R> paid_to_merchants() const {
        Money<R> sum{};
        for (std::size_t m = 0; m < bought_.size(); ++m)
            sum += orders_.delivered(m) * offers_.price(m);
        return sum;
    }
    /// What the chips built into the quarter's devices cost at the merchants' prices.
    [[nodiscard]] Money<R> worth_of_bought() const {
        Money<R> sum{};
        for (std::size_t m = 0; m < bought_.size(); ++m)
            sum += bought_[m] * offers_.price(m);
        return sum;
    }
    /// Bought chips in stock, at today's price; those on order are not paid yet.
    [[nodiscard]] Money<R> bought_stock() const {
        Money<R> sum{};
        for (std::size_t m = 0; m < bought_.size(); ++m)
            sum += orders_.stock(m) * offers_.price(m);
        return sum;
    }
    [[nodiscard]] const std::vector<SiteRequests<R>>& requests() const { return requests_; }
    [[nodiscard]] const Power<R>& average_power() const { return average_power_; }
    [[nodiscard]] const Power<R>& system_power() const { return system_power_; }
    /// Share of the hours in which vehicles' chips are at work, by programme.
    [[nodiscard]] const std::vector<R>& work_share() const { return work_share_; }
    /// Electricity of the part of the fleets that the buyer owns.
    [[nodiscard]] const Money<R>& energy_cost() const { return energy_cost_; }
    [[nodiscard]] const R& own_share() const { return own_share_; }
    /// Vehicles a year of the reference programme.
    [[nodiscard]] UnitRate<R> reference_volume(std::size_t q) const {
        if (scenario_->vehicle.size() > 0) return plans_->volume[0][q] * scale_;
        return fleets_.empty() ? UnitRate<R>{}
                               : UnitRate<R>(fleets_[0].recent[0] / quantity<R>(quarter_years, "year"_u));
    }

private:
    using ByQuarter = std::array<Units<R>, lookahead>;

    void want_robot(const QuarterView<R>& now, std::size_t i, const UnitCost<R>& bought) {
        const auto& s = *scenario_;
        const auto& p = s.robot[i];
        const std::size_t programme = s.vehicle.size() + i;
        const auto& bill = now.labour->bill(i);
        auto& lost = parts_lost_;
        lost.resize(bill.share.size());
        for (std::size_t part = 0; part < lost.size(); ++part)
            lost[part] = worst_loss(places_->part[i][part], *now.event_loss);
        prices_[i] = robot_price(p, bill, fleets_[programme].output, lost, bought, compute_[programme]);
        const PowerPerUnit<R> power = p.power + power_[programme];
        for (std::size_t r = 0; r < s.region.size(); ++r)
            labour_[i][r] = labour_case(s, *now.labour, i, r, prices_[i].price, power, scale_);
        want_robots(s, *now.labour, i, labour_[i], now.start, now.end, fleets_[programme]);
        fleets_[programme].margin = prices_[i].price - prices_[i].bom;
    }
    [[nodiscard]] const R& lost_share(std::size_t p) const {
        const std::size_t n = scenario_->vehicle.size();
        return p < n ? scenario_->vehicle[p].lost_share : scenario_->robot[p - n].lost_share;
    }
    [[nodiscard]] const Duration<R>& life(std::size_t p) const {
        const std::size_t n = scenario_->vehicle.size();
        return p < n ? scenario_->vehicle[p].life : scenario_->robot[p - n].life;
    }

    /// Devices of programme p in quarter q + k, k < n, as planned now: this quarter's as they stand; vehicles by plan and open markets,
    /// robots by last trend, both at most what parts allow.
    [[nodiscard]] ByQuarter planned_devices(std::size_t p, std::size_t q, std::size_t n) const {
        const auto& s = *scenario_;
        const auto quarter = quantity<R>(quarter_years, "year"_u);
        ByQuarter out{};
        out[0] = Fleet<R>::sum(fleets_[p].gated);
        const R kept =
            ratio(Fleet<R>::sum(fleets_[p].eligible), fleets_[p].sales.wanted + fleets_[p].sales.waited, R(1.0));
        const auto& [last, before] = fleets_[p].recent;
        const R grown =
            p < s.vehicle.size() ? ratio(fleets_[p].sales.wanted, plans_->volume[p][q] * quarter, R(1.0)) : R(1.0);
        for (std::size_t k = 1; k < n; ++k) {
            const Units<R> want =
                p < s.vehicle.size()
                    ? Units<R>(plans_->volume[p][q + k] * quarter * grown)
                    : Units<R>(max(last + (last - before) * R(static_cast<double>(k + 1)), Units<R>{}));
            out[k] = min(want * kept, plans_->part_limit[p][q + k] * quarter * scale_);
        }
        return out;
    }

    void admit(Street<R>& street) {
        const auto& g = street.grid();
        const auto r = static_cast<std::size_t>(g.region.index);
        const auto at_home = [&](std::size_t p) {
            return p < scenario_->vehicle.size() ? g.vehicles_at_home : g.robots_at_home;
        };
        Units<R> wanted{};
        for (std::size_t p = 0; p < fleets_.size(); ++p)
            wanted += fleets_[p].gated[r] * at_home(p);
        const R blocked = street.blocked_share(wanted);
        for (std::size_t p = 0; p < fleets_.size(); ++p)
            fleets_[p].block(r, at_home(p) * blocked);
    }

    /// Where the devices of one programme get their chips in one quarter.
    struct Build {
        Units<R> wanted{};    ///< all that markets, streets and parts let through
        Units<R> own_short{}; ///< meant for own chips that are not there
        Units<R> built{};
        Power<R> power{};               ///< of all chips built in, at work
        std::vector<Units<R>> fallback; ///< by fallback, with a merchant's part
    };
    void take_own(const QuarterView<R>& now, std::size_t p, Supply<R>& supply,
                  const std::vector<Generation<R>>& generations, Build& build);
    Units<R> take_bought(const QuarterView<R>& now, std::size_t p, std::size_t m, const Units<R>& devices,
                         bool is_fallback, Build& build);
    void split_fallbacks(std::size_t p, Build& build);
    Units<R> ask(std::size_t p, std::size_t q, std::size_t k, std::size_t m, const Units<R>& wanted);
    void ask_merchants(std::size_t p, std::size_t q, std::size_t k, Units<R> left);
    void order_bought(const QuarterView<R>& now, const std::vector<Generation<R>>& generations);
    void finish(const QuarterView<R>& now, std::size_t p, const std::vector<Generation<R>>& generations, Build& build);
    void buy_memory(const MemoryPrice<R>& price, const MemoryPerUnit<R>& memory, bool in_package,
                    const Units<R>& devices) {
        memory_ += devices * memory_beside(memory, price, in_package);
    }

    const Scenario<R>* scenario_ = nullptr;
    const Needs<R>* needs_ = nullptr;
    const Plans<R>* plans_ = nullptr;
    const EventPlaces* places_ = nullptr;
    bool make_ = false;
    R scale_{}; ///< of all demand
    Offers<R> offers_;
    Orders<R> orders_;
    Makers<R> makers_;
    Access<R> access_;
    R own_share_{}, lost_share_{};
    std::vector<Fleet<R>> fleets_;
    std::vector<RobotPrice<R>> prices_;
    std::vector<std::vector<LabourCase<R>>> labour_;
    std::vector<Street<R>> streets_;
    std::vector<SiteRequests<R>> requests_; ///< by site, where this world starts no own wafers
    // Kept from quarter to quarter so that none is allocated anew.
    std::vector<std::array<Chips<R>, lookahead>> needed_own_, needed_, room_;
    std::vector<SiteRequests<R>*> asked_;
    std::vector<Build> builds_;
    std::vector<R> parts_lost_, fallback_share_;
    std::vector<UnitCost<R>> own_device_, compute_;
    std::vector<PowerPerUnit<R>> power_; ///< of a device's compute as planned, by programme
    std::vector<Chips<R>> used_, bought_;
    std::vector<Chips<R>> used_in_; ///< by generation, then programme
    std::vector<R> mix_, bought_share_;
    std::vector<R> work_share_;
    Money<R> memory_{}, fallback_{}, porting_{};
    Power<R> average_power_{}, system_power_{};
    Money<R> energy_cost_{};
};

} // namespace autarky::model

#include "model/deliver.hpp"

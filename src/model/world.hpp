// autarky: one world, make or buy: its markets, fleets and streets, and how a quarter's chips reach its devices.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "model/fleet.hpp"
#include "model/merchants.hpp"
#include "model/results.hpp"
#include "model/supply.hpp"

namespace autarky::model {

inline constexpr Formula own_compute_formula{"compute.own_cost", "Cost of compute in this world",
                                             "own share x unit cost + the rest x merchant price", "Autarky"};

/// What happened to the work that devices want in a quarter, in first-generation chips.
template <class R> struct WorkLedger {
    Chips<R> full{}, open{}, parts{}, gated{}, delivered{}; ///< after each constraint in turn
    Chips<R> part_room{}, chip_room{};                      ///< what parts and chips would have allowed
    Chips<R> own{}, merchant{}, onshore{};                  ///< where the delivered work came from
};

/// State of one world. Order of calls in a quarter: open, want, (starts and arrivals of own chips), deliver, close.
template <class R> class World {
public:
    void reset(const Scenario<R>& s, const Timeline& time, bool make, const std::vector<StreetPlan<R>>& streets) {
        scenario_ = &s;
        time_ = &time;
        make_ = make;
        merchants_.reset(s);
        makers_.reset(s);
        access_.reset(s);
        const std::size_t n = s.region.size();
        vehicles_.resize(s.vehicle.size());
        robots_.resize(s.robot.size());
        for (auto& fleet : vehicles_)
            fleet.reset(n);
        for (auto& fleet : robots_)
            fleet.reset(n);
        prices_.assign(s.robot.size(), RobotPrice<R>{});
        labour_.assign(s.robot.size(), std::vector<LabourCase<R>>(n));
        recovery_.resize(s.robot.size());
        bom_exponent_.resize(s.robot.size());
        for (std::size_t i = 0; i < recovery_.size(); ++i) {
            recovery_[i] = capital_recovery(s.economy.discount_rate, s.robot[i].life);
            bom_exponent_[i] = market::learning_exponent(s.robot[i].bom_learning);
        }
        streets_.resize(s.grid.size());
        for (std::size_t i = 0; i < streets_.size(); ++i)
            streets_[i].reset(s.grid[i], streets[i]);
        bought_ = Chips<R>{};
        work_ = {};
        average_power_ = system_power_ = Power<R>{};
        energy_cost_ = Money<R>{};
        work_share_.resize(s.vehicle.size());
        for (std::size_t i = 0; i < work_share_.size(); ++i)
            work_share_[i] = min(s.vehicle[i].driving_share + s.vehicle[i].parked_share, R(1.0));
    }

    /// Rules and offers of the quarter. `unit_cost` is the own chip's in last quarter's terms.
    void open(std::size_t q, const Growths<R>& growths, const std::vector<R>& event_loss, const R& own_share,
              const R& refused, const ChipCost<R>& unit_cost) {
        const R credible = make_ ? own_share : R(0.0);
        own_share_ = credible;
        access_.advance(event_loss, refused * credible);
        const ChipCost<R> for_reference_work = unit_cost / equivalents();
        offer_ = merchants_.offer(time_->middle(q), growths, bought_, makers_.lost_share(), credible,
                                  for_reference_work, event_loss);
        merchant_compute_ = (offer_.price + offer_.memory) * equivalents();
        compute_ =
            named(own_compute_formula, ChipCost<R>(unit_cost * credible + merchant_compute_ * (R(1.0) - credible)),
                  arg("unit cost", unit_cost), arg("own share", credible), arg("merchant compute", merchant_compute_));
        parts_lost_.assign(scenario_->robot.size(), R(0.0));
        for (std::size_t i = 0; i < parts_lost_.size(); ++i)
            for (std::size_t e = 0; e < scenario_->event.size(); ++e)
                if (scenario_->event[e].kind == foundry::EventKind::parts_closed &&
                    scenario_->event[e].location == scenario_->robot[i].parts_location)
                    parts_lost_[i] = max(parts_lost_[i], event_loss[e]);
    }

    /// Demand of the quarter, from this quarter's offers and last quarter's unit cost, through markets, parts, streets.
    void want(std::size_t q, const Growths<R>& growths) {
        const auto& s = *scenario_;
        const double t = time_->middle(q);
        for (std::size_t i = 0; i < vehicles_.size(); ++i)
            want_vehicles(s, s.vehicle[i], access_, t, vehicles_[i]);
        for (std::size_t i = 0; i < robots_.size(); ++i) {
            const auto& p = s.robot[i];
            prices_[i] = robot_price(p, bom_exponent_[i], robots_[i].output, parts_lost_[i],
                                     UnitCost<R>(merchant_compute_ * p.chips), UnitCost<R>(compute_ * p.chips));
            const PowerPerUnit<R> chip_power(s.chip[std::size_t{0}].power.raw() * p.chips.raw());
            for (std::size_t r = 0; r < s.region.size(); ++r)
                labour_[i][r] =
                    labour_case(s.region[r], p, prices_[i].price, chip_power, recovery_[i], growths.wage[r].factor, t);
            want_robots(s, p, access_, labour_[i], time_->start(q), time_->end(q), robots_[i]);
        }
        for (auto& fleet : vehicles_)
            fleet.gated = fleet.wanted;
        for (auto& fleet : robots_)
            fleet.gated = fleet.wanted;
        for (auto& street : streets_)
            admit(street);
        count_work();
    }

    /// Work that devices are planned to need in quarter q + k: the vehicle plan as it stands, robots by last trend.
    [[nodiscard]] std::array<Chips<R>, lookahead> planned_work(std::size_t q) const {
        std::array<Chips<R>, lookahead> work{};
        const auto quarter = quantity<R>(quarter_years, "year"_u);
        const R open = open_vehicle_share();
        for (std::size_t k = 0; k < lookahead; ++k) {
            const double t = time_->middle(q + k);
            for (const auto& p : scenario_->vehicle.rows)
                work[k] += min(p.volume.at(t) * open, p.part_limit.at(t)) * quarter * p.chips;
            for (std::size_t i = 0; i < robots_.size(); ++i) {
                const auto& p = scenario_->robot[i];
                const auto& [last, before] = robots_[i].recent;
                const Units<R> trend = last + (last - before) * R(static_cast<double>(k + 1));
                work[k] += min(max(trend, Units<R>{}), p.part_limit.at(t) * quarter) * p.chips;
            }
        }
        return work;
    }

    /// Builds devices: own chips of each generation by plan, the rest from merchants; vehicles come first.
    void deliver(std::size_t q, Supply<R>* supply, const std::vector<Generation<R>>& generations);

    /// The quarter ends: streets take the load, makers watch.
    void close(const Growths<R>& growths, const MakerMarket<R>& market, const ChipCost<R>& unit_cost);

    [[nodiscard]] R equivalents() const { return scenario_->chip[std::size_t{0}].merchant_equivalents; }
    [[nodiscard]] const Offer<R>& offer() const { return offer_; }
    [[nodiscard]] const ChipCost<R>& merchant_compute() const { return merchant_compute_; }
    [[nodiscard]] const Access<R>& access() const { return access_; }
    [[nodiscard]] const WorkLedger<R>& work() const { return work_; }
    [[nodiscard]] const std::vector<Fleet<R>>& vehicles() const { return vehicles_; }
    [[nodiscard]] const std::vector<Fleet<R>>& robots() const { return robots_; }
    [[nodiscard]] const std::vector<RobotPrice<R>>& robot_prices() const { return prices_; }
    [[nodiscard]] const std::vector<std::vector<LabourCase<R>>>& labour() const { return labour_; }
    [[nodiscard]] const std::vector<Street<R>>& streets() const { return streets_; }
    [[nodiscard]] const Makers<R>& makers() const { return makers_; }
    /// Merchant chips (of reference work) bought in the quarter.
    [[nodiscard]] const Chips<R>& bought() const { return bought_; }
    /// Own chips of each generation built into devices in the quarter.
    [[nodiscard]] const std::vector<Chips<R>>& used() const { return used_; }
    [[nodiscard]] const Power<R>& average_power() const { return average_power_; }
    [[nodiscard]] const Power<R>& system_power() const { return system_power_; }
    /// Share of the hours in which vehicles' chips are at work, by programme.
    [[nodiscard]] const std::vector<R>& work_share() const { return work_share_; }
    /// Margin of the devices that wait in all streets, before compute.
    [[nodiscard]] Money<R> waiting_margin() const {
        Money<R> sum{};
        for (std::size_t i = 0; i < vehicles_.size(); ++i)
            sum += Fleet<R>::sum(vehicles_[i].queue) * scenario_->vehicle[i].margin;
        for (std::size_t i = 0; i < robots_.size(); ++i)
            sum += Fleet<R>::sum(robots_[i].queue) * (prices_[i].price - prices_[i].bom);
        return sum;
    }
    [[nodiscard]] const Money<R>& energy_cost() const { return energy_cost_; }

private:
    /// Share of the vehicle plan that lies in open markets now.
    [[nodiscard]] R open_vehicle_share() const {
        R share(0.0);
        for (std::size_t r = 0; r < scenario_->region.size(); ++r)
            share += scenario_->region[r].vehicle_share * access_.open(r);
        return share;
    }

    void admit(Street<R>& street) {
        const auto& g = street.grid();
        const auto r = static_cast<std::size_t>(g.region.index);
        Units<R> wanted{};
        for (const auto& fleet : vehicles_)
            wanted += fleet.wanted[r] * g.vehicles_at_home;
        for (const auto& fleet : robots_)
            wanted += fleet.wanted[r] * g.robots_at_home;
        const Admission<R> admission = street.admit(wanted);
        const auto pass = [&](Fleet<R>& fleet, const R& at_home) {
            const Units<R> blocked = fleet.wanted[r] * (at_home * admission.blocked);
            const Units<R> released = fleet.queue[r] * admission.released;
            fleet.queue[r] = fleet.queue[r] + blocked - released;
            fleet.gated[r] = fleet.wanted[r] - blocked + released;
        };
        for (auto& fleet : vehicles_)
            pass(fleet, g.vehicles_at_home);
        for (auto& fleet : robots_)
            pass(fleet, g.robots_at_home);
    }

    void count_work() {
        work_ = {};
        const auto add = [&](const Fleet<R>& fleet, const ChipsPerUnit<R>& chips, const auto& uncut) {
            work_.full += Fleet<R>::sum(fleet.full) * chips;
            work_.open += uncut * chips;
            work_.parts += Fleet<R>::sum(fleet.wanted) * chips;
            work_.gated += Fleet<R>::sum(fleet.gated) * chips;
            work_.part_room += fleet.limit * chips;
        };
        for (std::size_t i = 0; i < vehicles_.size(); ++i)
            add(vehicles_[i], scenario_->vehicle[i].chips, vehicles_[i].open);
        for (std::size_t i = 0; i < robots_.size(); ++i)
            add(robots_[i], scenario_->robot[i].chips, robots_[i].open);
    }

    const Scenario<R>* scenario_ = nullptr;
    const Timeline* time_ = nullptr;
    bool make_ = false;
    Merchants<R> merchants_;
    Makers<R> makers_;
    Access<R> access_;
    Offer<R> offer_{};
    ChipCost<R> merchant_compute_{}, compute_{};
    R own_share_{};
    std::vector<R> parts_lost_;
    std::vector<Fleet<R>> vehicles_, robots_;
    std::vector<RobotPrice<R>> prices_;
    std::vector<std::vector<LabourCase<R>>> labour_;
    std::vector<PerYear<R>> recovery_; ///< capital recovery factor, by robot programme
    std::vector<R> bom_exponent_;      ///< of its learning curve
    std::vector<Street<R>> streets_;
    std::vector<Chips<R>> used_;
    Chips<R> bought_{};
    WorkLedger<R> work_{};
    std::vector<R> work_share_;
    Power<R> average_power_{}, system_power_{};
    Money<R> energy_cost_{};
};

template <class R>
void World<R>::deliver(std::size_t q, Supply<R>* supply, const std::vector<Generation<R>>& generations) {
    const auto& s = *scenario_;
    used_.assign(s.chip.size(), Chips<R>{});
    Power<R> chip_power{}; // of all chips built in this quarter, at work
    Chips<R> own_room{};
    if (supply != nullptr) {
        for (std::size_t g = 0; g < generations.size(); ++g) {
            const R work = generations[g].relative_work;
            own_room += supply->stock(g) * work;
            used_[g] = supply->use(g, work_.gated * (generations[g].share[q] / work));
            work_.own += used_[g] * work;
            chip_power += s.chip[g].power * used_[g].raw();
        }
    }
    const Chips<R> planned_own = work_.gated * own_share_;
    const bool until = !make_ || s.buyer.buys_until_own_chip;
    const bool shortfall = !make_ || s.buyer.buys_shortfall;
    Chips<R> to_buy{};
    if (until) to_buy += work_.gated - planned_own;
    if (shortfall) to_buy += max(planned_own - work_.own, Chips<R>{});
    const Chips<R> on_offer = offer_.supply / equivalents();
    work_.merchant = min(to_buy, on_offer);
    bought_ = work_.merchant * equivalents();
    chip_power += Power<R>(offer_.power.raw() * bought_.raw());
    work_.delivered = work_.own + work_.merchant;
    work_.chip_room = own_room + on_offer;

    Chips<R> for_vehicles{};
    for (std::size_t i = 0; i < vehicles_.size(); ++i)
        for_vehicles += Fleet<R>::sum(vehicles_[i].gated) * s.vehicle[i].chips;
    const R vehicle_share = min(ratio(work_.delivered, for_vehicles, R(1.0)), R(1.0));
    const Chips<R> left = max(work_.delivered - for_vehicles, Chips<R>{});
    const R robot_share = min(ratio(left, max(work_.gated - for_vehicles, Chips<R>{}), R(1.0)), R(1.0));
    const R power_per_work = ratio(chip_power.raw(), work_.delivered.raw(), R(0.0));
    for (std::size_t i = 0; i < vehicles_.size(); ++i)
        vehicles_[i].deliver(vehicle_share, PowerPerUnit<R>(s.vehicle[i].chips.raw() * power_per_work),
                             s.vehicle[i].life);
    for (std::size_t i = 0; i < robots_.size(); ++i) {
        robots_[i].deliver(robot_share, PowerPerUnit<R>(s.robot[i].chips.raw() * power_per_work), s.robot[i].life);
        for (std::size_t r = 0; r < s.region.size(); ++r)
            robots_[i].adopters[r] += robots_[i].delivered[r];
    }
}

template <class R>
void World<R>::close(const Growths<R>& growths, const MakerMarket<R>& market, const ChipCost<R>& unit_cost) {
    const auto& s = *scenario_;
    average_power_ = system_power_ = Power<R>{};
    energy_cost_ = Money<R>{};
    const auto quarter = quantity<R>(quarter_years, "year"_u);
    for (std::size_t k = 0; k < streets_.size(); ++k) {
        auto& street = streets_[k];
        const auto& g = street.grid();
        const auto& plan = street.plan();
        const auto r = static_cast<std::size_t>(g.region.index);
        Power<R> average{};
        AtHome<R> home;
        for (std::size_t i = 0; i < vehicles_.size(); ++i) {
            const auto& fleet = vehicles_[i];
            const Power<R> load = grid::vehicle_average(fleet.compute[r], fleet.service[r], work_share_[i], g);
            average += load;
            system_power_ += load * plan.system_share;
            home.devices += fleet.service[r] * g.vehicles_at_home;
            home.added += (load + fleet.service[r] * plan.fresh) * g.vehicles_at_home;
        }
        for (std::size_t i = 0; i < robots_.size(); ++i) {
            const auto& fleet = robots_[i];
            const Power<R> peak = grid::robot_peak(fleet.compute[r], fleet.service[r], s.robot[i].power);
            const Power<R> load = peak * s.robot[i].duty;
            average += load;
            system_power_ += peak * g.system_coincidence;
            home.devices += fleet.service[r] * g.robots_at_home;
            home.added += load * g.robots_at_home;
        }
        average_power_ += average;
        energy_cost_ += average * quarter * s.region[r].energy_price;
        street.advance(home, growths.upgrades[k].factor);
    }
    makers_.advance(market, offer_.list, offer_.memory, unit_cost / equivalents(), own_share_);
}

} // namespace autarky::model

// autarky: the market for robots' work that both worlds face: wages, hours, supervision, and rivals' robots.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "market/labour.hpp"
#include "market/rivalry.hpp"
#include "market/robot_bill.hpp"
#include "model/event_places.hpp"
#include "model/outside_chip.hpp"

namespace autarky::model {

inline constexpr Formula rival_robot_formula{"rival.robot_price", "Price of a rival's robot",
                                             "price without compute + its compute", "Autarky"};
inline constexpr Formula rival_compute_formula{"rival.compute", "Compute of a rival's robot",
                                               "good die on the leading process x node cost^lag + the rest", "Autarky"};

/// A robot programme in one region, in one quarter.
template <class R> struct RobotPlace {
    Wage<R> wage{};
    Duration<R> hours{};                ///< that a robot works a year
    market::WorkersPerUnit<R> output{}; ///< at the median task
    market::YearlyCost<R> supervision{};
    R log_worth{};                 ///< log of wage x output, in USD a robot a year
    std::vector<R> rival_log_cost; ///< log of a rival's yearly cost of the buyer's output, by rival
};

/// What both worlds know of labour and rivals, by robot programme and region.
template <class R> class LabourMarket {
public:
    void reset(const Scenario<R>& s, const EventPlaces& places) {
        scenario_ = &s;
        event_places_ = &places;
        wages_.clear();
        for (const auto& region : s.region.rows)
            wages_.emplace_back(region);
        recovery_.clear();
        bills_.clear();
        for (const auto& robot : s.robot.rows) {
            recovery_.push_back(capital_recovery(robot.financing, robot.life));
            bills_.emplace_back(robot);
        }
        places_.assign(s.robot.size(), std::vector<RobotPlace<R>>(s.region.size()));
        one_over_spread_.assign(s.robot.size(), std::vector<std::vector<R>>(s.region.size()));
        designs_.clear();
        R all(0.0);
        for (const auto& rival : s.rival.rows) {
            designs_.emplace_back(s, rival.process, rival.die_area);
            all += rival.weight;
        }
        weights_.clear();
        for (const auto& rival : s.rival.rows)
            weights_.push_back(ratio(rival.weight, all, R(0.0)));
    }

    void open(double t, const Growths<R>& growths, const std::vector<R>& event_loss) {
        const auto& s = *scenario_;
        build_rivals(t, growths, event_loss);
        for (std::size_t i = 0; i < s.robot.size(); ++i)
            for (std::size_t r = 0; r < s.region.size(); ++r)
                open_place(i, r, t, growths);
    }

    [[nodiscard]] const RobotPlace<R>& place(std::size_t robot, std::size_t region) const {
        return places_[robot][region];
    }
    [[nodiscard]] const PerYear<R>& recovery(std::size_t robot) const { return recovery_[robot]; }
    [[nodiscard]] const market::RobotBill<R>& bill(std::size_t robot) const { return bills_[robot]; }
    /// Rivals' parts of the sales that the buyer does not have.
    [[nodiscard]] const std::vector<R>& weights() const { return weights_; }
    [[nodiscard]] R undercut(std::size_t robot, std::size_t region, const R& log_worth) const {
        return market::undercut_share(log_worth, wages_[region], one_over_spread_[robot][region]);
    }

private:
    /// A rival's robot of the quarter.
    struct RivalRobot {
        UnitCost<R> price{};
        PowerPerUnit<R> compute_power{};
    };

    void build_rivals(double t, const Growths<R>& growths, const std::vector<R>& event_loss) {
        const auto& s = *scenario_;
        rivals_.resize(s.rival.size());
        for (std::size_t k = 0; k < rivals_.size(); ++k) {
            const auto& rival = s.rival[k];
            const R closed = worst_loss(event_places_->rival[k], event_loss);
            const R lag = market::process_lag(rival, closed);
            const DieCost<R> die = designs_[k].good_die(s, growths, t, R(1.0), Wafers<R>{});
            const UnitCost<R> compute = named(
                rival_compute_formula,
                UnitCost<R>(quantity<R>(1.0, "die/unit"_u) * die * power_of(rival.node_cost, lag) + rival.compute_rest),
                arg("good die", die), arg("nodes behind", lag), arg("node cost", rival.node_cost),
                arg("the rest", rival.compute_rest));
            const UnitCost<R> bare = rival.price.at(t);
            rivals_[k].price = named(rival_robot_formula, UnitCost<R>(bare + compute), arg("without compute", bare),
                                     arg("compute", compute));
            rivals_[k].compute_power = rival.compute_power * power_of(rival.node_power, lag);
        }
    }

    void open_place(std::size_t i, std::size_t r, double t, const Growths<R>& growths) {
        const auto& s = *scenario_;
        const auto& p = s.robot[i];
        const auto& g = s.region[r];
        auto& out = places_[i][r];
        out.wage = market::wage_after(g, growths.wage[r].factor);
        out.hours = market::robot_hours(p.shifts, p.duty, g.working_hours);
        out.output = market::robot_output(p.productivity.at(t), out.hours, g.working_hours);
        out.supervision = market::supervision_cost(market::WorkersPerUnit<R>(p.supervision.at(t)), p.shifts, out.wage);
        constexpr double nothing = 1e-9; // workers a robot: undercuts nobody
        out.log_worth = log(out.wage.raw() * max(out.output.raw(), R(nothing)));
        market::one_over_spread(wages_[r], p.task_spread.at(t), one_over_spread_[i][r]);
        out.rival_log_cost.clear();
        for (std::size_t k = 0; k < rivals_.size(); ++k) {
            const auto cost =
                market::robot_yearly_cost(rivals_[k].price, p, PowerPerUnit<R>(p.power + rivals_[k].compute_power),
                                          out.hours, g.energy_price, recovery_[i], out.supervision);
            out.rival_log_cost.push_back(log(cost.raw() / s.rival[k].productivity));
        }
    }

    const Scenario<R>* scenario_ = nullptr;
    const EventPlaces* event_places_ = nullptr;
    std::vector<market::WageMixture<R>> wages_;                ///< by region
    std::vector<PerYear<R>> recovery_;                         ///< capital recovery factor, by robot programme
    std::vector<market::RobotBill<R>> bills_;                  ///< by robot programme
    std::vector<std::vector<RobotPlace<R>>> places_;           ///< [robot programme][region]
    std::vector<std::vector<std::vector<R>>> one_over_spread_; ///< [robot programme][region][occupation]
    std::vector<OutsideDesign<R>> designs_;                    ///< by rival
    std::vector<R> weights_;
    std::vector<RivalRobot> rivals_;
};

} // namespace autarky::model

// autarky: when a robot hour undercuts a working hour, and for how many jobs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/finance.hpp"
#include "core/power.hpp"
#include "market/entities.hpp"

namespace autarky::market {

template <class R> using YearlyCost = QuantityIn<"USD/unit/year", R>;
template <class R> using WorkersPerUnit = QuantityIn<"worker/unit", R>;

inline constexpr Formula robot_bom_formula{
    "robot.bom", "Bill of materials without compute",
    "floor + (bom - floor) max(1, N / N0)^log2(1 - learning), times the multiple while parts are closed",
    "Wright, J. Aeronaut. Sci. 3(4) 1936"};
inline constexpr Formula robot_cost_formula{"robot.yearly_cost", "Yearly cost of a robot",
                                            "capital (price x recovery factor) + upkeep (price x its rate) + energy",
                                            "total cost of ownership"};
inline constexpr Formula robot_output_formula{"robot.output", "Output of a robot, in workers",
                                              "productivity x duty x 8760 h / working hours", "Autarky"};
inline constexpr Formula break_even_formula{"labour.break_even", "Break-even output of a robot",
                                            "yearly cost / yearly cost of a worker", "Autarky"};
inline constexpr Formula wage_formula{"labour.wage", "Cost of a worker", "wage (1 + growth)^t", "definition"};
inline constexpr Formula undercut_formula{"labour.undercut_share", "Share of jobs where the robot is cheaper",
                                          "1 / (1 + (cost / (wage x output))^shape)",
                                          "log-logistic (Fisk) income distribution: Fisk, Econometrica 29(2) 1961"};

/// Exponent of a learning curve that saves the share `learning` with every doubling: log2(1 - learning).
template <class R> R learning_exponent(const R& learning) {
    constexpr double one_over_ln2 = 1.4426950408889634;
    return log(max(R(1.0) - learning, R(1e-6))) * R(one_over_ln2);
}

/// Bill of materials at a cumulative output, `exponent` being learning_exponent(p.bom_learning). Domain: bom >= floor is not required (then learning does nothing below
/// it); `learning` in [0, 1); multiple >= 1 while `parts_lost` > 0.
template <class R>
UnitCost<R> robot_bom(const RobotProgramme<R>& p, const R& exponent, const Units<R>& output, const R& parts_lost) {
    const R learned = power_of(max(output / p.bom_units, R(1.0)), exponent);
    const UnitCost<R> open = p.bom_floor + max(p.bom - p.bom_floor, UnitCost<R>(R(0.0))) * learned;
    const UnitCost<R> result = open * (R(1.0) + (p.parts_closed_multiple - R(1.0)) * parts_lost);
    return named(robot_bom_formula, result, arg("bom", p.bom), arg("floor", p.bom_floor),
                 arg("learning", p.bom_learning), arg("cumulative output", output), arg("parts lost", parts_lost));
}

/// Cost of a worker; `factor` is the growth since the wage's date.
template <class R> Wage<R> wage_after(const Region<R>& region, const R& factor) {
    const Wage<R> result = region.wage * factor;
    return named(wage_formula, result, arg("wage", region.wage), arg("growth factor", factor));
}

/// Yearly cost of owning and running one robot. `power` is that of the whole machine at work, compute included;
/// `recovery` the capital recovery factor over its life.
template <class R>
YearlyCost<R> robot_yearly_cost(const UnitCost<R>& price, const RobotProgramme<R>& p, const PowerPerUnit<R>& power,
                                const EnergyPrice<R>& energy_price, const PerYear<R>& recovery) {
    const YearlyCost<R> capital = price * recovery;
    const YearlyCost<R> upkeep = price * p.upkeep;
    const YearlyCost<R> energy = power * energy_price * p.duty;
    const YearlyCost<R> result = capital + upkeep + energy;
    return named(robot_cost_formula, result, arg("capital", capital), arg("upkeep", upkeep), arg("energy", energy));
}

/// Workers whose output one robot delivers. Domain: working hours > 0.
template <class R>
WorkersPerUnit<R> robot_output(const R& productivity, const R& duty, const Duration<R>& working_hours) {
    const WorkersPerUnit<R> result(productivity * duty / working_hours.raw());
    return named(robot_output_formula, result, arg("productivity", productivity), arg("duty", duty),
                 arg("working hours", working_hours));
}

/// Output, in workers, at which a robot costs as much as the labour it replaces.
template <class R> WorkersPerUnit<R> break_even_output(const YearlyCost<R>& cost, const Wage<R>& wage) {
    const WorkersPerUnit<R> result = cost / wage;
    return named(break_even_formula, result, arg("yearly cost", cost), arg("cost of a worker", wage));
}

/// Share of jobs whose wage makes a robot of this output the cheaper one. Domain: shape > 0, cost > 0.
/// Limits: 0 for no output, 1 for a free robot; 1/2 where the median wage breaks even.
template <class R>
R undercut_share(const YearlyCost<R>& cost, const Wage<R>& median_wage, const WorkersPerUnit<R>& output,
                 const R& shape) {
    const R relative = cost / (median_wage * max(output, WorkersPerUnit<R>(R(1e-9))));
    const R result = R(1.0) / (R(1.0) + power_of(relative, shape));
    return named(undercut_formula, result, arg("yearly cost", cost), arg("median wage", median_wage),
                 arg("output", output), arg("shape", shape));
}

} // namespace autarky::market

// autarky: when a robot undercuts a worker, over wages by occupation and productivity by task, and how much work that is.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/finance.hpp"
#include "core/normal.hpp"
#include "market/entities.hpp"

namespace autarky::market {

template <class R> using YearlyCost = QuantityIn<"USD/unit/year", R>;
template <class R> using WorkersPerUnit = QuantityIn<"worker/unit", R>;

inline constexpr Formula robot_cost_formula{
    "robot.yearly_cost", "Yearly cost of a robot",
    "price (1 + integration) recovery factor + price x upkeep + power x hours x energy price + supervision",
    "total cost of ownership"};
inline constexpr Formula robot_hours_formula{"robot.hours", "Hours that a robot works a year",
                                             "min(shifts x working hours x duty, 8760 h)", "Autarky"};
inline constexpr Formula robot_output_formula{"robot.output", "Output of a robot at the median task, in workers",
                                              "productivity x its hours / working hours", "Autarky"};
inline constexpr Formula supervision_formula{"robot.supervision", "Supervision of a robot a year",
                                             "people a robot x shifts x wage", "Autarky"};
inline constexpr Formula break_even_formula{"labour.break_even", "Break-even output of a robot",
                                            "yearly cost / yearly cost of a worker", "Autarky"};
inline constexpr Formula wage_formula{"labour.wage", "Cost of a worker", "wage (1 + growth)^t", "definition"};
inline constexpr Formula undercut_formula{
    "labour.undercut_share", "Share of the work where the robot is cheaper",
    "sum over occupations of share x Phi(ln(wage x output / cost) / sqrt(wage spread^2 + task spread^2))",
    "product of lognormals: Aitchison and Brown, The Lognormal Distribution, 1957"};
inline constexpr Formula site_formula{"labour.site_share", "Share of the work at sites large enough",
                                      "Phi(ln(site size x automatable x undercut / least) / site spread)", "Autarky"};
inline constexpr Formula cheaper_hours_formula{"labour.cheaper_hours", "Hours wanted over those worked today",
                                               "max(1, wage x output / cost)^elasticity", "constant-elasticity demand"};

/// Cost of a worker; `factor` is the growth since the wage's date.
template <class R> Wage<R> wage_after(const Region<R>& region, const R& factor) {
    const Wage<R> result = region.wage * factor;
    return named(wage_formula, result, arg("wage", region.wage), arg("growth factor", factor));
}

/// Hours that a robot works a year where a worker works `working_hours`.
template <class R> Duration<R> robot_hours(const R& shifts, const R& duty, const Duration<R>& working_hours) {
    const Duration<R> year(R(1.0));
    const Duration<R> result = min(working_hours * (shifts * duty), year);
    return named(robot_hours_formula, result, arg("shifts", shifts), arg("duty", duty),
                 arg("working hours", working_hours));
}

/// Workers whose output one robot delivers. Domain: working hours > 0.
template <class R>
WorkersPerUnit<R> robot_output(const R& productivity, const Duration<R>& hours, const Duration<R>& working_hours) {
    const WorkersPerUnit<R> result(productivity * (hours / working_hours));
    return named(robot_output_formula, result, arg("productivity", productivity), arg("hours", hours),
                 arg("working hours", working_hours));
}

/// Yearly cost of the people beside a robot; they stay while its shifts last, also when it charges.
template <class R>
YearlyCost<R> supervision_cost(const WorkersPerUnit<R>& people, const R& shifts, const Wage<R>& wage) {
    const YearlyCost<R> result = people * shifts * wage;
    return named(supervision_formula, result, arg("people a robot", people), arg("shifts", shifts), arg("wage", wage));
}

/// Yearly cost of owning and running one robot. `power` is that of the whole machine at work, compute included;
/// `recovery` the capital recovery factor over its life.
template <class R>
YearlyCost<R> robot_yearly_cost(const UnitCost<R>& price, const RobotProgramme<R>& p, const PowerPerUnit<R>& power,
                                const Duration<R>& hours, const EnergyPrice<R>& energy_price,
                                const PerYear<R>& recovery, const YearlyCost<R>& supervision) {
    const YearlyCost<R> capital = price * (R(1.0) + p.integration) * recovery;
    const YearlyCost<R> upkeep = price * p.upkeep;
    const YearlyCost<R> energy = power * energy_price * hours.raw(); // hours as a share of the year
    const YearlyCost<R> result = capital + upkeep + energy + supervision;
    return named(robot_cost_formula, result, arg("capital and integration", capital), arg("upkeep", upkeep),
                 arg("energy", energy), arg("supervision", supervision));
}

/// Output, in workers, at which a robot costs as much as the labour it replaces.
template <class R> WorkersPerUnit<R> break_even_output(const YearlyCost<R>& cost, const Wage<R>& wage) {
    const WorkersPerUnit<R> result = cost / wage;
    return named(break_even_formula, result, arg("yearly cost", cost), arg("cost of a worker", wage));
}

/// Wages of a region as a mixture of lognormals: by occupation its share, log of its median over the region's wage, and
/// variance of the log.
template <class R> struct WageMixture {
    std::vector<R> share, log_wage, variance;

    explicit WageMixture(const Region<R>& region) {
        if (region.occupation.size() == 0) add(R(1.0), R(0.0), region.wage_spread);
        R all(0.0);
        for (const auto& job : region.occupation.rows)
            all += job.share;
        for (const auto& job : region.occupation.rows)
            add(ratio(job.share, all, R(0.0)), log(job.wage), job.wage_spread);
    }

private:
    void add(const R& part, const R& median, const R& spread) {
        share.push_back(part);
        log_wage.push_back(median);
        variance.push_back(spread * spread);
    }
};

/// One over the spread of wage x productivity in each occupation, for this spread over tasks. Domain: a spread > 0.
template <class R> void one_over_spread(const WageMixture<R>& wages, const R& task_spread, std::vector<R>& out) {
    out.assign(wages.share.size(), R(0.0));
    for (std::size_t k = 0; k < out.size(); ++k)
        out[k] = R(1.0) / sqrt(wages.variance[k] + task_spread * task_spread);
}

/// Share of the work where wage x output > cost, over wages and tasks: `log_worth` is the log of the region's wage times
/// the output at the median task over the yearly cost. It never falls with wage or output, nor rises with cost.
/// Limits: 0 for no output, 1 for a free robot; 1/2 where the median wage breaks even at the median task.
template <class R>
R undercut_share(const R& log_worth, const WageMixture<R>& wages, const std::vector<R>& one_over_spreads) {
    R share(0.0);
    for (std::size_t k = 0; k < wages.share.size(); ++k)
        share += wages.share[k] * normal_probability(R((log_worth + wages.log_wage[k]) * one_over_spreads[k]));
    return named(undercut_formula, share, arg("log of wage x output / cost", log_worth));
}

/// Share of the work at sites with at least `least` workers' work for robots. `share` of a site's work is theirs.
template <class R> R site_share(const Region<R>& region, const Workers<R>& least, const R& share) {
    constexpr double nothing = 1e-12; // of work: no site has any, or none is needed
    const R large_enough = region.site_size.raw() * max(share, R(nothing)) / max(least.raw(), R(nothing));
    const R result = normal_probability(R(log(large_enough) / region.site_spread));
    return named(site_formula, result, arg("site size", region.site_size), arg("share of its work", share),
                 arg("least", least));
}

/// Hours of work wanted over those of today, where an hour costs e^-log_worth of what it did. At least 1.
template <class R> R cheaper_hours(const R& log_worth, const R& elasticity) {
    const R result = exp(elasticity * max(log_worth, R(0.0)));
    return named(cheaper_hours_formula, result, arg("log of wage x output / cost", log_worth),
                 arg("elasticity", elasticity));
}

} // namespace autarky::market

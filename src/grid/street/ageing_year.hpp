// autarky: a year of heat and ageing of a unit whose days repeat a few patterns of load.
// SPDX-License-Identifier: Apache-2.0
//
// A year at 15 minutes has 35,040 steps but, drawn from some fifty kinds of day, only some five thousand different loads.
// The powers of the load are taken once a kind of day; the year then costs three multiplications and one exponential a
// step. In lanes, eight units age together.
#pragma once

#include <cassert>
#include <cstddef>
#include <vector>

#include "grid/heat/ageing.hpp"
#include "grid/heat/heat.hpp"

namespace autarky::grid {

/// Which pattern each day of the year follows, and the air around the unit.
struct YearPlan {
    std::size_t steps_a_day = 96;
    std::vector<std::size_t> pattern; ///< [day]
    std::vector<double> ambient_c;    ///< [day][step]
    std::size_t warm_up_days = 2;     ///< days run before the count begins, from the steady state of the first step
};

template <class R> struct AgedYear {
    R equivalent_factor = R(0.0); ///< F_EQA: years of normal life a year
    R highest_hot_spot_c = R(-273.0), highest_top_oil_c = R(-273.0);
};

/// What a year carries from step to step.
template <class R, class Model> struct YearRun {
    Model unit;
    typename Model::Decay left;
    typename Model::State state;
    R hottest = AgedYear<R>{}.highest_hot_spot_c, top_oil = AgedYear<R>{}.highest_top_oil_c;

    void forget_highest() {
        hottest = AgedYear<R>{}.highest_hot_spot_c;
        top_oil = AgedYear<R>{}.highest_top_oil_c;
    }
    /// The hot spots of a day; their ageing comes after it. A function of its own without a call in it, on copies that `hot`
    /// cannot overlap: what it carries stays in registers.
    [[gnu::noinline]] void day(const Ultimate<R>* end, const double* ambient_c, std::vector<R>& hot) {
        const Model model = unit;
        const typename Model::Decay stays = left;
        auto now = state;
        R highest = hottest, oil = top_oil;
        for (R& at : hot) {
            now = model.after(now, *end++, R(*ambient_c++), stays);
            at = Model::hot_spot_c(now);
            highest = max(highest, Model::hot_spot_c(now));
            oil = max(oil, Model::top_oil_c(now));
        }
        state = now, hottest = highest, top_oil = oil;
    }
};

/// `load_pu`: [pattern][step]. The first days are run twice, so that the start does not count.
template <class R, class Model>
AgedYear<R> aged_year(const Model& unit, Paper paper, const YearPlan& plan, const std::vector<R>& load_pu) {
    const std::size_t steps = plan.steps_a_day;
    assert(plan.ambient_c.size() == plan.pattern.size() * steps);
    std::vector<Ultimate<R>> ends;
    ends.reserve(load_pu.size());
    for (const R& load : load_pu)
        ends.push_back(unit.ultimate(load));

    const auto left = unit.decay(R(1440.0 / static_cast<double>(steps)));
    const std::size_t days = plan.pattern.size();
    const std::size_t warm_up = plan.warm_up_days < days ? plan.warm_up_days : days;
    std::vector<R> hot(steps);
    YearRun<R, Model> run{unit, left, unit.steady(ends[plan.pattern.front() * steps], R(plan.ambient_c.front()))};
    AgedYear<R> out;
    R sum(0.0);
    const auto day_of = [&](std::size_t day) {
        run.day(ends.data() + plan.pattern[day] * steps, plan.ambient_c.data() + day * steps, hot);
    };
    for (std::size_t day = 0; day < warm_up; ++day)
        day_of(day);
    run.forget_highest();
    for (std::size_t day = 0; day < days; ++day) {
        day_of(day);
        for (const R& at : hot)
            sum += ageing_rate(paper, at);
    }
    out.highest_hot_spot_c = run.hottest, out.highest_top_oil_c = run.top_oil;
    out.equivalent_factor = sum / R(static_cast<double>(days * steps));
    return out;
}

} // namespace autarky::grid

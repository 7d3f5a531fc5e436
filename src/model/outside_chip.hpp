// autarky: what a chip costs a maker other than the buyer: its process, its yield, its volume.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/growths.hpp"
#include "silicon/on_process.hpp"

namespace autarky::model {

/// Design of another maker on a process of the scenario, of which only the area is known: its die is taken as square and
/// all of it as critical.
template <class R> struct OutsideDesign {
    Reference process;
    Area<R> area{};
    DiesPerWafer<R> gross{};

    OutsideDesign(const Scenario<R>& s, Reference on, const Area<R>& die_area) : process(on), area(die_area) {
        const Length<R> side(sqrt(die_area.raw()));
        gross = silicon::gross_dies(s.process[on], side, side);
    }

    /// Cost of a good die to a customer that pays `premium` times the process's price, at a process that time and `wafers`
    /// of its own have taught.
    [[nodiscard]] DieCost<R> good_die(const Scenario<R>& s, const Growths<R>& growths, double t, const R& premium,
                                      const Wafers<R>& wafers) const {
        const auto& p = s.process[process];
        const Duration<R> age(max(R(t) - p.learning_start.year, R(0.0)));
        const auto density = p.learning_law == silicon::LearningLaw::gompertz
                                 ? silicon::defect_density_gompertz(p, area, age, wafers)
                                 : silicon::defect_density(p, age, wafers);
        const auto price = silicon::wafer_price(p.wafer_price, premium,
                                                growths.process_price[static_cast<std::size_t>(process.index)].factor);
        return silicon::good_die_cost(price, gross, silicon::die_yield(p, area, R(1.0), density));
    }
};

} // namespace autarky::model

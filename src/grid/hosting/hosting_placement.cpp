// autarky: one way in which cars may come to stand on a feeder.
// SPDX-License-Identifier: Apache-2.0
#include "grid/hosting/hosting_placement.hpp"

#include <algorithm>
#include <numeric>

namespace autarky::grid {
namespace {

constexpr double evening_h = 17.0, evening_hours = 6.0; // where homes and unmanaged cars peak
constexpr double night_h = 23.0, night_hours = 8.0;
constexpr double plugged_h = 18.0, leaving_h = 7.0; // window in which managed cars can be charged
constexpr double one_phase_w = 7400.0;              // largest charger of one phase, 32 A

} // namespace

Placement::Placement(const HostedFeeder& feeder, const Street& habits, std::uint64_t number, const FeederHosting& how)
    : feeder_(feeder), luck_(how.seed) {
    const std::size_t places = feeder.n_homes() * static_cast<std::size_t>(how.a_load);
    order_.resize(places);
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::vector<double> key(places);
    for (std::size_t i = 0; i < places; ++i)
        key[i] = luck_.uniform(number, i, 0, 101);
    std::ranges::sort(order_, {}, [&key](std::size_t i) { return key[i]; });
    look_at(habits, number, how);
    const auto homes = habits.homes_kw(static_cast<double>(feeder.n_homes()), 1.0);
    const double top = std::ranges::max(homes);
    for (const Moment& m : moments_)
        base_.push_back(homes[m.kind * steps_a_day + m.step] / top);
    const std::vector<double> managed_w = managed_car_w(habits, homes, top, how);
    // The power of each car at each moment, as a street of one car gives it.
    car_w_.resize(places * moments_.size());
    for (std::size_t car = 0; car < places; ++car) {
        if (luck_.uniform(number, car, 0, 103) < how.managed_share) {
            std::ranges::copy(managed_w, car_w_.begin() + static_cast<std::ptrdiff_t>(car * moments_.size()));
            continue;
        }
        const auto kw = habits.cars_kw(1, number * 1000003U + car);
        for (std::size_t s = 0; s < moments_.size(); ++s)
            car_w_[car * moments_.size() + s] = 1e3 * kw[moments_[s].kind * steps_a_day + moments_[s].step];
    }
}

/// Planners look at the heavy days: the extreme weekday of the three months in which homes draw most. Managed cars fill the
/// night, so the night is looked at too where there are any.
void Placement::look_at(const Street& habits, std::uint64_t number, const FeederHosting& how) {
    const std::vector<std::size_t> heavy = habits.peak_kinds(3);
    const int looks = how.managed_share > 0.0 ? 2 * how.snapshots : how.snapshots;
    for (int s = 0; s < looks; ++s) {
        const auto id = static_cast<std::uint64_t>(s);
        const double u = luck_.uniform(number, id, 1, 102);
        const double hour = s < how.snapshots ? evening_h + evening_hours * u : night_h + night_hours * u;
        const auto month = static_cast<std::size_t>(luck_.uniform(number, id, 2, 102) * 3.0);
        moments_.push_back({heavy[month * kinds_a_month + 2], static_cast<std::size_t>(hour / step_h) % steps_a_day});
    }
}

/// What one managed car draws at each moment when all managed places have one and their energy is poured into the feeder's
/// night under the lowest limit.
std::vector<double> Placement::managed_car_w(const Street& habits, const std::vector<double>& homes, double top,
                                             const FeederHosting& how) const {
    const double cars = how.managed_share * static_cast<double>(order_.size());
    std::vector<double> out(moments_.size(), 0.0);
    if (cars <= 0.0) return out;
    double feeder_kw = 0.0;
    for (const FeederLoads& loads : feeder_.loads)
        feeder_kw += std::accumulate(loads.p_w.begin(), loads.p_w.end(), 0.0) / 1e3;
    double charger_kw = 0.0, weight = 0.0;
    for (const Charger& charger : habits.charging().chargers)
        charger_kw += charger.kw * charger.weight, weight += charger.weight;
    std::vector<double> room(steps_a_day, 0.0);
    for (std::size_t step = 0; step < steps_a_day; ++step) {
        const double hour = static_cast<double>(step) * step_h;
        if (hour >= plugged_h || hour < leaving_h) room[step] = cars * charger_kw / weight;
    }
    for (std::size_t s = 0; s < moments_.size(); ++s) {
        std::vector<double> base(steps_a_day);
        for (std::size_t step = 0; step < steps_a_day; ++step)
            base[step] = feeder_kw * homes[moments_[s].kind * steps_a_day + step] / top;
        out[s] = 1e3 * water_filled(base, room, cars * habits.charging().kwh_a_day)[moments_[s].step] / cars;
    }
    return out;
}

/// A customer on one phase has a charger on that phase; one on three has it on all.
void Placement::plug_in(const FeederCustomer& customer, std::size_t customer_index, double watts, std::size_t moment,
                        const FeederLoads& of, Values& to) const {
    const std::size_t n = of.p_w.size();
    const std::size_t load = n / of.phases - of.n_cars + customer_index;
    if (of.phases == 1) {
        to.p_w[moment * n + load] += watts;
        return;
    }
    const auto live = static_cast<double>(std::ranges::count(customer.phases, true));
    const double each = (live == 1.0 ? std::min(watts, one_phase_w) : watts) / live;
    for (std::size_t phase = 0; phase < 3; ++phase)
        if (customer.phases[phase]) to.p_w[moment * n + load * 3 + phase] += each;
}

void Placement::fill(int cars, std::vector<Values>& loads) const {
    loads.resize(feeder_.loads.size());
    for (std::size_t k = 0; k < loads.size(); ++k) {
        const FeederLoads& of = feeder_.loads[k];
        const std::size_t n = of.p_w.size();
        loads[k].p_w.resize(n * moments_.size());
        loads[k].q_var.resize(n * moments_.size());
        for (std::size_t s = 0; s < moments_.size(); ++s) {
            for (std::size_t i = 0; i < n; ++i) {
                loads[k].p_w[s * n + i] = of.p_w[i] * base_[s];
                loads[k].q_var[s * n + i] = of.q_var[i] * base_[s];
            }
            for (int car = 0; of.n_cars > 0 && car < cars; ++car) {
                const std::size_t place = order_[static_cast<std::size_t>(car)];
                const std::size_t customer = feeder_.home_of[place % feeder_.n_homes()];
                plug_in(feeder_.customers[customer], customer, car_w_[place * moments_.size() + s], s, of, loads[k]);
            }
        }
    }
}

} // namespace autarky::grid

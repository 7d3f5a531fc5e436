// autarky: how many cars a three-phase feeder carries before a voltage, a line or its transformer breaks a limit.
// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "grid/feeder/feeder_check.hpp"
#include "grid/hosting/hosting.hpp"
#include "grid/street/luck.hpp"

namespace autarky::grid {
namespace {

using nlohmann::json;

/// The loads of a feeder as they stand in its file.
struct FeederLoads {
    std::string component;  ///< "sym_load" or "asym_load"
    std::size_t phases = 1; ///< values a load
    std::vector<double> p_w, q_var;
    [[nodiscard]] std::size_t size() const { return p_w.size() / phases; }
};

FeederLoads loads_of(const std::string& text) {
    const json document = json::parse(text);
    const json& data = document["data"];
    FeederLoads out;
    out.component = data.contains("asym_load") ? "asym_load" : "sym_load";
    out.phases = out.component == "asym_load" ? 3 : 1;
    const json header = document.value("attributes", json::object()).value(out.component, json::array());
    const auto value = [&](const json& row, const char* key) -> json {
        if (row.is_object()) return row.value(key, json());
        for (std::size_t i = 0; i < header.size() && i < row.size(); ++i)
            if (header[i] == key) return row[i];
        return {};
    };
    for (const json& row : data.value(out.component, json::array()))
        for (const char* key : {"p_specified", "q_specified"}) {
            auto& column = key[0] == 'p' ? out.p_w : out.q_var;
            const json given = value(row, key);
            for (std::size_t phase = 0; phase < out.phases; ++phase)
                column.push_back(given.is_array()    ? given[phase].get<double>()
                                 : given.is_number() ? given.get<double>()
                                                     : 0.0);
        }
    return out;
}

/// Moments in the evening of one placement: a kind of day and a step.
struct Moment {
    std::size_t kind, step;
};

class Placement {
public:
    Placement(const FeederLoads& loads, const Street& habits, std::uint64_t number, const FeederHosting& how)
        : loads_(loads), luck_(how.seed) {
        const std::size_t places = loads.size() * static_cast<std::size_t>(how.a_load);
        order_.resize(places);
        std::iota(order_.begin(), order_.end(), std::size_t{0});
        std::vector<double> key(places);
        for (std::size_t i = 0; i < places; ++i)
            key[i] = luck_.uniform(number, i, 0, 101);
        std::ranges::sort(order_, {}, [&key](std::size_t i) { return key[i]; });
        // Planners look at the heavy days: the extreme weekday of the three months in which homes draw most.
        const std::vector<std::size_t> heavy = habits.peak_kinds(3);
        // Managed cars fill the night, so the night is looked at too where there are any.
        const int looks = how.managed_share > 0.0 ? 2 * how.snapshots : how.snapshots;
        for (int s = 0; s < looks; ++s) {
            const auto id = static_cast<std::uint64_t>(s);
            const double u = luck_.uniform(number, id, 1, 102);
            const double hour = s < how.snapshots ? evening_h + evening_hours * u : night_h + night_hours * u;
            const auto month = static_cast<std::size_t>(luck_.uniform(number, id, 2, 102) * 3.0);
            moments_.push_back(
                {heavy[month * kinds_a_month + 2], static_cast<std::size_t>(hour / step_h) % steps_a_day});
        }
        const auto homes = habits.homes_kw(static_cast<double>(loads.size()), 1.0);
        const double top = *std::ranges::max_element(homes);
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

    /// Loads of all moments with the first `cars` of the order plugged in.
    void fill(int cars, std::vector<double>& p, std::vector<double>& q) const {
        const std::size_t n = loads_.p_w.size();
        p.resize(n * moments_.size());
        q.resize(n * moments_.size());
        constexpr double one_phase_w = 7400.0;
        for (std::size_t s = 0; s < moments_.size(); ++s) {
            for (std::size_t i = 0; i < n; ++i) {
                p[s * n + i] = loads_.p_w[i] * base_[s];
                q[s * n + i] = loads_.q_var[i] * base_[s];
            }
            for (int car = 0; car < cars; ++car) {
                const std::size_t place = order_[static_cast<std::size_t>(car)];
                const std::size_t load = place % loads_.size();
                const double watts = car_w_[place * moments_.size() + s];
                if (loads_.phases == 1) {
                    p[s * n + load] += watts;
                    continue;
                }
                // A load on one phase has a charger on that phase; one on three has it on all.
                std::vector<std::size_t> live;
                for (std::size_t phase = 0; phase < 3; ++phase)
                    if (loads_.p_w[load * 3 + phase] != 0.0) live.push_back(phase);
                if (live.empty()) live = {0, 1, 2};
                const double each =
                    (live.size() == 1 ? std::min(watts, one_phase_w) : watts) / static_cast<double>(live.size());
                for (const std::size_t phase : live)
                    p[s * n + load * 3 + phase] += each;
            }
        }
    }
    [[nodiscard]] std::size_t moments() const { return moments_.size(); }

private:
    static constexpr double evening_h = 17.0, evening_hours = 6.0; ///< where homes and unmanaged cars peak
    static constexpr double night_h = 23.0, night_hours = 8.0;
    static constexpr double plugged_h = 18.0, leaving_h = 7.0; ///< window in which managed cars can be charged

    /// What one managed car draws at each moment when all managed places have one and their energy is poured into the
    /// feeder's night under the lowest limit.
    [[nodiscard]] std::vector<double> managed_car_w(const Street& habits, const std::vector<double>& homes, double top,
                                                    const FeederHosting& how) const {
        const double cars = how.managed_share * static_cast<double>(order_.size());
        std::vector<double> out(moments_.size(), 0.0);
        if (cars <= 0.0) return out;
        double feeder_kw = 0.0;
        for (const double watts : loads_.p_w)
            feeder_kw += watts / 1e3;
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

    const FeederLoads& loads_;
    Luck luck_;
    std::vector<std::size_t> order_;
    std::vector<Moment> moments_;
    std::vector<double> base_, car_w_;
};

/// Which of rating, voltage, line a batch breaks.
struct Broken {
    bool rating = false, voltage = false, line = false, failed = false;
};

Broken broken_by(const FlowResult& result, const HostingLimits& limits) {
    Broken out;
    out.failed = !result.failed.empty();
    const auto worst = [&](const char* component, auto breaks) {
        const FlowComponent* found = result.find(component);
        const FlowColumn* column = found ? found->find("loading") : nullptr;
        return column && std::ranges::any_of(column->values, breaks);
    };
    out.rating = worst("transformer", [&](double x) { return x > limits.rating_pu; });
    out.line = worst("line", [&](double x) { return x > limits.line_pu; });
    const FlowComponent* nodes = result.find("node");
    for (const double u : nodes->find("u_pu")->values)
        out.voltage |= u != 0.0 && (u < limits.voltage_low_pu || u > limits.voltage_high_pu);
    return out;
}

} // namespace

HostingResult host_feeder(const PowerFlow& feeder, const std::string& feeder_text, const Street& habits,
                          const HostingLimits& limits, const FeederHosting& how) {
    HostingResult out;
    const FeederLoads loads = loads_of(feeder_text);
    out.most = static_cast<int>(loads.size()) * how.a_load;
    out.placements = how.placements;
    FlowOptions options;
    options.symmetric = loads.phases == 1;
    options.method = FlowMethod::iterative_current;
    options.wanted = {{"node", "u_pu"}, {"line", "loading"}, {"transformer", "loading"}};
    std::vector<CriterionResult> criteria{{"rating", {}}, {"voltage", {}}, {"line", {}}, {"any", {}}};
    std::vector<double> p, q;
    for (int number = 0; number < how.placements; ++number) {
        const Placement placement(loads, habits, static_cast<std::uint64_t>(number), how);
        std::vector<std::pair<int, Broken>> seen;
        const auto breaks = [&](int cars) {
            for (const auto& [n, broken] : seen)
                if (n == cars) return broken;
            placement.fill(cars, p, q);
            seen.emplace_back(
                cars, broken_by(feeder.solve_loads(loads.component, p, q, placement.moments(), options), limits));
            return seen.back().second;
        };
        std::array<int, 3> each{};
        for (std::size_t i = 0; i < 3; ++i) {
            int good = -1, bad = out.most + 1;
            while (bad - good > 1) {
                const int middle = (good + bad) / 2;
                const Broken b = breaks(middle);
                const bool over = b.failed || (i == 0 ? b.rating : i == 1 ? b.voltage : b.line);
                (over ? bad : good) = middle;
            }
            each[i] = good;
        }
        const int least = *std::ranges::min_element(each);
        for (std::size_t i = 0; i < 4; ++i) {
            const int carried = i < 3 ? each[i] : least;
            criteria[i].at_once += carried < 0 ? 1 : 0;
            criteria[i].never += carried >= out.most ? 1 : 0;
            criteria[i].carried.push_back(std::max(carried, 0));
        }
        const auto which = static_cast<std::size_t>(std::ranges::min_element(each) - each.begin());
        out.binding.push_back(least >= out.most ? "none" : criteria[which].criterion);
    }
    for (CriterionResult& criterion : criteria)
        std::ranges::sort(criterion.carried);
    out.criteria = std::move(criteria);
    return out;
}

} // namespace autarky::grid

// autarky: what stands behind one street transformer, hour by hour: homes, cars, robots.
// SPDX-License-Identifier: Apache-2.0
#include "grid/street/street.hpp"

#include <algorithm>
#include <cmath>

#include "grid/street/diversity.hpp"

namespace autarky::grid {
namespace {

constexpr std::array<int, 12> days_in_month{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
/// Weather of the four kinds of day, in standard deviations towards more load.
constexpr std::array<double, kinds_a_month> weather_of_kind{-0.9, 0.0, 1.4, 0.2};
constexpr std::size_t weekend = 3;
/// Shape 0 is that of winter, 1 of summer.
constexpr std::array<double, 12> summer_weight{0.0, 0.0, 0.25, 0.5, 0.75, 1.0, 1.0, 1.0, 0.75, 0.5, 0.25, 0.0};

/// Purposes of a draw, so that no two share a name.
enum Purpose : std::uint64_t {
    charger,
    car_hour,
    day_hour,
    car_energy,
    day_energy,
    plugs,
    timer,
    jitter,
    managed,
    leaves,
    robot,
    kind_of_weekday,
    weather
};

/// Sine of the day with its top at 15 h, at the middle of each step; by rotation, so that it has the same bits everywhere.
std::array<double, steps_a_day> wave_of_day() {
    constexpr double turn_sine = 0.06540312923014306, turn_cosine = 0.9978589232386035; // of 3.75 degrees
    double sine = -0.7298640726978358, cosine = -0.6835923020228711; // of the first step, 8 h 52.5 min before 9 h
    std::array<double, steps_a_day> wave{};
    for (double& value : wave) {
        value = sine;
        const double next = sine * turn_cosine + cosine * turn_sine;
        cosine = cosine * turn_cosine - sine * turn_sine;
        sine = next;
    }
    return wave;
}

double at_hour(const double* hours, double h) { // hours are centred on their half
    const double x = h - 0.5 + 24.0;
    const auto left = static_cast<std::size_t>(x);
    const double w = x - static_cast<double>(left);
    return hours[left % 24] * (1.0 - w) + hours[(left + 1) % 24] * w;
}

std::size_t step_of(double hour) {
    const double wrapped = hour - 24.0 * std::floor(hour / 24.0);
    return std::min(static_cast<std::size_t>(wrapped / step_h), steps_a_day - 1);
}

} // namespace

Street::Street(UnitType type, const Climate& climate, Charging charging, RobotUse robots, std::uint64_t seed)
    : type_(std::move(type)), charging_(std::move(charging)), robot_use_(robots), luck_(seed) {
    plan_year(climate);
    shape_homes();
    shape_robots();
}

void Street::plan_year(const Climate& climate) {
    const bool hot_peak =
        std::max_element(type_.home.month.begin(), type_.home.month.end()) - type_.home.month.begin() > 3 &&
        std::max_element(type_.home.month.begin(), type_.home.month.end()) - type_.home.month.begin() < 9;
    const auto wave = wave_of_day();
    std::size_t day = 0;
    for (std::size_t month = 0; month < 12; ++month) {
        for (int d = 0; d < days_in_month[month]; ++d, ++day) {
            const double u = luck_.uniform(day, 0, 0, kind_of_weekday);
            const std::size_t kind = day % 7 >= 5 ? weekend : u < 0.35 ? 0 : u < 0.8 ? 1 : 2;
            plan_.pattern.push_back(month * kinds_a_month + kind);
            days_of_kind_[month * kinds_a_month + kind] += 1.0;
            // More load means warmer air where cooling makes the peak, colder air where heating does.
            const double towards = hot_peak && month > 2 && month < 10 ? 1.0 : -1.0;
            const double stray =
                towards * (weather_of_kind[kind] + 0.3 * luck_.normal(day, 0, 0, weather)) * climate.day_sigma_k;
            for (const double value : wave)
                plan_.ambient_c.push_back(climate.mean_c[month] + stray + climate.swing_k * value);
        }
    }
}

void Street::shape_homes() {
    const HomeLoad& home = type_.home;
    home_shape_.resize(kinds_of_day * 24);
    double highest = 0.0;
    for (std::size_t kind = 0; kind < kinds_of_day; ++kind) {
        const std::size_t month = kind / kinds_a_month;
        const double level = home.month[month] * (1.0 + home.weather * weather_of_kind[kind % kinds_a_month]);
        for (std::size_t hour = 0; hour < 24; ++hour) {
            const double shape =
                home.summer[hour] * summer_weight[month] + home.winter[hour] * (1.0 - summer_weight[month]);
            home_shape_[kind * 24 + hour] = level * shape;
            highest = std::max(highest, home_shape_[kind * 24 + hour]);
        }
    }
    for (double& value : home_shape_)
        value /= highest;
    for (double power = 0.25; power < 12.0; power *= 1.15) {
        double sum = 0.0, days = 0.0;
        for (std::size_t kind = 0; kind < kinds_of_day; ++kind)
            for (std::size_t hour = 0; hour < 24; ++hour) {
                sum += days_of_kind_[kind] * pow(home_shape_[kind * 24 + hour], power);
                days += days_of_kind_[kind];
            }
        sharpness_.push_back(power);
        sharp_mean_.push_back(sum / days);
    }
}

HomesShape Street::homes_shape(double homes) const {
    HomesShape out{std::max(homes, 0.0), 0.0, std::vector<double>(home_shape_.size(), 0.0)};
    if (homes <= 0.0) return out;
    out.peak_kw = diversified_peak_kw(type_.home.peak_one_kw, type_.home.peak_many_kw, std::max(homes, 1.0));
    // The fewer the homes, the sharper the shape: its power is the one whose mean keeps the energy.
    const double wanted = type_.home.mean_kw / out.peak_kw;
    std::size_t i = 1;
    while (i + 1 < sharp_mean_.size() && sharp_mean_[i] > wanted)
        ++i;
    const double w = std::clamp((sharp_mean_[i - 1] - wanted) / (sharp_mean_[i - 1] - sharp_mean_[i]), 0.0, 1.0);
    const double power = sharpness_[i - 1] + w * (sharpness_[i] - sharpness_[i - 1]);
    std::ranges::transform(home_shape_, out.hours.begin(), [power](double at) { return pow(at, power); });
    return out;
}

std::vector<double> Street::homes_kw(const HomesShape& shape, double scale) const {
    std::vector<double> out(kinds_of_day * steps_a_day);
    const double highest = shape.homes * scale * shape.peak_kw;
    std::array<double, 24> hours{};
    for (std::size_t kind = 0; kind < kinds_of_day; ++kind) {
        for (std::size_t hour = 0; hour < 24; ++hour)
            hours[hour] = highest * shape.hours[kind * 24 + hour];
        for (std::size_t step = 0; step < steps_a_day; ++step)
            out[kind * steps_a_day + step] = at_hour(hours.data(), (static_cast<double>(step) + 0.5) * step_h);
    }
    return out;
}

double Street::charger_of(std::uint64_t placement, int car) const {
    double total = 0.0;
    for (const Charger& one : charging_.chargers)
        total += one.weight;
    double u = luck_.uniform(placement, static_cast<std::uint64_t>(car), 0, charger) * total;
    for (const Charger& one : charging_.chargers) {
        u -= one.weight;
        if (u < 0.0) return one.kw;
    }
    return charging_.chargers.back().kw;
}

Session Street::session(std::uint64_t placement, int car, std::size_t kind) const {
    const auto id = static_cast<std::uint64_t>(car);
    Session out;
    if (luck_.uniform(placement, id, kind, plugs) >= charging_.plug_share) return out;
    out.kw = charger_of(placement, car);
    // Half of the variance lies between drivers, half between days.
    constexpr double half = 0.70710678;
    const double stray =
        half * (luck_.normal(placement, id, 0, car_hour) + luck_.normal(placement, id, kind, day_hour));
    const double plugged = charging_.plug_hour + charging_.plug_sd_h * stray;
    const double leaves_at = charging_.leave_hour + charging_.leave_sd_h * luck_.normal(placement, id, kind, leaves);
    const double stay = std::clamp(leaves_at + 24.0 - plugged, 2.0, 23.0);
    const double sigma = std::sqrt(log(1.0 + charging_.session_cv * charging_.session_cv));
    const double spread =
        half * (luck_.normal(placement, id, 0, car_energy) + luck_.normal(placement, id, kind, day_energy));
    out.kwh = charging_.kwh_a_day / charging_.plug_share * exp(sigma * spread - 0.5 * sigma * sigma);
    out.kwh = std::min(out.kwh, out.kw * stay);
    out.willing = luck_.uniform(placement, id, 0, managed);
    double begin = plugged;
    if (luck_.uniform(placement, id, 0, timer) < charging_.timer_share) {
        const double late =
            charging_.timer_hour + charging_.timer_jitter_h * luck_.uniform(placement, id, kind, jitter);
        const double wait = std::fmod(late - plugged + 48.0, 24.0);
        if (wait < stay) begin = plugged + wait;
    }
    out.plugged = static_cast<std::uint32_t>(step_of(plugged));
    out.begin = static_cast<std::uint32_t>(step_of(begin));
    out.window = static_cast<std::uint32_t>(stay / step_h);
    return out;
}

Drawn Street::draw(std::uint64_t placement, int cars) const {
    Drawn out{placement, cars, {}, {}};
    out.sessions.reserve(kinds_of_day * static_cast<std::size_t>(cars));
    for (std::size_t kind = 0; kind < kinds_of_day; ++kind)
        for (int car = 0; car < cars; ++car)
            out.sessions.push_back(session(placement, car, kind));
    return out;
}

namespace {
/// Adds an unmanaged session to a day.
void add_session(const Session& s, double* day) {
    double left = s.kwh;
    for (std::size_t step = s.begin; left > 0.0; ++step) {
        const double now = std::min(left, s.kw * step_h);
        day[step % steps_a_day] += now / step_h;
        left -= now;
    }
}
} // namespace

std::vector<double> Street::cars_kw(int cars, std::uint64_t placement) const {
    std::vector<double> out(kinds_of_day * steps_a_day, 0.0);
    for (std::size_t kind = 0; kind < kinds_of_day; ++kind)
        for (int car = 0; car < cars; ++car)
            add_session(session(placement, car, kind), out.data() + kind * steps_a_day);
    return out;
}

void Street::shape_robots() {
    constexpr int n_days = 64;
    const RobotUse& use = robot_use_;
    for (std::uint64_t i = 0; i < n_days; ++i) {
        std::vector<double> day(steps_a_day);
        double stored = use.battery_kwh * (0.2 + 0.8 * luck_.uniform(i, 0, 0, robot));
        const double shift = 2.0 * luck_.uniform(i, 1, 0, robot) - 1.0;
        bool at_socket = false;
        for (std::size_t step = 0; step < 2 * steps_a_day; ++step) { // the first day only settles the battery
            const double h = static_cast<double>(step % steps_a_day) * step_h;
            const bool works = h >= use.work_from_h + shift && h < use.work_to_h + shift;
            if (stored < 0.15 * use.battery_kwh || (!works && stored < 0.9 * use.battery_kwh)) at_socket = true;
            if (stored > 0.97 * use.battery_kwh) at_socket = false;
            double taken = 0.0;
            if (at_socket) {
                taken = std::min(use.charger_kw, (use.battery_kwh - stored) / (step_h * use.efficiency));
                stored += taken * step_h * use.efficiency;
            } else {
                stored -= (works ? use.work_w : use.idle_w) * 1e-3 * step_h;
            }
            day[step % steps_a_day] = taken;
        }
        robot_days_.push_back(std::move(day));
    }
}

std::vector<double> Street::robots_kw(int robots, std::uint64_t placement) const {
    std::vector<double> out(kinds_of_day * steps_a_day, 0.0);
    for (int i = 0; i < robots; ++i)
        for (std::size_t kind = 0; kind < kinds_of_day; ++kind) {
            const double u = luck_.uniform(placement, static_cast<std::uint64_t>(i), kind + 1, robot);
            const auto& day = robot_days_[static_cast<std::size_t>(u * static_cast<double>(robot_days_.size()))];
            for (std::size_t step = 0; step < steps_a_day; ++step)
                out[kind * steps_a_day + step] += day[step];
        }
    return out;
}

std::vector<double> water_filled(const std::vector<double>& base_kw, const std::vector<double>& cap_kw, double kwh) {
    std::vector<double> charge(base_kw.size(), 0.0);
    if (kwh <= 0.0) return charge;
    const auto fill = [&](double limit) {
        double sum = 0.0;
        for (std::size_t i = 0; i < base_kw.size(); ++i) {
            charge[i] = std::clamp(limit - base_kw[i], 0.0, cap_kw[i]);
            sum += charge[i];
        }
        return sum * step_h;
    };
    double low = *std::min_element(base_kw.begin(), base_kw.end()), high = low;
    for (std::size_t i = 0; i < base_kw.size(); ++i)
        high = std::max(high, base_kw[i] + cap_kw[i]);
    if (fill(high) <= kwh) return charge;
    constexpr int halvings = 30;
    for (int i = 0; i < halvings; ++i) {
        const double middle = 0.5 * (low + high);
        (fill(middle) < kwh ? low : high) = middle;
    }
    fill(high);
    return charge;
}

StreetLoad Street::load(const Behind& behind, const Drawn& drawn, const std::vector<std::size_t>* kinds) const {
    StreetLoad out;
    out.kva.assign(kinds_of_day * steps_a_day, 0.0);
    const std::vector<double> made =
        drawn.homes_kw.empty() ? homes_kw(behind.homes, behind.base_scale) : std::vector<double>();
    const std::vector<double>& homes = drawn.homes_kw.empty() ? made : drawn.homes_kw;
    std::vector<double> robots;
    if (behind.robots > 0) robots = robots_kw(behind.robots, drawn.placement);
    const double reactive = std::sqrt(1.0 / (type_.home.power_factor * type_.home.power_factor) - 1.0);
    std::vector<double> day(steps_a_day), cap(steps_a_day);
    Lanes peak(0.0);
    const std::size_t n_kinds = kinds ? kinds->size() : kinds_of_day;
    for (std::size_t k = 0; k < n_kinds; ++k) {
        const std::size_t kind = kinds ? (*kinds)[k] : k;
        const double* home = homes.data() + kind * steps_a_day;
        for (std::size_t i = 0; i < steps_a_day; ++i)
            day[i] = robots.empty() ? 0.0 : robots[kind * steps_a_day + i];
        double pool = 0.0;
        std::fill(cap.begin(), cap.end(), 0.0);
        for (int car = 0; car < behind.cars; ++car) {
            const Session& s =
                drawn.sessions[kind * static_cast<std::size_t>(drawn.cars) + static_cast<std::size_t>(car)];
            if (s.willing >= behind.managed_share) {
                add_session(s, day.data());
            } else if (s.kwh > 0.0) {
                pool += s.kwh;
                for (std::size_t i = 0; i <= s.window; ++i)
                    cap[(s.plugged + i) % steps_a_day] += s.kw;
            }
        }
        for (std::size_t i = 0; i < steps_a_day; ++i)
            day[i] += home[i];
        if (pool > 0.0) {
            const std::vector<double> spread = water_filled(day, cap, pool);
            for (std::size_t i = 0; i < steps_a_day; ++i)
                day[i] += spread[i];
        }
        static_assert(steps_a_day % Lanes::width == 0);
        for (std::size_t i = 0; i < steps_a_day; i += Lanes::width) {
            const Lanes p = Lanes::load(day.data() + i), q = Lanes::load(home + i) * Lanes(reactive);
            const Lanes s = sqrt(p * p + q * q);
            s.store(out.kva.data() + kind * steps_a_day + i);
            peak = max(peak, s);
        }
    }
    out.peak_kva = std::ranges::max(peak.array());
    return out;
}

std::vector<std::size_t> Street::peak_kinds(std::size_t months) const {
    std::array<std::size_t, 12> order{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    std::array<double, 12> top{};
    for (std::size_t kind = 0; kind < kinds_of_day; ++kind)
        for (std::size_t hour = 0; hour < 24; ++hour)
            top[kind / kinds_a_month] = std::max(top[kind / kinds_a_month], home_shape_[kind * 24 + hour]);
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return top[a] > top[b]; });
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < months; ++i)
        for (std::size_t kind = 0; kind < kinds_a_month; ++kind)
            out.push_back(order[i] * kinds_a_month + kind);
    return out;
}

double Street::yearly_mean(const std::vector<double>& pattern) const {
    double sum = 0.0, days = 0.0;
    for (std::size_t kind = 0; kind < kinds_of_day; ++kind) {
        double day = 0.0;
        for (std::size_t step = 0; step < steps_a_day; ++step)
            day += pattern[kind * steps_a_day + step];
        sum += days_of_kind_[kind] * day / static_cast<double>(steps_a_day);
        days += days_of_kind_[kind];
    }
    return sum / days;
}

AgedYear<double> aged_year_of(const UnitType& type, const YearPlan& plan, const StreetLoad& load) {
    std::vector<double> pu(load.kva);
    for (double& x : pu)
        x /= type.rating_kva;
    return aged_year(type.heat, type.paper, plan, pu);
}

} // namespace autarky::grid

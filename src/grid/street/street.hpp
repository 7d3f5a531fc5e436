// autarky: what stands behind one street transformer, hour by hour: homes, cars, robots.
// SPDX-License-Identifier: Apache-2.0
//
// A year is made of 48 kinds of day (a mild, a usual and an extreme weekday and a weekend of each month) in steps of a
// quarter of an hour. Homes follow a diversified shape that keeps both their energy and the peak of their number. Cars
// and robots are drawn one by one. All luck is a function of (seed, placement, device, day): streets that differ in one
// input share it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "grid/heat/heat_iec60076.hpp"
#include "grid/street/ageing_year.hpp"
#include "grid/street/luck.hpp"

namespace autarky::grid {

inline constexpr std::size_t steps_a_day = 96;
inline constexpr double step_h = 24.0 / steps_a_day;
inline constexpr std::size_t kinds_a_month = 4;
inline constexpr std::size_t kinds_of_day = 12 * kinds_a_month;

/// Air around the unit by month, and how far a day strays from its month.
struct Climate {
    std::string name;
    std::array<double, 12> mean_c{};
    double swing_k = 5.0;     ///< half the difference of afternoon and night
    double day_sigma_k = 3.0; ///< standard deviation of a day's mean
};

/// A home without car and robot.
struct HomeLoad {
    double mean_kw = 1.2;                      ///< over the year
    double peak_one_kw = 6.0;                  ///< yearly peak of one home, means of 15 minutes
    double peak_many_kw = 2.2;                 ///< what a home adds to the peak of many
    std::array<double, 24> winter{}, summer{}; ///< shape of a day; months between are the mean of both
    std::array<double, 12> month{};            ///< energy of a month over the year's mean
    double weather = 0.08;                     ///< load of a day one standard deviation off its month, relative
    double power_factor = 0.97;
};

struct Charger {
    double kw, weight;
};

/// How cars are charged at home.
struct Charging {
    std::vector<Charger> chargers{{7.36, 1.0}};
    double kwh_a_day = 15.1; ///< taken from the socket, mean of all days
    double session_cv = 0.6; ///< variation of a session's energy
    double plug_share = 0.7; ///< share of days on which a car is plugged in
    double plug_hour = 19.8, plug_sd_h = 3.4;
    double leave_hour = 7.5, leave_sd_h = 1.0;
    double timer_share = 0.0, timer_hour = 23.0, timer_jitter_h = 0.25;
};

/// How robots work and charge at home.
struct RobotUse {
    double battery_kwh = 2.3, charger_kw = 1.0, efficiency = 0.9;
    double work_w = 350.0, idle_w = 100.0;
    double work_from_h = 7.0, work_to_h = 22.0;
};

/// A street transformer and what is usually behind it.
struct UnitType {
    std::string name, region, climate, home_type;
    double rating_kva = 50.0;
    double homes = 8.0;
    double cars_a_home = 1.8; ///< places for a car, so the most that homes allow
    double weight = 1.0;      ///< share of the region's units
    double limit_pu = 1.0;    ///< load over rating that its owner allows
    Paper paper = Paper::thermally_upgraded;
    Iec60076<double> heat;
    HomeLoad home;
    bool three_phase = false;
};

/// What stands behind one unit of a type.
struct Behind {
    double homes = 0.0;
    int cars = 0, robots = 0;
    double base_scale = 1.0;    ///< homes' load over the usual
    double managed_share = 0.0; ///< share of cars whose charging the street spreads under the lowest possible limit
};

/// One car's charging on one kind of day.
struct Session {
    std::uint32_t plugged = 0, begin = 0; ///< steps at which it is plugged in, and begins when nobody manages it
    std::uint32_t window = 0;             ///< steps from plugging in until it leaves
    double kwh = 0.0, kw = 0.0;           ///< 0 kWh: not plugged in
    double willing = 0.0;                 ///< managed when this is below the managed share
};

/// The luck of one placement: what each car would do on each kind of day. A street with fewer cars has the first ones.
struct Drawn {
    std::uint64_t placement = 0;
    int cars = 0;
    std::vector<Session> sessions; ///< [kind of day][car]
    std::vector<double> homes_kw;  ///< of this placement, when it is looked at often; else empty
};

/// The homes' load as so many of them share it: the fewer, the sharper. Streets with as many homes have the same.
struct HomesShape {
    double homes = 0.0, peak_kw = 0.0; ///< peak a home
    std::vector<double> hours;         ///< [kind of day][hour], highest 1
};

/// Load of one placement in kVA by kind of day and step, and its highest value.
struct StreetLoad {
    std::vector<double> kva; ///< [kind of day][step]
    double peak_kva = 0.0;
};

/// The loads of one type of unit; building it once, `load` is const and safe from several threads.
class Street {
public:
    Street(UnitType type, const Climate& climate, Charging charging, RobotUse robots, std::uint64_t seed);

    [[nodiscard]] const UnitType& type() const { return type_; }
    [[nodiscard]] const YearPlan& plan() const { return plan_; }
    [[nodiscard]] const Charging& charging() const { return charging_; }
    [[nodiscard]] HomesShape homes_shape(double homes) const;
    /// The homes' joint load without devices, kW.
    [[nodiscard]] std::vector<double> homes_kw(const HomesShape& shape, double scale) const;
    [[nodiscard]] std::vector<double> homes_kw(double homes, double scale) const {
        return homes_kw(homes_shape(homes), scale);
    }
    [[nodiscard]] Drawn draw(std::uint64_t placement, int cars) const;
    /// Everything behind the unit; `drawn` has at least as many cars. With `kinds`, only those kinds of day are filled.
    [[nodiscard]] StreetLoad load(const Behind& behind, const Drawn& drawn,
                                  const std::vector<std::size_t>* kinds = nullptr) const;
    /// The same of a placement that nobody else looks at.
    [[nodiscard]] StreetLoad load(const Behind& behind, std::uint64_t placement) const {
        return load(behind, draw(placement, behind.cars));
    }
    /// The cars alone, unmanaged, kW.
    [[nodiscard]] std::vector<double> cars_kw(int cars, std::uint64_t placement) const;
    [[nodiscard]] std::vector<double> robots_kw(int robots, std::uint64_t placement) const;
    /// Days of the year that each kind of day stands for.
    [[nodiscard]] const std::array<double, kinds_of_day>& days_of_kind() const { return days_of_kind_; }
    /// Kinds of day of the `months` months in which homes draw most.
    [[nodiscard]] std::vector<std::size_t> peak_kinds(std::size_t months) const;
    /// Mean over the year of a pattern.
    [[nodiscard]] double yearly_mean(const std::vector<double>& pattern) const;

private:
    [[nodiscard]] Session session(std::uint64_t placement, int car, std::size_t kind) const;
    [[nodiscard]] double charger_of(std::uint64_t placement, int car) const;
    void plan_year(const Climate& climate);
    void shape_homes();
    void shape_robots();

    UnitType type_;
    Charging charging_;
    RobotUse robot_use_;
    Luck luck_;
    YearPlan plan_;
    std::array<double, kinds_of_day> days_of_kind_{};
    std::vector<double> home_shape_;              ///< [kind][hour], highest 1
    std::vector<double> sharpness_, sharp_mean_;  ///< yearly mean of home_shape_ to a power, by power
    std::vector<std::vector<double>> robot_days_; ///< some robots' days, kW by step
};

/// Spreads `kwh` over steps with room `cap_kw` so that base plus charge stays under the lowest limit; returns the
/// charge by step. What the room cannot hold is charged at full room. Source: water-filling (Gan, Topcu, Low 2013).
std::vector<double> water_filled(const std::vector<double>& base_kw, const std::vector<double>& cap_kw, double kwh);

/// A year of a unit with this load.
AgedYear<double> aged_year_of(const UnitType& type, const YearPlan& plan, const StreetLoad& load);

} // namespace autarky::grid

// autarky: the bill of materials of a robot, part by part.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "core/power.hpp"
#include "market/entities.hpp"

namespace autarky::market {

inline constexpr Formula robot_bom_formula{
    "robot.bom", "Bill of materials without compute",
    "sum over parts of share x (floor + (bom - floor) max(1, N / N0)^log2(1 - learning)), times the multiple while its "
    "region is closed",
    "Wright, J. Aeronaut. Sci. 3(4) 1936"};

/// Exponent of a learning curve that saves the share `learning` with every doubling: log2(1 - learning). A curve that saves all
/// has no exponent; a saving of all but a millionth stands for it, which leaves the floor with the first doubling.
template <class R> R learning_exponent(const R& learning) {
    constexpr double one_over_ln2 = 1.4426950408889634;
    return log(max(R(1.0) - learning, R(1e-6))) * R(one_over_ln2);
}

/// Parts of a robot's bill in one sample: share of the bill and exponent of its learning curve. A robot without parts is one
/// part of itself.
template <class R> struct RobotBill {
    std::vector<R> share, exponent;

    explicit RobotBill(const RobotProgramme<R>& p) {
        if (p.part.size() == 0) add(R(1.0), p.bom_learning);
        R all(0.0);
        for (const auto& part : p.part.rows)
            all += part.share;
        for (const auto& part : p.part.rows)
            add(ratio(part.share, all, R(0.0)), R(p.bom_learning * part.learning));
    }

private:
    void add(const R& part, const R& learning) {
        share.push_back(part);
        exponent.push_back(learning_exponent(learning));
    }
};

/// Parts of a robot's bill; at least one.
template <class R> std::size_t part_count(const RobotProgramme<R>& p) {
    return std::max(p.part.size(), std::size_t{1});
}

/// Region that supplies a part: its own, else that of the robot.
template <class R> const std::string& part_location(const RobotProgramme<R>& p, std::size_t part) {
    return part < p.part.size() && !p.part[part].location.empty() ? p.part[part].location : p.parts_location;
}

/// Bill of materials at a cumulative output; `lost[i]` is the share of part i that closed regions take. Domain: bom >= floor
/// is not required (then learning does nothing below it); learning in [0, 1); multiple >= 1 while parts are lost.
template <class R>
UnitCost<R> robot_bom(const RobotProgramme<R>& p, const RobotBill<R>& bill, const Units<R>& output,
                      const std::vector<R>& lost) {
    const R doublings = log(max(output / p.bom_units, R(1.0)));
    const UnitCost<R> above = max(p.bom - p.bom_floor, UnitCost<R>(R(0.0)));
    UnitCost<R> result(R(0.0));
    for (std::size_t i = 0; i < bill.share.size(); ++i) {
        const UnitCost<R> open = p.bom_floor + above * exp(doublings * bill.exponent[i]);
        result += open * bill.share[i] * (R(1.0) + (p.parts_closed_multiple - R(1.0)) * lost[i]);
    }
    return named(robot_bom_formula, result, arg("bom", p.bom), arg("floor", p.bom_floor),
                 arg("learning", p.bom_learning), arg("cumulative output", output));
}

} // namespace autarky::market

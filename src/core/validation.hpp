// autarky: a published case that the model is held against.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <string>

namespace autarky {

/// One row of `autarky validate`.
struct ValidationCase {
    std::string name;   ///< what is compared, with its inputs
    std::string source; ///< who published it
    double expected = 0.0;
    double got = 0.0;
    double tolerance = 0.0; ///< absolute unless `relative`
    bool relative = true;
    bool pass = false;
    std::string note{};                                     ///< a known defect of the peer, a difference of convention
    double low = std::numeric_limits<double>::quiet_NaN();  ///< 5 % of futures lie below; NaN: the case has no futures
    double high = std::numeric_limits<double>::quiet_NaN(); ///< 95 % of them
    std::string unit{};                                     ///< of what has futures; other cases name theirs
};

/// Fills in `pass`.
inline ValidationCase judged(ValidationCase row) {
    const double difference = row.got < row.expected ? row.expected - row.got : row.got - row.expected;
    const double size = row.expected < 0.0 ? -row.expected : row.expected;
    row.pass = difference <= (row.relative ? row.tolerance * size : row.tolerance);
    return row;
}

} // namespace autarky

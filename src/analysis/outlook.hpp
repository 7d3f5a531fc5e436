// autarky: what a buyer who looks again sees of a future, and how a value goes with it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <vector>

namespace autarky::analysis {

/// A parabola of a value over what is seen, fitted to every other future and used on the rest, so that no future judges itself
/// (after Longstaff and Schwartz, RFS 14(1), 2001).
class Outlook {
public:
    /// What is seen, by future. Domain: not empty, finite.
    explicit Outlook(std::vector<double> seen);
    /// Whether each future's value looks above 0.
    [[nodiscard]] std::vector<bool> looks_good(const std::vector<double>& value) const;

private:
    [[nodiscard]] std::array<double, 3> parabola(const std::vector<double>& value, std::size_t half) const;

    std::vector<double> seen_; ///< between 0 and 1
};

} // namespace autarky::analysis

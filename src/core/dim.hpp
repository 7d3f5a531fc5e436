// autarky: physical and economic dimensions as exponents of base units.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace autarky {

/// Exponents of the base units. One structural value, so that it can be a template argument.
/// Base units: USD (real, of the scenario's price year), year (8760 h), mm, J, operation, bit, and the counted things
/// wafer, die, chip (a packaged, tested die), unit (a vehicle, robot, home or transformer) and worker.
struct Dim {
    std::int8_t money = 0;
    std::int8_t time = 0;
    std::int8_t length = 0;
    std::int8_t energy = 0;
    std::int8_t operation = 0;
    std::int8_t data = 0;
    std::int8_t wafer = 0;
    std::int8_t die = 0;
    std::int8_t chip = 0;
    std::int8_t unit = 0;
    std::int8_t worker = 0;

    friend constexpr bool operator==(const Dim&, const Dim&) = default;

    /// Dimension of a product.
    friend constexpr Dim operator+(const Dim& a, const Dim& b) { return combine(a, b, 1); }
    /// Dimension of a quotient.
    friend constexpr Dim operator-(const Dim& a, const Dim& b) { return combine(a, b, -1); }
    /// Dimension of an integer power.
    friend constexpr Dim operator*(const Dim& a, int power) { return combine(Dim{}, a, power); }

    static constexpr std::int8_t add(int a, int b) { return static_cast<std::int8_t>(a + b); }
    static constexpr Dim combine(const Dim& a, const Dim& b, int sign) {
        return {add(a.money, sign * b.money),         add(a.time, sign * b.time),
                add(a.length, sign * b.length),       add(a.energy, sign * b.energy),
                add(a.operation, sign * b.operation), add(a.data, sign * b.data),
                add(a.wafer, sign * b.wafer),         add(a.die, sign * b.die),
                add(a.chip, sign * b.chip),           add(a.unit, sign * b.unit),
                add(a.worker, sign * b.worker)};
    }
};

inline constexpr Dim dimensionless{};

} // namespace autarky

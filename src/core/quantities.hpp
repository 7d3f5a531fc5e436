// autarky: names for the quantities that people in the field talk about.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/quantity.hpp"

namespace autarky {

/// The quantity type of a unit: `QuantityIn<"USD/wafer", R>`.
template <FixedString S, class R> using QuantityIn = Quantity<UnitLiteral<S>::dim, R>;

template <class R> using Money = QuantityIn<"USD", R>;
template <class R> using MoneyRate = QuantityIn<"USD/year", R>;
template <class R> using Duration = QuantityIn<"year", R>;
template <class R> using PerYear = QuantityIn<"1/year", R>;
template <class R> using Length = QuantityIn<"mm", R>;
template <class R> using Area = QuantityIn<"mm^2", R>;
template <class R> using Power = QuantityIn<"W", R>;
template <class R> using Energy = QuantityIn<"kWh", R>;
template <class R> using EnergyPrice = QuantityIn<"USD/kWh", R>;
template <class R> using DataSize = QuantityIn<"GB", R>;
template <class R> using DataRate = QuantityIn<"GB/s", R>;
template <class R> using Throughput = QuantityIn<"TOPS", R>; ///< operations a time
template <class R> using Performance = QuantityIn<"TPP", R>; ///< operations a time, times bit length
template <class R> using PerformanceDensity = QuantityIn<"TPP/mm^2", R>;

template <class R> using Wafers = QuantityIn<"wafer", R>;
template <class R> using WaferRate = QuantityIn<"wafer/month", R>;
template <class R> using WaferPrice = QuantityIn<"USD/wafer", R>;
template <class R> using Dies = QuantityIn<"die", R>;
template <class R> using DiesPerWafer = QuantityIn<"die/wafer", R>;
template <class R> using DieCost = QuantityIn<"USD/die", R>;
template <class R> using DefectDensity = QuantityIn<"1/cm^2", R>;
template <class R> using Chips = QuantityIn<"chip", R>;
template <class R> using ChipCost = QuantityIn<"USD/chip", R>;
template <class R> using ChipsPerDie = QuantityIn<"chip/die", R>;

template <class R> using Units = QuantityIn<"unit", R>;
template <class R> using UnitRate = QuantityIn<"unit/year", R>;
template <class R> using UnitCost = QuantityIn<"USD/unit", R>;
template <class R> using ChipsPerUnit = QuantityIn<"chip/unit", R>;
template <class R> using PowerPerUnit = QuantityIn<"W/unit", R>;
template <class R> using Workers = QuantityIn<"worker", R>;
template <class R> using Wage = QuantityIn<"USD/worker/year", R>;

} // namespace autarky

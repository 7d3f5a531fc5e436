// autarky: names, units and ranges of what a transformer's data sheet gives.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "grid/heat/heat_spec.hpp"

namespace autarky::grid {

/// Kinds of unit that a data sheet uses; the first of each list is the one that is kept.
enum class SheetKind { plain, minutes, kelvin, watt, ampere, kva, volt, mass_lb, volume_gal, hours };

enum class SheetQuantity {
    loss_ratio,
    load_loss,
    no_load_loss,
    total_loss,
    rated_current,
    rated_kva,
    rated_voltage,
    phases,
    oil_rise,
    surcharge,
    reduction,
    gradient,
    hot_spot_factor,
    x,
    y,
    k11,
    k21,
    k22,
    tau_oil,
    tau_winding,
    n,
    m,
    hot_spot_rise,
    hot_spot_over_ambient,
    core_mass,
    tank_mass,
    oil_volume,
    life,
    initial_top_oil,
    initial_load,
    no_part ///< of a plate, without a part in the heat model
};

struct SheetName {
    SheetQuantity quantity;
    SheetKind kind;
    bool may_be_zero;
};

/// "delta_theta_or", "Δθor" and "dT_or" are one name: case, underscores and the Greek letters' spelling do not count.
std::string plain_sheet_name(std::string_view key);
/// What a key is, by its plain name; none for words and unknown keys.
std::optional<SheetName> sheet_name(std::string_view key);
/// What a unit of that kind counts in the kept one; none for another kind's.
std::optional<double> sheet_factor(SheetKind kind, std::string_view unit);
/// Quantities of one standard only; the others belong to both.
bool is_of(HeatModel model, SheetQuantity quantity);

/// What is wrong or odd with a value in the kept unit. Both empty when it is usual. Ranges: IEC 60076-7:2018, table 4 and annexes,
/// IEEE C57.91 clause 7, wide enough for units of any age; beyond ten times that a unit or a symbol is another one.
struct SheetRange {
    std::string fault, remark;
};
SheetRange sheet_range(SheetQuantity quantity, double value);

} // namespace autarky::grid

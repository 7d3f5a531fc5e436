// autarky: what several dies on one package cost, beside one die that does the same.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/diagnostics.hpp"
#include "silicon/carrier_layout.hpp"
#include "silicon/chiplets.hpp"
#include "silicon/die_study.hpp"
#include "silicon/package.hpp"

namespace autarky::silicon {

enum class PackageKind { organic, fan_out, interposer, bridge };

/// One kind of die in the package. Its `part` gives sort test and coverage, its `one_time` the price of a mask set.
struct PlacedDie {
    DieInput die;
    int count = 1;
};

/// The carrier of an interposer or fan-out package, and what it is made on.
struct CarrierInput {
    double width_mm = 0.0, height_mm = 0.0; ///< 0: a square of the usual share over the dies' area
    std::optional<PanelShape> panel{};      ///< not given: a 300 mm wafer
    std::optional<double> price_usd{};      ///< of a processed wafer or panel of carriers; needed by a panel
    std::optional<double> seam_yield{};     ///< of one seam between two exposures
};

/// Several dies on one package, in the units of the field. What is not given has the value of Chiplet
/// Actuary; the cost and the yields of bridges are assumptions.
struct PackageInput {
    std::vector<PlacedDie> dies;
    PackageKind kind = PackageKind::organic;
    AssemblyOrder order = AssemblyOrder::dies_last;
    CarrierInput carrier{};
    std::optional<double> substrate_price{}, attach_yield{}, bond_yield{};
    int bridges = 0;
    double bridge_cost_usd = 10.0;
    double link_share = 0.0; ///< of the dies' area that only links them; one die would not need it
    double nre_usd = 0.0;    ///< design of each kind of die, without masks
    double package_nre_usd = 0.0;
    double volume = 0.0;       ///< packages over which one-time cost is spread; 0: left out
    double reuse_volume = 0.0; ///< parts of another product, each with one die of each kind
};

/// USD of one package that works.
struct PackageResult {
    PackagedCost<double> packaged{};
    double bad_dies = 0.0; ///< packages lost to dies that passed the sort although bad
    double one_time = 0.0;

    [[nodiscard]] double total() const { return packaged.total.raw() + bad_dies + one_time; }
};

/// The carrier as it is laid out.
struct CarrierStudy {
    double width_mm = 0.0, height_mm = 0.0;
    double on_one = 0.0;     ///< whole carriers on one wafer or panel
    bool is_counted = false; ///< exactly; else in closed form
    Stitching stitching{};   ///< one exposure, but of a silicon interposer that is larger than a field
};

struct PackageStudy {
    PackageResult package{};
    std::optional<CarrierStudy> carrier{}; ///< of packages that have one
    DieInput single;                       ///< one die with the area of all, as square as the field allows
    std::optional<PackageResult> alone{};  ///< that die on an organic substrate; none when it fits no field
};

/// Collects everything that makes no sense, each finding with the name of the command's option.
void check(const PackageInput& input, Diagnostics& diagnostics);

/// The study. One die alone has the process of the first kind and the one-time cost of all kinds' designs, but one mask
/// set. Domain: an input without errors.
PackageStudy study(const PackageInput& input);

} // namespace autarky::silicon

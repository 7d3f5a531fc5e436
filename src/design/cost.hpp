// autarky: cost of a die by its area on a process of the catalogue, for the ledger and for the exploration of designs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/quantities.hpp"
#include "silicon/process.hpp"

namespace autarky::design {

/// A process at one date, every uncertain number at its median.
struct DieCosting {
    std::string process;
    silicon::Process<double> median{};
    DefectDensity<double> density{};
    WaferPrice<double> wafer_price{}; ///< share of the masks included

    /// Cost of a good die of these sides, its gross dies by the closed form: quick, for sweeps.
    [[nodiscard]] DieCost<double> of(Length<double> width, Length<double> height) const;
    /// The same by the exact packing. A smaller die never costs more.
    [[nodiscard]] DieCost<double> exactly_of(Length<double> width, Length<double> height) const;
    /// Cost of a good square die of this area by the exact packing.
    [[nodiscard]] DieCost<double> of_area(Area<double> area) const;
    /// Share of started dies of this area that are good.
    [[nodiscard]] double yield(Area<double> area) const;
};

/// Processes of the catalogue.
std::vector<std::string> process_names(const std::string& data_folder = {});
/// By name at a date ("2027Q1"; empty: 2027Q1). Throws InputError when there is none.
DieCosting die_costing(const std::string& process, const std::string& date = {}, const std::string& data_folder = {});
/// The process that stands for a generation when none is named: TSMC's nearest of the catalogue.
std::string usual_process(int node_nm);

} // namespace autarky::design

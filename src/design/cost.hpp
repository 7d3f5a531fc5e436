// autarky: cost of a die by its area on a process of the catalogue, for the ledger and for the exploration of designs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/describe.hpp"
#include "core/quantities.hpp"
#include "input/inputs.hpp"
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

/// The processes of the catalogue, with the numbers behind them.
class ProcessBook {
public:
    explicit ProcessBook(const std::string& data_folder = {});

    [[nodiscard]] const std::vector<std::string>& names() const { return processes_.names; }
    /// Row of a process, without regard to case. Throws InputError (field "process") when there is none.
    [[nodiscard]] std::size_t row(const std::string& name) const;
    [[nodiscard]] silicon::Process<double> median(std::size_t row) const;
    /// The process in its first `n` draws; the same seed, the same draws.
    [[nodiscard]] std::vector<silicon::Process<double>> draws(std::size_t row, std::uint64_t seed, std::size_t n) const;

private:
    Table<silicon::Process<Uncertain>> processes_;
    Inputs inputs_;
};

/// Decimal year at which a process is priced: as written ("2027Q1"), else the later of 2027Q1 and the start of its learning.
/// Throws InputError (field "date") for what is no date, or lies before the process learns.
double price_date(const std::string& date, const silicon::Process<double>& process, const std::string& name);
/// Defect density at a date.
DefectDensity<double> density_at(const silicon::Process<double>& process, double date);

/// Processes of the catalogue.
std::vector<std::string> process_names(const std::string& data_folder = {});
/// By name at a date, as price_date reads it. Throws InputError when there is none.
DieCosting die_costing(const std::string& process, const std::string& date = {}, const std::string& data_folder = {});
/// The process that stands for a generation when none is named: TSMC's nearest of the catalogue.
std::string usual_process(int node_nm);

} // namespace autarky::design

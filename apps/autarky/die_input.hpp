// autarky: what the command `die` was asked, as dies to study.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/diagnostics.hpp"
#include "silicon/die_study.hpp"

namespace autarky::cli {

/// The options as typed.
struct DieOptions {
    std::vector<std::string> sizes, compare;
    std::optional<std::string> width, height, area, aspect;
    std::optional<std::string> wafer, edge, scribe, notch, field;
    std::optional<std::string> process, date;
    std::optional<std::string> reported_yield, reported_area;
    std::optional<std::string> d0, alpha, layers, critical_share, line_yield, systematic_yield, parametric_yield;
    std::optional<std::string> units, unit_area, uncore, uncore_share, spares, bins;
    std::optional<std::string> wafer_price, premium;
    std::optional<std::string> tester_rate, sort_time, final_time;
    std::optional<std::string> sort_test, sort_coverage, dies_per_part, package, memory_in_package, memory_on_board,
        assembly_yield, final_test, final_coverage;
    std::optional<std::string> nre, mask_set, respins, mask_life, volume;
    std::optional<std::string> solve, target, svg;
    std::uint64_t seed = 1;
    bool json = false;
};

/// The dies to study and the defect densities that they share.
struct DieRequest {
    std::vector<silicon::DieInput> dies;
    std::vector<double> densities_per_cm2; ///< equally likely; empty when the density is certain or not given
    std::optional<double> target_usd{};
    std::vector<std::string> remarks; ///< what was taken from where
};

/// Number of equally likely densities of an uncertain one.
inline constexpr std::size_t n_density_draws = 1000;

/// Reads the options. Throws InputError with everything that makes no sense.
DieRequest die_request(const DieOptions& options);

} // namespace autarky::cli

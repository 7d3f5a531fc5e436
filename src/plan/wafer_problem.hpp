// autarky: the plan of wafers as a two-stage program: contracts and paths now; starts, settlements and purchases later.
// SPDX-License-Identifier: Apache-2.0
//
// Formulas: docs/model/plan.md.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "plan/stopped.hpp"
#include "plan/two_stage.hpp"
#include "plan/wafer_future.hpp"

namespace autarky::plan {

/// What may be decided.
struct WaferTerms {
    double least = 0.1, most = 2.0;      ///< smallest and largest size of a contract over the reported one
    bool has_one_source = false;         ///< each chip at the site with its largest planned share only
    std::vector<std::size_t> without{};  ///< sites at which nothing is started
    std::optional<double> most_bought{}; ///< share of all chips needed in a future that may be bought or missed
};

/// Where the decisions stand among the first-stage columns. A contract that was signed before has no `sign`.
struct WaferDecisions {
    struct Contract {
        std::size_t contract = 0, size = 0;
        std::optional<std::size_t> sign;
    };
    struct Path {
        std::size_t path = 0, take = 0;
    };
    std::vector<Contract> contracts;
    std::vector<Path> paths; ///< at sites that make own chips; the others are no part of the plan
};

inline constexpr std::size_t absent = static_cast<std::size_t>(-1);
/// Where the columns and rows of a future stand, [row][quarter]; `absent` where nothing can happen.
struct WaferLayout {
    using ByQuarter = std::vector<std::vector<std::size_t>>;
    ByQuarter started;       ///< by line, for devices
    ByQuarter to_outlet;     ///< by outlet, then line
    ByQuarter contracted;    ///< by contract, then site
    ByQuarter open, by_path; ///< by site; by path
    ByQuarter stock, bought; ///< by chip
    ByQuarter settled;       ///< by contract
    ByQuarter ready;         ///< by line of a chip that needs a back end: chips that have gone through
    ByQuarter capacity_row;  ///< by site: open capacity
    ByQuarter back_end_row;  ///< by back end: the buyer's room
};

struct WaferProblem {
    TwoStage program;
    WaferDecisions decisions;
    WaferLayout layout;
};

/// All futures have the same columns and rows. Domain: at least one future. Of decisions that cost the same, those that
/// sign and build less are the plan: a signature, a size of 1 and a path each cost `tie_break`. Throws Stopped.
inline constexpr double tie_break = 1e-3; // MUSD
WaferProblem wafer_problem(const WaferShape& shape, const std::vector<WaferFuture<double>>& futures,
                           const WaferTerms& terms, const std::stop_token& stop = {});
/// The decisions that the scenario reports: every contract as it is, the paths that are taken.
std::vector<double> as_reported(const WaferShape& shape, const WaferProblem& problem);

} // namespace autarky::plan

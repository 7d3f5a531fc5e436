// autarky: the results of the command `die` as a table and as JSON.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "autarky/die_input.hpp"
#include "silicon/die_solve.hpp"
#include "silicon/die_spread.hpp"
#include "silicon/die_study.hpp"

namespace autarky::cli {

/// Everything that was found out about one die.
struct DieFindings {
    silicon::DieResult result;
    std::optional<silicon::CostSpread> spread{};
    std::optional<silicon::ModelChoice> model_choice{};
    std::optional<silicon::Solution> solution{};
};

/// What `--solve` asked.
struct Solved {
    std::string unknown; ///< d0, price, volume; empty: nothing
    double target_usd = 0.0;
};

std::string die_table(const DieFindings& findings, const Solved& solved);
std::string die_comparison(const std::vector<DieFindings>& findings, const Solved& solved);
/// One object for one die; an object with `dies` for several.
std::string die_json(const std::vector<DieFindings>& findings, const DieRequest& request, const Solved& solved);

} // namespace autarky::cli

// autarky: the input that decides most whether a statement is true.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/sampler.hpp"
#include "scenario/load.hpp"

namespace autarky::analysis {

/// The best single split: where one score lies above or below a threshold.
struct Decider {
    int stream = -1;
    bool above = true;       ///< the statement is truer above the threshold
    double threshold = 0.0;  ///< normal score
    std::size_t nearest = 0; ///< sample whose score is nearest to it
    double share_if = 0.0, share_else = 0.0;
};

/// `scores`: [stream][sample]; `truth`: [sample]. Thresholds are tried at each tenth; both sides hold a tenth or more.
Decider decider(const std::vector<std::vector<float>>& scores, const std::vector<bool>& truth);

/// "in 83 % where merchant.thor.list_price is at least 2,400 USD/chip, in 12 % elsewhere", or that no single input decides.
std::string decider_text(const Loaded& loaded, const engine::Sampler& sampler,
                         const std::vector<std::vector<float>>& scores, const std::vector<bool>& truth);

} // namespace autarky::analysis

// autarky: a feeder that is read, checked and ready to be solved.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "answers/catalogue.hpp"
#include "answers/watch.hpp"
#include "grid/feeder/feeder_check.hpp"
#include "grid/feeder/feeder_document.hpp"
#include "grid/feeder/power_flow.hpp"

namespace autarky::answers {

/// The file of a feeder: `name` itself when it ends in .json or is "-", else that of the catalogue; empty when it has none.
std::string feeder_path(const Catalogue& catalogue, const std::string& name);

struct SolvableFeeder {
    std::string file;
    std::unique_ptr<grid::FeederDocument> document;
    grid::FeederFacts facts;
    std::unique_ptr<grid::PowerFlow> flow;

    /// Reads, checks and opens what the field `feeder` of a question names. Throws InputError.
    static SolvableFeeder open(const Catalogue& catalogue, const std::string& name, grid::FeederPlan plan,
                               double frequency_hz, const Watch& watch);
    /// Solves it as it is, or the batch that the field `batch` of a question names. Throws InputError.
    [[nodiscard]] grid::FlowResult solved(const std::string& batch, grid::FlowOptions options,
                                          const Watch& watch) const;
};

} // namespace autarky::answers

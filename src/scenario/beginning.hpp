// autarky: a scenario to begin with: short, complete, with the questions to answer marked.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/describe_plain.hpp"

namespace autarky::scenario {

/// Kinds of devices that a beginning has numbers for.
enum class DeviceKind { car, drone, camera };
constexpr std::array<std::string_view, 3> choices(Type<DeviceKind> /*type*/) { return {"car", "drone", "camera"}; }

/// What the scenario is to be about.
struct Beginning {
    DeviceKind device = DeviceKind::car;
    std::string process; ///< of the catalogue
    bool robots = true;  ///< with the catalogue's robot programme too
    bool grid = true;    ///< with the street transformers that devices charge behind
};

/// The scenario as text, and where its chip is made.
struct BeginningText {
    std::string text, site;
    int questions = 0; ///< lines that are marked
};

/// Processes of the catalogue at which a site of the catalogue makes wafers, in its order. Throws InputError.
std::vector<std::string> processes_with_sites(const std::string& data_folder);

/// The text; every number in it is an assumption that its reader replaces. The process must be one of those above.
/// It passes `check` without a finding: a test holds that for every kind and process. Throws InputError.
BeginningText beginning_text(const Beginning& wanted, const std::string& data_folder);

} // namespace autarky::scenario

// autarky: the sources of a scenario (`[source.<id>]`), checked when read and listed when cited.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostics.hpp"
#include "input/inputs.hpp"
#include "input/node.hpp"

namespace autarky::scenario {

/// Id of the source of everything that the command line sets.
inline constexpr std::string_view set_source = "--set";

class SourceTable {
public:
    /// Reads every `[source.<id>]`; findings go to `diagnostics`.
    SourceTable(const Node& root, const Texts& texts, Diagnostics& diagnostics);

    /// Row of `cited` for a source id; -1 with a finding if there is no such source.
    int cite(std::string_view id, const Place& place, const std::string& path, std::vector<Source>& cited);

private:
    void read(const Member& member);

    const Texts& texts_;
    Diagnostics& diagnostics_;
    std::map<std::string, Source, std::less<>> defined_;
    std::map<std::string, int, std::less<>> rows_;
};

/// Reads a grade's name; nothing, with a finding, if it is none.
std::optional<Grade> read_grade(const Node& node, const std::string& path, const Texts& texts,
                                Diagnostics& diagnostics);

} // namespace autarky::scenario

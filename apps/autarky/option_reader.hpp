// autarky: reads the values of options that are numbers with units.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostics.hpp"
#include "input/inputs.hpp"

namespace autarky::cli {

/// The parts of a text between separators; an empty text is one empty part.
std::vector<std::string> parts_of(const std::string& text, char separator);

/// Reads numbers with units, collecting what is wrong.
class OptionReader {
public:
    explicit OptionReader(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

    void error(std::string code, std::string message, std::string hint = {});

    /// A number or a distribution, with the option's unit when none is written.
    std::optional<Distribution> distribution(const std::string& name, const std::string& text, std::string_view unit);

    /// The number, or the median of a distribution, in the option's unit.
    std::optional<double> number(const std::string& name, const std::optional<std::string>& text,
                                 std::string_view unit);
    void number(const std::string& name, const std::optional<std::string>& text, std::string_view unit, double& to);
    void whole(const std::string& name, const std::optional<std::string>& text, int& to);

    /// "26x33": two lengths in mm.
    bool size(const std::string& name, const std::string& text, double& width, double& height);

private:
    Diagnostics& diagnostics_;
};

} // namespace autarky::cli

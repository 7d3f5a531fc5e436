// autarky: tables of published cases: what was computed or printed elsewhere, with its inputs and tolerance.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/validation.hpp"

namespace autarky {

/// A case that cannot be computed as written.
struct CaseError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// "node=7 area=400": words and numbers by name.
class CaseInputs {
public:
    /// Failure: CaseError for a word without "=".
    explicit CaseInputs(std::string_view text);

    /// Failure: CaseError when the name is missing or no number.
    [[nodiscard]] double number(const std::string& name) const;
    [[nodiscard]] double number_or(const std::string& name, double fallback) const;
    [[nodiscard]] int whole(const std::string& name) const { return static_cast<int>(number(name)); }
    /// Failure: CaseError when the name is missing.
    [[nodiscard]] const std::string& word(const std::string& name) const;

private:
    std::map<std::string, std::string> values_;
};

/// Value of a quantity from a case's inputs. Failure: CaseError for a quantity that it does not know.
using CaseQuantity = std::function<double(std::string_view quantity, const CaseInputs& inputs)>;

/// The rows of a table, each with the value that we get and whether it passes. Columns: case, quantity, inputs, expected,
/// tolerance ("1e-9" relative or "abs 0.005"), note; a line "# source: ..." names who published what follows it, lines that
/// begin with '#' are remarks. Failure: a missing file, an unknown quantity, a missing input is a row that does not pass.
std::vector<ValidationCase> case_table(const std::filesystem::path& file, const CaseQuantity& quantity);

} // namespace autarky

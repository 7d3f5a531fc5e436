// autarky: the named inputs of one published case.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

namespace autarky::silicon::peers {

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

/// Value of a quantity of one peer. Failure: CaseError for a quantity that the peer does not have.
double actuary_value(std::string_view quantity, const CaseInputs& in);
double catch_value(std::string_view quantity, const CaseInputs& in);
double ttm_value(std::string_view quantity, const CaseInputs& in);
double google_value(std::string_view quantity, const CaseInputs& in);
double cset_value(std::string_view quantity, const CaseInputs& in);
double llmcompass_value(std::string_view quantity, const CaseInputs& in);

} // namespace autarky::silicon::peers

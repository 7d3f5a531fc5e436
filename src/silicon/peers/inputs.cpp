// autarky: reads the named inputs of a published case.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/peers/inputs.hpp"

#include <charconv>
#include <sstream>

namespace autarky::silicon::peers {

CaseInputs::CaseInputs(std::string_view text) {
    std::istringstream words{std::string(text)};
    std::string word;
    while (words >> word) {
        const std::size_t equals = word.find('=');
        if (equals == std::string::npos) throw CaseError("input '" + word + "' has no '='");
        values_[word.substr(0, equals)] = word.substr(equals + 1);
    }
}

const std::string& CaseInputs::word(const std::string& name) const {
    const auto found = values_.find(name);
    if (found == values_.end()) throw CaseError("input '" + name + "' is missing");
    return found->second;
}

double CaseInputs::number(const std::string& name) const {
    const std::string& text = word(name);
    double value = 0.0;
    const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (trouble != std::errc{} || end != text.data() + text.size())
        throw CaseError("input '" + name + "' is '" + text + "', which is no number");
    return value;
}

double CaseInputs::number_or(const std::string& name, double fallback) const {
    return values_.contains(name) ? number(name) : fallback;
}

} // namespace autarky::silicon::peers

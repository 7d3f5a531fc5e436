// autarky: what a question that is refused says, for the tests of answers.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/diagnostics.hpp"

namespace autarky::answers::test {

/// Field, code and words of the first finding.
template <class Ask> std::string refused(const Ask& ask) {
    try {
        ask();
        return "nothing";
    } catch (const InputError& error) {
        const auto& item = error.diagnostics.items().front();
        return item.field + " " + item.code + " " + item.message + " | " + item.hint;
    }
}

inline bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

} // namespace autarky::answers::test

// autarky: what a face was given for the fields of a question, before it is read.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace autarky::answers {

/// A value as it was given: all of a command line is text, JSON has its own kinds.
struct Value;
using Values = std::vector<Value>;
struct Value {
    std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, std::string, Values> is;
};

/// Fields by their keys, in the order given. A key that is there several times is a list.
using Given = std::vector<std::pair<std::string, Value>>;

/// The members of a JSON object. Throws InputError: no JSON, no object, a member that is itself an object, a key twice.
Given given_in_json(std::string_view text);

} // namespace autarky::answers

// autarky: reads the JSON of a request.
// SPDX-License-Identifier: Apache-2.0
#include "answers/value.hpp"

#include <fmt/format.h>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/refuse.hpp"

namespace autarky::answers {
namespace {

using Json = nlohmann::ordered_json;

Value value_of(const std::string& key, const Json& json) {
    switch (json.type()) {
    case Json::value_t::null: return {};
    case Json::value_t::boolean: return {json.get<bool>()};
    case Json::value_t::number_integer: return {json.get<std::int64_t>()};
    case Json::value_t::number_unsigned: return {json.get<std::uint64_t>()};
    case Json::value_t::number_float: return {json.get<double>()};
    case Json::value_t::string: return {json.get<std::string>()};
    case Json::value_t::array: {
        Values list;
        for (const auto& one : json)
            list.push_back(value_of(key, one));
        return {std::move(list)};
    }
    default: refuse_field(key, "E0504", "an object is no value", "a number, a text, true, false or a list of these");
    }
}

} // namespace

Given given_in_json(std::string_view text) {
    Given given;
    std::vector<std::string> keys;
    const auto note_keys = [&keys](int depth, Json::parse_event_t event, Json& parsed) {
        if (event == Json::parse_event_t::key && depth == 1) keys.push_back(parsed.get<std::string>());
        return true;
    };
    const auto json = Json::parse(text, note_keys, false);
    if (json.is_discarded()) refuse({}, "E0507", "the request is no JSON");
    if (!json.is_object()) refuse({}, "E0507", "the request is no JSON object", "{\"field\": value, ...}");
    std::sort(keys.begin(), keys.end());
    if (const auto twice = std::adjacent_find(keys.begin(), keys.end()); twice != keys.end())
        refuse_field(*twice, "E0504", "it is given twice", "give it once");
    for (const auto& [key, value] : json.items())
        given.emplace_back(key, value_of(key, value));
    return given;
}

} // namespace autarky::answers

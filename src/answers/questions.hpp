// autarky: every question that can be asked, for faces that offer all of them.
// SPDX-License-Identifier: Apache-2.0
//
//     const answers::Catalogue catalogue;
//     for (const auto* entry : answers::questions())                       // name, summary, fields, schemas
//         ...
//     const auto* host = answers::find_question("host");
//     const auto given = answers::given_in_json(R"({"street": "us-pole-25", "homes": 5})");
//     const auto reply = host->ask(*host, catalogue, given, {});           // throws InputError with every finding
//     reply.json();                                                        // the bytes of `autarky grid host --json`
#pragma once

#include <span>
#include <string_view>

#include "answers/entry.hpp"

namespace autarky::answers {

/// In the order of the help.
std::span<const Entry* const> questions();
/// By its name, "host" or "grid host"; null when there is none.
const Entry* find_question(std::string_view name);

} // namespace autarky::answers

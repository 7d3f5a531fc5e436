// autarky: fuzz target: a question as JSON, as the server and Python's module get it, is answered or refused.
// SPDX-License-Identifier: Apache-2.0
//
// The first line names the question, the rest are its fields. Only questions that take milliseconds are asked; of all
// others the JSON is read and no more.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "answers/questions.hpp"
#include "core/diagnostics.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace autarky;
    constexpr std::array<std::string_view, 5> quick{"die", "package", "chip", "export", "metrics"};
    static const answers::Catalogue catalogue;
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const auto name = text.substr(0, text.find('\n'));
    try {
        const auto given = answers::given_in_json(text.substr(std::min(name.size() + 1, size)));
        const auto* entry = answers::find_question(name);
        if (entry == nullptr || std::ranges::find(quick, name) == quick.end()) return 0;
        const auto reply = entry->ask(*entry, catalogue, given, {.threads = 1});
        (void)reply.json();
        (void)reply.text({});
    } catch (const InputError& error) {
        (void)error.diagnostics.render(true);
    }
    return 0;
}

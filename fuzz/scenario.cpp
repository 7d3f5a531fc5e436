// autarky: fuzz target: the reader of scenarios, on any bytes.
// SPDX-License-Identifier: Apache-2.0
//
// The input is split at the first line that is only "--- set": what follows are --set arguments, one a line, and a line
// "variant NAME" asks for that variant. Reading may find fault with everything, but must not crash, hang or throw.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "scenario/load.hpp"

namespace {

autarky::LoadRequest request_of(std::string_view bytes) {
    constexpr std::string_view divider = "\n--- set\n";
    constexpr std::size_t most_arguments = 8;
    autarky::LoadRequest request;
    request.scenario = "fuzz.toml";
    request.data_folder = "/nonexistent";
    const auto at = bytes.find(divider);
    request.text = std::string(bytes.substr(0, at));
    if (at == std::string_view::npos) return request;
    auto rest = bytes.substr(at + divider.size());
    while (!rest.empty() && request.sets.size() + request.variants.size() < most_arguments) {
        const auto line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(line.size() < rest.size() ? line.size() + 1 : rest.size());
        constexpr std::string_view variant = "variant ";
        if (line.starts_with(variant))
            request.variants.emplace_back(line.substr(variant.size()));
        else
            request.sets.emplace_back(line);
    }
    return request;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes(data, data + size);
    const auto found = autarky::check(request_of(bytes));
    // Every finding is rendered too: that is where places outside the text would show.
    return found.render(true).empty() && found.has_errors() ? 1 : 0;
}

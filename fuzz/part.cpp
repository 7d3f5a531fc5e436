// autarky: fuzz target: a part of a run, and the state in it, is read or refused, and what was read can be summarised.
// SPDX-License-Identifier: Apache-2.0
//
// Checksums are repaired first, or no change would get past them.
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "analysis/frame_json.hpp"
#include "analysis/part.hpp"
#include "analysis/summary.hpp"
#include "core/sha256.hpp"

namespace {

using namespace autarky;
constexpr std::size_t hash_size = 64;

/// The state with a checksum that is right.
std::string repaired_state(std::string_view bytes) {
    if (bytes.size() < hash_size) return std::string(bytes);
    std::string out(bytes.substr(0, bytes.size() - hash_size));
    out += sha256_hex(out);
    return out;
}

/// Takes a block "<size> <sha256>\n<bytes>\n" with whatever size it claims to have; the bytes.
std::string_view take_block(std::string_view& rest) {
    const auto head = rest.substr(0, rest.find('\n'));
    std::size_t size = 0;
    (void)std::from_chars(head.data(), head.data() + head.size(), size);
    rest.remove_prefix(std::min(head.size() + 1, rest.size()));
    const auto block = rest.substr(0, size);
    rest.remove_prefix(std::min(block.size() + 1, rest.size()));
    return block;
}

std::string repaired_part(std::string_view bytes) {
    std::string out(bytes.substr(0, bytes.find('\n')));
    bytes.remove_prefix(std::min(out.size() + 1, bytes.size()));
    out += '\n';
    const auto head = take_block(bytes);
    const auto state = repaired_state(take_block(bytes));
    return out + fmt::format("{} {}\n{}\n{} {}\n{}\n", head.size(), sha256_hex(head), head, state.size(),
                             sha256_hex(state), state);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    try {
        (void)engine::summarise(engine::State::parse(repaired_state(text)));
    } catch (const engine::StateError&) {
    }
    try {
        const auto part = analysis::part_from(repaired_part(text));
        (void)analysis::part_bytes(part);
        auto frame = part.frame;
        (void)analysis::summary_of(std::move(frame), part.state, 1);
        (void)analysis::merged({"a", "b"}, [&](const std::string& /*file*/) { return part; });
    } catch (const engine::StateError&) {
    }
    return 0;
}

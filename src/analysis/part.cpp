// autarky: writes, reads and merges the parts of a run.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/part.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "analysis/frame_json.hpp"
#include "analysis/part_check.hpp"
#include "core/sha256.hpp"

namespace autarky::analysis {
namespace {

constexpr std::string_view first_line = "autarky run part 1\n";
constexpr std::size_t hash_size = 64;

/// Takes "<size> <sha256>\n<bytes>\n" off the front.
std::string_view take_block(std::string_view& rest) {
    const auto end = rest.find('\n');
    std::size_t size = 0;
    const auto head = rest.substr(0, std::min(end, rest.size()));
    const auto parsed = std::from_chars(head.data(), head.data() + head.size(), size);
    const auto digits = static_cast<std::size_t>(parsed.ptr - head.data());
    if (end == std::string_view::npos || parsed.ec != std::errc{} || head.size() != digits + 1 + hash_size ||
        rest.size() < end + 1 || rest.size() - end - 1 <= size)
        throw engine::StateError("it is cut off or damaged");
    const auto block = rest.substr(end + 1, size);
    if (sha256_hex(block) != head.substr(digits + 1)) throw engine::StateError("it is damaged: its checksum is wrong");
    rest.remove_prefix(end + 1 + size + 1);
    return block;
}

void add_block(std::string& out, const std::string& block) {
    out += fmt::format("{} {}\n", block.size(), sha256_hex(block));
    out += block;
    out += '\n';
}

std::string range_text(const engine::SampleRange& range) {
    return range.count == 1 ? fmt::format("sample {}", range.first)
                            : fmt::format("samples {} to {}", range.first, range.end() - 1);
}

/// Why a part does not belong to the run of the first one; empty when it does.
std::string foreign(const engine::RunKey& first, const engine::RunKey& other) {
    if (first.scenario != other.scenario) return "another scenario, variant or override";
    if (first.engine != other.engine) return fmt::format("another version of the program ({})", other.engine);
    if (first.seed != other.seed) return fmt::format("another seed ({} instead of {})", other.seed, first.seed);
    if (first.sampling != other.sampling)
        return fmt::format("sampling {} instead of {}", name_of(other.sampling), name_of(first.sampling));
    if (first.samples != other.samples)
        return fmt::format("a run of {} samples instead of {}", other.samples, first.samples);
    return {};
}

/// The file among the earlier ones that has samples of this range in it.
std::string owner_of(const std::vector<NamedPart>& parts, std::size_t before, const engine::SampleRange& range) {
    for (std::size_t i = 0; i < before; ++i)
        for (const auto& other : parts[i].part.state.ranges)
            if (range.first < other.end() && other.first < range.end()) return parts[i].file;
    return {};
}

} // namespace

std::string part_bytes(const Part& part) {
    std::string out(first_line);
    add_block(out, json_of(part.frame));
    add_block(out, part.state.bytes());
    return out;
}

Part part_from(std::string_view bytes) {
    if (!bytes.starts_with(first_line)) throw engine::StateError("it is no part of a run");
    bytes.remove_prefix(first_line.size());
    Part out;
    out.frame = frame_from_json(take_block(bytes));
    out.state = engine::State::parse(take_block(bytes));
    if (!bytes.empty()) throw engine::StateError("there is something behind its end");
    require_one_description(out);
    return out;
}

namespace {

/// The parts from sample 0 on, up to the first sample that is in none.
std::vector<NamedPart> without_gap(std::vector<NamedPart> parts) {
    const auto first_of = [](const NamedPart& one) {
        return one.part.state.ranges.empty() ? ~std::uint64_t{0} : one.part.state.ranges.front().first;
    };
    std::stable_sort(parts.begin(), parts.end(),
                     [&](const auto& a, const auto& b) { return first_of(a) < first_of(b); });
    std::uint64_t next = 0;
    std::vector<NamedPart> out;
    for (auto& one : parts) {
        if (first_of(one) > next || one.part.state.ranges.size() != 1) break;
        next = one.part.state.ranges.front().end();
        out.push_back(std::move(one));
    }
    if (out.empty()) throw engine::StateError("the first samples are in no part, so nothing can be shown");
    return out;
}

} // namespace

Part merged(std::vector<NamedPart> parts, Gaps gaps) {
    if (parts.empty()) throw engine::StateError("there are no parts to merge");
    if (gaps == Gaps::end_there) parts = without_gap(std::move(parts));
    const auto key = parts.front().part.state.key;
    engine::State whole = parts.front().part.state.emptied();
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto& [file, part] = parts[i];
        if (const auto why = foreign(key, part.state.key); !why.empty())
            throw engine::StateError(fmt::format("{} is of another run than {}: {}", file, parts.front().file, why));
        if (const auto why = difference(parts.front().part.frame, part.frame); !why.empty())
            throw engine::StateError(fmt::format("{} is of another run than {}: {}", file, parts.front().file, why));
        for (const auto& range : part.state.ranges)
            if (const auto owner = owner_of(parts, i, range); !owner.empty())
                throw engine::StateError(
                    fmt::format("{} has {}, which {} has already", file, range_text(range), owner));
        whole.merge(part.state);
    }
    if (const auto missing = whole.missing(); gaps == Gaps::refused && !missing.empty()) {
        std::uint64_t count = 0;
        for (const auto& range : missing)
            count += range.count;
        throw engine::StateError(fmt::format("{} of {} samples are in no part: {}{}", count, key.samples,
                                             range_text(missing.front()), missing.size() > 1 ? " and others" : ""));
    }
    return {std::move(parts.front().part.frame), std::move(whole)};
}

} // namespace autarky::analysis

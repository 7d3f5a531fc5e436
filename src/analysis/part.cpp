// autarky: writes, reads and merges the parts of a run.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/part.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
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

/// Parts that were put together already, with the file that each range came from.
class Sum {
public:
    void add(const std::string& file, Part part) {
        if (!sum_) {
            first_file_ = file;
            sum_ = Part{part.frame, part.state.emptied()};
        }
        require_same_run(file, part);
        for (const auto& range : part.state.ranges)
            if (const auto owner = owner_of(range); !owner.empty())
                throw engine::StateError(
                    fmt::format("{} has {}, which {} has already", file, range_text(range), owner));
        for (const auto& range : part.state.ranges)
            owners_.emplace_back(range, file);
        sum_->state.merge(part.state);
    }
    [[nodiscard]] Part take() && { return std::move(*sum_); }

private:
    void require_same_run(const std::string& file, const Part& part) const {
        auto why = foreign(sum_->state.key, part.state.key);
        if (why.empty()) why = difference(sum_->frame, part.frame);
        if (!why.empty())
            throw engine::StateError(fmt::format("{} is of another run than {}: {}", file, first_file_, why));
    }
    /// The file that has samples of this range in it; empty: none.
    [[nodiscard]] std::string owner_of(const engine::SampleRange& range) const {
        for (const auto& [other, file] : owners_)
            if (range.first < other.end() && other.first < range.end()) return file;
        return {};
    }

    std::optional<Part> sum_;
    std::string first_file_;
    std::vector<std::pair<engine::SampleRange, std::string>> owners_;
};

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

/// The files of the parts from sample 0 on, up to the first sample that is in none.
std::vector<std::string> without_gap(const std::vector<std::string>& files, const PartReader& read) {
    std::vector<std::pair<engine::SampleRange, std::string>> parts;
    for (const auto& file : files) {
        const auto ranges = read(file).state.ranges;
        if (ranges.size() == 1) parts.emplace_back(ranges.front(), file); // one with gaps of its own is behind a gap
    }
    std::stable_sort(parts.begin(), parts.end(),
                     [](const auto& a, const auto& b) { return a.first.first < b.first.first; });
    std::uint64_t next = 0;
    std::vector<std::string> out;
    for (const auto& [range, file] : parts) {
        if (range.first > next) break;
        next = range.end();
        out.push_back(file);
    }
    if (out.empty()) throw engine::StateError("the first samples are in no part without gaps, so nothing can be shown");
    return out;
}

void refuse_missing(const engine::State& whole) {
    const auto missing = whole.missing();
    if (missing.empty()) return;
    std::uint64_t count = 0;
    for (const auto& range : missing)
        count += range.count;
    throw engine::StateError(fmt::format("{} of {} samples are in no part: {}{}", count, whole.key.samples,
                                         range_text(missing.front()), missing.size() > 1 ? " and others" : ""));
}

} // namespace

Part merged(const std::vector<std::string>& files, const PartReader& read, Gaps gaps) {
    if (files.empty()) throw engine::StateError("there are no parts to merge");
    Sum sum;
    for (const auto& file : gaps == Gaps::end_there ? without_gap(files, read) : files)
        sum.add(file, read(file));
    auto whole = std::move(sum).take();
    if (gaps == Gaps::refused) refuse_missing(whole.state);
    return whole;
}

} // namespace autarky::analysis

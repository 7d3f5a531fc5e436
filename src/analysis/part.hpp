// autarky: the file that a part of a divided run leaves, and the whole made of all parts.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/frame.hpp"
#include "engine/state.hpp"

namespace autarky::analysis {

/// One part. Equal parts give equal bytes.
struct Part {
    Frame frame;
    engine::State state;
};

/// A line that says what it is, the frame, the state; both end with a checksum.
std::string part_bytes(const Part& part);
/// Throws engine::StateError with a sentence when the bytes are no part, are damaged, or were cut off.
Part part_from(std::string_view bytes);

/// What is done where samples are in no part.
enum class Gaps {
    refused,   ///< it is an error
    end_there, ///< the run ends before the first of them: the parts behind it are left out
    kept,      ///< what comes out is a part again, to be merged on
};

/// What reads a part of that name. It may be asked for the same one again.
using PartReader = std::function<Part(const std::string& file)>;

/// The whole run, or its beginning, which is the run of so many samples to the last bit, or a larger part of it. One part is
/// read after the other, so that two of them are in memory, however many there are; sums are exact, so neither order nor
/// grouping changes a bit. Throws engine::StateError that names the file: a part of another run, given twice, overlapping,
/// or samples that are in none; what the reader throws passes through.
Part merged(const std::vector<std::string>& files, const PartReader& read, Gaps gaps = Gaps::refused);

} // namespace autarky::analysis

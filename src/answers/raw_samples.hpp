// autarky: the samples of a run themselves, block by block: for those who must show every future.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "answers/run.hpp"
#include "answers/session.hpp"

namespace autarky::answers {

/// One metric in one quarter, or of the whole run.
struct RawColumn {
    std::string name; ///< "chip.unit_cost[2030Q4]", "npv"
    std::string unit;
    double unit_factor = 1.0; ///< base units in one of it
    std::size_t column = 0;   ///< row of the model's columns
};

/// The futures that a run of the same question accumulates, one by one. Immutable; blocks may be asked for in any order.
class RawSamples {
public:
    /// Block sizes are multiples of this.
    static constexpr std::uint64_t least_block = 256;

    /// The question must name the metrics. Throws InputError.
    explicit RawSamples(const RunQuestion& question);

    [[nodiscard]] const std::vector<RawColumn>& columns() const { return columns_; }
    [[nodiscard]] std::uint64_t samples() const { return samples_; }
    /// Samples first .. first + count - 1, [column][sample], in the units of the columns; NaN where a sample failed or a
    /// metric does not exist. `first` is a multiple of least_block. Takes 8 bytes a value, and what an evaluation takes a thread.
    [[nodiscard]] std::vector<std::vector<double>> block(std::uint64_t first, std::uint64_t count,
                                                         const Watch& watch) const;

private:
    std::shared_ptr<const Session> session_;
    std::vector<RawColumn> columns_;
    std::uint64_t samples_, seed_;
    engine::Sampling sampling_;
};

} // namespace autarky::answers

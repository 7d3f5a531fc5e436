// autarky: counts of a column's distinct values, as long as they are few.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace autarky::engine {

/// Distinct values with their counts, so that the quantiles of a count of chips or a date are exact. Past `most` of them
/// nothing is kept. Adding in any order or grouping gives equal states.
class FewValues {
public:
    static constexpr std::size_t most = 64;
    using Counted = std::pair<double, std::uint64_t>;

    void add_block(const double* x, std::size_t n);
    void add(double value, std::uint64_t count);
    void add(const FewValues& other);

    /// More than `most` were seen; their counts are not known.
    [[nodiscard]] bool are_many() const { return are_many_; }
    /// Ascending; empty when they are many.
    [[nodiscard]] const std::vector<Counted>& counts() const { return counts_; }
    void set_many();

    friend bool operator==(const FewValues&, const FewValues&) = default;

private:
    bool are_many_ = false;
    std::vector<Counted> counts_;
};

} // namespace autarky::engine

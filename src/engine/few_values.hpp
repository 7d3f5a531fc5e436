// autarky: counts of a column's distinct values, as long as they are few.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace autarky::engine {

/// Distinct values with their counts, so that the quantiles of a count of chips or a date are exact. Past `most` of them
/// only the counts of those named beforehand as seen often go on: a price that is 8,000 USD in half of the futures and
/// anything in the others. Adding in any order or grouping gives equal states.
class FewValues {
public:
    static constexpr std::size_t most = 64;
    using Counted = std::pair<double, std::uint64_t>;

    void add_block(const double* x, std::size_t n);
    void add(double value, std::uint64_t count);
    void add(const FewValues& other);

    /// Names the values that are counted however many there are, ascending; before anything is added.
    void set_often(const std::vector<double>& values);
    /// More than `most` were seen; only the counts of those seen often are known.
    [[nodiscard]] bool are_many() const { return are_many_; }
    /// Ascending; empty when they are many.
    [[nodiscard]] const std::vector<Counted>& counts() const { return counts_; }
    /// The values named beforehand, ascending, with their counts where they are many.
    [[nodiscard]] const std::vector<Counted>& often() const { return often_; }
    void set_many();

    friend bool operator==(const FewValues&, const FewValues&) = default;

private:
    bool are_many_ = false;
    std::vector<Counted> counts_, often_;

    void add_often(double value, std::uint64_t count);
    void count_often(const double* x, std::size_t n);
};

/// Of the first values of a column those that came more than once, ascending; of more than eight the ones that came most.
/// A value of a tenth of all is among 64 in 99 of 100 cases. What a histogram knows exactly by itself is left out: `origin`,
/// and without one the whole numbers up to 255.
[[nodiscard]] std::vector<double> often_seen(std::vector<double> values, double origin);

} // namespace autarky::engine

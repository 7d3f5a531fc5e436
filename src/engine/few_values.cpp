// autarky: counts of a column's distinct values, as long as they are few.
// SPDX-License-Identifier: Apache-2.0
#include "engine/few_values.hpp"

#include <algorithm>

namespace autarky::engine {

void FewValues::set_many() {
    are_many_ = true;
    counts_.clear();
    counts_.shrink_to_fit();
}

void FewValues::add(double value, std::uint64_t count) {
    if (are_many_) return;
    value += 0.0; // one zero
    const auto at = std::lower_bound(counts_.begin(), counts_.end(), value,
                                     [](const Counted& one, double x) { return one.first < x; });
    if (at != counts_.end() && at->first == value) {
        at->second += count;
        return;
    }
    if (counts_.size() == most) return set_many();
    counts_.insert(at, {value, count});
}

void FewValues::add_block(const double* x, std::size_t n) {
    for (std::size_t k = 0; k < n && !are_many_;) { // equal neighbours at once: most such columns are nearly constant
        std::size_t end = k + 1;
        while (end < n && x[end] == x[k])
            ++end;
        add(x[k], end - k);
        k = end;
    }
}

void FewValues::add(const FewValues& other) {
    if (other.are_many_) set_many();
    for (const auto& [value, count] : other.counts_)
        add(value, count);
}

} // namespace autarky::engine

// autarky: counts of a column's distinct values, as long as they are few.
// SPDX-License-Identifier: Apache-2.0
#include "engine/few_values.hpp"

#include <algorithm>
#include <cmath>

#include "engine/whole_numbers.hpp"

namespace autarky::engine {
namespace {

auto place_of(std::vector<FewValues::Counted>& counts, double value) {
    return std::lower_bound(counts.begin(), counts.end(), value,
                            [](const FewValues::Counted& one, double x) { return one.first < x; });
}

bool known_exactly(double value, double origin) {
    if (value == origin) return true; // the bucket of zero
    return origin == 0.0 && value >= 1.0 && value <= WholeNumbers::largest && value == std::floor(value);
}

} // namespace

void FewValues::set_often(const std::vector<double>& values) {
    often_.clear();
    for (const double value : values)
        often_.emplace_back(value + 0.0, 0);
}

void FewValues::set_many() {
    if (are_many_) return;
    are_many_ = true;
    for (const auto& [value, count] : counts_)
        add_often(value, count);
    counts_.clear();
    counts_.shrink_to_fit();
}

void FewValues::add_often(double value, std::uint64_t count) {
    if (const auto at = place_of(often_, value); at != often_.end() && at->first == value) at->second += count;
}

void FewValues::count_often(const double* x, std::size_t n) {
    for (auto& [value, count] : often_) {
        std::uint64_t found = 0;
        for (std::size_t k = 0; k < n; ++k)
            found += x[k] == value ? 1 : 0;
        count += found;
    }
}

void FewValues::add(double value, std::uint64_t count) {
    value += 0.0; // one zero
    if (are_many_) return add_often(value, count);
    const auto at = place_of(counts_, value);
    if (at != counts_.end() && at->first == value) {
        at->second += count;
        return;
    }
    if (counts_.size() == most) {
        set_many();
        return add_often(value, count);
    }
    counts_.insert(at, {value, count});
}

void FewValues::add_block(const double* x, std::size_t n) {
    std::size_t k = 0;
    while (k < n && !are_many_) { // equal neighbours at once: most such columns are nearly constant
        std::size_t end = k + 1;
        while (end < n && x[end] == x[k])
            ++end;
        add(x[k], end - k);
        k = end;
    }
    if (are_many_) count_often(x + k, n - k);
}

void FewValues::add(const FewValues& other) {
    if (other.are_many_) {
        set_many();
        for (const auto& [value, count] : other.often_)
            add_often(value, count);
    }
    for (const auto& [value, count] : other.counts_)
        add(value, count);
}

std::vector<double> often_seen(std::vector<double> values, double origin) {
    constexpr std::size_t most = 8;
    std::sort(values.begin(), values.end());
    std::vector<FewValues::Counted> repeated;
    for (std::size_t k = 0, end = 0; k < values.size(); k = end) {
        while (end < values.size() && values[end] == values[k])
            ++end;
        if (end - k > 1 && !known_exactly(values[k], origin)) repeated.emplace_back(values[k], end - k);
    }
    std::stable_sort(repeated.begin(), repeated.end(),
                     [](const FewValues::Counted& a, const FewValues::Counted& b) { return a.second > b.second; });
    if (repeated.size() > most) repeated.resize(most);
    std::vector<double> out;
    for (const auto& [value, count] : repeated)
        out.push_back(value);
    std::sort(out.begin(), out.end());
    return out;
}

} // namespace autarky::engine

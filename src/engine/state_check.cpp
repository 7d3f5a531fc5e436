// autarky: what must hold between the numbers of a state.
// SPDX-License-Identifier: Apache-2.0
#include "engine/state_check.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <span>
#include <string_view>

#include "engine/chunk_runner.hpp"

namespace autarky::engine {
namespace {

__extension__ using UInt128 = unsigned __int128;
__extension__ using Int128 = __int128;

void require(bool holds, std::string_view what) {
    if (!holds) throw StateError(fmt::format("the state contradicts itself: {}", what));
}

void check_ranges(const State& state) {
    require(state.key.samples >= 1 && state.key.samples <= max_samples, "number of samples");
    std::uint64_t free = 0; // first sample that the next range may have
    for (const SampleRange& range : state.ranges) {
        require(range.count > 0 && range.first >= free && range.first < state.key.samples &&
                    range.count <= state.key.samples - range.first,
                "ranges of samples");
        free = range.end() + 1; // neighbours are joined
    }
}

void check_failures(const State& state) {
    const Failures& failures = state.failures;
    require(failures.count <= state.done(), "number of failed samples");
    require(failures.first.size() == std::min<std::uint64_t>(failures.count, Failures::n_kept),
            "list of failed samples");
    for (std::size_t k = 0; k < failures.first.size(); ++k) {
        const std::uint64_t sample = failures.first[k].sample;
        require(k == 0 || failures.first[k - 1].sample < sample, "order of failed samples");
        require(std::any_of(state.ranges.begin(), state.ranges.end(),
                            [&](const SampleRange& range) { return sample >= range.first && sample < range.end(); }),
                "a failed sample that was not run");
    }
}

void check_histogram(const ColumnState& c) {
    const auto buckets = c.histogram.buckets();
    std::uint64_t total = 0;
    for (const auto& [key, n] : buckets)
        total += n;
    require(total == c.count, "histogram and count");
    if (c.count == 0) return;
    require(buckets.front().first == Histogram::key(c.minimum - c.origin) &&
                buckets.back().first == Histogram::key(c.maximum - c.origin),
            "histogram and bounds");
}

/// Values seen often are among those of their bucket.
void check_often(const ColumnState& c) {
    require(c.count > FewValues::most, "distinct values and count");
    std::map<std::uint32_t, std::uint64_t> known;
    for (const auto& [value, n] : c.few.often()) {
        require(n <= c.count && (n == 0 || (value >= c.minimum && value <= c.maximum)), "values seen often and bounds");
        known[Histogram::key(value - c.origin)] += n;
    }
    for (const auto& [key, in_bucket] : c.histogram.buckets())
        if (const auto found = known.find(key); found != known.end()) {
            require(found->second <= in_bucket, "values seen often and histogram");
            known.erase(found);
        }
    require(std::ranges::all_of(known, [](const auto& left) { return left.second == 0; }),
            "values seen often and histogram");
}

void check_few(const ColumnState& c) {
    if (c.few.are_many()) return check_often(c);
    std::uint64_t total = 0, positive = 0, negative = 0;
    for (const auto& [value, n] : c.few.counts()) {
        require(n > 0 && n <= c.count, "counts of distinct values");
        total += n;
        positive += value > 0.0 ? n : 0;
        negative += value < 0.0 ? n : 0;
    }
    require(total == c.count && positive == c.positive && negative == c.negative, "distinct values and counts");
    require(c.count == 0 || (c.few.counts().front().first == c.minimum && c.few.counts().back().first == c.maximum),
            "distinct values and bounds");
}

/// Whole numbers are among those of the bucket that begins with them.
void check_whole(const ColumnState& c) {
    require(c.origin == 0.0 || c.whole.counts().empty(), "whole numbers of a column");
    const auto buckets = c.histogram.buckets();
    for (const auto& [number, n] : c.whole.counts()) {
        const auto key = Histogram::key(number);
        require(n > 0 && std::any_of(buckets.begin(), buckets.end(),
                                     [&](const auto& bucket) { return bucket.first == key && n <= bucket.second; }),
                "whole numbers and histogram");
    }
}

/// `good`: samples that did not fail.
void check_column(const ColumnState& c, std::uint64_t good) {
    require(c.count <= good && c.none == good - c.count && (c.optional || c.none == 0), "counts of a column");
    require(c.positive <= c.count && c.negative <= c.count - c.positive, "signs of a column");
    require(std::isfinite(c.origin), "origin of a column");
    if (c.count == 0) {
        require(c.minimum > c.maximum && c.sum.value() == 0.0 && c.squares.value() == 0.0, "a column without samples");
    } else {
        require(std::fabs(c.minimum) < largest_result && std::fabs(c.maximum) < largest_result &&
                    c.minimum <= c.maximum,
                "bounds of a column");
        const double most = std::max(std::fabs(c.minimum), std::fabs(c.maximum)), mean = c.mean();
        constexpr double rounding = 1.0 + 1e-9, tiny = 1e-280; // squares of tiny numbers are rounded
        const double ulps = 1e-15 * most;
        require(c.minimum - ulps <= mean && mean <= c.maximum + ulps, "sum and bounds of a column");
        require(c.squares.value() >= 0.0 &&
                    c.squares.value() <= static_cast<double>(c.count) * (most * most * rounding + tiny),
                "squares of a column");
        require(c.count < 2 || c.variance() >= 0.0, "variance of a column");
    }
    check_histogram(c);
    check_few(c);
    check_whole(c);
}

void check_bins(const Bins& bins, std::size_t size, const DriverState& d) {
    require(bins.size() == size, "bins of a driver");
    std::uint64_t count = 0;
    std::int64_t sum = 0;
    for (const Bin& bin : bins) {
        require(bin.count <= d.count &&
                    std::fabs(static_cast<double>(bin.sum)) <= static_cast<double>(bin.count) * largest_quantum,
                "bins of a driver");
        count += bin.count;
        sum += bin.sum;
    }
    require(count == d.count && sum == d.sum, "bins and sums of a driver");
}

/// A tail's bins hold what the outer bin does.
void check_tail(std::span<const TailBin> tail, const Bin& outer) {
    std::uint64_t count = 0;
    std::int64_t sum = 0;
    for (const TailBin& bin : tail) {
        constexpr double most = largest_quantum / (1U << square_shift);
        require(bin.count <= outer.count &&
                    std::fabs(static_cast<double>(bin.sum)) <= static_cast<double>(bin.count) * largest_quantum &&
                    static_cast<double>(bin.squares) <= static_cast<double>(bin.count) * most * most,
                "tails of a driver");
        count += bin.count;
        sum += bin.sum;
    }
    require(count == outer.count && sum == outer.sum, "tails and bins of a driver");
}

void check_driver(const DriverTally& driver, const DriverState& d) {
    const std::set<std::size_t> streams(driver.streams.begin(), driver.streams.end());
    require(!streams.empty() && streams.size() == driver.streams.size() &&
                driver.by_stream.size() == driver.streams.size(),
            "streams of a driver");
    require(driver.tails.size() == driver.streams.size(), "tails of a driver");
    for (std::size_t member = 0; member < driver.streams.size(); ++member) {
        const Bins& bins = driver.by_stream[member];
        check_bins(bins, n_score_bins * d.sets(), d);
        const TailBins& tails = driver.tails[member];
        require(tails.size() == n_tails * n_tail_bins * d.sets(), "tails of a driver");
        for (std::size_t set = 0; set < d.sets(); ++set) {
            const TailBin* const lower = tails.data() + set * n_tails * n_tail_bins;
            check_tail({lower, n_tail_bins}, bins[set * n_score_bins]);
            check_tail({lower + n_tail_bins, n_tail_bins}, bins[(set + 1) * n_score_bins - 1]);
        }
    }
    const auto [side, dimensions] = grid_shape(driver.streams.size());
    require(driver.grid_side == side && driver.grid_dimensions == dimensions, "grid of a driver");
    std::size_t n_cells = side == 0 ? 0 : d.sets();
    for (std::size_t k = 0; k < dimensions && side != 0; ++k)
        n_cells *= side;
    if (side == 0)
        require(driver.grid.empty(), "grid of a driver");
    else
        check_bins(driver.grid, n_cells, d);
}

void check_scramblings(const State& state) {
    const DriverState& d = state.drivers;
    const bool has_any = state.key.sampling == Sampling::sobol && !d.column.empty();
    require(d.scramblings.size() == (has_any ? n_scramblings : 0), "scramblings of the points");
    ScramblingTally total;
    for (const ScramblingTally& tally : d.scramblings) {
        require(tally.count <= d.count && tally.positive <= tally.count &&
                    std::fabs(static_cast<double>(tally.sum)) <= static_cast<double>(tally.count) * largest_quantum,
                "a scrambling of the points");
        total += tally;
    }
    require(!has_any || (total.count == d.count && total.sum == d.sum), "scramblings and their column");
}

void check_drivers(const State& state, std::uint64_t good) {
    const DriverState& d = state.drivers;
    require(std::isfinite(d.quantum.pivot) && std::abs(d.quantum.exponent) <= 1000, "quantum of the drivers");
    require(d.count <= good && d.clipped <= d.count, "counts of the drivers");
    const auto column = std::find_if(state.columns.begin(), state.columns.end(),
                                     [&](const ColumnState& c) { return c.name == d.column; });
    require(column == state.columns.end() || column->count == d.count, "drivers and their column");
    require(!d.column.empty() || (d.drivers.empty() && d.count == 0), "drivers of no column");
    require(std::fabs(static_cast<double>(d.sum)) <= static_cast<double>(d.count) * largest_quantum,
            "sum of the drivers");
    const auto squares = UInt128{d.squares_high} << 64U | d.squares_low;
    const auto most = static_cast<UInt128>(d.count) << 60U;
    require(squares <= most, "squares of the drivers");
    require(static_cast<Int128>(squares) * static_cast<Int128>(d.count) >= static_cast<Int128>(d.sum) * d.sum,
            "squares and sum of the drivers");
    for (const DriverTally& driver : d.drivers)
        check_driver(driver, d);
    check_scramblings(state);
}

} // namespace

void require_consistent(const State& state) {
    check_ranges(state);
    check_failures(state);
    const std::uint64_t good = state.done() - state.failures.count;
    std::set<std::string_view> names;
    for (const ColumnState& column : state.columns) {
        require(names.insert(column.name).second, "two columns of one name");
        check_column(column, good);
    }
    check_drivers(state, good);
}

} // namespace autarky::engine

// autarky: what a run, or a part of it, has accumulated, and how parts are merged.
// SPDX-License-Identifier: Apache-2.0
#include "engine/state.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cassert>

namespace autarky::engine {
namespace {

/// Ascending ranges with touching ones joined.
std::vector<SampleRange> joined(std::vector<SampleRange> ranges) {
    std::sort(ranges.begin(), ranges.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<SampleRange> out;
    for (const SampleRange& range : ranges) {
        if (range.count == 0) continue;
        if (!out.empty() && out.back().end() == range.first)
            out.back().count += range.count;
        else
            out.push_back(range);
    }
    return out;
}

void require_same_key(const RunKey& ours, const RunKey& theirs) {
    if (ours.scenario != theirs.scenario)
        throw StateError(
            fmt::format("the part is of another scenario ({:.12} instead of {:.12})", theirs.scenario, ours.scenario));
    if (ours.engine != theirs.engine)
        throw StateError(fmt::format("the part was made by version {} instead of {}", theirs.engine, ours.engine));
    if (ours.sampling != theirs.sampling)
        throw StateError(
            fmt::format("the part has sampling {} instead of {}", name_of(theirs.sampling), name_of(ours.sampling)));
    if (ours.seed != theirs.seed)
        throw StateError(fmt::format("the part has seed {} instead of {}", theirs.seed, ours.seed));
    if (ours.samples != theirs.samples)
        throw StateError(
            fmt::format("the part belongs to a run of {} samples instead of {}", theirs.samples, ours.samples));
}

void require_same_columns(const State& ours, const State& theirs) {
    const auto same_value = [](const FewValues::Counted& a, const FewValues::Counted& b) { return a.first == b.first; };
    const auto same = [&](const ColumnState& a, const ColumnState& b) {
        return a.name == b.name && a.optional == b.optional && a.origin == b.origin &&
               std::ranges::equal(a.few.often(), b.few.often(), same_value);
    };
    if (!std::equal(ours.columns.begin(), ours.columns.end(), theirs.columns.begin(), theirs.columns.end(), same))
        throw StateError("the part accumulates other metrics");
    const auto same_driver = [](const DriverTally& a, const DriverTally& b) {
        return a.name == b.name && a.streams == b.streams;
    };
    if (ours.drivers.column != theirs.drivers.column || !(ours.drivers.quantum == theirs.drivers.quantum) ||
        !std::equal(ours.drivers.drivers.begin(), ours.drivers.drivers.end(), theirs.drivers.drivers.begin(),
                    theirs.drivers.drivers.end(), same_driver))
        throw StateError("the part attributes its variance to other drivers");
}

} // namespace

void Failures::keep(Failure failure) {
    const auto at = std::upper_bound(first.begin(), first.end(), failure,
                                     [](const Failure& a, const Failure& b) { return a.sample < b.sample; });
    first.insert(at, std::move(failure));
    if (first.size() > n_kept) first.pop_back();
}

void Failures::add(const Failures& other) {
    count += other.count;
    for (const Failure& failure : other.first)
        if (keeps(failure.sample)) keep(failure);
}

std::uint64_t State::done() const {
    std::uint64_t n = 0;
    for (const SampleRange& range : ranges)
        n += range.count;
    return n;
}

std::vector<SampleRange> State::missing() const {
    std::vector<SampleRange> out;
    std::uint64_t next = 0;
    for (const SampleRange& range : ranges) {
        if (range.first > next) out.push_back({next, range.first - next});
        next = range.end();
    }
    if (next < key.samples) out.push_back({next, key.samples - next});
    return out;
}

void State::merge(const State& other) {
    require_same_key(key, other.key);
    require_same_columns(*this, other);
    for (const SampleRange& ours : ranges)
        for (const SampleRange& theirs : other.ranges)
            if (ours.first < theirs.end() && theirs.first < ours.end())
                throw StateError(fmt::format("samples {} to {} are in already", std::max(ours.first, theirs.first),
                                             std::min(ours.end(), theirs.end()) - 1));
    auto all = ranges;
    all.insert(all.end(), other.ranges.begin(), other.ranges.end());
    ranges = joined(std::move(all));
    for (std::size_t k = 0; k < columns.size(); ++k)
        columns[k].add(other.columns[k]);
    drivers.add(other.drivers);
    failures.add(other.failures);
}

State State::emptied() const {
    State out;
    out.key = key;
    out.columns.reserve(columns.size());
    for (const ColumnState& column : columns)
        out.columns.push_back(column.emptied());
    out.drivers.column = drivers.column;
    out.drivers.quantum = drivers.quantum;
    out.drivers.scramblings.resize(drivers.scramblings.size());
    for (DriverTally driver : drivers.drivers) {
        for (Bins& bins : driver.by_stream)
            bins.assign(bins.size(), {});
        for (TailBins& bins : driver.tails)
            bins.assign(bins.size(), {});
        driver.grid.assign(driver.grid.size(), {});
        out.drivers.drivers.push_back(std::move(driver));
    }
    return out;
}

SampleRange shard(std::uint64_t samples, std::uint64_t index, std::uint64_t n) {
    assert(index >= 1 && index <= n);
    const std::uint64_t unit = samples / n >= chunk_size ? chunk_size : 1;
    const std::uint64_t units = (samples + unit - 1) / unit;
    const auto cut = [&](std::uint64_t k) {
        return std::min(samples, (units / n * k + std::min(k, units % n)) * unit);
    };
    return {cut(index - 1), cut(index) - cut(index - 1)};
}

} // namespace autarky::engine

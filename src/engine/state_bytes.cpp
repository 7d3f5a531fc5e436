// autarky: the canonical bytes of a state.
// SPDX-License-Identifier: Apache-2.0
//
// Little-endian. Header "AUTARKY STATE" and a format version; then key, ranges, columns, drivers, failures: the
// content, whose sha256 is the result's. Then the values seen often with their counts, and the sha256 of all that, in hex.
// Counts and lengths are varints of 7 bits, lowest first; doubles are their 64 bits. Cells of a sum and buckets of a
// histogram are written sparsely, with the distance from the one before.
#include <cstdlib>
#include <limits>

#include "core/sha256.hpp"
#include "engine/byte_stream.hpp"
#include "engine/state.hpp"
#include "engine/state_check.hpp"

namespace autarky::engine {
namespace {

constexpr std::string_view magic = "AUTARKY STATE";
constexpr std::uint64_t random_version = 2; // few distinct values of a column, tails of a driver
constexpr std::uint64_t sobol_version = 5;  // and what each scrambling gave
constexpr std::size_t checksum_length = 64;

void write(Writer& w, const ExactSum& sum) {
    const ExactSum::Cells cells = sum.canonical();
    std::size_t n = 0;
    for (const auto cell : cells)
        n += cell != 0 ? 1 : 0;
    w.number(n);
    for (std::size_t k = 0, last = 0; k < cells.size(); ++k) {
        if (cells[k] == 0) continue;
        w.number(k - last);
        w.signed_number(cells[k]);
        last = k;
    }
}

void read(Reader& r, ExactSum& sum) {
    ExactSum::Cells cells{};
    const std::size_t n = r.length(2);
    std::uint64_t at = 0;
    for (std::size_t k = 0; k < n; ++k) {
        at += r.number();
        if (at >= cells.size()) throw StateError("the state is damaged: a sum is out of range");
        cells[at] = r.signed_number();
        constexpr std::int64_t cell_end = 1LL << 32U, last_end = 1LL << 48U; // of canonical cells
        const bool is_last = at + 1 == cells.size();
        if (is_last ? std::abs(cells[at]) >= last_end : cells[at] < 0 || cells[at] >= cell_end)
            throw StateError("the state is damaged: a sum is out of range");
    }
    sum.set(cells);
}

void write(Writer& w, const Histogram& histogram) {
    const auto buckets = histogram.buckets();
    w.number(buckets.size());
    std::int64_t last = 0;
    for (const auto& [key, count] : buckets) {
        w.signed_number(static_cast<std::int64_t>(key) - last);
        w.number(count);
        last = key;
    }
}

void read(Reader& r, Histogram& histogram) {
    const std::size_t n = r.length(2);
    std::int64_t key = 0;
    for (std::size_t k = 0; k < n; ++k) {
        const std::int64_t step = r.signed_number();
        if (step <= -key - 1 || step >= Histogram::n_keys - key)
            throw StateError("the state is damaged: a bucket is out of range");
        key += step;
        const std::uint64_t count = r.number();
        if (count > std::numeric_limits<std::uint32_t>::max())
            throw StateError("the state is damaged: a bucket is too full");
        histogram.add(static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(count));
    }
}

/// 0 for many, else their number and one, then each with its count.
void write(Writer& w, const FewValues& few) {
    w.number(few.are_many() ? 0 : few.counts().size() + 1);
    for (const auto& [value, count] : few.counts()) {
        w.real(value);
        w.number(count);
    }
}

void read(Reader& r, FewValues& few) {
    const std::uint64_t n = r.number();
    if (n == 0) return few.set_many();
    for (std::uint64_t k = 1; k < n; ++k) {
        const double value = r.real();
        if (!few.counts().empty() && !(few.counts().back().first < value))
            throw StateError("the state is damaged: values are out of order");
        few.add(value, r.number());
        if (few.counts().size() != k) throw StateError("the state is damaged: too many distinct values");
    }
}

void write(Writer& w, const WholeNumbers& whole) {
    w.number(whole.counts().size());
    for (const auto& [number, count] : whole.counts()) {
        w.number(number);
        w.number(count);
    }
}

void read(Reader& r, WholeNumbers& whole) {
    const std::size_t n = r.length(2);
    for (std::size_t k = 1; k <= n; ++k) {
        const std::uint64_t number = r.number();
        if (number == 0 || number > WholeNumbers::largest ||
            (!whole.counts().empty() && number <= whole.counts().back().first))
            throw StateError("the state is damaged: whole numbers are out of order");
        whole.add(static_cast<std::uint32_t>(number), r.number());
    }
}

/// The values counted however many there are. They stand behind the content, which they do not change: they are of the
/// first samples of the run, and sharpen quantiles only.
std::string often_of(const State& state) {
    Writer w;
    for (const ColumnState& column : state.columns) {
        w.number(column.few.often().size());
        for (const auto& [value, count] : column.few.often()) {
            w.real(value);
            w.number(count);
        }
    }
    return w.take();
}

void read_often(Reader& r, FewValues& few) {
    std::vector<double> values(r.length(9));
    std::vector<std::uint64_t> counts;
    for (double& value : values) {
        value = r.real();
        if (counts.push_back(r.number()); &value != values.data() && !(*(&value - 1) < value))
            throw StateError("the state is damaged: values are out of order");
    }
    few.set_often(values);
    if (!few.are_many()) return;
    for (std::size_t k = 0; k < values.size(); ++k)
        few.add(values[k], counts[k]);
}

void write(Writer& w, const ColumnState& c) {
    w.text(c.name);
    w.number(c.optional ? 1 : 0);
    w.real(c.origin);
    for (const std::uint64_t n : {c.count, c.none, c.positive, c.negative})
        w.number(n);
    w.real(c.minimum);
    w.real(c.maximum);
    write(w, c.sum);
    write(w, c.squares);
    write(w, c.histogram);
    write(w, c.few);
    write(w, c.whole);
}

void read(Reader& r, ColumnState& c) {
    c.name = r.text();
    c.optional = r.number() != 0;
    c.origin = r.real();
    for (std::uint64_t* n : {&c.count, &c.none, &c.positive, &c.negative})
        *n = r.number();
    c.minimum = r.real();
    c.maximum = r.real();
    read(r, c.sum);
    read(r, c.squares);
    read(r, c.histogram);
    read(r, c.few);
    read(r, c.whole);
}

void write(Writer& w, const Bins& bins) {
    w.number(bins.size());
    for (const Bin& bin : bins) {
        w.signed_number(bin.sum);
        w.number(bin.count);
    }
}

void read(Reader& r, Bins& bins) {
    bins.resize(r.length(2));
    for (Bin& bin : bins) {
        bin.sum = r.signed_number();
        bin.count = r.number();
    }
}

void write(Writer& w, const TailBins& bins) {
    w.number(bins.size());
    for (const TailBin& bin : bins) {
        w.signed_number(bin.sum);
        w.number(bin.count);
        w.number(bin.squares);
    }
}

void read(Reader& r, TailBins& bins) {
    bins.resize(r.length(3));
    for (TailBin& bin : bins) {
        bin.sum = r.signed_number();
        bin.count = r.number();
        bin.squares = r.number();
    }
}

void write(Writer& w, const DriverState& d) {
    w.text(d.column);
    w.real(d.quantum.pivot);
    w.signed_number(d.quantum.exponent);
    w.number(d.count);
    w.number(d.clipped);
    w.signed_number(d.sum);
    w.number(d.squares_low);
    w.number(d.squares_high);
    w.number(d.drivers.size());
    for (const DriverTally& driver : d.drivers) {
        w.text(driver.name);
        w.number(driver.grid_side);
        w.number(driver.grid_dimensions);
        w.number(driver.streams.size());
        for (std::size_t k = 0; k < driver.streams.size(); ++k) {
            w.number(driver.streams[k]);
            write(w, driver.by_stream[k]);
            write(w, driver.tails[k]);
        }
        write(w, driver.grid);
    }
}

void read(Reader& r, DriverState& d) {
    d.column = r.text();
    d.quantum.pivot = r.real();
    const std::int64_t exponent = r.signed_number();
    if (exponent < -1000 || exponent > 1000) throw StateError("the state is damaged: a quantum is out of range");
    d.quantum.exponent = static_cast<int>(exponent);
    d.count = r.number();
    d.clipped = r.number();
    d.sum = r.signed_number();
    d.squares_low = r.number();
    d.squares_high = r.number();
    d.drivers.resize(r.length(5));
    for (DriverTally& driver : d.drivers) {
        driver.name = r.text();
        driver.grid_side = r.number();
        driver.grid_dimensions = r.number();
        driver.streams.resize(r.length(2));
        driver.by_stream.resize(driver.streams.size());
        driver.tails.resize(driver.streams.size());
        for (std::size_t k = 0; k < driver.streams.size(); ++k) {
            driver.streams[k] = r.number();
            read(r, driver.by_stream[k]);
            read(r, driver.tails[k]);
        }
        read(r, driver.grid);
    }
}

void write(Writer& w, const std::vector<ScramblingTally>& scramblings) {
    w.number(scramblings.size());
    for (const ScramblingTally& tally : scramblings) {
        w.signed_number(tally.sum);
        w.number(tally.count);
        w.number(tally.positive);
    }
}

void read(Reader& r, std::vector<ScramblingTally>& scramblings) {
    scramblings.resize(r.length(3));
    for (ScramblingTally& tally : scramblings) {
        tally.sum = r.signed_number();
        tally.count = r.number();
        tally.positive = r.number();
    }
}

std::string content(const State& state) {
    Writer w;
    const bool is_sobol = state.key.sampling == Sampling::sobol;
    w.raw(magic);
    w.number(is_sobol ? sobol_version : random_version);
    w.text(state.key.scenario);
    w.text(state.key.engine);
    w.number(state.key.seed);
    w.number(state.key.samples);
    w.number(state.ranges.size());
    for (const SampleRange& range : state.ranges) {
        w.number(range.first);
        w.number(range.count);
    }
    w.number(state.columns.size());
    for (const ColumnState& column : state.columns)
        write(w, column);
    write(w, state.drivers);
    if (is_sobol) write(w, state.drivers.scramblings);
    w.number(state.failures.count);
    w.number(state.failures.first.size());
    for (const Failure& failure : state.failures.first) {
        w.number(failure.sample);
        w.text(failure.reason);
    }
    return w.take();
}

} // namespace

std::string State::bytes() const {
    std::string out = content(*this) + often_of(*this);
    out += sha256_hex(out);
    return out;
}

std::string State::hash() const { return sha256_hex(content(*this)); }

State State::parse(std::string_view bytes) {
    if (!bytes.starts_with(magic)) throw StateError("this is no state of a run");
    if (bytes.size() < magic.size() + checksum_length + 1) throw StateError("the state is damaged: it is too short");
    const std::string_view body = bytes.substr(0, bytes.size() - checksum_length);
    Reader r(body);
    r.take(magic.size());
    const std::uint64_t version = r.number();
    if (version != random_version && version != sobol_version)
        throw StateError("the state has a format that this version does not read");
    if (sha256_hex(body) != bytes.substr(body.size()))
        throw StateError("the state is damaged: its checksum does not match");
    State state;
    state.key.scenario = r.text();
    state.key.engine = r.text();
    state.key.seed = r.number();
    state.key.samples = r.number();
    state.key.sampling = version == sobol_version ? Sampling::sobol : Sampling::random;
    state.ranges.resize(r.length(2));
    for (SampleRange& range : state.ranges) {
        range.first = r.number();
        range.count = r.number();
    }
    state.columns.resize(r.length(30));
    for (ColumnState& column : state.columns)
        read(r, column);
    read(r, state.drivers);
    if (version == sobol_version) read(r, state.drivers.scramblings);
    state.failures.count = r.number();
    state.failures.first.resize(r.length(2));
    for (Failure& failure : state.failures.first) {
        failure.sample = r.number();
        failure.reason = r.text();
    }
    for (ColumnState& column : state.columns)
        read_often(r, column.few);
    if (!r.at_end()) throw StateError("the state is damaged: it is too long");
    require_consistent(state);
    return state;
}

} // namespace autarky::engine

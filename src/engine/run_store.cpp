// autarky: keeps what a run has finished in an SQLite file.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run_store.hpp"

#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>
#include <algorithm>
#include <charconv>
#include <chrono>

#include "core/sha256.hpp"
#include "engine/store_file.hpp"

namespace autarky::engine {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr Seconds least_between_saves{2.0};
constexpr double most_for_saves = 1.0 / 150; ///< of the time of the work: a state of 5 MB takes a tenth of a second

std::string text_of(const PieceKey& key) {
    return fmt::format("{} {} {}", key.run, key.wanted.first, key.wanted.count);
}

bool lies_in(const SampleRange& part, const SampleRange& whole) {
    return part.first >= whole.first && part.end() <= whole.end();
}

bool overlap(const State& a, const State& b) {
    return std::any_of(a.ranges.begin(), a.ranges.end(), [&](const SampleRange& ours) {
        return std::any_of(b.ranges.begin(), b.ranges.end(), [&](const SampleRange& theirs) {
            return ours.first < theirs.end() && theirs.first < ours.end();
        });
    });
}

/// A row that does not hold what its key says was changed by somebody else.
void require_own(const State& state, const PieceKey& key, const State& blank, const std::string& path) {
    const bool is_ours = state.emptied().hash() == blank.hash();
    const bool is_inside = std::all_of(state.ranges.begin(), state.ranges.end(),
                                       [&](const SampleRange& range) { return lies_in(range, key.wanted); });
    if (!is_ours || !is_inside)
        throw StoreError(fmt::format("the run store '{}' is damaged: a row holds the state of another run", path));
}

/// Everything in the store that belongs to the wanted samples: the piece itself, then whatever else lies within it.
State gathered(RunStore& store, const PieceKey& key, const State& blank, const std::vector<StoredPiece>& pieces) {
    State state = blank.emptied();
    const auto take = [&](const PieceKey& from) {
        const auto found = store.load(from);
        if (!found) return;
        require_own(*found, from, blank, store.path());
        if (!overlap(state, *found)) state.merge(*found);
    };
    take(key);
    for (const StoredPiece& piece : pieces)
        if (piece.key.run == key.run && !(piece.key.wanted == key.wanted) && lies_in(piece.key.wanted, key.wanted))
            take(piece.key);
    return state;
}

PieceKey key_of(const Runner& runner, const SampleRange& wanted) {
    const State& blank = runner.blank();
    std::string likeness = fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n", blank.key.scenario, blank.key.engine, blank.key.seed,
                                       name_of(blank.key.sampling), blank.key.samples, blank.drivers.column);
    for (const ColumnState& column : blank.columns)
        likeness += column.name + '\n';
    return {sha256_hex(blank.hash() + runner.probe()), sha256_hex(likeness), wanted};
}

/// What of the wanted samples a state lacks.
std::vector<SampleRange> gaps_of(const State& state, const SampleRange& wanted) {
    std::vector<SampleRange> out;
    for (const SampleRange& gap : state.missing()) {
        const std::uint64_t first = std::max(gap.first, wanted.first), end = std::min(gap.end(), wanted.end());
        if (first < end) out.push_back({first, end - first});
    }
    return out;
}

/// Samples between saves, fitted to the time that they and a save take.
class Batch {
public:
    [[nodiscard]] SampleRange next(const SampleRange& gap) const { // ends between chunks
        const std::uint64_t cut = (gap.first + size_) / chunk_size * chunk_size;
        return {gap.first, std::min(gap.end(), cut) - gap.first};
    }
    void took(Seconds work, Seconds save) {
        const Seconds wanted = std::max(least_between_saves, save / most_for_saves);
        const double growth = std::clamp(wanted / std::max(work, wanted / 1e3), 0.25, 8.0);
        size_ = std::max<std::uint64_t>(chunk_size, static_cast<std::uint64_t>(static_cast<double>(size_) * growth));
    }

private:
    std::uint64_t size_ = 64 * chunk_size;
};

} // namespace

void RunStore::Close::operator()(sqlite3* db) const { sqlite3_close(db); }

RunStore::RunStore(const std::filesystem::path& file) : path_(file.string()), lock_(open_store_file(path_)) {
    try {
        db_.reset(open_store_database(path_));
    } catch (...) {
        close(lock_);
        throw;
    }
}

RunStore::~RunStore() {
    db_.reset();
    close(lock_);
}

std::vector<StoredPiece> RunStore::pieces() {
    Statement select(db_.get(), path_,
                     "SELECT run, likeness, first, count, scenario, seed, samples, done, saved_at FROM piece "
                     "ORDER BY saved_at DESC, run, first, count");
    std::vector<StoredPiece> out;
    while (select.step())
        out.push_back({{select.text(0), select.text(1), {select.count(2), select.count(3)}},
                       select.text(4),
                       select.count(5),
                       select.count(6),
                       select.count(7),
                       select.text(8)});
    return out;
}

void RunStore::claim(const PieceKey& key) {
    std::uint64_t place = 0;
    const std::string name = sha256_hex(text_of(key));
    std::from_chars(name.data(), name.data() + 15, place, 16);
    if (!lock_place(lock_, place))
        throw StoreError(
            fmt::format("another process is working on these samples of the run in the run store '{}'", path_));
}

std::optional<State> RunStore::load(const PieceKey& key) {
    Statement select(db_.get(), path_, "SELECT state, revision FROM piece WHERE run = ? AND first = ? AND count = ?");
    const bool found = select.bind(1, key.run).bind(2, key.wanted.first).bind(3, key.wanted.count).step();
    known_ = text_of(key);
    known_revision_ = found ? select.number(1) : 0;
    if (!found) return std::nullopt;
    try {
        return State::parse(select.text(0));
    } catch (const StateError& trouble) {
        throw StoreError(fmt::format("the run store '{}' is damaged: {}", path_, trouble.what()));
    }
}

void RunStore::save(const PieceKey& key, const State& state) {
    if (!is_in_place(lock_, path_)) store_failed(path_, "written", "it was removed or replaced while it was in use");
    if (known_ != text_of(key)) static_cast<void>(load(key));
    const std::string bytes = state.bytes();
    // A row is made by the first save and changed by the next ones, each only by who knows the latest revision.
    Statement write(db_.get(), path_,
                    known_revision_ == 0
                        ? "INSERT OR IGNORE INTO piece (run, first, count, likeness, scenario, seed, samples, done, "
                          "revision, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 + 1, ?10)"
                        : "UPDATE piece SET likeness = ?4, scenario = ?5, seed = ?6, samples = ?7, done = ?8, "
                          "revision = ?9 + 1, state = ?10, saved_at = CURRENT_TIMESTAMP "
                          "WHERE run = ?1 AND first = ?2 AND count = ?3 AND revision = ?9");
    write.bind(1, key.run).bind(2, key.wanted.first).bind(3, key.wanted.count).bind(4, key.likeness);
    write.bind(5, state.key.scenario).bind(6, state.key.seed).bind(7, state.key.samples).bind(8, state.done());
    write.bind(9, known_revision_).bind_blob(10, bytes);
    write.step();
    if (sqlite3_changes(db_.get()) != 1)
        throw StoreError(
            fmt::format("another process is working on these samples of the run in the run store '{}'", path_));
    ++known_revision_;
}

State run_stored(const Model& model, const RunOptions& options, RunStore& store,
                 const std::function<void(const Found&)>& found) {
    RunOptions part_options = options;
    const SampleRange wanted = options.range.value_or(SampleRange{0, options.samples});
    std::uint64_t finished = 0; // of the wanted samples
    if (options.progress)
        part_options.progress = [&](std::uint64_t done, std::uint64_t) {
            options.progress(finished + done, wanted.count);
        };
    const Runner runner(model, part_options);
    const PieceKey key = key_of(runner, wanted);
    store.claim(key);
    const auto pieces = store.pieces();
    State state = gathered(store, key, runner.blank(), pieces);
    finished = state.done();
    if (found)
        found({finished, wanted.count, pieces.size(), std::any_of(pieces.begin(), pieces.end(), [&](const auto& piece) {
                   return piece.key.likeness == key.likeness && piece.key.run != key.run;
               })});
    Batch batch;
    for (SampleRange gap : gaps_of(state, wanted))
        while (gap.count != 0 && !options.stop.stop_requested()) {
            const auto start = Clock::now();
            const State part = runner.run(batch.next(gap));
            const auto end = Clock::now();
            const std::uint64_t n = part.done();
            if (n == 0) break;
            state.merge(part);
            store.save(key, state);
            batch.took(end - start, Clock::now() - end);
            finished += n;
            gap = {gap.first + n, gap.count - n};
        }
    return state;
}

} // namespace autarky::engine

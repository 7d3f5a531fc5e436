// autarky: keeps what a run has finished in an SQLite file.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run_store.hpp"

#include <fmt/format.h>
#include <sqlite3.h>
#include <algorithm>
#include <chrono>

namespace autarky::engine {
namespace {

constexpr int busy_milliseconds = 5000;
constexpr std::chrono::duration<double> seconds_between_saves{2.0};

[[noreturn]] void fail(sqlite3* db, const std::string& path, const char* doing) {
    throw StoreError(fmt::format("the run store '{}' cannot be {}: {}", path, doing, sqlite3_errmsg(db)));
}

/// A prepared statement; parameters count from 1, result columns from 0.
class Statement {
public:
    Statement(sqlite3* db, const std::string& path, const char* sql) : db_(db), path_(path) {
        if (sqlite3_prepare_v2(db, sql, -1, &statement_, nullptr) != SQLITE_OK) fail(db, path, "used");
    }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement() { sqlite3_finalize(statement_); }

    Statement& bind(int at, std::string_view text) {
        return check(sqlite3_bind_text(statement_, at, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT));
    }
    Statement& bind(int at, std::int64_t number) { return check(sqlite3_bind_int64(statement_, at, number)); }
    Statement& bind(int at, std::uint64_t number) { return bind(at, static_cast<std::int64_t>(number)); }
    Statement& bind_blob(int at, const std::string& bytes) {
        return check(sqlite3_bind_blob64(statement_, at, bytes.data(), bytes.size(), SQLITE_TRANSIENT));
    }
    /// Whether there is a row.
    bool step() {
        const int code = sqlite3_step(statement_);
        if (code != SQLITE_ROW && code != SQLITE_DONE) fail(db_, path_, code == SQLITE_FULL ? "written" : "used");
        return code == SQLITE_ROW;
    }
    [[nodiscard]] std::int64_t number(int column) { return sqlite3_column_int64(statement_, column); }
    [[nodiscard]] std::string text(int column) {
        const auto* const bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
        return bytes == nullptr
                   ? std::string()
                   : std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
    }

private:
    Statement& check(int code) {
        if (code != SQLITE_OK) fail(db_, path_, "used");
        return *this;
    }
    sqlite3* db_;
    const std::string& path_;
    sqlite3_stmt* statement_ = nullptr;
};

void execute(sqlite3* db, const std::string& path, const char* sql) {
    if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail(db, path, "opened");
}

} // namespace

void RunStore::Close::operator()(sqlite3* db) const { sqlite3_close(db); }

RunStore::RunStore(const std::filesystem::path& file) : path_(file.string()) {
    sqlite3* db = nullptr;
    const int code = sqlite3_open_v2(path_.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    db_.reset(db);
    if (code != SQLITE_OK) fail(db, path_, "opened");
    sqlite3_busy_timeout(db, busy_milliseconds);
    execute(db, path_, "PRAGMA journal_mode = WAL");
    execute(db, path_, "PRAGMA synchronous = NORMAL");
    execute(
        db, path_,
        "CREATE TABLE IF NOT EXISTS autarky_run (id TEXT PRIMARY KEY, scenario TEXT NOT NULL, seed INTEGER NOT NULL, "
        "samples INTEGER NOT NULL, done INTEGER NOT NULL, revision INTEGER NOT NULL, "
        "saved_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP, state BLOB NOT NULL)");
}

std::vector<StoredRun> RunStore::runs() {
    Statement select(db_.get(), path_,
                     "SELECT id, scenario, seed, samples, done, saved_at FROM autarky_run ORDER BY saved_at DESC, id");
    std::vector<StoredRun> out;
    while (select.step())
        out.push_back({select.text(0), select.text(1), static_cast<std::uint64_t>(select.number(2)),
                       static_cast<std::uint64_t>(select.number(3)), static_cast<std::uint64_t>(select.number(4)),
                       select.text(5)});
    return out;
}

std::optional<State> RunStore::load(const std::string& id) {
    Statement select(db_.get(), path_, "SELECT state, revision FROM autarky_run WHERE id = ?");
    const bool found = select.bind(1, id).step();
    known_id_ = id;
    known_revision_ = found ? select.number(1) : 0;
    if (!found) return std::nullopt;
    return State::parse(select.text(0));
}

void RunStore::save(const std::string& id, const State& state) {
    if (known_id_ != id) static_cast<void>(load(id));
    // A row is made by the first save and changed by the next ones, each only by who knows the latest revision.
    Statement write(
        db_.get(), path_,
        known_revision_ == 0
            ? "INSERT OR IGNORE INTO autarky_run (id, scenario, seed, samples, done, revision, state) "
              "VALUES (?1, ?2, ?3, ?4, ?5, ?6 + 1, ?7)"
            : "UPDATE autarky_run SET scenario = ?2, seed = ?3, samples = ?4, done = ?5, revision = ?6 + 1, "
              "state = ?7, saved_at = CURRENT_TIMESTAMP WHERE id = ?1 AND revision = ?6");
    write.bind(1, id).bind(2, state.key.scenario).bind(3, state.key.seed).bind(4, state.key.samples);
    write.bind(5, state.done()).bind(6, known_revision_).bind_blob(7, state.bytes());
    write.step();
    if (sqlite3_changes(db_.get()) != 1)
        throw StoreError(fmt::format("another process is working on the same run in the run store '{}'", path_));
    ++known_revision_;
}

void RunStore::remove(const std::string& id) {
    Statement(db_.get(), path_, "DELETE FROM autarky_run WHERE id = ?").bind(1, id).step();
    known_id_.clear();
}

State run_stored(const Model& model, const RunOptions& options, RunStore& store, bool resume) {
    RunOptions part_options = options;
    const SampleRange wanted = options.range.value_or(SampleRange{0, options.samples});
    std::uint64_t finished = 0; // of the wanted samples
    if (options.progress)
        part_options.progress = [&](std::uint64_t done, std::uint64_t) {
            options.progress(finished + done, wanted.count);
        };
    const Runner runner(model, part_options);
    const std::string id = runner.blank().hash();
    if (!resume) store.remove(id);
    State state = store.load(id).value_or(runner.blank().emptied());

    std::vector<SampleRange> gaps;
    std::uint64_t left = 0;
    for (const SampleRange& gap : state.missing()) {
        const std::uint64_t first = std::max(gap.first, wanted.first), end = std::min(gap.end(), wanted.end());
        if (first >= end) continue;
        gaps.push_back({first, end - first});
        left += end - first;
    }
    finished = wanted.count - left;
    std::uint64_t batch = 64 * chunk_size; // samples between saves; fitted to the time they take
    for (SampleRange gap : gaps)
        while (gap.count != 0 && !options.stop.stop_requested()) {
            // Batches end between chunks.
            const std::uint64_t cut = (gap.first + batch) / chunk_size * chunk_size;
            const SampleRange range{gap.first, std::min(gap.end(), cut) - gap.first};
            const auto start = std::chrono::steady_clock::now();
            const State part = runner.run(range);
            const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
            const std::uint64_t n = part.done();
            if (n == 0) break;
            state.merge(part);
            store.save(id, state);
            finished += n;
            gap = {gap.first + n, gap.count - n};
            const double growth =
                std::clamp(seconds_between_saves / std::max(took, seconds_between_saves / 1e3), 0.25, 8.0);
            batch =
                std::max<std::uint64_t>(chunk_size, static_cast<std::uint64_t>(static_cast<double>(batch) * growth));
        }
    return state;
}

} // namespace autarky::engine

// autarky: keeps what a run has finished in an SQLite file, so that a killed run continues and ends with the same bits.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/run.hpp"

struct sqlite3;

namespace autarky::engine {

/// The store cannot be opened, read or written; the message is a sentence for the user.
struct StoreError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A run in the store.
struct StoredRun {
    std::string id; ///< hash of the run without samples: scenario, version, seed, samples, columns, drivers
    std::string scenario;
    std::uint64_t seed = 0, samples = 0, done = 0;
    std::string saved_at; ///< UTC, "2026-11-24 08:15:00"
};

/// One file for any number of runs. Every save is one transaction of a write-ahead log, so the file always holds a state
/// that was finished. Invariant: the file is open and has our table.
class RunStore {
public:
    explicit RunStore(const std::filesystem::path& file);

    /// Runs in the store, newest first.
    [[nodiscard]] std::vector<StoredRun> runs();
    /// What the run `id` has finished.
    [[nodiscard]] std::optional<State> load(const std::string& id);
    /// Replaces what is stored under `id`. Throws StoreError when another process has saved the run since this one loaded or
    /// saved it.
    void save(const std::string& id, const State& state);
    void remove(const std::string& id);

private:
    struct Close {
        void operator()(sqlite3* db) const;
    };
    std::unique_ptr<sqlite3, Close> db_;
    std::string path_;
    std::string known_id_; ///< run that was last loaded or saved, and its revision
    std::int64_t known_revision_ = 0;
};

/// Runs what of the options' range is not in the store yet, saving every few seconds, and returns all that is in. Without
/// `resume` an earlier state of the same run is dropped first. After a stop, what was finished is saved and returned.
[[nodiscard]] State run_stored(const Model& model, const RunOptions& options, RunStore& store, bool resume);

} // namespace autarky::engine

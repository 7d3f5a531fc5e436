// autarky: keeps what a run has finished in an SQLite file, so that a killed run continues and ends with the same bits.
// SPDX-License-Identifier: Apache-2.0
//
// A run may be divided: each piece, the samples that one call was asked for, has its own row and its own lock, so shards
// work on one store at the same time. What is accumulated cannot be cut, so a piece takes over only what lies within it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
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

/// What tells the pieces of a store apart.
struct PieceKey {
    std::string run;      ///< the run without its samples, and what its first samples give (Runner::probe)
    std::string likeness; ///< the run without what its samples gave: equal with another `run` means other formulas
    SampleRange wanted;   ///< the samples that were asked for
};

/// A piece of a run in the store.
struct StoredPiece {
    PieceKey key;
    std::string scenario;
    std::uint64_t seed = 0, samples = 0, done = 0;
    std::string saved_at; ///< UTC, "2026-11-24 08:15:00"
};

/// One file for any number of runs, for one object a process. Every save is one transaction of a write-ahead log, so the
/// file always holds a state that was finished. Invariant: the file is open and has our table.
class RunStore {
public:
    /// Makes the file when there is none. A file of anybody else is refused before a byte of it is touched.
    explicit RunStore(const std::filesystem::path& file);
    RunStore(const RunStore&) = delete;
    RunStore& operator=(const RunStore&) = delete;
    ~RunStore();

    [[nodiscard]] const std::string& path() const { return path_; }
    /// Pieces in the store, newest first.
    [[nodiscard]] std::vector<StoredPiece> pieces();
    /// Takes the piece for this process until the store is closed. Throws StoreError when another process has it.
    void claim(const PieceKey& key);
    /// What the piece has finished. Throws StoreError for bytes that are damaged.
    [[nodiscard]] std::optional<State> load(const PieceKey& key);
    /// Replaces what is stored of the piece. Throws StoreError when another process has saved it since this one loaded or
    /// saved it, or when the file was taken away: nothing would find what is saved.
    void save(const PieceKey& key, const State& state);

private:
    struct Close {
        void operator()(sqlite3* db) const;
    };
    std::string path_;
    int lock_ = -1; ///< descriptor that holds the claims; closed after the database, whose own locks it would drop
    std::unique_ptr<sqlite3, Close> db_;
    std::string known_; ///< piece that was last loaded or saved, and its revision
    std::int64_t known_revision_ = 0;
};

/// What a store had for a run that begins.
struct Found {
    std::uint64_t done = 0, wanted = 0; ///< samples of this call that are in the store, and all of them
    std::size_t n_pieces = 0;           ///< in the store, of any run
    bool has_other_formulas = false; ///< it has this run as a program of the same version with other formulas made it
};

/// Runs what of the options' range is not in the store yet, saving every few seconds, and returns the samples of the range
/// that are in. `found` is called once, before the work. After a stop, what was finished is saved and returned.
[[nodiscard]] State run_stored(const Model& model, const RunOptions& options, RunStore& store,
                               const std::function<void(const Found&)>& found = {});

} // namespace autarky::engine

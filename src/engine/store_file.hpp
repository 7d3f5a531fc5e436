// autarky: the SQLite file under the run store: whose it is, its locks, its statements.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace autarky::engine {

/// Throws StoreError: "the run store 'x' cannot be opened: ...".
[[noreturn]] void store_failed(const std::string& path, const char* doing, std::string_view reason);

/// Opens (and makes) a file that is empty or a run store, without changing it; gives its descriptor. Throws StoreError.
int open_store_file(const std::string& path);
/// Whether the path still leads to the file that was opened.
bool is_in_place(int descriptor, const std::string& path);
/// Opens the database of that file and makes our table in it.
sqlite3* open_store_database(const std::string& path);

/// Locks a place far behind the end of the file, without waiting; false when another process has it. The system frees it
/// when the descriptor is closed, however its process ends.
bool lock_place(int descriptor, std::uint64_t place);

/// A prepared statement; parameters count from 1, result columns from 0.
class Statement {
public:
    Statement(sqlite3* db, const std::string& path, const char* sql);
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement();

    Statement& bind(int at, std::string_view text);
    Statement& bind(int at, std::uint64_t number);
    Statement& bind(int at, std::int64_t number);
    Statement& bind_blob(int at, std::string_view bytes);
    /// Whether there is a row.
    bool step();
    [[nodiscard]] std::int64_t number(int column);
    [[nodiscard]] std::uint64_t count(int column) { return static_cast<std::uint64_t>(number(column)); }
    [[nodiscard]] std::string text(int column);

private:
    Statement& check(int code);
    sqlite3* db_;
    const std::string& path_;
    sqlite3_stmt* statement_ = nullptr;
};

} // namespace autarky::engine

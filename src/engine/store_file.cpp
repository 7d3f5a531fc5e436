// autarky: the SQLite file under the run store.
// SPDX-License-Identifier: Apache-2.0
#include "engine/store_file.hpp"

#include <fmt/format.h>
#include <sqlite3.h>
#include <array>
#include <cerrno>
#include <cstring>
#include <new>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/run_store.hpp"

namespace autarky::engine {
namespace {

constexpr int busy_milliseconds = 30'000;
constexpr std::uint32_t application = 0x4155544B; ///< "AUTK", in the head of our files
constexpr std::uint32_t layout = 2;               ///< of our table; user_version of SQLite

/// SQLite's head: its name, then big-endian numbers (sqlite.org/fileformat2.html, section 1.3).
using Head = std::array<unsigned char, 100>;
constexpr std::string_view sqlite_name{"SQLite format 3\0", 16};
constexpr std::size_t layout_at = 60, application_at = 68;

std::uint32_t number_at(const Head& head, std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t k = 0; k < 4; ++k)
        number = number << 8U | head[at + k];
    return number;
}

/// Why a file with this head is not ours to write to; empty when it is.
std::string foreign(const Head& head, ssize_t size) {
    if (size == 0) return {};
    if (size < static_cast<ssize_t>(head.size()) ||
        std::memcmp(head.data(), sqlite_name.data(), sqlite_name.size()) != 0)
        return "it is no run store";
    const std::uint32_t owner = number_at(head, application_at), found = number_at(head, layout_at);
    if (owner != application) return "it is an SQLite file of something else, or a store of an earlier version";
    if (found != layout) return fmt::format("its layout is {}, this version writes {}", found, layout);
    return {};
}

void execute(sqlite3* db, const std::string& path, const char* sql) {
    if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK) store_failed(path, "opened", sqlite3_errmsg(db));
}

} // namespace

void store_failed(const std::string& path, const char* doing, std::string_view reason) {
    throw StoreError(fmt::format("the run store '{}' cannot be {}: {}", path, doing, reason));
}

int open_store_file(const std::string& path) {
    struct stat status{};
    // A pipe would wait for its other end, so the kind comes first.
    if (stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode))
        store_failed(path, "opened", S_ISDIR(status.st_mode) ? "it is a folder" : "it is no ordinary file");
    const int descriptor = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor < 0) store_failed(path, "opened", std::strerror(errno));
    Head head{};
    const ssize_t size = pread(descriptor, head.data(), head.size(), 0);
    const std::string why = size < 0 ? std::string(std::strerror(errno)) : foreign(head, size);
    if (why.empty()) return descriptor;
    close(descriptor);
    store_failed(path, "used", why);
}

bool is_in_place(int descriptor, const std::string& path) {
    struct stat opened{}, found{};
    return fstat(descriptor, &opened) == 0 && stat(path.c_str(), &found) == 0 && opened.st_dev == found.st_dev &&
           opened.st_ino == found.st_ino;
}

sqlite3* open_store_database(const std::string& path) {
    sqlite3* db = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    try {
        if (db == nullptr) throw std::bad_alloc();
        if (code != SQLITE_OK) store_failed(path, "opened", sqlite3_errmsg(db));
        sqlite3_busy_timeout(db, busy_milliseconds);
        // The head must say whose file it is before a log holds newer pages, so the table comes first.
        const auto make = fmt::format(
            "BEGIN IMMEDIATE; PRAGMA application_id = {}; PRAGMA user_version = {};"
            "CREATE TABLE IF NOT EXISTS piece (run TEXT NOT NULL, first INTEGER NOT NULL, count INTEGER NOT NULL, "
            "likeness TEXT NOT NULL, scenario TEXT NOT NULL, seed INTEGER NOT NULL, samples INTEGER NOT NULL, "
            "done INTEGER NOT NULL, revision INTEGER NOT NULL, saved_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP, "
            "state BLOB NOT NULL, PRIMARY KEY (run, first, count)); COMMIT",
            application, layout);
        // Asked by the table and not by the size: a making that failed at its end is rolled back only now.
        const bool is_made = Statement(db, path, "SELECT 1 FROM sqlite_master WHERE name = 'piece'").step();
        if (!is_made) execute(db, path, make.c_str());
        execute(db, path, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
        return db;
    } catch (...) {
        sqlite3_close(db);
        throw;
    }
}

bool lock_place(int descriptor, std::uint64_t place) {
    struct flock lock{};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = static_cast<off_t>(1ULL << 62U | place >> 4U); // SQLite's own locks lie near 2^30
    lock.l_len = 1;
    if (fcntl(descriptor, F_OFD_SETLK, &lock) == 0) return true;
    return errno != EAGAIN && errno != EACCES; // without locks on this file system, revisions tell what collides
}

Statement::Statement(sqlite3* db, const std::string& path, const char* sql) : db_(db), path_(path) {
    if (sqlite3_prepare_v2(db, sql, -1, &statement_, nullptr) != SQLITE_OK)
        store_failed(path, "used", sqlite3_errmsg(db));
}
Statement::~Statement() { sqlite3_finalize(statement_); }

Statement& Statement::bind(int at, std::string_view text) {
    return check(sqlite3_bind_text64(statement_, at, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}
Statement& Statement::bind(int at, std::int64_t number) { return check(sqlite3_bind_int64(statement_, at, number)); }
Statement& Statement::bind(int at, std::uint64_t number) { return bind(at, static_cast<std::int64_t>(number)); }
Statement& Statement::bind_blob(int at, std::string_view bytes) {
    return check(sqlite3_bind_blob64(statement_, at, bytes.data(), bytes.size(), SQLITE_STATIC));
}

bool Statement::step() {
    const int code = sqlite3_step(statement_);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        store_failed(path_, code == SQLITE_FULL || code == SQLITE_IOERR ? "written" : "used", sqlite3_errmsg(db_));
    return code == SQLITE_ROW;
}

std::int64_t Statement::number(int column) { return sqlite3_column_int64(statement_, column); }

std::string Statement::text(int column) {
    const auto* const bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    if (bytes == nullptr && sqlite3_errcode(db_) == SQLITE_NOMEM) throw std::bad_alloc();
    return bytes == nullptr ? std::string() : std::string(bytes, size);
}

Statement& Statement::check(int code) {
    if (code != SQLITE_OK) store_failed(path_, "used", sqlite3_errmsg(db_));
    return *this;
}

} // namespace autarky::engine

// autarky: writes results and finds out whether they arrived.
// SPDX-License-Identifier: Apache-2.0
#include "autarky/output.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <random>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "autarky/exit.hpp"
#include "autarky/interrupt.hpp"
#include "autarky/terminal.hpp"
#include "core/visible.hpp"
#include "input/files.hpp"

namespace autarky::cli {
namespace {

namespace fs = std::filesystem;

std::string reason() { return std::strerror(errno); }

/// The name of a temporary file is "<target>.<six letters>.part".
constexpr std::string_view ending = ".part";
constexpr std::size_t n_letters = 6;
constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789";

std::string temporary_name(const std::string& target) {
    std::random_device random;
    std::string out = target + '.';
    for (std::size_t k = 0; k < n_letters; ++k)
        out += letters[random() % letters.size()];
    return out.append(ending);
}

bool is_temporary_of(std::string_view name, std::string_view target) {
    return name.size() == target.size() + 1 + n_letters + ending.size() && name.starts_with(target) &&
           name[target.size()] == '.' && name.ends_with(ending) &&
           name.substr(target.size() + 1, n_letters).find_first_not_of(letters) == std::string_view::npos;
}

/// Where the links of a path lead, whether or not there is a file at the end.
std::string behind_links(const std::string& path) {
    constexpr int most = 40; // as the system allows
    fs::path at = path;
    for (int n = 0; n < most; ++n) {
        std::error_code no_link;
        const auto to = fs::read_symlink(at, no_link);
        if (no_link) break;
        at = to.is_absolute() ? to : at.parent_path() / to;
    }
    return at.string();
}

/// The same for every name of a file, as far as its folder is there.
std::string one_way(const std::string& path) {
    std::error_code none;
    const auto folder = fs::canonical(fs::absolute(path, none).parent_path(), none);
    return none ? path : (folder / fs::path(path).filename()).string();
}

/// Removes what runs that were killed have left of this target: temporary files that nobody holds.
void remove_leftovers(const fs::path& target) {
    std::error_code ignored;
    const auto folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
    for (fs::directory_iterator it(folder, ignored), end; !ignored && it != end; it.increment(ignored)) {
        if (!is_temporary_of(it->path().filename().native(), target.filename().native())) continue;
        const int left = open(it->path().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
        if (left < 0) continue;
        struct stat status{};
        const bool is_ours = fstat(left, &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == geteuid();
        if (is_ours && flock(left, LOCK_EX | LOCK_NB) == 0) static_cast<void>(unlink(it->path().c_str()));
        close(left);
    }
}

/// Makes and locks a new file; -1 with errno when that fails.
int make_temporary(const std::string& target, std::string& name) {
    constexpr int most_tries = 100;
    for (int n = 0; n < most_tries; ++n) {
        name = temporary_name(target);
        const int made = open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (made < 0 && errno == EEXIST) continue;
        if (made < 0) return -1;
        // Between making and locking, another run may have taken it for a leftover.
        struct stat status{};
        static_cast<void>(flock(made, LOCK_EX | LOCK_NB));
        if (fstat(made, &status) == 0 && status.st_nlink == 1) return made;
        close(made);
    }
    errno = EEXIST;
    return -1;
}

} // namespace

void fill_closed_streams() {
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (fcntl(stream, F_GETFD) != -1 || errno != EBADF) continue;
        // The lowest free number is this one. Opened the wrong way round, using the stream is still an error.
        const int filled = open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        if (filled != stream) _exit(static_cast<int>(Exit::io));
    }
}

void print(std::string_view text) {
    print_as_it_is(visible_lines(text, terminal().colour_out ? Colours::ours : Colours::none));
}

void print_as_it_is(std::string_view text) {
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size())
        throw FileError("E0611", "cannot write to standard output: " + reason());
}

void warn(std::string_view text) {
    const auto shown = visible_lines(text, terminal().colour_err ? Colours::ours : Colours::none);
    static_cast<void>(std::fwrite(shown.data(), 1, shown.size(), stderr));
}

void flush_output() {
    if (std::fflush(stdout) != 0) throw FileError("E0611", "cannot write to standard output: " + reason());
}

OutputFile::OutputFile(std::string target, std::size_t expected_bytes, std::string option)
    : target_(std::move(target)), option_(std::move(option)) {
    is_standard_ = target_ == "-";
    if (is_standard_) return;
    struct stat status{};
    const bool exists = stat(target_.c_str(), &status) == 0;
    if (exists && S_ISDIR(status.st_mode))
        throw FileError("E0612", fmt::format("cannot write {}: it is a folder", target_), "name a file");
    if (exists && !S_ISREG(status.st_mode)) {
        open_straight();
        return;
    }
    if (exists && access(target_.c_str(), W_OK) != 0) fail("write");
    place_ = one_way(behind_links(target_));
    remove_leftovers(place_);
    open_temporary();
    try {
        if (exists && fchmod(fileno(file_), status.st_mode & 07777) != 0) fail("write");
        // Only root may give files away; for others the file becomes the writer's, as with any editor.
        if (exists && geteuid() == 0 && fchown(fileno(file_), status.st_uid, status.st_gid) != 0) fail("write");
        set_aside(expected_bytes);
    } catch (...) {
        discard(); // a constructor that throws has no destructor
        throw;
    }
}

OutputFile::~OutputFile() { discard(); }

void OutputFile::discard() {
    if (file_ != nullptr) static_cast<void>(std::fclose(std::exchange(file_, nullptr))); // nothing was promised
    if (!temporary_.empty()) static_cast<void>(std::remove(temporary_.c_str()));
    keep_when_ended(std::exchange(temporary_, {}));
}

void OutputFile::open_straight() {
    file_ = std::fopen(target_.c_str(), "we");
    if (file_ == nullptr) fail("open");
}

void OutputFile::open_temporary() {
    const int made = make_temporary(place_, temporary_);
    if (made < 0) {
        temporary_.clear();
        fail("write");
    }
    remove_when_ended(temporary_);
    file_ = fdopen(made, "w");
    if (file_ != nullptr) return;
    const int trouble = errno;
    close(made);
    discard();
    errno = trouble;
    fail("write");
}

void OutputFile::set_aside(std::size_t bytes) {
    if (bytes == 0) return;
    const int trouble = posix_fallocate(fileno(file_), 0, static_cast<off_t>(bytes));
    // A file system that cannot set space aside is no reason to refuse.
    if (trouble != ENOSPC && trouble != EDQUOT && trouble != EFBIG) return;
    errno = trouble;
    fail("write");
}

void OutputFile::refuse_inputs() const {
    if (temporary_.empty() || !scenario::was_read(place_)) return;
    throw UsageError("E0504", fmt::format("{}: {} is one of the inputs of this command", option_, target_),
                     "name another file for the result");
}

void OutputFile::write(std::string_view text) {
    if (is_standard_)
        print(text);
    else if (std::fwrite(text.data(), 1, text.size(), file_) != text.size())
        fail("write");
}

void OutputFile::commit() {
    if (is_standard_) {
        flush_output();
        return;
    }
    refuse_inputs();
    if (std::fflush(file_) != 0) fail("write");
    if (!temporary_.empty()) {
        const auto size = ftello(file_);
        if (size < 0 || ftruncate(fileno(file_), size) != 0 || fsync(fileno(file_)) != 0) fail("write");
    }
    // Renamed while it is still locked, so that nobody takes it for a leftover.
    if (!temporary_.empty() && std::rename(temporary_.c_str(), place_.c_str()) != 0) fail("write");
    const auto left = std::exchange(temporary_, {});
    const bool is_in_place = !left.empty();
    const int closed = std::fclose(std::exchange(file_, nullptr));
    if (closed != 0 && !is_in_place) fail("write"); // what was synchronised has arrived
    keep_when_ended(left);
}

void OutputFile::fail(const char* what) {
    throw FileError("E0612", fmt::format("cannot {} {}: {}", what, target_, reason()));
}

void write_file(const std::string& target, std::string_view text) {
    OutputFile file(target);
    file.write(text);
    file.commit();
}

} // namespace autarky::cli

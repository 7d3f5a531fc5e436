// autarky: writes results and finds out whether they arrived.
// SPDX-License-Identifier: Apache-2.0
#include "autarky/output.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "autarky/exit.hpp"
#include "autarky/interrupt.hpp"

namespace autarky::cli {
namespace {

std::string reason() { return std::strerror(errno); }

} // namespace

void print(std::string_view text) {
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size())
        throw FileError("E0611", "cannot write to standard output: " + reason());
}

void flush_output() {
    if (std::fflush(stdout) != 0) throw FileError("E0611", "cannot write to standard output: " + reason());
}

OutputFile::OutputFile(std::string target, std::size_t expected_bytes) : target_(std::move(target)) {
    if (target_ == "-") {
        is_standard_ = true;
        return;
    }
    struct stat status{};
    const bool exists = stat(target_.c_str(), &status) == 0;
    if (exists && S_ISDIR(status.st_mode))
        throw FileError("E0612", fmt::format("cannot write {}: it is a folder", target_), "name a file");
    if (exists && !S_ISREG(status.st_mode)) {
        file_ = std::fopen(target_.c_str(), "we");
        if (file_ == nullptr) fail("open");
        return;
    }
    if (exists && access(target_.c_str(), W_OK) != 0) fail("write");
    temporary_ = fmt::format("{}.{}.part", target_, getpid());
    file_ = std::fopen(temporary_.c_str(), "wxe");
    if (file_ == nullptr) {
        temporary_.clear();
        fail("write");
    }
    remove_at_second_interrupt(temporary_.c_str());
    // A file system that cannot set space aside is no reason to refuse.
    if (expected_bytes > 0) {
        const int trouble = posix_fallocate(fileno(file_), 0, static_cast<off_t>(expected_bytes));
        if (trouble == ENOSPC || trouble == EDQUOT || trouble == EFBIG) {
            // A constructor that throws has no destructor: what was begun is taken away here.
            static_cast<void>(std::fclose(std::exchange(file_, nullptr)));
            static_cast<void>(std::remove(temporary_.c_str()));
            remove_at_second_interrupt(nullptr);
            errno = trouble;
            fail("write");
        }
    }
}

OutputFile::~OutputFile() {
    if (file_ != nullptr) static_cast<void>(std::fclose(file_)); // nothing was promised before commit
    if (!temporary_.empty()) static_cast<void>(std::remove(temporary_.c_str()));
    remove_at_second_interrupt(nullptr);
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
    if (std::fflush(file_) != 0) fail("write");
    if (!temporary_.empty()) {
        const auto size = ftello(file_);
        if (size < 0 || ftruncate(fileno(file_), size) != 0 || fsync(fileno(file_)) != 0) fail("write");
    }
    const int closed = std::fclose(std::exchange(file_, nullptr));
    if (closed != 0) fail("write");
    if (temporary_.empty()) return;
    if (std::rename(temporary_.c_str(), target_.c_str()) != 0) fail("write");
    temporary_.clear();
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

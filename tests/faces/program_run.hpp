// autarky: runs the built program and keeps what it says.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace autarky::test {

struct Outcome {
    int exit = -1; ///< 128 + n when a signal n ended it
    std::string out, err;
};

struct Surroundings {
    std::vector<std::string> environment{}; ///< "NAME=value", beside the test's own without colours
    std::string out_to{};                   ///< file that standard output goes to, empty: kept
    std::size_t largest_file = 0;           ///< limit of files in bytes, 0: none
    std::filesystem::path folder{};         ///< working directory
    std::vector<int> closed{};              ///< standard streams that are closed at the start
    std::vector<int> ignored{};             ///< signals that are ignored at the start, as nohup does
};

/// Runs `autarky words...` to its end.
Outcome autarky_run(const std::vector<std::string>& words, const Surroundings& surroundings = {});

/// A program that is still running.
class Running {
public:
    explicit Running(const std::vector<std::string>& words, const Surroundings& surroundings = {});
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;
    ~Running();
    void interrupt() const { send(SIGINT); }
    void send(int signal) const;
    /// Waits for its end.
    Outcome end();

private:
    std::filesystem::path out_, err_;
    std::atomic<pid_t> pid_ = -1; // -1: ended; another thread may wait for the end
};

/// A folder of its own for each object, removed at the end.
class TemporaryFolder {
public:
    TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder();
    [[nodiscard]] std::string operator/(const std::string& name) const { return (path_ / name).string(); }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    /// Names of the files in it, sorted.
    [[nodiscard]] std::vector<std::string> names() const;

private:
    std::filesystem::path path_;
};

std::string content(const std::string& file);
void write(const std::string& file, const std::string& text);

/// A small scenario, tests/model/data/uncertain.toml.
std::string small_scenario();

/// Characters of the longest line of UTF-8 text.
std::size_t widest_line(std::string_view text);

} // namespace autarky::test

// autarky: runs the built program.
// SPDX-License-Identifier: Apache-2.0
#include "program_run.hpp"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace autarky::test {
namespace {

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> out;
    for (auto& text : texts)
        out.push_back(text.data());
    out.push_back(nullptr);
    return out;
}

std::vector<std::string> environment_of(const Surroundings& surroundings) {
    std::vector<std::string> out;
    for (char** at = environ; *at != nullptr; ++at) {
        const std::string text = *at;
        const auto is = [&](const char* name) { return text.starts_with(std::string(name) + "="); };
        if (!is("NO_COLOR") && !is("FORCE_COLOR") && !is("AUTARKY_NO_COLOR") && !is("TERM")) out.push_back(text);
    }
    out.emplace_back("TERM=xterm");
    out.insert(out.end(), surroundings.environment.begin(), surroundings.environment.end());
    return out;
}

/// Starts the program; its streams go to files, so that no pipe can fill up.
pid_t start(const std::vector<std::string>& words, const std::string& out, const std::string& err,
            const Surroundings& surroundings) {
    std::vector<std::string> arguments{AUTARKY_PROGRAM};
    arguments.insert(arguments.end(), words.begin(), words.end());
    auto environment = environment_of(surroundings);
    const auto argv = pointers(arguments);
    const auto envp = pointers(environment);
    const pid_t pid = fork();
    if (pid < 0) throw std::runtime_error("fork failed");
    if (pid > 0) return pid;
    const int in_file = open("/dev/null", O_RDONLY);
    const int out_file = open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const int err_file = open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dup2(in_file, STDIN_FILENO);
    dup2(out_file, STDOUT_FILENO);
    dup2(err_file, STDERR_FILENO);
    for (const int file : {in_file, out_file, err_file})
        if (file > STDERR_FILENO) close(file);
    constexpr int cannot_start = 127;
    if (!surroundings.folder.empty() && chdir(surroundings.folder.c_str()) != 0) _exit(cannot_start);
    if (surroundings.largest_file > 0) {
        const rlimit limit{surroundings.largest_file, surroundings.largest_file};
        if (setrlimit(RLIMIT_FSIZE, &limit) != 0) _exit(cannot_start);
    }
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        std::signal(signal, SIG_DFL);
    for (const int signal : surroundings.ignored)
        std::signal(signal, SIG_IGN);
    for (const int stream : surroundings.closed)
        close(stream);
    execve(argv[0], argv.data(), envp.data());
    _exit(cannot_start);
}

int exit_of(pid_t pid) {
    int status = 0;
    waitpid(pid, &status, 0);
    constexpr int by_signal = 128;
    return WIFEXITED(status) ? WEXITSTATUS(status) : by_signal + WTERMSIG(status);
}

} // namespace

TemporaryFolder::TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "autarky-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::vector<std::string> TemporaryFolder::names() const {
    std::vector<std::string> out;
    for (const auto& entry : std::filesystem::directory_iterator(path_))
        out.push_back(entry.path().filename().string());
    std::sort(out.begin(), out.end());
    return out;
}

std::string content(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

void write(const std::string& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }

Outcome autarky_run(const std::vector<std::string>& words, const Surroundings& surroundings) {
    const TemporaryFolder folder;
    const auto out = surroundings.out_to.empty() ? folder / "out" : surroundings.out_to;
    Outcome outcome;
    outcome.exit = exit_of(start(words, out, folder / "err", surroundings));
    if (surroundings.out_to.empty()) outcome.out = content(out);
    outcome.err = content(folder / "err");
    return outcome;
}

Running::Running(const std::vector<std::string>& words, const Surroundings& surroundings) {
    std::string name = (std::filesystem::temp_directory_path() / "autarky-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    out_ = std::filesystem::path(name) / "out";
    err_ = std::filesystem::path(name) / "err";
    pid_ = start(words, out_.string(), err_.string(), surroundings);
}

Running::~Running() {
    if (pid_ > 0) {
        kill(pid_, SIGKILL);
        exit_of(pid_);
    }
    std::error_code ignored;
    std::filesystem::remove_all(out_.parent_path(), ignored);
}

void Running::send(int signal) const {
    // kill(-1) would reach every process of the machine.
    if (const pid_t pid = pid_; pid > 0) kill(pid, signal);
}

Outcome Running::end() {
    Outcome outcome;
    outcome.exit = exit_of(pid_);
    pid_ = -1;
    outcome.out = content(out_.string());
    outcome.err = content(err_.string());
    return outcome;
}

std::string small_scenario() { return AUTARKY_SOURCE_DIR "/tests/model/data/uncertain.toml"; }

std::size_t widest_line(std::string_view text) {
    std::size_t widest = 0;
    std::size_t width = 0;
    for (const char c : text) {
        if (c == '\n')
            width = 0;
        else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U)
            widest = std::max(widest, ++width);
    }
    return widest;
}

} // namespace autarky::test

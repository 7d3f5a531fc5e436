// autarky: finds and reads files.
// SPDX-License-Identifier: Apache-2.0
#include "input/files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <mutex>
#include <set>
#include <system_error>
#include <utility>

#include <dlfcn.h>
#include <sys/stat.h>

#include "input/read_log.hpp"

namespace autarky::scenario {
namespace fs = std::filesystem;

namespace {

/// Device and inode: the same for all names of a file.
using FileIdentity = std::pair<dev_t, ino_t>;

std::optional<FileIdentity> identity_of(const fs::path& path) {
    struct stat status{};
    if (stat(path.c_str(), &status) != 0) return std::nullopt;
    return FileIdentity{status.st_dev, status.st_ino};
}

/// The files that were read, for threads that read at the same time.
class FilesRead {
public:
    void add(const FileIdentity& file) {
        const std::lock_guard lock(mutex_);
        files_.insert(file);
    }
    [[nodiscard]] bool has(const FileIdentity& file) {
        const std::lock_guard lock(mutex_);
        return files_.contains(file);
    }
    static FilesRead& all() {
        static FilesRead files;
        return files;
    }

private:
    std::mutex mutex_;
    std::set<FileIdentity> files_;
};

} // namespace

bool was_read(const fs::path& path) {
    const auto file = identity_of(path);
    return file && FilesRead::all().has(*file);
}

void note_read(const fs::path& path) {
    if (const auto file = identity_of(path)) FilesRead::all().add(*file);
}

namespace {
ReadLog*& open_log() {
    thread_local ReadLog* log = nullptr;
    return log;
}
} // namespace

ReadLog::ReadLog() : outer_(std::exchange(open_log(), this)) {}
ReadLog::~ReadLog() { open_log() = outer_; }

void ReadLog::note(const fs::path& path, const std::string& content) {
    std::error_code error;
    if (auto* log = open_log()) log->files_[fs::weakly_canonical(path, error)] = content;
}

FileContent read_file(const fs::path& path, std::size_t limit) {
    std::error_code error;
    const auto status = fs::status(path, error);
    if (!fs::exists(status)) return {{}, "there is no such file", "E0601"};
    if (fs::is_directory(status)) return {{}, "this is a folder, not a file", "E0603"};
    if (!fs::is_regular_file(status)) return {{}, "this is no ordinary file", "E0603"};
    const auto size = fs::file_size(path, error);
    if (error) return {{}, error.message(), "E0603"};
    if (size > limit)
        return {{},
                fmt::format("the file has {:.1f} MB, more than the {:.0f} MB that it may have",
                            static_cast<double>(size) / 1e6, static_cast<double>(limit) / 1e6),
                "E0602"};
    note_read(path);
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    std::string content(size, '\0');
    if (!file || (size > 0 && !file.read(content.data(), static_cast<std::streamsize>(size))))
        return {{},
                fmt::format("it cannot be read: {}", errno != 0 ? std::strerror(errno) : "it changed meanwhile"),
                "E0603"};
    ReadLog::note(path, content);
    return {std::move(content), {}, "E0601"};
}

bool may_name(const fs::path& folder, const fs::path& file, const fs::path& data_folder) {
    std::error_code error;
    const auto canonical = [&](const fs::path& path) { return fs::weakly_canonical(path.empty() ? "." : path, error); };
    const auto is_below = [](const fs::path& path, const fs::path& top) {
        return std::mismatch(top.begin(), top.end(), path.begin(), path.end()).first == top.end();
    };
    const auto from = canonical(folder), to = canonical(file);
    if (error) return false;
    if (is_below(to, from)) return true;
    if (data_folder.empty()) return false;
    const auto top = canonical(data_folder);
    return !error && is_below(from, top) && is_below(to, top);
}

namespace {
/// The file that this code is in: the program, or a library that another program has loaded (Python's module).
fs::path own_file() {
    static const char anchor = 0;
    Dl_info info{};
    std::error_code error;
    if (dladdr(&anchor, &info) != 0 && info.dli_fname != nullptr)
        if (fs::path file(info.dli_fname); file.extension() == ".so") return fs::absolute(file, error);
    return fs::read_symlink("/proc/self/exe", error);
}
} // namespace

fs::path find_data_folder() {
    const auto has_data = [](const fs::path& folder) {
        std::error_code error;
        return fs::is_directory(folder / "scenarios", error) || fs::is_directory(folder / "catalogue", error);
    };
    if (const char* chosen = std::getenv("AUTARKY_DATA"); chosen != nullptr && *chosen != '\0') return chosen;
    if (const auto program = own_file(); !program.empty()) {
        const auto folder = program.parent_path();
        for (const auto& candidate : {folder / "share/autarky", folder.parent_path() / "share/autarky"})
            if (has_data(candidate)) return candidate;
    }
#ifdef AUTARKY_SOURCE_TREE
    if (const fs::path tree(AUTARKY_SOURCE_TREE); has_data(tree)) return tree;
#endif
    return {};
}

std::vector<fs::path> files_with(std::string_view ending, const fs::path& folder) {
    std::vector<fs::path> files;
    if (!fs::is_directory(folder)) return files;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ending) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<std::string> bundled_scenarios(const fs::path& data) {
    std::vector<std::string> names;
    if (data.empty()) return names;
    for (const auto& file : files_with(".toml", data / "scenarios"))
        names.push_back(file.stem().string());
    return names;
}

std::vector<fs::path> compute_files(const fs::path& data) {
    if (data.empty()) return {};
    auto files = files_with(".toml", data / "catalogue" / "accelerators");
    for (auto& file : files_with(".toml", data / "catalogue" / "workloads"))
        files.push_back(std::move(file));
    return files;
}

std::vector<fs::path> catalogue_files(const fs::path& data) {
    return data.empty() ? std::vector<fs::path>{} : files_with(".toml", data / "catalogue");
}

} // namespace autarky::scenario

// autarky: keeps what is read, so that a scenario can travel with all of its files.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace autarky::scenario {

/// Keeps, while it lives, the content of every file that its thread reads with read_file. The innermost one keeps.
class ReadLog {
public:
    ReadLog();
    ReadLog(const ReadLog&) = delete;
    ReadLog& operator=(const ReadLog&) = delete;
    ~ReadLog();

    /// By canonical path.
    [[nodiscard]] const std::map<std::filesystem::path, std::string>& files() const { return files_; }
    /// Called by read_file.
    static void note(const std::filesystem::path& path, const std::string& content);

private:
    ReadLog* outer_;
    std::map<std::filesystem::path, std::string> files_;
};

} // namespace autarky::scenario

// autarky: where results go: standard output, or a file that appears whole or not at all.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

namespace autarky::cli {

/// Writes to standard output. Throws FileError when that is full or gone.
void print(std::string_view text);
/// Hands everything printed to the system; called once, at the end.
void flush_output();

/// A result file. The text goes to a temporary file beside the target, which takes the target's place in `commit`: a
/// reader, or a crash, never sees half of it. "-" is standard output; what is no regular file (/dev/null) is written
/// straight. Invariant: until commit, the target is as it was.
class OutputFile {
public:
    /// Opens it, so that a target that cannot be written is found before the work starts. `expected_bytes` are set aside
    /// where the file system can, so that a full disk is found early as well. Throws FileError.
    explicit OutputFile(std::string target, std::size_t expected_bytes = 0);
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;
    ~OutputFile();

    void write(std::string_view text);
    /// Closes the file and puts it in place. Throws FileError.
    void commit();

private:
    [[noreturn]] void fail(const char* what);

    std::string target_, temporary_;
    std::FILE* file_ = nullptr;
    bool is_standard_ = false;
};

/// Writes a whole file as OutputFile does.
void write_file(const std::string& target, std::string_view text);

} // namespace autarky::cli

// autarky: where results go: standard output, or a file that appears whole or not at all.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

namespace autarky::cli {

/// Fills the places of standard streams that are closed, so that no file that is opened later gets the number of one and
/// with it what is meant for a reader. Writing to a closed standard output stays an error. Called first of all.
void fill_closed_streams();

/// Writes to standard output; what would steer a terminal is shown instead. Throws FileError when that is full or gone.
void print(std::string_view text);
/// For lines with tabs that a shell reads; every word in them is made visible by the caller.
void print_as_it_is(std::string_view text);
/// As `print`, to standard error. When that is gone there is nothing left to do, and no reason to stop.
void warn(std::string_view text);
/// Hands everything printed to the system; called once, at the end.
void flush_output();

/// A result file. The text goes to a temporary file beside the target, which takes the target's place in `commit`: a
/// reader, or a crash, never sees half of it. A file that is there keeps its mode, and a link stays one: the file it leads
/// to is replaced. "-" is standard output; what is no regular file (/dev/null) is written straight. What an earlier run
/// left behind when it was killed is taken away. Invariant: until commit, the target is as it was.
class OutputFile {
public:
    /// Opens it, so that a target that cannot be written is found before the work starts. `expected_bytes` are set aside
    /// where the file system can, so that a full disk is found early as well. Throws FileError.
    /// `option` names the target in what is refused.
    explicit OutputFile(std::string target, std::size_t expected_bytes = 0, std::string option = "-o");
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;
    ~OutputFile();

    /// Throws UsageError when the target is a file that was read: called when all inputs are read, and by `commit`.
    void refuse_inputs() const;
    [[nodiscard]] bool is_where(const OutputFile& other) const { return !place_.empty() && place_ == other.place_; }
    void write(std::string_view text);
    /// Closes the file and puts it in place. Throws FileError.
    void commit();

private:
    [[noreturn]] void fail(const char* what);
    void open_straight();
    void open_temporary();
    void set_aside(std::size_t bytes);
    void discard();

    std::string target_; ///< as it was named
    std::string option_; ///< by which
    std::string place_;  ///< where links lead, written one way; empty: it is no file that is put in place
    std::string temporary_;
    std::FILE* file_ = nullptr;
    bool is_standard_ = false;
};

/// Writes a whole file as OutputFile does.
void write_file(const std::string& target, std::string_view text);

} // namespace autarky::cli

// autarky: files that were dropped on the page, kept for the questions that name them, in a folder of this server alone.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>

namespace autarky::serve {

/// Safe to use from several threads. The folder is readable by its owner only and goes with this.
class Files {
public:
    static constexpr std::size_t largest = 64'000'000; ///< bytes of one file
    static constexpr std::size_t most = 256'000'000;   ///< of all that are kept

    Files() = default;
    Files(const Files&) = delete;
    Files& operator=(const Files&) = delete;
    ~Files();

    /// Keeps a file and returns its path; one of the same name is replaced. Of the name only letters, digits, ., - and _ are
    /// kept. Throws InputError (E0625).
    std::string keep(std::string_view name, const std::string& content);

private:
    std::filesystem::path folder();

    std::mutex mutex_;
    std::filesystem::path folder_;
    std::size_t n_bytes_ = 0; ///< written so far, replaced files too
};

} // namespace autarky::serve

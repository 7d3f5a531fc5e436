// autarky: a line on the terminal that says how far the work is and how long it will take.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace autarky::cli {

/// "  42 %  [########            ]  84,000 of 200,000, 3 s left" for a width of so many cells.
std::string progress_text(std::uint64_t done, std::uint64_t total, double seconds, std::size_t width);

/// Draws the line on standard error when that is a terminal, from 0.3 s on; leaves nothing behind.
class ProgressLine {
public:
    ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    ~ProgressLine();

    void show(std::uint64_t done, std::uint64_t total);
    void clear();

private:
    std::chrono::steady_clock::time_point start_;
    bool is_drawn_ = false;
};

} // namespace autarky::cli

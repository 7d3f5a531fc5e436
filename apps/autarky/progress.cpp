// autarky: draws the progress line.
// SPDX-License-Identifier: Apache-2.0
#include "autarky/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "autarky/terminal.hpp"
#include "show/figure_text.hpp"

namespace autarky::cli {
namespace {

std::string duration_text(double seconds) {
    if (seconds < 1.0) return "under 1 s";
    if (seconds < 120.0) return fmt::format("{:.0f} s", std::ceil(seconds));
    if (seconds < 7200.0) return fmt::format("{:.0f} min", std::ceil(seconds / 60.0));
    return fmt::format("{:.1f} h", seconds / 3600.0);
}

/// The line anew. A terminal that was closed takes nothing more, which is no reason to stop.
void draw(std::string_view text) {
    const auto line = fmt::format("\r\033[K{}", text);
    static_cast<void>(std::fwrite(line.data(), 1, line.size(), stderr));
    static_cast<void>(std::fflush(stderr));
}

} // namespace

std::string progress_text(std::uint64_t done, std::uint64_t total, double seconds, std::size_t width) {
    const double share = total > 0 ? static_cast<double>(done) / static_cast<double>(total) : 1.0;
    const auto percent = fmt::format("{:>3.0f} %", std::floor(share * 100.0));
    auto rest =
        fmt::format("{} of {}", show::fixed(static_cast<double>(done), 0), show::fixed(static_cast<double>(total), 0));
    if (share > 0.0 && share < 1.0) rest += ", " + duration_text(seconds * (1.0 - share) / share) + " left";
    constexpr std::size_t widest_bar = 30, frame = 7;
    const std::size_t used = percent.size() + rest.size() + frame;
    if (width < used + 4) return percent + "  " + rest;
    const std::size_t bar = std::min(widest_bar, width - used);
    const auto full = static_cast<std::size_t>(share * static_cast<double>(bar));
    return fmt::format("{}  [{}{}]  {}", percent, std::string(full, '#'), std::string(bar - full, ' '), rest);
}

ProgressLine::ProgressLine() : start_(std::chrono::steady_clock::now()) {}
ProgressLine::~ProgressLine() { clear(); }

void ProgressLine::show(std::uint64_t done, std::uint64_t total) {
    constexpr double patience = 0.3;
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    if (!terminal().progress || seconds < patience || done >= total) return;
    draw(progress_text(done, total, seconds, terminal().width - 1));
    is_drawn_ = true;
}

void ProgressLine::clear() {
    if (!is_drawn_) return;
    draw({});
    is_drawn_ = false;
}

} // namespace autarky::cli

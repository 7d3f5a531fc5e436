// autarky: looks at the terminal, measures and lays out text.
// SPDX-License-Identifier: Apache-2.0
#include "autarky/terminal.hpp"

#include <algorithm>
#include <cstdlib>

#include <sys/ioctl.h>
#include <unistd.h>

namespace autarky::cli {
namespace {

bool is_set(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0';
}

Terminal look() {
    Terminal found;
    const char* kind = std::getenv("TERM");
    const bool is_dumb = kind == nullptr || std::string_view(kind) == "dumb";
    const char* force = std::getenv("FORCE_COLOR");
    const bool is_forced = force != nullptr && *force != '\0' && std::string_view(force) != "0";
    const bool is_forbidden = is_set("NO_COLOR") || is_set("AUTARKY_NO_COLOR");
    const auto colour = [&](int stream) { return !is_forbidden && (is_forced || (!is_dumb && isatty(stream) != 0)); };
    found.colour_out = colour(STDOUT_FILENO);
    found.colour_err = colour(STDERR_FILENO);
    found.progress = !is_dumb && isatty(STDERR_FILENO) != 0;
    constexpr std::size_t narrowest = 60;
    winsize size{};
    if (isatty(STDOUT_FILENO) != 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        found.width = std::max<std::size_t>(size.ws_col, narrowest);
    else if (const char* columns = std::getenv("COLUMNS"); columns != nullptr && std::atoi(columns) > 0)
        found.width = std::max<std::size_t>(static_cast<std::size_t>(std::atoi(columns)), narrowest);
    else
        found.wide = isatty(STDOUT_FILENO) == 0; // a file or a pipe has no width
    return found;
}

Terminal& state() {
    static Terminal terminal = look();
    return terminal;
}

} // namespace

const Terminal& terminal() { return state(); }

show::Page page() { return {terminal().width, terminal().colour_out, terminal().wide}; }

void forbid_colour() { state().colour_out = state().colour_err = false; }

std::string inked(Ink ink, std::string_view text) { return show::inked(page(), ink, text); }

} // namespace autarky::cli

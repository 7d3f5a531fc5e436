// autarky: handles Ctrl-C.
// SPDX-License-Identifier: Apache-2.0
#include "autarky/interrupt.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <string_view>

#include <unistd.h>

#include "autarky/exit.hpp"

namespace autarky::cli {
namespace {

// What the handler touches; it may call only what is safe inside a signal.
volatile std::sig_atomic_t n_interrupts = 0;
std::array<char, 4096> temporary{}; ///< path of a file to remove, empty: none
struct sigaction before{};

extern "C" void on_interrupt(int /*signal*/) {
    n_interrupts = n_interrupts + 1;
    if (n_interrupts < 2) return;
    if (temporary[0] != '\0') unlink(temporary.data());
    _exit(static_cast<int>(Exit::interrupted));
}

} // namespace

InterruptWatch::InterruptWatch() {
    n_interrupts = 0;
    struct sigaction action{};
    action.sa_handler = on_interrupt;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    sigaction(SIGINT, &action, &before);
}

InterruptWatch::~InterruptWatch() { sigaction(SIGINT, &before, nullptr); }

bool InterruptWatch::is_interrupted() { return n_interrupts > 0; }

void remove_at_second_interrupt(const char* path) {
    temporary[0] = '\0';
    const std::string_view name = path == nullptr ? "" : path;
    if (name.size() < temporary.size()) *std::ranges::copy(name, temporary.begin()).out = '\0';
}

} // namespace autarky::cli

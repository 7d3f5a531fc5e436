// autarky: handles the signals, and the exceptions without a way out, that end a program.
// SPDX-License-Identifier: Apache-2.0
#include "autarky/interrupt.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <new>
#include <string>
#include <string_view>

#include <unistd.h>

#include "autarky/output.hpp"

namespace autarky::cli {
namespace {

constexpr std::array ends{SIGINT, SIGTERM, SIGHUP};

// What the handler touches; it may call only what is safe inside a signal.
volatile std::sig_atomic_t received = 0; ///< the signal, 0: none
volatile std::sig_atomic_t is_watched = 0;
std::array<std::array<char, 4096>, 4> temporaries{}; ///< paths of files to remove, empty: none

/// Writes without allocating; nobody is left who could be told that it failed.
void write_error(std::string_view text) {
    if (write(STDERR_FILENO, text.data(), text.size()) < 0) return;
}

void remove_temporaries() {
    for (const auto& path : temporaries)
        if (path[0] != '\0') unlink(path.data());
}

extern "C" void on_signal(int signal) {
    const bool is_first = received == 0;
    received = signal;
    if (is_watched != 0 && is_first) return;
    remove_temporaries();
    if (is_watched == 0) {
        write_error(nothing_to_show);
        write_error("\n");
    }
    std::signal(signal, SIG_DFL); // so that who waits for the program sees what ended it
    std::raise(signal);
}

/// A reader that has seen enough (head) is no fault, and says nothing.
extern "C" void on_broken_pipe(int signal) {
    remove_temporaries();
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

std::terminate_handler default_termination = nullptr;
std::atomic<bool> is_out_of_memory = false; ///< an allocation has failed, whether or not anybody could be told

void on_failed_allocation() {
    is_out_of_memory = true;
    throw std::bad_alloc();
}

[[noreturn]] void on_termination() {
    if (is_out_of_memory) {
        remove_temporaries();
        for (const std::string_view text : {"error[", no_memory_code, "]: ", no_memory, "\n"})
            write_error(text);
        _exit(static_cast<int>(Exit::io));
    }
    default_termination(); // a mistake of the program: the abort shows where
    std::abort();
}

} // namespace

void take_terminations() {
    std::set_new_handler(on_failed_allocation);
    default_termination = std::set_terminate(on_termination);
}

void take_signals() {
    std::signal(SIGXFSZ, SIG_IGN); // a file over the limit is an error of writing like any other
    struct sigaction action{};
    sigemptyset(&action.sa_mask);
    for (const int signal : ends)
        sigaddset(&action.sa_mask, signal);
    action.sa_flags = SA_RESTART;
    const auto take = [&action](int signal, void (*handler)(int)) {
        struct sigaction before{};
        sigaction(signal, nullptr, &before);
        action.sa_handler = handler;
        if (before.sa_handler != SIG_IGN) sigaction(signal, &action, nullptr);
    };
    for (const int signal : ends)
        take(signal, on_signal);
    take(SIGPIPE, on_broken_pipe);
}

InterruptWatch::InterruptWatch() {
    received = 0;
    is_watched = 1;
}

InterruptWatch::~InterruptWatch() { is_watched = 0; }

bool InterruptWatch::is_interrupted() { return received != 0; }

Exit InterruptWatch::exit() { return static_cast<Exit>(128 + received); }

Exit left_with_nothing() {
    warn(std::string(nothing_to_show) + "\n");
    return InterruptWatch::exit();
}

void remove_when_ended(std::string_view path) {
    for (auto& place : temporaries) {
        if (place[0] != '\0' || path.empty() || path.size() >= place.size()) continue;
        // The first letter last: a signal that comes in between must not see the beginning of the name, which names
        // another file.
        *std::ranges::copy(path.substr(1), place.begin() + 1).out = '\0';
        std::atomic_signal_fence(std::memory_order_seq_cst);
        place[0] = path[0];
        return;
    }
}

void keep_when_ended(std::string_view path) {
    for (auto& place : temporaries)
        if (std::string_view(place.data()) == path) place[0] = '\0';
}

} // namespace autarky::cli

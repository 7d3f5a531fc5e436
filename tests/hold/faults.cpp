// autarky: a library that is loaded before all others: lets one allocation fail, or sets a locale; for tests/hold.
// SPDX-License-Identifier: Apache-2.0
//
// AUTARKY_FAULTS_AT=n fails the n-th allocation of the process; AUTARKY_FAULTS_COUNT=file writes how many there were.
// AUTARKY_FAULTS_LOCALE=1 takes the locale of the environment, as a host program does that has ours inside.
#include <atomic>
#include <cerrno>
#include <clocale>
#include <cstddef>
#include <cstdio>
#include <cstdlib>

#include <dlfcn.h>

extern "C" {
void* __libc_malloc(std::size_t size);                      // NOLINT: glibc's own names
void* __libc_calloc(std::size_t n, std::size_t size);       // NOLINT
void* __libc_realloc(void* old, std::size_t size);          // NOLINT
void* __libc_memalign(std::size_t align, std::size_t size); // NOLINT
}

namespace {

std::atomic<bool> is_armed{false}; ///< from main() on: before it, nobody can handle anything
std::atomic<long> n_allocations{0};
std::atomic<long> failing{0};

bool fails() { return is_armed && ++n_allocations == failing; }

struct Report {
    Report() {
        if (std::getenv("AUTARKY_FAULTS_LOCALE") != nullptr && std::setlocale(LC_ALL, "") == nullptr) std::abort();
    }
    ~Report() {
        const char* to = std::getenv("AUTARKY_FAULTS_COUNT");
        if (to == nullptr) return;
        std::FILE* file = std::fopen(to, "w");
        if (file == nullptr) return;
        static_cast<void>(std::fprintf(file, "%ld\n", n_allocations.load()));
        static_cast<void>(std::fclose(file));
    }
};
const Report report;

void* refused() {
    errno = ENOMEM;
    return nullptr;
}

} // namespace

#define EXPORTED extern "C" __attribute__((visibility("default")))

EXPORTED void* malloc(std::size_t size) { return fails() ? refused() : __libc_malloc(size); }
EXPORTED void* calloc(std::size_t n, std::size_t size) { return fails() ? refused() : __libc_calloc(n, size); }
EXPORTED void* realloc(void* old, std::size_t size) { return fails() ? refused() : __libc_realloc(old, size); }
EXPORTED void* aligned_alloc(std::size_t align, std::size_t size) {
    return fails() ? refused() : __libc_memalign(align, size);
}
EXPORTED void* memalign(std::size_t align, std::size_t size) { return aligned_alloc(align, size); }
EXPORTED int posix_memalign(void** to, std::size_t align, std::size_t size) {
    void* const got = aligned_alloc(align, size);
    if (got == nullptr) return ENOMEM;
    *to = got;
    return 0;
}

namespace {

using Main = int (*)(int, char**, char**);
Main real_main = nullptr;

int armed_main(int argc, char** argv, char** environment) {
    if (const char* at = std::getenv("AUTARKY_FAULTS_AT"); at != nullptr) failing = std::atol(at);
    is_armed = true;
    const int result = real_main(argc, argv, environment);
    is_armed = false;
    return result;
}

} // namespace

EXPORTED int __libc_start_main(Main main, int argc, char** argv, void (*init)(), void (*fini)(), void (*at_end)(),
                               void* stack) { // NOLINT: glibc's own name
    using Start = int (*)(Main, int, char**, void (*)(), void (*)(), void (*)(), void*);
    const auto start = reinterpret_cast<Start>(dlsym(RTLD_NEXT, "__libc_start_main"));
    real_main = main;
    return start(armed_main, argc, argv, init, fini, at_end, stack);
}

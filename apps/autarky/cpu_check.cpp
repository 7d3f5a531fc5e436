// autarky: refuses a processor without the instructions that the rest of the program is compiled for.
// SPDX-License-Identifier: Apache-2.0
//
// This file is compiled for the oldest x86-64 and linked first; its constructor runs before every other one of the
// program. It uses C functions only: an inline function of the standard library could be merged with a copy that
// another file compiled with the very instructions that are missing.

#include <cstring>

#include <unistd.h>

namespace {

constexpr int usage_exit = 2;

struct Feature {
    bool there;
    const char* name;
};

void say(const char* text) {
    // nothing is left to do when the terminal is gone
    [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, text, strlen(text));
}

[[gnu::constructor(101)]] void check_processor() {
    __builtin_cpu_init();
    const Feature features[] = {
        {__builtin_cpu_supports("avx2") != 0, "AVX2"},         {__builtin_cpu_supports("fma") != 0, "FMA"},
        {__builtin_cpu_supports("bmi2") != 0, "BMI2"},
#ifdef AUTARKY_AVX512
        {__builtin_cpu_supports("avx512f") != 0, "AVX512F"},   {__builtin_cpu_supports("avx512bw") != 0, "AVX512BW"},
        {__builtin_cpu_supports("avx512cd") != 0, "AVX512CD"}, {__builtin_cpu_supports("avx512dq") != 0, "AVX512DQ"},
        {__builtin_cpu_supports("avx512vl") != 0, "AVX512VL"},
#endif
    };
    const char* separator = "autarky: this processor lacks ";
    bool all = true;
    for (const auto& [there, name] : features) {
        if (there) continue;
        say(separator);
        say(name);
        separator = ", ";
        all = false;
    }
    if (all) return;
#ifdef AUTARKY_AVX512
    say(", for which this copy was built; build it here, or anywhere with -DAUTARKY_ISA=x86-64-v3.\n");
#else
    say("; autarky needs x86-64-v3, that is an Intel processor from 2013 (Haswell) or an AMD processor from 2015 "
        "(Excavator) on.\n");
#endif
    _exit(usage_exit);
}

} // namespace

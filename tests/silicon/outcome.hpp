// autarky: runs a command of the program and keeps what it says.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdio>
#include <string>

#include <sys/wait.h>

struct Outcome {
    int exit = -1;
    std::string text; ///< both streams
};

inline Outcome run(const std::string& arguments, const std::string& command = "die") {
    const std::string line = std::string(AUTARKY_PROGRAM) + " " + command + " " + arguments + " 2>&1";
    Outcome outcome;
    std::FILE* pipe = popen(line.c_str(), "r");
    if (pipe == nullptr) return outcome;
    std::array<char, 4096> block{};
    while (const std::size_t n = std::fread(block.data(), 1, block.size(), pipe))
        outcome.text.append(block.data(), n);
    outcome.exit = WEXITSTATUS(pclose(pipe));
    return outcome;
}
